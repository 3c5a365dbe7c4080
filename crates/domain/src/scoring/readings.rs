//! Which readings a score may use, out of everything that was checked in.

use chrono::{NaiveDate, Weekday};
use rust_decimal::Decimal;

use super::explanation::{Guarded, IgnoredReading, Ignoring, Input, InputName, PeriodReading};
use super::ordinal;
use super::score::Facts;
use super::spans::{self, Span};
use crate::check_in::{CheckIn, Provenance, Reading};
use crate::key_result::KeyResult;
use crate::measure::{Kind, Measure, Period, Policy};

/// A check-in with a reading that fits the measure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured<'a> {
    pub(super) check_in: &'a CheckIn,
    pub(super) reading: Reading,
    /// The value; of a zone the ratio it stands for.
    pub(super) amount: Decimal,
    /// What had to hold for it to count.
    pub(super) guarded: Option<&'a Guarded>,
}

/// The readings by the end of a day, oldest first.
#[derive(Debug)]
pub(super) struct Readings<'a> {
    pub(super) used: Vec<Measured<'a>>,
    pub(super) ignored: Vec<IgnoredReading>,
}

impl<'a> Readings<'a> {
    pub(super) fn of(facts: &Facts<'a>, day: NaiveDate) -> Self {
        let mut check_ins: Vec<&CheckIn> = facts.check_ins.iter().filter(|check_in| check_in.on <= day).collect();
        check_ins.sort_by_key(|check_in| (check_in.on, check_in.created_at, check_in.id));
        let mut readings = Self { used: Vec::with_capacity(check_ins.len()), ignored: Vec::new() };
        for check_in in check_ins {
            let Some(reading) = check_in.revision.reading else { continue };
            match measured(facts, check_in, reading) {
                Ok(measured) => readings.used.push(measured),
                Err(because) => readings.ignored.push(IgnoredReading { check_in: check_in.id, on: check_in.on, because }),
            }
        }
        readings
    }

    pub(super) fn newest(&self) -> Option<&Measured<'a>> {
        self.used.last()
    }
}

fn measured<'a>(facts: &Facts<'a>, check_in: &'a CheckIn, reading: Reading) -> Result<Measured<'a>, Ignoring> {
    let key_result = facts.key_result;
    let amount = amount(key_result.measure.kind(), !facts.steps.is_empty(), reading).ok_or(Ignoring::OtherKind)?;
    if check_in.on > key_result.due {
        return Err(Ignoring::AfterDue);
    }
    if check_in.on < key_result.start && counts_by_period(&key_result.measure) {
        return Err(Ignoring::BeforeStart);
    }
    Ok(Measured { check_in, reading, amount, guarded: guarded(facts, check_in) })
}

/// What a person made of a reading is under no guardrail any more.
fn guarded<'a>(facts: &Facts<'a>, check_in: &CheckIn) -> Option<&'a Guarded> {
    let told = facts.guarded.iter().find(|guarded| guarded.check_in == check_in.id);
    told.filter(|_| check_in.revision.provenance == Provenance::Metric)
}

pub(super) fn counts_by_period(measure: &Measure) -> bool {
    match measure {
        Measure::Threshold { policy, .. } | Measure::Between { policy, .. } => *policy == Policy::Share,
        Measure::Rate { .. } => true,
        Measure::Reach { .. } | Measure::Milestone | Measure::Ordinal { .. } | Measure::Test { .. } => false,
    }
}

/// What the reading amounts to, or nothing where this kind does not take such a reading.
fn amount(kind: Kind, has_steps: bool, reading: Reading) -> Option<Decimal> {
    match (kind, reading) {
        (Kind::Reach | Kind::AtLeast | Kind::AtMost | Kind::Between | Kind::Rate, Reading::Value(value)) => Some(value.value()),
        (Kind::Milestone, Reading::Value(value)) if !has_steps => {
            Some(value.value()).filter(|value| *value == Decimal::ZERO || *value == Decimal::ONE)
        }
        (Kind::Ordinal, Reading::Zone(zone)) => Some(ordinal::ratio(zone)),
        (Kind::Test, Reading::Sample { value, .. }) => Some(value.value()),
        _ => None,
    }
}

/// The newest reading of every period that is over by `day` or has a reading already: of calendar weeks or
/// months where a period is given, else of planned weeks.
///
/// `readings` lie from start to due, oldest first.
pub(super) fn by_period(
    key_result: &KeyResult,
    readings: &Readings<'_>,
    period: Option<Period>,
    day: NaiveDate,
    week_start: Weekday,
) -> Vec<PeriodReading> {
    let (start, due) = (key_result.start, key_result.due);
    match period {
        None => newest_of_each(spans::planned_weeks(start, due, week_start), readings, day),
        Some(period) => newest_of_each(spans::calendar_periods(start, due, period, week_start), readings, day),
    }
}

fn newest_of_each(spans: impl Iterator<Item = Span>, readings: &Readings<'_>, day: NaiveDate) -> Vec<PeriodReading> {
    let mut remaining = readings.used.iter().peekable();
    let mut periods = Vec::new();
    for span in spans.take_while(|span| span.first <= day) {
        let mut newest = None;
        while let Some(measured) = remaining.next_if(|measured| measured.check_in.on <= span.last) {
            newest = Some(measured);
        }
        let is_over = span.last <= day;
        if is_over || newest.is_some() {
            periods.push(period_reading(span, newest));
        }
    }
    periods
}

fn period_reading(span: Span, newest: Option<&Measured<'_>>) -> PeriodReading {
    PeriodReading {
        first: span.first,
        last: span.last,
        value: newest.map(|measured| measured.amount),
        check_in: newest.map(|measured| measured.check_in.id),
        on: newest.map(|measured| measured.check_in.on),
        provenance: newest.map(|measured| measured.check_in.revision.provenance),
        is_met: None,
        ratio: None,
        is_missed: newest.is_none(),
        guardrail_held: newest.and_then(|measured| measured.guarded).map(Guarded::holds),
    }
}

impl Measured<'_> {
    /// The reading as an input of the explanation.
    pub(super) fn input(&self) -> Input {
        let zone = match self.reading {
            Reading::Zone(zone) => Some(zone),
            Reading::Value(_) | Reading::Sample { .. } => None,
        };
        let value = if zone.is_some() { None } else { Some(self.amount) };
        self.input_of(InputName::Value, value, zone)
    }

    /// The size of the sample so far as an input of the explanation.
    pub(super) fn size_input(&self, size: u32) -> Input {
        self.input_of(InputName::SamplesSoFar, Some(Decimal::from(size)), None)
    }

    fn input_of(&self, name: InputName, value: Option<Decimal>, zone: Option<crate::check_in::Zone>) -> Input {
        let CheckIn { id, on, revision, .. } = self.check_in;
        Input { name, value, zone, provenance: Some(revision.provenance), check_in: Some(*id), on: Some(*on) }
    }
}
