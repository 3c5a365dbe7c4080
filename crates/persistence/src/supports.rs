//! What objectives support: the parent and extra alignments, and the way up a cascade.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, Statement};
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::objective::{CASCADE_LIMIT, Objective, Support};

use crate::error::Error;
use crate::rows::support::{Column, Entity, Model, PARENT};
use crate::store::{Store, Transaction};

/// The objectives above one, nearest first, each with its distance. A key result stands for its objective.
const ABOVE: &str = "
    WITH RECURSIVE above (id, distance) AS (
        SELECT CAST($2 AS {uuid}), 0
        UNION ALL
        SELECT COALESCE(supports.to_objective_id, key_results.objective_id), above.distance + 1
        FROM above
        JOIN supports ON supports.workspace_id = $1 AND supports.objective_id = above.id AND supports.position = 0
        LEFT JOIN key_results ON key_results.workspace_id = $1 AND key_results.id = supports.to_key_result_id
        WHERE above.distance < $3
    )
    SELECT id, distance FROM above ORDER BY distance";

/// The objectives below some, nearest first. They may be reached through a key result.
const BELOW: &str = "
    WITH RECURSIVE below (id, distance) AS (
        SELECT objectives.id, 0 FROM objectives WHERE objectives.workspace_id = $1 AND objectives.id = $2
        UNION ALL
        SELECT supports.objective_id, below.distance + 1
        FROM below
        JOIN supports ON supports.workspace_id = $1 AND supports.position = 0 AND (
            supports.to_objective_id = below.id
            OR supports.to_key_result_id IN (SELECT id FROM key_results WHERE workspace_id = $1 AND objective_id = below.id)
        )
        WHERE below.distance < $3
    )
    SELECT id, distance FROM below ORDER BY distance, id";

impl Store {
    pub(crate) async fn supports_of(
        &self,
        scope: WorkspaceScope,
        objectives: &[Uuid],
    ) -> Result<HashMap<Uuid, (Option<Support>, Vec<Support>)>, Error> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Column::ObjectiveId.is_in(objectives.iter().copied()))
            .order_by_asc(Column::Position)
            .all(&self.db())
            .await?;
        let mut found: HashMap<Uuid, (Option<Support>, Vec<Support>)> = HashMap::new();
        for row in rows {
            let (parent, alignments) = found.entry(row.objective_id).or_default();
            let support = row.support()?;
            if row.position == PARENT { *parent = Some(support) } else { alignments.push(support) }
        }
        Ok(found)
    }

    /// The ids of the objective and those above it, nearest first; one more than a cascade may have, so that excess shows.
    pub async fn cascade_above(&self, scope: WorkspaceScope, objective: Id<Objective>) -> Result<Vec<Id<Objective>>, Error> {
        Ok(self.walk(scope, ABOVE, objective).await?.into_iter().map(|(id, _)| id).collect())
    }

    /// The objective and those below it, with their distance; one level more than a cascade may have.
    pub async fn cascade_below(&self, scope: WorkspaceScope, objective: Id<Objective>) -> Result<Vec<(Id<Objective>, usize)>, Error> {
        self.walk(scope, BELOW, objective).await
    }

    async fn walk(&self, scope: WorkspaceScope, sql: &str, from: Id<Objective>) -> Result<Vec<(Id<Objective>, usize)>, Error> {
        let backend = self.db().get_database_backend();
        let uuid = if backend == sea_orm::DbBackend::Postgres { "uuid" } else { "blob" };
        let limit = i32::try_from(CASCADE_LIMIT).unwrap_or(i32::MAX);
        let values = [scope.workspace().uuid().into(), from.uuid().into(), limit.into()];
        let rows = self.db().query_all_raw(Statement::from_sql_and_values(backend, sql.replace("{uuid}", uuid), values)).await?;
        rows.iter()
            .map(|row| {
                let (id, distance): (Uuid, i32) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
                Ok((Id::from_uuid(id), usize::try_from(distance).unwrap_or_default()))
            })
            .collect()
    }
}

impl Transaction {
    pub(crate) async fn write_supports(&self, objective: &Objective) -> Result<(), Error> {
        Entity::delete_many()
            .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
            .filter(Column::ObjectiveId.eq(objective.id.uuid()))
            .exec(&self.db())
            .await?;
        let rows = Model::of(self.scope(), objective);
        if !rows.is_empty() {
            Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model)).exec_without_returning(&self.db()).await?;
        }
        Ok(())
    }
}
