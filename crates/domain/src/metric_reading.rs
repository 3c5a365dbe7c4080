//! Readings of custom metrics: pushed with evidence, each under its source's own id, as nobody can compute them again.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::custom_metric::CustomMetric;
use crate::event::{AHEAD, FIRST_YEAR};
use crate::id::{Id, Named};
use crate::metric::calendar::first_instant;
use crate::metric::figure::Figure;
use crate::number::{Quantity, SIZE_LIMIT};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::text;
use crate::unit::UnitKind;

/// A reading as it was pushed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricReading {
    pub id: Id<MetricReading>,
    pub pushed: Pushed,
    /// A reading that was taken back is none, until its source pushes it again.
    pub is_retracted: bool,
    /// 1 when it was first pushed, one more whenever it was pushed with other content or retracted.
    pub revision: u32,
    /// When this content was first pushed.
    pub recorded_at: DateTime<Utc>,
    /// The name of the token that pushed or retracted it.
    pub author: String,
}

/// What a reading says: the same again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    pub metric: Id<CustomMetric>,
    /// The source's own id of it, unique in the metric.
    pub source_id: String,
    pub at: Moment,
    pub amount: Amount,
    /// What it rests on; this or a link.
    pub evidence: Option<String>,
    pub evidence_url: Option<String>,
}

/// When something was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    At(DateTime<Utc>),
    /// A day as a whole, wherever it is.
    Day(NaiveDate),
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// In the unit of the metric.
    Value(Quantity),
    /// So many of so many, of a metric in percent.
    Share { numerator: i64, denominator: i64 },
}

impl Named for MetricReading {
    const PREFIX: &'static str = "rdg";
    const WORD: &'static str = "metric reading";
}

impl MetricReading {
    /// The id of what a source calls by this id: always the same, so that nothing is taken in twice.
    pub fn id_of(metric: Id<CustomMetric>, source_id: &str) -> Id<Self> {
        let digest = Sha256::new().chain_update(metric.uuid().as_bytes()).chain_update(source_id.as_bytes()).finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
        Id::from_uuid(Uuid::new_v8(bytes))
    }

    /// The reading as it is pushed now; `before` is what it was until then.
    pub fn pushed(before: Option<&Self>, pushed: Pushed, recorded_at: DateTime<Utc>, author: String) -> Self {
        let revision = before.map_or(1, |before| before.revision.saturating_add(1));
        Self { id: Self::id_of(pushed.metric, &pushed.source_id), pushed, is_retracted: false, revision, recorded_at, author }
    }

    /// The reading as it is once it is taken back.
    #[must_use]
    pub fn retracted(&self, recorded_at: DateTime<Utc>, author: String) -> Self {
        Self { is_retracted: true, revision: self.revision.saturating_add(1), recorded_at, author, ..self.clone() }
    }

    /// Whether to push this would be no change.
    pub fn says(&self, pushed: &Pushed) -> bool {
        !self.is_retracted && self.pushed == *pushed
    }
}

impl Moment {
    /// Where it stands among instants, by the clocks of a zone: a day at its very end.
    pub fn instant(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::At(instant) => instant,
            Self::Day(day) => first_instant(day.succ_opt().unwrap_or(NaiveDate::MAX), zone) - TimeDelta::microseconds(1),
        }
    }
}

impl Amount {
    pub fn figure(self) -> Figure {
        match self {
            Self::Value(value) => Figure::value(value.value()),
            Self::Share { numerator, denominator } => Figure::rate(numerator, denominator),
        }
    }

    /// In the unit of the metric.
    pub fn value(self) -> Decimal {
        self.figure().value.unwrap_or_default()
    }
}

/// A reading as it arrives. The metric is named by id or key; either `at` or `on`, and either a value or a share.
#[derive(Clone, Debug)]
pub struct MetricReadingDraft {
    pub metric: String,
    pub source_id: String,
    pub at: Option<DateTime<Utc>>,
    pub on: Option<NaiveDate>,
    pub value: Option<Quantity>,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub evidence: Option<String>,
    pub evidence_url: Option<String>,
}

impl MetricReadingDraft {
    /// What it says; everything that is wrong with it at once.
    pub fn check(&self, metric: Option<&CustomMetric>, now: DateTime<Utc>) -> Result<Pushed, Rejection> {
        let mut check = Check::new();
        let missing = || Violation::new(Code::NotFound, format!("there is no {} `{}` in this workspace", CustomMetric::WORD, self.metric));
        let metric = check.field("metric", metric.ok_or_else(missing));
        let source_id = check.field("sourceId", text::label(&self.source_id));
        let at = check.field("", self.moment(now));
        let amount = check.field("", self.amount(metric.map(|metric| metric.unit.kind())));
        let evidence = check.field("evidence", text::prose(self.evidence.as_deref()));
        let evidence_url = check.field("evidenceUrl", self.evidence_url.as_deref().map(text::link).transpose());
        if let (Some(None), Some(None)) = (&evidence, &evidence_url) {
            check.refuse(
                "evidence",
                Code::Required,
                "say what it rests on, in `evidence`, `evidenceUrl` or both: nobody can compute it again",
            );
        }
        let of = metric.map(|metric| metric.id).zip(source_id).zip(at).zip(amount);
        let built = of.zip(evidence).zip(evidence_url).map(|(((((metric, source_id), at), amount), evidence), evidence_url)| Pushed {
            metric,
            source_id,
            at,
            amount,
            evidence,
            evidence_url,
        });
        check.finish(built)
    }

    fn moment(&self, now: DateTime<Utc>) -> Result<Moment, Violation> {
        let (field, moment, instant) = match (self.at, self.on) {
            (Some(at), None) => ("at", Moment::At(at.trunc_subsecs(6)), at),
            (None, Some(on)) => ("on", Moment::Day(on), on.and_time(NaiveTime::MIN).and_utc()),
            (Some(_), Some(_)) => return Err(Violation::new(Code::NotApplicable, "give `at` or `on`, not both").at("on")),
            (None, None) => return Err(Violation::new(Code::Required, "give the instant, `at`, or the day, `on`").at("at")),
        };
        if instant.year() < FIRST_YEAR {
            return Err(Violation::new(Code::OutOfRange, format!("readings lie in {FIRST_YEAR} or later")).at(field));
        }
        if instant > now + AHEAD {
            return Err(Violation::new(Code::OutOfRange, "a reading lies at most 24 hours ahead of the server's clock").at(field));
        }
        Ok(moment)
    }

    /// Of a metric that nobody knows the unit is none.
    fn amount(&self, unit: Option<UnitKind>) -> Result<Amount, Violation> {
        let is_share = self.numerator.is_some() || self.denominator.is_some();
        if is_share && unit.is_some_and(|unit| unit != UnitKind::Percent) {
            let detail = "only metrics in PERCENT are read as a share: give a `value`";
            return Err(Violation::new(Code::NotApplicable, detail).at(if self.numerator.is_some() { "numerator" } else { "denominator" }));
        }
        match (self.value, self.numerator, self.denominator) {
            (Some(_), _, _) if is_share => {
                Err(Violation::new(Code::NotApplicable, "give a `value`, or `numerator` and `denominator`, not both").at("value"))
            }
            (Some(value), ..) => Ok(Amount::Value(value)),
            (None, Some(numerator), Some(denominator)) => Self::share(numerator, denominator),
            (None, Some(_), None) => Err(Violation::new(Code::Required, "say of how many").at("denominator")),
            (None, None, Some(_)) => Err(Violation::new(Code::Required, "say how many of them").at("numerator")),
            (None, None, None) => Err(Violation::new(Code::Required, "give what was read").at("value")),
        }
    }

    fn share(numerator: i64, denominator: i64) -> Result<Amount, Violation> {
        if numerator.abs() > SIZE_LIMIT {
            return Err(Violation::new(Code::OutOfRange, format!("a whole number from -{SIZE_LIMIT} to {SIZE_LIMIT}")).at("numerator"));
        }
        if !(1..=SIZE_LIMIT).contains(&denominator) {
            return Err(Violation::new(Code::OutOfRange, format!("a whole number from 1 to {SIZE_LIMIT}")).at("denominator"));
        }
        Ok(Amount::Share { numerator, denominator })
    }
}

/// Which readings a list holds: all conditions together.
#[derive(Clone, Copy, Debug, Default)]
pub struct MetricReadingFilter {
    pub metric: Option<Id<CustomMetric>>,
    pub is_retracted: Option<bool>,
}

/// What readings are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricReadingSort {
    #[default]
    At,
}

#[cfg(test)]
mod tests;
