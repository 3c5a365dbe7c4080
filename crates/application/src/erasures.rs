//! Erasures: people who are to be forgotten, and the receipts of it.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::erasure::{Erasure, ErasureFilter, ErasureKind, ErasureSort};
use waymark_domain::id::{Id, Named};
use waymark_domain::identity::Identity;
use waymark_domain::member::Member;
use waymark_domain::metric::calendar::day_of;
use waymark_domain::metric::effect::Effect;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::platform::Platform;
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::response::Response;
use waymark_domain::survey::latest::{self, Answer};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, require};
use crate::clock::Clock;
use crate::community::Altered;
use crate::erased::{Key, Name};
use crate::error::{Error, Result};
use crate::writing::{Shared, seen};

impl App {
    /// Removes a member, with all who turned out to be the same person, and everything that is known of them, as if they had
    /// never been there. They are not taken in again until the erasure is lifted. On a dry run nothing is written.
    pub async fn erase_member(&self, actor: &Actor, named: String, version: Option<u32>, dry_run: bool) -> Result<Erasure> {
        require(actor, Permission::EraseMembers)?;
        self.forget(actor, (ErasureKind::Erased, dry_run), named, version).await
    }

    /// Leaves what a person did, and cuts everything that leads to who it was. As [`App::erase_member`] in all else.
    pub async fn anonymise_member(&self, actor: &Actor, named: String, version: Option<u32>, dry_run: bool) -> Result<Erasure> {
        require(actor, Permission::EraseMembers)?;
        self.forget(actor, (ErasureKind::Anonymised, dry_run), named, version).await
    }

    pub async fn erasure(&self, actor: &Actor, named: &str) -> Result<Erasure> {
        require(actor, Permission::EraseMembers)?;
        erasure(&self.store, actor.scope, named).await
    }

    pub async fn erasures_by_id(&self, actor: &Actor, ids: &[Id<Erasure>]) -> Result<Vec<Erasure>> {
        require(actor, Permission::EraseMembers)?;
        Ok(self.store.erasures_by_id(actor.scope, ids).await?)
    }

    pub async fn erasures(&self, actor: &Actor, filter: ErasureFilter, sort: Sort<ErasureSort>, page: Page) -> Result<Slice<Erasure>> {
        require(actor, Permission::EraseMembers)?;
        Ok(self.store.erasures(actor.scope, &filter, sort, &page).await?)
    }

    /// From now on the same person may be taken in again; nothing that was removed comes back by it. Unchanged where that is
    /// so already.
    pub async fn lift_erasure(&self, actor: &Actor, named: String) -> Result<Erasure> {
        require(actor, Permission::EraseMembers)?;
        self.write(actor, move |tx| {
            let named = named.clone();
            Box::pin(async move {
                tx.take_turn().await?;
                let found = erasure(tx, tx.scope(), &named).await?;
                let is_lifted = tx.lift_erasure(found.id).await?;
                Ok(if is_lifted { Erasure { lifted_at: Some(tx.now()), ..found } } else { found })
            })
        })
        .await
    }

    /// What moves is worked out before the transaction begins: nobody who sends events waits for it.
    async fn forget(&self, actor: &Actor, how: (ErasureKind, bool), named: String, version: Option<u32>) -> Result<Erasure> {
        let (kind, is_dry_run) = how;
        let person = Person::find(&self.store, actor.scope, &named, version).await?;
        let altered = match kind {
            ErasureKind::Erased => Altered::Without(person.numbers().collect()),
            ErasureKind::Anonymised => Altered::Nameless(person.numbers().collect()),
        };
        let (effect, watermark) = self.effect_of(actor, altered).await?;
        self.detach(actor, move |app, actor| async move {
            let tx = app.begin(&actor).await?;
            let erasure = Forgetting { tx: &tx, kind, effect, watermark }.carry_out(person, &named, version).await?;
            if !is_dry_run {
                tx.commit().await?;
                // It is done, whether the log can be emptied now or not before others have read.
                if let Err(error) = app.store.empty_log().await {
                    tracing::warn!(%error, "the log of writes is not empty yet, and may hold what was erased");
                }
            }
            Ok(Erasure { is_dry_run, ..erasure })
        })
        .await
    }
}

async fn erasure(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Erasure> {
    let missing = || Error::not_found(Erasure::WORD, named);
    let id: Id<Erasure> = named.parse().map_err(|_| missing())?;
    store.erasures_by_id(scope, &[id]).await?.pop().ok_or_else(missing)
}

/// All members who turned out to be one person.
struct Person(Vec<Member>);

impl Person {
    /// Refused where the member counts as another one: half a person is not forgotten.
    async fn find(store: &Store, scope: WorkspaceScope, named: &str, version: Option<u32>) -> Result<Self> {
        let member = seen(version, Member::find(store, scope, named).await?)?;
        if let Some(into) = member.merged_into {
            let detail = format!("it is merged into the member {into}: erase that one, or unmerge this one first");
            return Err(Violation::new(Code::InvalidTransition, detail).into());
        }
        Ok(Self(store.members_below(scope, member.id).await?))
    }

    fn numbers(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|member| member.number)
    }
}

/// A person who is being forgotten, in a transaction.
struct Forgetting<'a> {
    tx: &'a Transaction,
    kind: ErasureKind,
    effect: Effect,
    watermark: u64,
}

impl Forgetting<'_> {
    /// `expected` is whom the effect was worked out for.
    async fn carry_out(self, expected: Person, named: &str, version: Option<u32>) -> Result<Erasure> {
        let tx = self.tx;
        tx.take_turn().await?;
        let person = Person::find(tx, tx.scope(), named, version).await?;
        if !person.numbers().eq(expected.numbers()) {
            return Err(Error::Raced);
        }
        let hashes = hashes(tx, &person).await?;
        let (days, members) = (days(tx, &person).await?, &person.0);
        let watermark = tx.raise_watermark(true).await?;
        let removed = match self.kind {
            ErasureKind::Erased => {
                tx.clear_days(&days, watermark).await?;
                tx.erase(members).await?
            }
            ErasureKind::Anonymised => tx.anonymise(members, &counted(tx, &person).await?, &Clock::timeless).await?,
        };
        let erasure = Erasure {
            id: Clock::id(),
            kind: self.kind,
            removed,
            effect: self.effect,
            watermark: self.watermark,
            at: tx.now(),
            author: tx.actor().name.clone(),
            token: tx.actor().token,
            lifted_at: None,
            is_dry_run: false,
        };
        tx.add_erasure(&erasure, person.numbers().max().unwrap_or_default(), hashes).await?;
        Ok(erasure)
    }
}

/// Of everything that the person is known by.
async fn hashes(tx: &Transaction, person: &Person) -> Result<HashSet<Vec<u8>>> {
    let Some(key) = Key::made(tx).await? else { return Err(Error::Internal("the key of erased names cannot be used".into())) };
    let ids: Vec<Id<Member>> = person.0.iter().map(|member| member.id).collect();
    let identities = tx.identities_of(tx.scope(), &ids).await?;
    let platforms: Vec<Id<Platform>> = identities.iter().map(|identity| identity.platform).collect::<HashSet<_>>().into_iter().collect();
    let keys: HashMap<Id<Platform>, String> =
        tx.platforms_by_id(tx.scope(), &platforms).await?.into_iter().map(|platform| (platform.id, platform.key)).collect();
    let account = |Identity { platform, kind, value, .. }: &Identity| {
        Some(key.hash(Name::Account { platform: keys.get(platform)?, kind: *kind, value }))
    };
    let external = person.0.iter().filter_map(|member| member.external_id.as_deref()).map(|id| key.hash(Name::ExternalId(id)));
    Ok(identities.iter().filter_map(account).chain(external).collect())
}

/// The days of the workspace on which the person did anything.
async fn days(tx: &Transaction, person: &Person) -> Result<BTreeSet<waymark_domain::NaiveDate>> {
    let zone = tx.workspace(tx.scope()).await?.ok_or(Error::Unauthenticated)?.time_zone;
    Ok(tx.times_of(&person.0).await?.into_iter().map(|at| day_of(at, zone)).collect())
}

/// Those of the person's answers that count: the last to each question of a wave.
async fn counted(tx: &Transaction, person: &Person) -> Result<Vec<Id<Response>>> {
    let said = tx.said_by(tx.scope(), &person.numbers().collect::<Vec<u32>>()).await?;
    let mut places: BTreeMap<_, Vec<Answer<'_>>> = BTreeMap::new();
    for one in &said {
        let answer = Answer { member: Some(0), submitted_at: one.submitted_at, source_id: &one.source_id, point: one.value };
        places.entry((one.survey, one.wave, one.question)).or_default().push(answer);
    }
    let last = |((survey, ..), answers): (&(Id<_>, Id<_>, Id<_>), &Vec<Answer<'_>>)| {
        latest::of(answers, &BTreeMap::new()).into_iter().map(|answer| Response::id_of(*survey, answer.source_id)).collect::<Vec<_>>()
    };
    Ok(places.iter().flat_map(last).collect())
}
