use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::binding::{Binding, Gauge, Guardrail, Limit};
use waymark_domain::id::Id;
use waymark_domain::metric::catalogue::SegmentKind;
use waymark_domain::metric::series::Step;
use waymark_domain::metric::setting::Given;
use waymark_domain::metric::window::Rolling;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, decimal, integer, parsed, parsed_option, spelled, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "bindings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) key_result_id: Uuid,
    pub(crate) metric: String,
    pub(crate) statistic: String,
    /// A JSON object.
    pub(crate) segment: String,
    /// A JSON object.
    pub(crate) parameters: String,
    /// Of calendar periods.
    pub(crate) granularity: Option<String>,
    /// So many days, where it is not calendar periods.
    pub(crate) rolling: Option<i32>,
    pub(crate) comparator: Option<String>,
    /// A JSON object.
    pub(crate) guardrail: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Binding;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];
    const ABOUT: Option<Column> = Some(Column::KeyResultId);

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }

    fn about(&self) -> Option<Uuid> {
        Some(self.key_result_id)
    }
}

/// A guardrail as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    metric: String,
    statistic: String,
    segment: BTreeMap<String, String>,
    parameters: Parameters,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparator: Option<String>,
    /// A number as text, which nobody rounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
}

/// Parameters as they are kept, by their wire names.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Parameters {
    #[serde(skip_serializing_if = "Option::is_none")]
    min_class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activities: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_staff: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_bots: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    least_activities: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    least_members: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sla_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trained: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    survey: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wave: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population_correction: Option<bool>,
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, binding: &Binding) -> Result<Self, Error> {
        let Binding { id, key_result, gauge, step, comparator, guardrail, stamp } = binding;
        let (granularity, rolling) = match step {
            Step::Calendar(granularity) => (Some(spelled(*granularity)), None),
            Step::Rolling(days) => (None, Some(days.days().into())),
        };
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            key_result_id: key_result.uuid(),
            metric: spelled(gauge.metric),
            statistic: spelled(gauge.statistic),
            segment: json("segment", &segment(gauge))?,
            parameters: json("parameters", &Parameters::of(&gauge.given))?,
            granularity,
            rolling,
            comparator: comparator.map(spelled),
            guardrail: guardrail.as_ref().map(|guardrail| json("guardrail", &kept(guardrail))).transpose()?,
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        })
    }

    fn step(&self) -> Result<Step, Error> {
        Ok(match (&self.granularity, self.rolling) {
            (Some(granularity), None) => Step::Calendar(parsed("granularity", granularity)?),
            (None, Some(days)) => Step::Rolling(Rolling::new(days.into()).map_err(|_| Error::corrupt("rolling", days))?),
            _ => return Err(Error::corrupt("bindings", self.id)),
        })
    }
}

impl TryFrom<Model> for Binding {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let step = row.step()?;
        let guardrail = row.guardrail.as_deref().map(|text| guardrail(read("guardrail", text)?)).transpose()?;
        Ok(Self {
            id: Id::from_uuid(row.id),
            key_result: Id::from_uuid(row.key_result_id),
            gauge: gauge(&row.metric, &row.statistic, read("segment", &row.segment)?, read("parameters", &row.parameters)?)?,
            step,
            comparator: parsed_option("comparator", row.comparator.as_deref())?,
            guardrail,
            stamp: stamp(row.version, row.created_at, row.updated_at)?,
        })
    }
}

/// What it is narrowed to, by wire names.
fn segment(gauge: &Gauge) -> BTreeMap<String, &str> {
    gauge.segment.iter().map(|(kind, name)| (spelled(*kind).to_lowercase(), name.as_str())).collect()
}

fn kept(Guardrail { gauge, target }: &Guardrail) -> Kept {
    Kept {
        metric: spelled(gauge.metric),
        statistic: spelled(gauge.statistic),
        segment: segment(gauge).into_iter().map(|(kind, name)| (kind, name.to_owned())).collect(),
        parameters: Parameters::of(&gauge.given),
        comparator: target.map(|limit| spelled(limit.comparator)),
        target: target.map(|limit| limit.value.to_string()),
    }
}

fn guardrail(kept: Kept) -> Result<Guardrail, Error> {
    let Kept { metric, statistic, segment, parameters, comparator, target } = kept;
    let limit = |(comparator, value): (String, String)| {
        Ok::<_, Error>(Limit { comparator: parsed("comparator", &comparator)?, value: decimal("guardrail", &value)? })
    };
    Ok(Guardrail { gauge: gauge(&metric, &statistic, segment, parameters)?, target: comparator.zip(target).map(limit).transpose()? })
}

fn gauge(metric: &str, statistic: &str, segment: BTreeMap<String, String>, parameters: Parameters) -> Result<Gauge, Error> {
    let kind = |(kind, name): (String, String)| Ok::<(SegmentKind, String), Error>((parsed("segment", &kind.to_uppercase())?, name));
    let mut segment = segment.into_iter().map(kind).collect::<Result<Vec<_>, _>>()?;
    segment.sort_by_key(|(kind, _)| SegmentKind::VARIANTS.iter().position(|known| known == kind));
    Ok(Gauge { metric: parsed("metric", metric)?, statistic: parsed("statistic", statistic)?, segment, given: parameters.given()? })
}

/// A metric by itself: as a guardrail without a target.
pub(crate) fn kept_gauge(gauge: &Gauge) -> Result<String, Error> {
    json("metric", &kept(&Guardrail { gauge: gauge.clone(), target: None }))
}

pub(crate) fn read_gauge(text: &str) -> Result<Gauge, Error> {
    Ok(guardrail(read("metric", text)?)?.gauge)
}

impl Parameters {
    fn of(given: &Given) -> Self {
        let Given {
            min_class,
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights,
            population_correction,
        } = given.clone();
        Self {
            min_class: min_class.map(spelled),
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights: weights.map(spelled),
            population_correction,
        }
    }

    fn given(self) -> Result<Given, Error> {
        let Self {
            min_class,
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights,
            population_correction,
        } = self;
        Ok(Given {
            min_class: parsed_option("min_class", min_class.as_deref())?,
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights: parsed_option("weights", weights.as_deref())?,
            population_correction,
        })
    }
}

fn json(column: &'static str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::corrupt(column, error))
}

fn read<T: for<'a> Deserialize<'a>>(column: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::corrupt(column, error))
}
