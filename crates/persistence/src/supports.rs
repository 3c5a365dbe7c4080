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

/// The objectives below some, nearest first, each with what it is below and its distance. They may be reached
/// through a key result.
const BELOW: &str = "
    WITH RECURSIVE below (top, id, distance) AS (
        SELECT objectives.id, objectives.id, 0 FROM objectives WHERE objectives.workspace_id = $1 AND objectives.id IN ({tops})
        UNION ALL
        SELECT below.top, supports.objective_id, below.distance + 1
        FROM below
        JOIN supports ON supports.workspace_id = $1 AND supports.position = 0 AND (
            supports.to_objective_id = below.id
            OR supports.to_key_result_id IN (SELECT id FROM key_results WHERE workspace_id = $1 AND objective_id = below.id)
        )
        WHERE below.distance < $2
    )
    SELECT top, id, distance FROM below ORDER BY distance, id";

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
        let backend = self.db().get_database_backend();
        let uuid = if backend == sea_orm::DbBackend::Postgres { "uuid" } else { "blob" };
        let values = [scope.workspace().uuid().into(), objective.uuid().into(), depth_limit().into()];
        let rows = self.db().query_all_raw(Statement::from_sql_and_values(backend, ABOVE.replace("{uuid}", uuid), values)).await?;
        rows.iter().map(|row| Ok(Id::from_uuid(row.try_get_by_index(0)?))).collect()
    }

    /// The objective and those below it, with their distance; one level more than a cascade may have.
    pub async fn cascade_below(&self, scope: WorkspaceScope, objective: Id<Objective>) -> Result<Vec<(Id<Objective>, usize)>, Error> {
        Ok(self.cascades_below(scope, &[objective]).await?.into_iter().map(|(_, id, distance)| (id, distance)).collect())
    }

    /// As [`Store::cascade_below`] for many objectives, each row with the one it lies below.
    pub async fn cascades_below(
        &self,
        scope: WorkspaceScope,
        tops: &[Id<Objective>],
    ) -> Result<Vec<(Id<Objective>, Id<Objective>, usize)>, Error> {
        if tops.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.db().get_database_backend();
        let places: Vec<String> = (3..tops.len() + 3).map(|place| format!("${place}")).collect();
        let given = [sea_orm::Value::from(scope.workspace().uuid()), depth_limit().into()];
        let values = given.into_iter().chain(tops.iter().map(|top| top.uuid().into()));
        let sql = BELOW.replace("{tops}", &places.join(", "));
        let rows = self.db().query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        rows.iter()
            .map(|row| {
                let distance: i32 = row.try_get_by_index(2)?;
                let (top, id) = (Id::from_uuid(row.try_get_by_index(0)?), Id::from_uuid(row.try_get_by_index(1)?));
                Ok((top, id, usize::try_from(distance).unwrap_or_default()))
            })
            .collect()
    }
}

fn depth_limit() -> i32 {
    i32::try_from(CASCADE_LIMIT).unwrap_or(i32::MAX)
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
