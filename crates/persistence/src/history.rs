//! The history of everything: every state that was ever committed, and who committed it.

mod wire;

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QueryOrder, QueryTrait};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::token::Token;
use waymark_domain::{DateTime, Utc};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::rows::{Versioned, history, parsed, spelled, whole};
use crate::store::{Store, Transaction};
use wire::{differences, fields};

/// What has a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Concept {
    Workspace,
    Team,
    Cycle,
    Objective,
    KeyResult,
    MilestoneStep,
    Initiative,
    Token,
    Platform,
    Channel,
    ActivityType,
    Member,
    MemberTrait,
    Layer,
    LayerAssignment,
    Survey,
    Question,
    Wave,
    Binding,
    CustomMetric,
    MetricTarget,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    Created,
    Updated,
    Deleted,
}

/// One change of one thing.
#[derive(Clone, Debug)]
pub struct Change {
    pub version: u32,
    pub action: Action,
    pub at: DateTime<Utc>,
    pub author: String,
    pub token: Option<Id<Token>>,
    pub request: Option<String>,
    pub fields: Vec<FieldChange>,
}

/// A field before and after, by its wire name.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

/// What changes are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeSort {
    #[default]
    Version,
}

impl Transaction {
    pub(crate) async fn insert<R>(&self, row: R) -> Result<(), Error>
    where
        R: Versioned + IntoActiveModel<<R::Entity as EntityTrait>::ActiveModel>,
        <R::Entity as EntityTrait>::ActiveModel: Send,
    {
        self.insert_all(vec![row]).await
    }

    pub(crate) async fn insert_all<R>(&self, rows: Vec<R>) -> Result<(), Error>
    where
        R: Versioned + IntoActiveModel<<R::Entity as EntityTrait>::ActiveModel>,
        <R::Entity as EntityTrait>::ActiveModel: Send,
    {
        let entries: Vec<_> = rows.iter().map(|row| self.entry_of(row, row.version(), Action::Created)).collect::<Result<_, _>>()?;
        self.remember_all(entries).await?;
        self.insert_rows::<R::Entity>(rows.into_iter().map(IntoActiveModel::into_active_model).collect()).await
    }

    /// Replaces the version before each of the rows, all of which are there; `conflict` says how.
    pub(crate) async fn replace_all<R>(&self, rows: Vec<R>, conflict: OnConflict) -> Result<(), Error>
    where
        R: Versioned + IntoActiveModel<<R::Entity as EntityTrait>::ActiveModel>,
        <R::Entity as EntityTrait>::ActiveModel: Send,
    {
        let entries: Vec<_> = rows.iter().map(|row| self.entry_of(row, row.version(), Action::Updated)).collect::<Result<_, _>>()?;
        self.remember_all(entries).await?;
        let rows: Vec<_> = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
        let expected = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let replaced = self.write_rows::<R::Entity>(rows, Some(&conflict)).await?;
        if replaced == expected { Ok(()) } else { Err(Error::Stale) }
    }

    /// Replaces the version before `row`'s; columns that `keep` unsets stay as they are.
    pub(crate) async fn replace<R>(&self, row: R, keep: impl FnOnce(&mut <R::Entity as EntityTrait>::ActiveModel)) -> Result<(), Error>
    where
        R: Versioned + IntoActiveModel<<R::Entity as EntityTrait>::ActiveModel>,
        <R::Entity as EntityTrait>::ActiveModel: Send,
    {
        let [workspace, id, version] = R::KEY;
        let (key, previous) = (row.id(), row.version() - 1);
        let owner = row.get(workspace);
        self.remember(&row, row.version(), Action::Updated).await?;
        let mut active = row.into_active_model().reset_all();
        keep(&mut active);
        let updated = R::Entity::update_many()
            .set(active)
            .filter(workspace.eq(owner))
            .filter(id.eq(key))
            .filter(version.eq(previous))
            .exec(&self.db())
            .await?;
        if updated.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
    }

    /// Deletes the row, which must still be at this version.
    pub(crate) async fn remove<R: Versioned>(&self, row: R) -> Result<(), Error> {
        let [workspace, id, version] = R::KEY;
        self.remember(&row, row.version() + 1, Action::Deleted).await?;
        let deleted = R::Entity::delete_many()
            .filter(workspace.eq(row.get(workspace)))
            .filter(id.eq(row.id()))
            .filter(version.eq(row.version()))
            .exec(&self.db())
            .await?;
        if deleted.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
    }

    /// Deletes the rows, all of which must still be at these versions.
    pub(crate) async fn remove_all<R: Versioned>(&self, rows: &[R]) -> Result<(), Error> {
        let [workspace, id, _] = R::KEY;
        // Nobody else has written the next version of any of them: history has room for one.
        let entries: Vec<_> = rows.iter().map(|row| self.entry_of(row, row.version() + 1, Action::Deleted)).collect::<Result<_, _>>()?;
        self.remember_all(entries).await?;
        for some in rows.chunks(AT_ONCE) {
            let ids = some.iter().map(Versioned::id);
            let owned = workspace.eq(self.scope().workspace().uuid());
            let deleted = R::Entity::delete_many().filter(owned).filter(id.is_in(ids)).exec(&self.db()).await?;
            if usize::try_from(deleted.rows_affected) != Ok(some.len()) {
                return Err(Error::Stale);
            }
        }
        Ok(())
    }

    pub(crate) async fn remember<R: Versioned>(&self, row: &R, version: i32, action: Action) -> Result<(), Error> {
        self.remember_all(vec![self.entry_of(row, version, action)?]).await
    }

    pub(crate) fn entry_of<R: Versioned>(&self, row: &R, version: i32, action: Action) -> Result<history::ActiveModel, Error> {
        self.entry(R::CONCEPT.into(), (row.id(), version), row.about(), action, row)
    }

    /// What stands in history of the state that something has from now on, by its id and version.
    pub(crate) fn entry(
        &self,
        concept: &'static str,
        (id, version): (Uuid, i32),
        about: Option<Uuid>,
        action: Action,
        state: &impl Serialize,
    ) -> Result<history::ActiveModel, Error> {
        let actor = self.actor();
        Ok(history::ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            concept: Set(spelled(concept)),
            entity_id: Set(id),
            version: Set(version),
            about_id: Set(about),
            action: Set(spelled(action)),
            recorded_at: Set(self.now()),
            token_id: Set(actor.token.map(Id::uuid)),
            author: Set(actor.name.clone()),
            request_id: Set(actor.request.clone()),
            state: Set(serde_json::to_string(state).map_err(|error| Error::corrupt("state", error))?),
        })
    }

    pub(crate) async fn remember_all(&self, entries: Vec<history::ActiveModel>) -> Result<(), Error> {
        self.insert_rows::<history::Entity>(entries).await
    }
}

impl Store {
    /// The changes of these things, each with the thing it is of; those of one thing together, oldest first.
    pub async fn histories(&self, scope: WorkspaceScope, concept: Concept, ids: &[Uuid]) -> Result<Vec<(Uuid, Change)>, Error> {
        let rows = of_concept(scope, concept)
            .filter(history::Column::EntityId.is_in(ids.iter().copied()))
            .apply_if(self.instant(), |select, instant| select.filter(history::Column::RecordedAt.lte(instant)))
            .order_by_asc(history::Column::EntityId)
            .order_by_asc(history::Column::Version)
            .all(&self.db())
            .await?;
        let (mut of, mut before) = (None, BTreeMap::new());
        rows.into_iter()
            .map(|row| {
                if of.replace(row.entity_id) != Some(row.entity_id) {
                    before = BTreeMap::new();
                }
                let after = if row.action == spelled(Action::Deleted) { BTreeMap::new() } else { fields(concept, &row.state)? };
                let fields = differences(&before, &after);
                before = after;
                Ok((row.entity_id, change(row, fields)?))
            })
            .collect()
    }
}

fn of_concept(scope: WorkspaceScope, concept: Concept) -> Select<history::Entity> {
    history::Entity::find()
        .filter(history::Column::WorkspaceId.eq(scope.workspace().uuid()))
        .filter(history::Column::Concept.eq(spelled(concept)))
}

fn change(row: history::Model, fields: Vec<FieldChange>) -> Result<Change, Error> {
    Ok(Change {
        version: whole("version", row.version)?,
        action: parsed("action", &row.action)?,
        at: row.recorded_at,
        author: row.author,
        token: row.token_id.map(Id::from_uuid),
        request: row.request_id,
        fields,
    })
}
