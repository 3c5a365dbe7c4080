//! The history of everything: every state that was ever committed, and who committed it.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder};
use serde_json::Value;
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::{self, Id, Named};
use waymark_domain::token::Token;
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::rows::{Versioned, history, parsed, spelled, whole};
use crate::store::{Store, Transaction};

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
        self.remember(&row, row.version(), Action::Created).await?;
        R::Entity::insert(row.into_active_model()).exec_without_returning(&self.db()).await?;
        Ok(())
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

    pub(crate) async fn remember<R: Versioned>(&self, row: &R, version: i32, action: Action) -> Result<(), Error> {
        let actor = self.actor();
        let entry = history::ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            concept: Set(spelled(R::CONCEPT)),
            entity_id: Set(row.id()),
            version: Set(version),
            about_id: Set(row.about()),
            action: Set(spelled(action)),
            recorded_at: Set(self.now()),
            token_id: Set(actor.token.map(Id::uuid)),
            author: Set(actor.name.clone()),
            request_id: Set(actor.request.clone()),
            state: Set(serde_json::to_string(row).map_err(|error| Error::corrupt("state", error))?),
        };
        history::Entity::insert(entry).exec_without_returning(&self.db()).await?;
        Ok(())
    }
}

impl Store {
    /// The changes of these things, each with the thing it is of; those of one thing together, oldest first.
    pub async fn histories(&self, scope: WorkspaceScope, concept: Concept, ids: &[Uuid]) -> Result<Vec<(Uuid, Change)>, Error> {
        let rows = of_concept(scope, concept)
            .filter(history::Column::EntityId.is_in(ids.iter().copied()))
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

pub(crate) fn of_concept(scope: WorkspaceScope, concept: Concept) -> Select<history::Entity> {
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

/// The state by wire names. What stands elsewhere in the answer, or is kept for the database alone, is left out.
fn fields(concept: Concept, state: &str) -> Result<BTreeMap<String, Value>, Error> {
    const SILENT: [&str; 10] = [
        "workspace_id",
        "id",
        "version",
        "created_at",
        "updated_at",
        "deleted_at",
        "last_key_result",
        "last_check_in_on",
        "last_confidence",
        "last_used_at",
    ];
    let columns: BTreeMap<String, Value> = serde_json::from_str(state).map_err(|error| Error::corrupt("state", error))?;
    let shown = columns.into_iter().filter(|(column, value)| !SILENT.contains(&column.as_str()) && !value.is_null());
    Ok(shown.map(|(column, value)| wire(concept, &column, value)).collect())
}

fn differences(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> Vec<FieldChange> {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |state: &BTreeMap<String, Value>, name: &String| state.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .map(|name| FieldChange { field: name.clone(), before: value(before, name), after: value(after, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

/// A column's wire name, and its value as the wire shows it: ids with their prefix, numbers as numbers.
fn wire(concept: Concept, column: &str, value: Value) -> (String, Value) {
    use waymark_domain::{cycle::Cycle, key_result::KeyResult, objective::Objective, team::Team};
    let named = |prefix: &str, value: &Value| match value.as_str().map(Uuid::parse_str) {
        Some(Ok(uuid)) => Value::String(id::written(prefix, uuid)),
        _ => value.clone(),
    };
    let (stem, value) = match column {
        "team_id" | "owner_id" => (column, named(Team::PREFIX, &value)),
        "cycle_id" => ("cycle_id", named(Cycle::PREFIX, &value)),
        "objective_id" => ("objective_id", named(Objective::PREFIX, &value)),
        "key_result_id" => ("key_result_id", named(KeyResult::PREFIX, &value)),
        "parent_id" if concept == Concept::Cycle => ("parent_id", named(Cycle::PREFIX, &value)),
        "parent_id" => ("parent_id", named(Team::PREFIX, &value)),
        "week_start" => (column, weekday(value)),
        "start_on" => ("start", value),
        "end_on" => ("end", value),
        "due_on" => ("due", value),
        "lower_bound" => ("lower", number(value)),
        "upper_bound" => ("upper", number(value)),
        "commit_value" => ("commit", number(value)),
        "stretch_value" => ("stretch", number(value)),
        "baseline" | "target" | "weight" | "grade" => (column, number(value)),
        "checkpoints" | "measurement_links" | "scopes" => {
            (column, value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(value))
        }
        _ => (column, value),
    };
    (camel(stem), value)
}

/// `Mon` as `MONDAY`.
fn weekday(value: Value) -> Value {
    const NAMES: [&str; 7] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    let day = value.as_str().and_then(|text| text.parse::<waymark_domain::Weekday>().ok());
    let name = day.and_then(|day| NAMES.get(usize::try_from(day.num_days_from_monday()).ok()?));
    name.map_or(value, |name| Value::from(*name))
}

fn number(value: Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(value)
}

fn camel(column: &str) -> String {
    let mut words = column.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}
