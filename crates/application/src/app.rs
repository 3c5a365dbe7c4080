//! The application: every command and query of Waymark, once.

use std::future::Future;
use std::sync::Arc;

use tokio_util::task::TaskTracker;
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::rejection::Check;
use waymark_domain::{DateTime, NaiveDate, Utc};
use waymark_persistence::{DatabaseUrl, Store, Trail, Transaction};

use crate::clock::Clock;
use crate::error::{Error, Result};

/// Cheap to clone: all clones share one store.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) recently_seen: Arc<crate::authentication::RecentlySeen>,
    pub(crate) communities: Arc<crate::community::Communities>,
    writes: TaskTracker,
    at: Option<DateTime<Utc>>,
}

impl App {
    /// Opens the database. The schema is not touched: see [`App::migrate`].
    pub async fn open(url: &DatabaseUrl, clock: Clock) -> Result<Self> {
        let store = Store::open(url).await?;
        Ok(Self { store, clock, recently_seen: Arc::default(), communities: Arc::default(), writes: TaskTracker::new(), at: None })
    }

    /// The same application looking back: queries answer with what was known at this instant, today is the day it was
    /// then, and what did not exist is not found. Unchanged where there is no instant. Commands write now in any case.
    #[must_use]
    pub fn at(&self, instant: Option<DateTime<Utc>>) -> Self {
        let at = instant.or(self.at);
        Self { store: self.store.at(at), at, ..self.clone() }
    }

    /// Brings the schema up to date; any number of processes may do so at once.
    pub async fn migrate(&self) -> Result<()> {
        Ok(self.store.migrate().await?)
    }

    /// Whether requests can be served: the database answers and has the schema of this version.
    pub async fn is_ready(&self) -> Result<()> {
        self.store.ping().await?;
        Ok(())
    }

    /// Migrations that the database still lacks.
    pub async fn pending_migrations(&self) -> Result<usize> {
        Ok(self.store.pending_migrations().await?)
    }

    /// A secret that all processes on one database share, made when it is first asked for.
    pub async fn shared_secret(&self, name: &str) -> Result<Vec<u8>> {
        Ok(self.store.shared_secret(name, rand::random()).await?)
    }

    /// Waits until every write that has begun is committed or rolled back, and lets none begin.
    pub async fn drain(&self) {
        self.writes.close();
        self.writes.wait().await;
    }

    /// Runs a write in a task of its own. A caller who goes away, or a timeout around the caller, then
    /// cannot drop it half way: a connection abandoned inside `BEGIN` would lose the next caller's write.
    pub(crate) async fn detach<T, W, F>(&self, actor: &Actor, write: W) -> Result<T>
    where
        T: Send + 'static,
        W: FnOnce(Self, Actor) -> F,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let now = Self { store: self.store.at(None), at: None, ..self.clone() };
        let task = self.writes.spawn(write(now, actor.clone()));
        task.await.map_err(|panic| Error::Internal(Box::new(panic)))?
    }

    pub(crate) async fn begin(&self, actor: &Actor) -> Result<Transaction> {
        Ok(self.store.begin(self.trail(actor)).await?)
    }

    pub(crate) fn trail(&self, actor: &Actor) -> Trail {
        Trail { actor: actor.clone(), at: self.clock.now() }
    }

    /// The instant that is looked back to.
    pub(crate) fn instant(&self) -> Option<DateTime<Utc>> {
        self.at
    }

    /// The time it is, or was at the instant that is looked back to.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.at.unwrap_or_else(|| self.clock.now())
    }

    /// The day it is in the workspace.
    pub(crate) async fn day(&self, actor: &Actor) -> Result<Today> {
        day(&self.store, actor.scope, self.now()).await
    }
}

/// The day it is in the workspace at the instant of a write.
pub(crate) async fn today(tx: &Transaction) -> Result<Today> {
    day(tx, tx.scope(), tx.now()).await
}

async fn day(store: &Store, scope: WorkspaceScope, instant: DateTime<Utc>) -> Result<Today> {
    let workspace = store.workspace(scope).await?.ok_or(Error::Unauthenticated)?;
    let date = instant.with_timezone(&workspace.time_zone).date_naive();
    Ok(Today { date, week_start: workspace.week_start })
}

/// A day as the workspace counts it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Today {
    pub(crate) date: NaiveDate,
    pub(crate) week_start: waymark_domain::Weekday,
}

/// Asks the matrix.
pub(crate) fn require(actor: &Actor, permission: Permission) -> Result<()> {
    if actor.may(permission) { Ok(()) } else { Err(Error::Forbidden(permission)) }
}

/// What was built, unless something was refused.
pub(crate) fn accepted<T>(check: Check, built: Option<T>) -> Result<T> {
    Ok(check.finish(built)?)
}
