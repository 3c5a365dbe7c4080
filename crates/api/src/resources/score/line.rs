//! The flat list of scores on the wire, for scripts and spreadsheets.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::{ScoreLine, ScoreQuery};
use waymark_domain::scoring::list as domain;

use crate::resources::as_of::instant;
use crate::resources::confidence::Confidence;
use crate::resources::key_result::KeyResultStatus;
use crate::resources::measure::{KeyResultKind, Unit};
use crate::resources::objective::ObjectiveStatus;
use crate::resources::score::Reason;
use crate::rest::parameters::{commas, number};
use crate::scalars::{Date, DateTime, Decimal};

/// A key result with what it is worth, in one row without anything nested.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScoreRow {
    #[schema(example = "2026-Q4.devrel.O1-KR2")]
    pub address: String,
    #[schema(value_type = String)]
    pub key_result_id: ID,
    #[schema(value_type = String)]
    pub objective_id: ID,
    pub objective_title: String,
    pub objective_status: ObjectiveStatus,
    /// The key of the team.
    #[schema(example = "devrel")]
    pub team: String,
    pub title: String,
    pub kind: KeyResultKind,
    pub unit: Unit,
    pub unit_label: Option<String>,
    pub baseline: Option<Decimal>,
    /// The target; of a `TEST` its pass threshold.
    pub target: Option<Decimal>,
    /// The lower bound of a `BETWEEN`.
    pub lower: Option<Decimal>,
    /// The upper bound of a `BETWEEN`.
    pub upper: Option<Decimal>,
    /// The value of the newest reading that counts; null for zones and steps.
    pub value: Option<Decimal>,
    /// The day that value was measured.
    pub value_on: Option<Date>,
    /// From 0 to 1, half up to 4 decimals. Null exactly when the key result does not count.
    pub score: Option<Decimal>,
    /// The ratio as computed: below 0 when it went the wrong way, above 1 when the target is surpassed.
    pub raw: Option<Decimal>,
    /// Whether the target is met; null with `raw`.
    pub met: Option<bool>,
    /// Why there is no score, or why it is 0 without a measurement.
    pub reason: Option<Reason>,
    /// The newest stated confidence; null where none was ever stated.
    pub confidence: Option<Confidence>,
    /// The day the confidence was stated for.
    pub confidence_on: Option<Date>,
    /// Whether the newest planned week that is over has no stated confidence.
    pub confidence_is_stale: bool,
    /// The final judgement of a person, from 0 to 1.
    pub grade: Option<Decimal>,
    /// The ratio that is expected on this day.
    pub expected: Option<Decimal>,
    /// The raw ratio less the expected one: below 0 when behind.
    pub gap: Option<Decimal>,
    /// The score of the whole objective, from 0 to 1.
    pub objective_score: Option<Decimal>,
    /// The share in the objective's score.
    pub weight: Decimal,
    /// First day of the way from baseline to target.
    pub start: Date,
    /// Last day, itself included.
    pub due: Date,
    pub status: KeyResultStatus,
}

/// What scores are listed by. Rows without a score stand last, in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ScoreSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ScoreSort {
    /// By team, and by number within it.
    Address,
    Score,
    Title,
}

/// Which scores to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ScoreFilter {
    /// Id or key of the team whose objectives they belong to.
    #[param(required = false, nullable = false, value_type = String)]
    pub team: Option<String>,
    /// Id or key of the team that answers for the key result.
    #[param(required = false, nullable = false, value_type = String)]
    pub owner: Option<String>,
    /// One or more newest stated confidences, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<Confidence>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub confidence: Option<Vec<Confidence>>,
    /// One or more statuses of key results, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<KeyResultStatus>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub status: Option<Vec<KeyResultStatus>>,
    /// One or more kinds, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<KeyResultKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<KeyResultKind>>,
    /// A score of at least this; rows without a score are left out.
    #[param(required = false, nullable = false, value_type = Decimal)]
    #[serde(deserialize_with = "number")]
    pub score_min: Option<Decimal>,
    /// A score of at most this; rows without a score are left out.
    #[param(required = false, nullable = false, value_type = Decimal)]
    #[serde(deserialize_with = "number")]
    pub score_max: Option<Decimal>,
    /// As it was known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

/// The scores of one cycle, by its id or key.
#[derive(Clone, Debug)]
pub struct CycleScoresOf {
    pub cycle: String,
    pub filter: ScoreFilter,
}

impl From<CycleScoresOf> for ScoreQuery {
    fn from(scores: CycleScoresOf) -> Self {
        let CycleScoresOf { cycle, filter } = scores;
        let ScoreFilter { team, owner, confidence, status, kind, score_min, score_max, as_of } = filter;
        let filter = domain::ScoreFilter {
            team: None,
            owner: None,
            confidences: confidence.into_iter().flatten().map(Into::into).collect(),
            statuses: status.into_iter().flatten().map(Into::into).collect(),
            kinds: kind.into_iter().flatten().map(Into::into).collect(),
            least: score_min.map(|score| score.0),
            most: score_max.map(|score| score.0),
        };
        Self { cycle, team, owner, filter, as_of: instant(as_of) }
    }
}

impl From<ScoreLine> for ScoreRow {
    fn from(line: ScoreLine) -> Self {
        let ScoreLine { standing, objective_title, objective_status, objective_score } = line;
        let (key_result, score, pace) = (standing.key_result, standing.score, standing.pace);
        let measure = key_result.measure.draft();
        Self {
            address: key_result.address.to_string(),
            key_result_id: key_result.id.to_string().into(),
            objective_id: key_result.objective.to_string().into(),
            objective_title,
            objective_status: objective_status.into(),
            team: key_result.address.team,
            title: key_result.title,
            kind: measure.kind.into(),
            unit: key_result.unit.kind().into(),
            unit_label: key_result.unit.label().map(str::to_owned),
            baseline: measure.baseline.map(Into::into),
            target: measure.target.map(Into::into),
            lower: measure.lower.map(Into::into),
            upper: measure.upper.map(Into::into),
            value: standing.newest.map(|newest| Decimal(newest.value)),
            value_on: standing.newest.map(|newest| Date(newest.on)),
            score: score.value.map(Decimal),
            raw: score.raw.map(Decimal),
            met: score.met,
            reason: score.reason.map(Into::into),
            confidence: score.confidence.map(|stated| stated.level.into()),
            confidence_on: score.confidence.map(|stated| Date(stated.on)),
            confidence_is_stale: score.confidence_is_stale,
            grade: score.grade.map(Decimal),
            expected: pace.expected.map(|expected| Decimal(expected.ratio)),
            gap: pace.gap.map(Decimal),
            objective_score: objective_score.map(Decimal),
            weight: key_result.weight.into(),
            start: Date(key_result.start),
            due: Date(key_result.due),
            status: key_result.status.into(),
        }
    }
}
