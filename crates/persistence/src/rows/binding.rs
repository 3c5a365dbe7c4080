mod parameters;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::binding::{Binding, Gauge, Guardrail, Limit};
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::id::Id;
use waymark_domain::metric::Metric;
use waymark_domain::metric::catalogue::{MetricKey, SegmentKind};
use waymark_domain::metric::series::Step;
use waymark_domain::metric::window::Rolling;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, decimal, integer, parsed, parsed_option, spelled, stamp};
use parameters::Parameters;

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
            metric: gauge.metric.key().to_owned(),
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

    fn kept(&self) -> Result<Option<Kept>, Error> {
        self.guardrail.as_deref().map(|text| read("guardrail", text)).transpose()
    }

    /// The keys of the workspace's own metrics among those that it names.
    pub(crate) fn own_metrics(&self) -> Result<Vec<String>, Error> {
        let named = [Some(self.metric.clone()), self.kept()?.map(|kept| kept.metric)];
        Ok(named.into_iter().flatten().filter(|key| key.parse::<MetricKey>().is_err()).collect())
    }

    /// What it stands for, beside the workspace's own metrics by their keys.
    pub(crate) fn binding(self, own: &Own) -> Result<Binding, Error> {
        let (step, guarded) = (self.step()?, self.kept()?);
        Ok(Binding {
            id: Id::from_uuid(self.id),
            key_result: Id::from_uuid(self.key_result_id),
            gauge: gauge(own, &self.metric, &self.statistic, read("segment", &self.segment)?, read("parameters", &self.parameters)?)?,
            step,
            comparator: parsed_option("comparator", self.comparator.as_deref())?,
            guardrail: guarded.map(|kept| guardrail(own, kept)).transpose()?,
            stamp: stamp(self.version, self.created_at, self.updated_at)?,
        })
    }
}

/// The workspace's own metrics by their keys.
type Own = HashMap<String, Arc<CustomMetric>>;

/// What it is narrowed to, by wire names.
fn segment(gauge: &Gauge) -> BTreeMap<String, &str> {
    gauge.segment.iter().map(|(kind, name)| (spelled(*kind).to_lowercase(), name.as_str())).collect()
}

fn kept(Guardrail { gauge, target }: &Guardrail) -> Kept {
    Kept {
        metric: gauge.metric.key().to_owned(),
        statistic: spelled(gauge.statistic),
        segment: segment(gauge).into_iter().map(|(kind, name)| (kind, name.to_owned())).collect(),
        parameters: Parameters::of(&gauge.given),
        comparator: target.map(|limit| spelled(limit.comparator)),
        target: target.map(|limit| limit.value.to_string()),
    }
}

fn guardrail(own: &Own, kept: Kept) -> Result<Guardrail, Error> {
    let Kept { metric, statistic, segment, parameters, comparator, target } = kept;
    let limit = |(comparator, value): (String, String)| {
        Ok::<_, Error>(Limit { comparator: parsed("comparator", &comparator)?, value: decimal("guardrail", &value)? })
    };
    Ok(Guardrail { gauge: gauge(own, &metric, &statistic, segment, parameters)?, target: comparator.zip(target).map(limit).transpose()? })
}

fn gauge(own: &Own, metric: &str, statistic: &str, segment: BTreeMap<String, String>, parameters: Parameters) -> Result<Gauge, Error> {
    let metric = match (metric.parse(), own.get(metric)) {
        (Ok(built_in), _) => Metric::BuiltIn(built_in),
        (Err(_), Some(own)) => Metric::Own(own.clone()),
        (Err(_), None) => return Err(Error::corrupt("metric", metric)),
    };
    let kind = |(kind, name): (String, String)| Ok::<(SegmentKind, String), Error>((parsed("segment", &kind.to_uppercase())?, name));
    let mut segment = segment.into_iter().map(kind).collect::<Result<Vec<_>, _>>()?;
    segment.sort_by_key(|(kind, _)| SegmentKind::VARIANTS.iter().position(|known| known == kind));
    Ok(Gauge { metric, statistic: parsed("statistic", statistic)?, segment, given: parameters.given()? })
}

/// A metric by itself: as a guardrail without a target.
pub(crate) fn kept_gauge(gauge: &Gauge) -> Result<String, Error> {
    json("metric", &kept(&Guardrail { gauge: gauge.clone(), target: None }))
}

/// Only built-in metrics are kept by themselves.
pub(crate) fn read_gauge(text: &str) -> Result<Gauge, Error> {
    Ok(guardrail(&Own::new(), read("metric", text)?)?.gauge)
}

fn json(column: &'static str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::corrupt(column, error))
}

fn read<T: for<'a> Deserialize<'a>>(column: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::corrupt(column, error))
}
