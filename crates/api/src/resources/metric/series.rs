//! The figures of metrics on the wire.

use async_graphql::{ID, SimpleObject};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::metric::Metric;
use waymark_domain::metric::catalogue;
use waymark_domain::metric::change::Change;
use waymark_domain::metric::evaluation::Part;
use waymark_domain::metric::figure;
use waymark_domain::metric::window::Window;

use super::{ChangeUnit, MetricPart, Statistic, Verdict};
use crate::resources::figure::{Figure, FigureReason, FigureStatus, Interval};
use crate::resources::measure::Unit;
use crate::resources::metric_reading::MetricReading;
use crate::rest::answer::Lasting;
use crate::rest::table::{Table, taken};
use crate::scalars::{Date, DateTime, Decimal};

/// The figures of a metric, with where they come from.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricSeries {
    #[schema(example = "active_rate")]
    pub metric: String,
    /// The version of its definition.
    pub version: u32,
    /// Which of its numbers the values are.
    pub statistic: Statistic,
    /// What the values count.
    pub unit: Unit,
    /// What is counted, or `s` for seconds.
    pub unit_label: Option<String>,
    /// An IANA time zone, by whose midnights the windows begin and end.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// A figure for each window, in their order; at most 1,000.
    pub points: Vec<MetricPoint>,
    pub provenance: MetricProvenance,
    /// The columns of a table beside those that every metric has.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    columns: Vec<String>,
}

/// What a metric tells of one window.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricPoint {
    /// The first day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
    /// Whether days are missing: those that were not asked for, or that are not over yet. What is partial is compared with
    /// nothing.
    pub is_partial: bool,
    /// A rate is rounded from its whole numbers, half away from zero, to 2 places; null with a reason.
    pub value: Option<Decimal>,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// Where the true value lies with 95 % confidence, where the figure comes from a sample.
    pub interval: Option<Interval>,
    pub status: FigureStatus,
    /// Why there is no value, or why it is to be read with care.
    pub reason: Option<FigureReason>,
    /// The metric's other numbers.
    pub statistics: Vec<StatisticFigure>,
    /// Whole numbers of the metric that have names.
    pub parts: Vec<PartNumber>,
    /// Between which values it lies, whatever comes of what is pending.
    pub possible: Option<Interval>,
    /// How it differs from the window that `compare` asks for; null where nothing is asked for.
    pub change: Option<MetricChange>,
    /// How it stands to what a source, or the workspace in its place, calls healthy; null where nobody says what is, of windows
    /// like this.
    pub health: Option<Verdict>,
    /// The last reading that was pushed in the window, with its evidence; null of built-in metrics.
    pub reading: Option<MetricReading>,
    /// The wave that it is told of by, of a metric of surveys: a whole one, never the answers of some days.
    #[schema(value_type = Option<String>)]
    pub wave_id: Option<ID>,
}

/// A further number of a metric.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct StatisticFigure {
    pub statistic: Statistic,
    pub figure: Figure,
}

/// A named whole number of a metric.
#[derive(Clone, Copy, Debug, SimpleObject, Serialize, ToSchema)]
pub struct PartNumber {
    pub part: MetricPart,
    pub value: i64,
}

/// The difference to an earlier figure.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct MetricChange {
    /// Rounded half away from zero to 2 places; null with a reason.
    pub value: Option<Decimal>,
    pub unit: ChangeUnit,
    pub status: FigureStatus,
    pub reason: Option<FigureReason>,
}

/// Where figures come from.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricProvenance {
    /// Always true: nothing is sampled or estimated.
    pub exact: bool,
    /// The instant that was asked for with `asOf`, or else when they were made: nothing that came to be known later is in them.
    pub as_of: DateTime,
    /// Everything that was acknowledged with it is in the figures; null where they were asked for with `asOf`.
    pub watermark: Option<u64>,
    /// How many events they were made from; 0 of answers to surveys, whose number may have to be hidden.
    pub events: u64,
    pub includes_staff: bool,
    pub includes_bots: bool,
    /// The version of the metric's definition.
    pub definition_version: u32,
    /// The question whose answers they were made from, of a metric of surveys; null where nobody asks one that feeds it.
    #[schema(value_type = Option<String>)]
    pub question_id: Option<ID>,
}

impl From<application::MetricSeries> for MetricSeries {
    fn from(series: application::MetricSeries) -> Self {
        let application::MetricSeries { metric, statistic, time_zone, points, provenance } = series;
        let measured = metric.measured(statistic).unwrap_or(metric.definition().value);
        let version = metric.version();
        Self {
            metric: metric.key().to_owned(),
            version,
            statistic: statistic.into(),
            unit: measured.unit.into(),
            unit_label: measured.label.map(str::to_owned),
            time_zone: time_zone.name().to_owned(),
            points: points.into_iter().map(Into::into).collect(),
            provenance: MetricProvenance::of(provenance, version),
            columns: columns(&metric, statistic),
        }
    }
}

impl MetricProvenance {
    fn of(provenance: application::Provenance, definition_version: u32) -> Self {
        let application::Provenance { as_of, watermark, events, includes_staff, includes_bots, question } = provenance;
        let question_id = question.map(|id| id.to_string().into());
        Self { exact: true, as_of: DateTime(as_of), watermark, events, includes_staff, includes_bots, definition_version, question_id }
    }
}

impl From<application::MetricPoint> for MetricPoint {
    fn from(point: application::MetricPoint) -> Self {
        let application::MetricPoint { window, is_partial, figure, further, parts, possible, change, health, reading, wave } = point;
        let (Window { start, end }, figure) = (window, Figure::from(figure));
        Self {
            start: Date(start),
            end: Date(end),
            is_partial,
            value: figure.value,
            numerator: figure.numerator,
            denominator: figure.denominator,
            interval: figure.interval,
            status: figure.status,
            reason: figure.reason,
            statistics: further.into_iter().map(Into::into).collect(),
            parts: parts.into_iter().map(Into::into).collect(),
            possible: possible.map(Into::into),
            change: change.map(Into::into),
            health: health.map(Into::into),
            reading: reading.map(Into::into),
            wave_id: wave.map(|id| id.to_string().into()),
        }
    }
}

impl From<(catalogue::Statistic, figure::Figure)> for StatisticFigure {
    fn from((statistic, figure): (catalogue::Statistic, figure::Figure)) -> Self {
        Self { statistic: statistic.into(), figure: figure.into() }
    }
}

impl From<(Part, i64)> for PartNumber {
    fn from((part, value): (Part, i64)) -> Self {
        Self { part: part.into(), value }
    }
}

impl From<Change> for MetricChange {
    fn from(change: Change) -> Self {
        let Change { value, unit, status, reason } = change;
        Self { value: value.map(Decimal), unit: unit.into(), status: status.into(), reason: reason.map(Into::into) }
    }
}

/// The columns that every metric has.
const COLUMNS: [&str; 12] =
    ["start", "end", "isPartial", "value", "numerator", "denominator", "low", "high", "status", "reason", "change", "health"];

/// What the value of a pushed reading rests on.
const EVIDENCE: [&str; 2] = ["evidence", "evidenceUrl"];

/// One for each number that stands beside the one that is meant, and one for each part; the wave, of a metric of surveys;
/// of a pushed reading its evidence.
fn columns(metric: &Metric, statistic: catalogue::Statistic) -> Vec<String> {
    let definition = metric.definition();
    let further = definition.statistics().map(|measured| measured.statistic).filter(|other| *other != statistic);
    let statistics = further.map(|statistic| format!("statistics.{}", <&str>::from(statistic)));
    let parts = definition.parts.iter().map(|part| format!("parts.{}", <&str>::from(*part)));
    let evidence = EVIDENCE.into_iter().filter(|_| metric.own().is_some()).map(str::to_owned);
    let wave = (definition.family == catalogue::Family::Survey).then(|| "waveId".to_owned());
    statistics.chain(parts).chain(wave).chain(evidence).collect()
}

impl Lasting for MetricSeries {
    fn lasting(&self) -> impl Serialize {
        let Self { metric, version, statistic, unit: _, unit_label: _, time_zone, points, provenance, columns: _ } = self;
        let MetricProvenance { exact: _, as_of: _, watermark, events, definition_version: _, .. } = provenance;
        let MetricProvenance { includes_staff, includes_bots, question_id, .. } = provenance;
        (metric, version, statistic, time_zone, points, (watermark, events, includes_staff, includes_bots, question_id))
    }
}

impl Table for MetricSeries {
    type Row = MetricPoint;

    fn rows(&self) -> &[MetricPoint] {
        &self.points
    }

    fn columns(&self) -> Vec<String> {
        COLUMNS.into_iter().map(str::to_owned).chain(self.columns.iter().cloned()).collect()
    }

    /// The nested figures are laid out beside the rest.
    fn cells(mut row: Map<String, Value>) -> Map<String, Value> {
        let mut interval = row.remove("interval").unwrap_or_default();
        row.insert("low".to_owned(), taken(&mut interval, "low"));
        row.insert("high".to_owned(), taken(&mut interval, "high"));
        let mut change = row.remove("change").unwrap_or_default();
        row.insert("change".to_owned(), taken(&mut change, "value"));
        let mut reading = row.remove("reading").unwrap_or_default();
        for column in EVIDENCE {
            row.insert(column.to_owned(), taken(&mut reading, column));
        }
        for (list, name) in [("statistics", "statistic"), ("parts", "part")] {
            let Some(Value::Array(numbers)) = row.remove(list) else { continue };
            for number in numbers {
                let column = format!("{list}.{}", number.get(name).and_then(Value::as_str).unwrap_or_default());
                let value = number.pointer("/figure/value").or_else(|| number.get("value")).cloned().unwrap_or_default();
                row.insert(column, value);
            }
        }
        row
    }
}
