use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::address::{Address, Number};
use waymark_domain::id::Id;
use waymark_domain::objective::{Objective, Support};

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, decimal, integer, parsed, spelled, stamp, support, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "objectives")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) cycle_id: Uuid,
    pub(crate) team_id: Uuid,
    pub(crate) number: i32,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) why_now: Option<String>,
    pub(crate) pillar: Option<String>,
    pub(crate) owner_id: Option<Uuid>,
    pub(crate) weight: String,
    pub(crate) last_key_result: i32,
    pub(crate) external_id: Option<String>,
    pub(crate) deleted_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
    /// What it supports is kept in a table of its own; here it stands for history, which keeps whole states.
    #[sea_orm(ignore)]
    pub(crate) supports: Vec<support::Model>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Objective;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];
    const ABOUT: Option<Column> = Some(Column::CycleId);

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }

    fn about(&self) -> Option<Uuid> {
        Some(self.cycle_id)
    }
}

/// What a row does not hold itself.
pub(crate) struct Surroundings {
    pub(crate) cycle_key: String,
    pub(crate) team_key: String,
    pub(crate) parent: Option<Support>,
    pub(crate) alignments: Vec<Support>,
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, objective: &Objective, last_key_result: u32) -> Self {
        let Objective {
            id,
            cycle,
            team,
            address,
            title,
            kind,
            status,
            why_now,
            pillar,
            owner,
            weight,
            parent: _,
            alignments: _,
            external_id,
            stamp,
        } = objective;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            cycle_id: cycle.uuid(),
            team_id: team.uuid(),
            number: integer(address.number.objective),
            title: title.clone(),
            kind: spelled(*kind),
            status: spelled(*status),
            why_now: why_now.clone(),
            pillar: pillar.clone(),
            owner_id: owner.map(Id::uuid),
            weight: weight.to_string(),
            last_key_result: integer(last_key_result),
            external_id: external_id.clone(),
            deleted_at: None,
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
            supports: support::Model::of(scope, objective),
        }
    }

    pub(crate) fn objective(self, around: Surroundings) -> Result<Objective, Error> {
        let number = Number::objective(whole("number", self.number)?);
        Ok(Objective {
            id: Id::from_uuid(self.id),
            cycle: Id::from_uuid(self.cycle_id),
            team: Id::from_uuid(self.team_id),
            address: Address { cycle: around.cycle_key, team: around.team_key, number },
            title: self.title,
            kind: parsed("kind", &self.kind)?,
            status: parsed("status", &self.status)?,
            why_now: self.why_now,
            pillar: self.pillar,
            owner: self.owner_id.map(Id::from_uuid),
            weight: decimal("weight", &self.weight)?,
            parent: around.parent,
            alignments: around.alignments,
            external_id: self.external_id,
            stamp: stamp(self.version, self.created_at, self.updated_at)?,
        })
    }
}
