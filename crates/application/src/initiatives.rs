//! Initiatives, and the key results they contribute to.

use waymark_domain::Decimal;
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Initiative, InitiativeDraft, InitiativeFilter, InitiativeSort, Linkage};
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::Check;
use waymark_domain::stamp::Stamp;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which initiatives to list; what they are filtered by is named by id, key or address.
#[derive(Clone, Debug, Default)]
pub struct InitiativeQuery {
    pub team: Option<String>,
    pub owner: Option<String>,
    pub key_result: Option<String>,
    /// Everything that is not named.
    pub filter: InitiativeFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

/// How many initiatives are linked to key results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkageCounts {
    pub total: u64,
    /// Name at least one key result that exists.
    pub linked: u64,
    /// Name none that exists.
    pub unlinked: u64,
    /// Name at least one that does not exist.
    pub dangling: u64,
}

/// The share of linked initiatives from which on the linkage is healthy: 0.8.
pub const HEALTHY_SHARE: Decimal = Decimal::from_parts(8, 0, 0, false, 1);

impl LinkageCounts {
    /// The share of initiatives that are linked, 0 to 1; none where there are no initiatives.
    pub fn linked_share(&self) -> Option<Decimal> {
        Decimal::from(self.linked).checked_div(Decimal::from(self.total))
    }
}

impl App {
    pub async fn initiative(&self, actor: &Actor, named: &str) -> Result<Initiative> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.initiative(named).await
    }

    pub async fn initiatives_by_id(&self, actor: &Actor, ids: &[Id<Initiative>]) -> Result<Vec<Initiative>> {
        require(actor, Permission::Read)?;
        Ok(self.store.initiatives_by_id(actor.scope, ids).await?)
    }

    pub async fn initiatives(
        &self,
        actor: &Actor,
        query: InitiativeQuery,
        sort: Sort<InitiativeSort>,
        page: Page,
    ) -> Result<Slice<Initiative>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let mut check = Check::new();
        let team = naming::optional(&mut check, "team", query.team.as_deref(), async |named| names.team(named).await).await?;
        let owner = naming::optional(&mut check, "owner", query.owner.as_deref(), async |named| names.team(named).await).await?;
        let key_result =
            naming::optional(&mut check, "keyResult", query.key_result.as_deref(), async |named| names.key_result(named).await).await?;
        accepted(check, Some(()))?;
        let filter = InitiativeFilter {
            team: team.map(|team| team.id),
            owner: owner.map(|team| team.id),
            key_result: key_result.map(|key_result| key_result.id),
            ..query.filter
        };
        Ok(app.store.initiatives(actor.scope, &filter, sort, &page).await?)
    }

    /// How many initiatives, of one team or of all, are linked to key results.
    pub async fn initiative_linkage(&self, actor: &Actor, team: Option<&str>) -> Result<LinkageCounts> {
        require(actor, Permission::Read)?;
        let names = Names { store: &self.store, scope: actor.scope };
        let mut check = Check::new();
        let team = naming::optional(&mut check, "team", team, async |named| names.team(named).await).await?;
        accepted(check, Some(()))?;
        let of =
            |linkage| InitiativeFilter { team: team.as_ref().map(|team| team.id), linkage: Some(linkage), ..InitiativeFilter::default() };
        let linked = self.store.count_initiatives(actor.scope, &of(Linkage::Linked)).await?;
        let unlinked = self.store.count_initiatives(actor.scope, &of(Linkage::Unlinked)).await?;
        let dangling = self.store.count_initiatives(actor.scope, &of(Linkage::Dangling)).await?;
        Ok(LinkageCounts { total: linked.saturating_add(unlinked), linked, unlinked, dangling })
    }
}

impl Shared for Initiative {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Initiative(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.initiative(named).await
    }
}

impl Create for Initiative {
    type New = InitiativeDraft;
    const CREATE: Permission = Permission::EditInitiatives;

    async fn create(tx: &Transaction, new: InitiativeDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Initiative {
    type Draft = InitiativeDraft;
    const UPDATE: Permission = Permission::EditInitiatives;

    fn draft(&self) -> InitiativeDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: InitiativeDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Initiative {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.initiative_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut InitiativeDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: InitiativeDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Deletes the initiative with its links.
impl Delete for Initiative {
    const DELETE: Permission = Permission::EditInitiatives;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_initiative(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&Initiative>, draft: InitiativeDraft) -> Result<Initiative> {
    let names = Names { store: tx, scope: tx.scope() };
    let mut check = Check::new();
    let team = naming::field(&mut check, "team", names.team(&draft.team).await)?;
    let owner = naming::optional(&mut check, "owner", draft.owner.as_deref(), async |named| names.team(named).await).await?;
    let (id, stamp) = match existing {
        Some(initiative) => (initiative.id, initiative.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    // Checked also where the team is refused, so that one answer names everything; then it is never saved.
    let team = team.map_or_else(Clock::id, |team| team.id);
    let initiative = check.part(Initiative::new(id, stamp, draft, team, owner.map(|owner| owner.id)));
    let initiative = accepted(check, initiative)?;
    match existing {
        Some(before) if initiative.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_initiative(&initiative).await?,
        None => tx.insert_initiative(&initiative).await?,
    }
    Ok(initiative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linked_share_is_exact_and_none_without_initiatives() {
        let counts = |linked, unlinked| LinkageCounts { total: linked + unlinked, linked, unlinked, dangling: 0 };

        assert_eq!(counts(4, 1).linked_share(), Some(HEALTHY_SHARE));
        assert_eq!(counts(0, 3).linked_share(), Some(Decimal::ZERO));
        assert_eq!(counts(0, 0).linked_share(), None);
    }
}
