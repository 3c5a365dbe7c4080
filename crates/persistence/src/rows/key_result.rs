use std::collections::BTreeSet;

use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::address::{Address, Number};
use waymark_domain::checkpoint::Checkpoint;
use waymark_domain::grade::Grade;
use waymark_domain::id::Id;
use waymark_domain::key_result::{KeyResult, MeasurementPlan};
use waymark_domain::measure::{Measure, MeasureDraft};
use waymark_domain::number::Quantity;
use waymark_domain::scoring::InputName;
use waymark_domain::unit::Unit;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, decimal, decimal_option, integer, parsed, parsed_option, spelled, stamp, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "key_results")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) objective_id: Uuid,
    pub(crate) number: i32,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) baseline: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) lower_bound: Option<String>,
    pub(crate) upper_bound: Option<String>,
    pub(crate) commit_value: Option<String>,
    pub(crate) stretch_value: Option<String>,
    pub(crate) strict: Option<bool>,
    pub(crate) policy: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) commit_words: Option<String>,
    pub(crate) target_words: Option<String>,
    pub(crate) stretch_words: Option<String>,
    pub(crate) sample_size: Option<i32>,
    pub(crate) pass_side: Option<String>,
    pub(crate) unit: String,
    pub(crate) unit_label: Option<String>,
    pub(crate) start_on: Date,
    pub(crate) due_on: Date,
    pub(crate) indicator: Option<String>,
    pub(crate) weight: String,
    pub(crate) owner_id: Option<Uuid>,
    pub(crate) measurement: Option<String>,
    pub(crate) measurement_links: String,
    pub(crate) proxy_for: Option<String>,
    pub(crate) assumption: Option<String>,
    pub(crate) is_guardrail: bool,
    pub(crate) checkpoints: String,
    pub(crate) status: String,
    pub(crate) status_reason: Option<String>,
    pub(crate) grade: Option<String>,
    pub(crate) grade_reason: Option<String>,
    pub(crate) grade_provenance: Option<String>,
    pub(crate) graded_at: Option<DateTimeUtc>,
    pub(crate) imported_numbers: String,
    pub(crate) external_id: Option<String>,
    pub(crate) last_check_in_on: Option<Date>,
    pub(crate) last_confidence: Option<i16>,
    pub(crate) deleted_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::KeyResult;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];
    const ABOUT: Option<Column> = Some(Column::ObjectiveId);

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }

    fn about(&self) -> Option<Uuid> {
        Some(self.objective_id)
    }
}

/// The address of the objective that holds the key result.
pub(crate) struct Surroundings {
    pub(crate) cycle_key: String,
    pub(crate) team_key: String,
    pub(crate) objective_number: i32,
}

impl Model {
    /// Of the newest check-in only its day and confidence are kept here, for filters: see [`Model::touched`].
    pub(crate) fn of(scope: WorkspaceScope, key_result: &KeyResult) -> Result<Self, Error> {
        let draft = key_result.measure.draft();
        let text = |quantity: Option<Quantity>| quantity.map(|quantity| quantity.to_string());
        let grade = key_result.grade.clone();
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            id: key_result.id.uuid(),
            objective_id: key_result.objective.uuid(),
            number: integer(key_result.address.number.key_result.unwrap_or_default()),
            title: key_result.title.clone(),
            kind: spelled(draft.kind),
            baseline: text(draft.baseline),
            target: text(draft.target),
            lower_bound: text(draft.lower),
            upper_bound: text(draft.upper),
            commit_value: text(draft.commit),
            stretch_value: text(draft.stretch),
            strict: draft.strict,
            policy: draft.policy.map(spelled),
            period: draft.period.map(spelled),
            commit_words: draft.commit_words,
            target_words: draft.target_words,
            stretch_words: draft.stretch_words,
            sample_size: draft.sample_size.and_then(|size| size.try_into().ok()),
            pass_side: draft.pass_side.map(spelled),
            unit: spelled(key_result.unit.kind()),
            unit_label: key_result.unit.label().map(str::to_owned),
            start_on: key_result.start,
            due_on: key_result.due,
            indicator: key_result.indicator.map(spelled),
            weight: key_result.weight.to_string(),
            owner_id: key_result.owner.map(Id::uuid),
            measurement: key_result.measurement.text.clone(),
            measurement_links: json(&key_result.measurement.links)?,
            proxy_for: key_result.proxy_for.clone(),
            assumption: key_result.assumption.clone(),
            is_guardrail: key_result.is_guardrail,
            checkpoints: json(&key_result.checkpoints.iter().map(|point| (point.on, point.value.to_string())).collect::<Vec<_>>())?,
            status: spelled(key_result.status),
            status_reason: key_result.status_reason.clone(),
            grade: grade.as_ref().map(|grade| grade.value.to_string()),
            grade_provenance: grade.as_ref().map(|grade| spelled(grade.provenance)),
            graded_at: grade.as_ref().map(|grade| grade.at),
            grade_reason: grade.and_then(|grade| grade.reason),
            imported_numbers: json(&key_result.imported.iter().map(|name| <&str>::from(*name)).collect::<Vec<_>>())?,
            external_id: key_result.external_id.clone(),
            last_check_in_on: None,
            last_confidence: None,
            deleted_at: None,
            version: integer(key_result.stamp.version),
            created_at: key_result.stamp.created_at,
            updated_at: key_result.stamp.updated_at,
        })
    }

    pub(crate) fn key_result(self, around: Surroundings) -> Result<KeyResult, Error> {
        let number = Number::key_result(whole("number", around.objective_number)?, whole("number", self.number)?);
        Ok(KeyResult {
            id: Id::from_uuid(self.id),
            objective: Id::from_uuid(self.objective_id),
            address: Address { cycle: around.cycle_key, team: around.team_key, number },
            measure: self.measure()?,
            unit: Unit::new(parsed("unit", &self.unit)?, self.unit_label.as_deref()).map_err(|_| Error::corrupt("unit", &self.unit))?,
            start: self.start_on,
            due: self.due_on,
            indicator: parsed_option("indicator", self.indicator.as_deref())?,
            weight: decimal("weight", &self.weight)?,
            owner: self.owner_id.map(Id::from_uuid),
            checkpoints: checkpoints(&self.checkpoints)?,
            status: parsed("status", &self.status)?,
            grade: self.grade()?,
            measurement: MeasurementPlan { text: self.measurement, links: unjson("measurement_links", &self.measurement_links)? },
            title: self.title,
            proxy_for: self.proxy_for,
            assumption: self.assumption,
            is_guardrail: self.is_guardrail,
            status_reason: self.status_reason,
            imported: imported(&self.imported_numbers)?,
            external_id: self.external_id,
            stamp: stamp(self.version, self.created_at, self.updated_at)?,
        })
    }

    fn measure(&self) -> Result<Measure, Error> {
        let draft = MeasureDraft {
            kind: parsed("kind", &self.kind)?,
            baseline: decimal_option("baseline", self.baseline.as_deref())?,
            target: decimal_option("target", self.target.as_deref())?,
            lower: decimal_option("lower_bound", self.lower_bound.as_deref())?,
            upper: decimal_option("upper_bound", self.upper_bound.as_deref())?,
            commit: decimal_option("commit_value", self.commit_value.as_deref())?,
            stretch: decimal_option("stretch_value", self.stretch_value.as_deref())?,
            strict: self.strict,
            policy: parsed_option("policy", self.policy.as_deref())?,
            period: parsed_option("period", self.period.as_deref())?,
            commit_words: self.commit_words.clone(),
            target_words: self.target_words.clone(),
            stretch_words: self.stretch_words.clone(),
            sample_size: self.sample_size.map(i64::from),
            pass_side: parsed_option("pass_side", self.pass_side.as_deref())?,
        };
        draft.check().map_err(|rejection| Error::corrupt("measure", rejection))
    }

    fn grade(&self) -> Result<Option<Grade>, Error> {
        let (Some(value), Some(provenance), Some(at)) = (&self.grade, &self.grade_provenance, self.graded_at) else { return Ok(None) };
        Ok(Some(Grade {
            value: decimal("grade", value)?,
            reason: self.grade_reason.clone(),
            provenance: parsed("grade_provenance", provenance)?,
            at,
        }))
    }
}

fn checkpoints(text: &str) -> Result<Vec<Checkpoint>, Error> {
    let points: Vec<(Date, String)> = unjson("checkpoints", text)?;
    points.into_iter().map(|(on, value)| Ok(Checkpoint { on, value: decimal("checkpoints", &value)? })).collect()
}

fn imported(text: &str) -> Result<BTreeSet<InputName>, Error> {
    let names: Vec<String> = unjson("imported_numbers", text)?;
    names.iter().map(|name| parsed("imported_numbers", name)).collect()
}

fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::corrupt("json", error))
}

fn unjson<T: serde::de::DeserializeOwned>(column: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Error::corrupt(column, text))
}
