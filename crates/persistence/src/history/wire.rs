//! States and what became of them, by wire names.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;
use waymark_domain::id::{self, Named};

use super::{Concept, FieldChange};
use crate::error::Error;
use crate::rows::support::PARENT;

/// The state by wire names. What stands elsewhere in the answer, or is kept for the database alone, is left out.
pub(super) fn fields(concept: Concept, state: &str) -> Result<BTreeMap<String, Value>, Error> {
    const SILENT: [&str; 11] = [
        "workspace_id",
        "id",
        "version",
        "created_at",
        "updated_at",
        "deleted_at",
        "imported_numbers",
        "last_key_result",
        "last_check_in_on",
        "last_confidence",
        "last_used_at",
    ];
    let columns: BTreeMap<String, Value> = serde_json::from_str(state).map_err(|error| Error::corrupt("state", error))?;
    // Members are numbered for the database alone.
    let is_silent = |column: &str| SILENT.contains(&column) || concept == Concept::Member && column == "number";
    let shown = columns.into_iter().filter(|(column, value)| !is_silent(column) && !value.is_null());
    Ok(shown
        .flat_map(|(column, value)| if column == "supports" { supports(&value) } else { vec![wire(concept, &column, value)] })
        .collect())
}

/// What an objective supports: its parent, then the others.
fn supports(rows: &Value) -> Vec<(String, Value)> {
    use waymark_domain::{key_result::KeyResult, objective::Objective};
    let id = |row: &Value, column: &str, prefix: &str| {
        let uuid = row.get(column)?.as_str().and_then(|text| Uuid::parse_str(text).ok())?;
        Some(Value::String(id::written(prefix, uuid)))
    };
    let named = |row: &Value| id(row, "to_objective_id", Objective::PREFIX).or_else(|| id(row, "to_key_result_id", KeyResult::PREFIX));
    let is_parent = |row: &&Value| row.get("position").and_then(Value::as_i64) == Some(PARENT.into());
    let (parents, others): (Vec<&Value>, Vec<&Value>) = rows.as_array().into_iter().flatten().partition(is_parent);
    let parent = parents.into_iter().find_map(named).map(|parent| ("parentId".to_owned(), parent));
    parent.into_iter().chain([("alignmentIds".to_owned(), others.into_iter().filter_map(named).collect())]).collect()
}

pub(super) fn differences(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> Vec<FieldChange> {
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
    use waymark_domain::{
        cycle::Cycle, key_result::KeyResult, layer::Layer, member::Member, objective::Objective, platform::Platform, survey::Survey,
        team::Team,
    };
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
        "platform_id" => ("platform_id", named(Platform::PREFIX, &value)),
        "member_id" | "merged_into_id" => (column, named(Member::PREFIX, &value)),
        "layer_id" => ("layer_id", named(Layer::PREFIX, &value)),
        "assigned_by" => ("by", value),
        "survey_id" => (column, named(Survey::PREFIX, &value)),
        "from_on" => ("from", value),
        "until_on" => ("until", value),
        "week_start" => (column, weekday(value)),
        "start_on" => ("start", value),
        "end_on" => ("end", value),
        "due_on" => ("due", value),
        "lower_bound" => ("lower", number(value)),
        "upper_bound" => ("upper", number(value)),
        "commit_value" => ("commit", number(value)),
        "stretch_value" => ("stretch", number(value)),
        "baseline" | "target" | "weight" | "grade" => (column, number(value)),
        "value" if concept == Concept::MetricTarget => (column, number(value)),
        // The key of a metric.
        "guardrail" if concept == Concept::MetricTarget => (column, value),
        "checkpoints" | "guardrail" | "inputs" | "measurement_links" | "parameters" | "rule" | "scopes" | "segment" => {
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
