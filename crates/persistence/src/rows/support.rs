use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::objective::{Objective, Support};

use crate::error::Error;
use crate::rows::integer;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "supports")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) objective_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i32,
    pub(crate) to_objective_id: Option<Uuid>,
    pub(crate) to_key_result_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The position of the parent; extra alignments follow.
pub(crate) const PARENT: i32 = 0;

impl Model {
    /// The parent and the alignments of an objective, as rows.
    pub(crate) fn of(scope: WorkspaceScope, objective: &Objective) -> Vec<Self> {
        let parent = objective.parent.map(|support| (PARENT, support));
        let alignments = objective.alignments.iter().zip(1_u32..).map(|(support, position)| (integer(position), *support));
        parent
            .into_iter()
            .chain(alignments)
            .map(|(position, support)| {
                let (to_objective_id, to_key_result_id) = match support {
                    Support::Objective(id) => (Some(id.uuid()), None),
                    Support::KeyResult(id) => (None, Some(id.uuid())),
                };
                Self {
                    workspace_id: scope.workspace().uuid(),
                    objective_id: objective.id.uuid(),
                    position,
                    to_objective_id,
                    to_key_result_id,
                }
            })
            .collect()
    }

    pub(crate) fn support(&self) -> Result<Support, Error> {
        match (self.to_objective_id, self.to_key_result_id) {
            (Some(id), None) => Ok(Support::Objective(Id::from_uuid(id))),
            (None, Some(id)) => Ok(Support::KeyResult(Id::from_uuid(id))),
            _ => Err(Error::corrupt("supports", self.objective_id)),
        }
    }
}
