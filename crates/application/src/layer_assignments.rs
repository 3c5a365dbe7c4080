//! Assignments of members to layers, by hand.

use waymark_domain::NaiveDate;
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::layer_assignment::{AssignedBy, LayerAssignment, LayerAssignmentFilter, LayerAssignmentSort, Rearranged};
use waymark_domain::member::Member;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require, today};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Shared, Update};

/// A new assignment, which somebody says by hand.
#[derive(Clone, Debug)]
pub struct NewLayerAssignment {
    /// Id or external id. Of one that was merged into another, the other one is assigned.
    pub member: String,
    /// Id or key.
    pub layer: String,
    /// Today where it is absent.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// What can change about an assignment.
#[derive(Clone, Debug)]
pub struct LayerAssignmentDraft {
    pub until: Option<NaiveDate>,
}

/// Which assignments to list; members are named by id or external id, layers by id or key.
#[derive(Clone, Debug, Default)]
pub struct LayerAssignmentQuery {
    pub member: Option<String>,
    pub layer: Option<String>,
    /// Everything else.
    pub filter: LayerAssignmentFilter,
}

impl App {
    /// By id.
    pub async fn layer_assignment(&self, actor: &Actor, named: &str) -> Result<LayerAssignment> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.layer_assignment(named).await
    }

    pub async fn layer_assignments_by_id(&self, actor: &Actor, ids: &[Id<LayerAssignment>]) -> Result<Vec<LayerAssignment>> {
        require(actor, Permission::Read)?;
        Ok(self.store.layer_assignments_by_id(actor.scope, ids).await?)
    }

    pub async fn layer_assignments(
        &self,
        actor: &Actor,
        query: LayerAssignmentQuery,
        sort: Sort<LayerAssignmentSort>,
        page: Page,
    ) -> Result<Slice<LayerAssignment>> {
        require(actor, Permission::Read)?;
        let names = Names { store: &self.store, scope: actor.scope };
        let mut check = Check::new();
        let member =
            naming::optional(&mut check, "member", query.member.as_deref(), async |named| names.whichever_member(named).await).await?;
        let layer = naming::optional(&mut check, "layer", query.layer.as_deref(), async |named| names.layer(named).await).await?;
        accepted(check, Some(()))?;
        let filter = LayerAssignmentFilter { member: member.map(|member| member.id), layer: layer.map(|layer| layer.id), ..query.filter };
        Ok(self.store.layer_assignments(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for LayerAssignment {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::LayerAssignment(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.layer_assignment(named).await
    }
}

/// Ends where the member was before.
impl Create for LayerAssignment {
    type New = NewLayerAssignment;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: NewLayerAssignment) -> Result<Self> {
        tx.take_turn().await?;
        let names = Names { store: tx, scope: tx.scope() };
        let mut check = Check::new();
        let member = naming::field(&mut check, "member", survivor(tx, &new.member).await)?;
        let layer = naming::field(&mut check, "layer", names.layer(&new.layer).await)?;
        let from = match new.from {
            Some(day) => day,
            None => today(tx).await?.date,
        };
        // Checked also where something that is named is refused, so that one answer says everything; then it is never saved.
        let (member, layer) = (member.map_or_else(Clock::id, |member| member.id), layer.map_or_else(Clock::id, |layer| layer.id));
        let (id, stamp) = (Clock::id(), Stamp::first(tx.now()));
        let assignment = check.part(Self { id, member, layer, from, until: new.until, by: AssignedBy::Hand, stamp }.checked());
        let assignment = accepted(check, assignment)?;
        let mut room = room_for(tx, &assignment).await?;
        room.added.push(assignment.clone());
        tx.rearrange_layers(&room).await?;
        Ok(assignment)
    }
}

/// What rules say ends by rules.
impl Update for LayerAssignment {
    type Draft = LayerAssignmentDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> LayerAssignmentDraft {
        LayerAssignmentDraft { until: self.until }
    }

    async fn update(self, tx: &Transaction, draft: LayerAssignmentDraft) -> Result<Self> {
        tx.take_turn().await?;
        if self.until == draft.until {
            return Ok(self);
        }
        if self.by != AssignedBy::Hand {
            let detail = "a rule says so, and the next evaluation would again: assign the member by hand instead";
            return Err(Violation::new(Code::NotApplicable, detail).into());
        }
        let changed = Self { until: draft.until, stamp: self.stamp.next(tx.now()), ..self }.checked()?;
        let mut room = room_for(tx, &changed).await?;
        room.changed.push(changed.clone());
        tx.rearrange_layers(&room).await?;
        Ok(changed)
    }
}

/// As if it had never been said; where the member was before stays ended.
impl Delete for LayerAssignment {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        let gone = Rearranged { removed: vec![self.clone()], ..Rearranged::default() };
        Ok(tx.rearrange_layers(&gone).await?)
    }
}

async fn room_for(tx: &Transaction, assignment: &LayerAssignment) -> Result<Rearranged> {
    let others = tx.layer_assignments_of(tx.scope(), assignment.member).await?;
    Ok(assignment.by_hand(&others, |stamp| stamp.next(tx.now()))?)
}

/// Whom the member that is named counts as.
async fn survivor(tx: &Transaction, named: &str) -> Result<Member> {
    let member = Names { store: tx, scope: tx.scope() }.whichever_member(named).await?;
    if member.merged_into.is_none() {
        return Ok(member);
    }
    let line = tx.members_above(tx.scope(), member.id).await?;
    Ok(line.into_iter().find(|one| one.merged_into.is_none()).unwrap_or(member))
}
