//! The commands that are alike for everything that is shared: create, change, put and delete.
//!
//! A concept says how it is found, checked and saved; the order in which that happens, who may ask for it, and what
//! becomes of two writers at once is written here only.

use std::future::Future;
use std::pin::Pin;

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::rejection::{Code, Violation};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, require};
use crate::error::{Current, Error, Result};
use crate::naming;

/// How often a write begins anew because somebody else changed the same thing meanwhile. Each time somebody's change
/// has been committed, so that the next attempt sees it.
const RACES: usize = 3;

/// The rest of a write, which borrows its transaction.
pub(crate) type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A thing with versions, so that nobody overwrites what they have not seen.
pub trait Shared: Clone + Send + Sync + 'static {
    fn version(&self) -> u32;
    fn current(self) -> Current;
    /// By whatever names one of its kind.
    fn find(store: &Store, scope: WorkspaceScope, named: &str) -> impl Future<Output = Result<Self>> + Send;
}

pub trait Create: Shared {
    type New: Clone + Send + Sync + 'static;
    const CREATE: Permission;
    /// Checks and saves a new one.
    fn create(tx: &Transaction, new: Self::New) -> impl Future<Output = Result<Self>> + Send;
}

pub trait Update: Shared {
    /// The thing as it was entered.
    type Draft: Send;
    const UPDATE: Permission;
    fn draft(&self) -> Self::Draft;
    /// Checks and saves the next version, unless it would be equal to this one.
    fn update(self, tx: &Transaction, draft: Self::Draft) -> impl Future<Output = Result<Self>> + Send;
}

/// What another system may keep here under ids of its own.
pub trait Put: Create {
    fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> impl Future<Output = Result<Option<Self>>> + Send;
    fn external_id(new: &mut Self::New) -> &mut Option<String>;
    /// Makes it what a new one would be.
    fn equalise(self, tx: &Transaction, new: Self::New) -> impl Future<Output = Result<Self>> + Send;
}

pub trait Delete: Shared {
    const DELETE: Permission;
    fn delete(&self, tx: &Transaction) -> impl Future<Output = Result<()>> + Send;
}

impl App {
    pub async fn create<T: Create>(&self, actor: &Actor, new: T::New) -> Result<T> {
        require(actor, T::CREATE)?;
        self.write(actor, move |tx| Box::pin(T::create(tx, new.clone()))).await
    }

    /// Changes what the caller has seen: `version` is the one that was read, or none for whichever is there.
    pub async fn update<T: Update>(
        &self,
        actor: &Actor,
        named: String,
        version: Option<u32>,
        change: impl Fn(&mut T::Draft) + Clone + Send + Sync + 'static,
    ) -> Result<T> {
        require(actor, T::UPDATE)?;
        self.write(actor, move |tx| {
            let (named, change) = (named.clone(), change.clone());
            Box::pin(async move {
                let thing = seen(version, T::find(tx, tx.scope(), &named).await?)?;
                let mut draft = thing.draft();
                change(&mut draft);
                thing.update(tx, draft).await
            })
        })
        .await
    }

    /// Creates the thing with this external id, or makes the one that has it what a new one would be. Tells whether
    /// it is new.
    pub async fn put<T: Put>(&self, actor: &Actor, external_id: String, version: Option<u32>, new: T::New) -> Result<(T, bool)> {
        require(actor, T::CREATE)?;
        self.write(actor, move |tx| {
            let (external_id, mut new) = (external_id.clone(), new.clone());
            Box::pin(async move {
                let external_id = naming::external_id(&external_id)?;
                let existing = T::find_external(tx, tx.scope(), &external_id).await?;
                named_alike(T::external_id(&mut new), external_id)?;
                match existing {
                    Some(thing) => Ok((seen(version, thing)?.equalise(tx, new).await?, false)),
                    None => Ok((T::create(tx, new).await.map_err(lost_to_another_put)?, true)),
                }
            })
        })
        .await
    }

    /// Gives the thing as it was.
    pub async fn delete<T: Delete>(&self, actor: &Actor, named: String, version: Option<u32>) -> Result<T> {
        require(actor, T::DELETE)?;
        self.write(actor, move |tx| {
            let named = named.clone();
            Box::pin(async move {
                let thing = seen(version, T::find(tx, tx.scope(), &named).await?)?;
                thing.delete(tx).await?;
                Ok(thing)
            })
        })
        .await
    }

    /// One transaction, in a task of its own (see [`App::detach`]). Where somebody else committed a change to the same
    /// thing after it was read here, the work is done again on what is there now.
    pub(crate) async fn write<T, W>(&self, actor: &Actor, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'a> Fn(&'a Transaction) -> Work<'a, T> + Send + Sync + 'static,
    {
        self.detach(actor, move |app, actor| async move {
            for _ in 0..RACES {
                match app.attempt(&actor, &work).await {
                    Err(Error::Raced) => {}
                    settled => return settled,
                }
            }
            app.attempt(&actor, &work).await
        })
        .await
    }

    async fn attempt<T, W>(&self, actor: &Actor, work: &W) -> Result<T>
    where
        W: for<'a> Fn(&'a Transaction) -> Work<'a, T> + Sync,
    {
        let tx = self.begin(actor).await?;
        let done = work(&tx).await?;
        tx.commit().await?;
        Ok(done)
    }
}

/// What is put has the external id it is put by, and may say so itself.
fn named_alike(said: &mut Option<String>, external_id: String) -> Result<()> {
    if let Some(other) = said.as_ref().filter(|said| said.trim() != external_id) {
        let detail = format!("it is put as `{external_id}` and says `{other}` of itself: say the same, or nothing");
        return Err(Violation::new(Code::InvalidValue, detail).at("externalId").into());
    }
    *said = Some(external_id);
    Ok(())
}

/// Nothing had the external id a moment ago: whoever took it meanwhile was putting the same thing.
fn lost_to_another_put(error: Error) -> Error {
    match error {
        Error::Conflict(rejection) if rejection.violations().iter().any(|violation| violation.field == "externalId") => Error::Raced,
        other => other,
    }
}

/// The thing, if it is the version the caller saw; a caller who gives none accepts any.
pub(crate) fn seen<T: Shared>(expected: Option<u32>, thing: T) -> Result<T> {
    match expected {
        Some(version) if version != thing.version() => Err(Error::Stale(Box::new(thing.current()))),
        _ => Ok(thing),
    }
}
