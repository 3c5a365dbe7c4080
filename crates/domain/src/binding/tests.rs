//! What a metric makes of a key result.

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use uuid::Uuid;

use super::movement::{Entry, entry};
use super::reading::{Guard, Reading};
use super::schedule::windows;
use super::standing::Standing;
use super::*;
use crate::check_in::{self, CheckIn, Confidence, Provenance, Revision};
use crate::key_result::{KeyResultStatus, MeasurementPlan};
use crate::measure::MeasureDraft;
use crate::metric::calendar::Granularity;
use crate::metric::figure::{Figure, Interval, Reason, Status};
use crate::metric::target::Verdict;
use crate::metric::window::{Rolling, Window};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

fn window(start: &str, end: &str) -> Window {
    Window { start: day(start), end: day(end) }
}

fn gauge(metric: MetricKey) -> Gauge {
    Gauge { metric, statistic: metric.definition().value.statistic, segment: Vec::new(), given: Given::default() }
}

fn binding(metric: MetricKey) -> Binding {
    Binding {
        id: Id::from_uuid(Uuid::from_u128(2)),
        key_result: Id::from_uuid(Uuid::from_u128(1)),
        gauge: gauge(metric),
        step: Granularity::Month.into(),
        comparator: None,
        guardrail: None,
        stamp: Stamp::first(DateTime::UNIX_EPOCH),
    }
}

fn key_result(measure: MeasureDraft, unit: Unit) -> KeyResult {
    KeyResult {
        id: Id::from_uuid(Uuid::from_u128(1)),
        objective: Id::from_uuid(Uuid::nil()),
        address: "2026-Q4.devrel.O1-KR1".parse().unwrap(),
        title: "Members answer each other".to_owned(),
        measure: measure.check().unwrap(),
        unit,
        start: day("2026-10-01"),
        due: day("2026-12-31"),
        indicator: None,
        weight: Quantity::ONE,
        owner: None,
        measurement: MeasurementPlan::default(),
        proxy_for: None,
        assumption: None,
        is_guardrail: false,
        checkpoints: Vec::new(),
        status: KeyResultStatus::Active,
        status_reason: None,
        grade: None,
        imported: std::collections::BTreeSet::new(),
        external_id: None,
        stamp: Stamp::first(DateTime::UNIX_EPOCH),
    }
}

fn reading(figure: Figure) -> Reading {
    Reading {
        binding: Id::from_uuid(Uuid::from_u128(2)),
        binding_version: 1,
        window: window("2026-10-01", "2026-11-01"),
        revision: 1,
        is_partial: false,
        figure,
        guard: None,
        watermark: 7,
        definition_version: 1,
        check_in: None,
        taken_at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

fn standing(metric: MetricKey, measure: MeasureDraft, unit: Unit, figure: Figure) -> (Verdict, Option<i64>) {
    let standing = Standing::of(&binding(metric), &key_result(measure, unit), reading(figure));
    (standing.verdict, standing.missing)
}

fn at_least(target: &str) -> MeasureDraft {
    MeasureDraft { target: Some(quantity(target)), ..MeasureDraft::of(Kind::AtLeast) }
}

fn hours() -> Unit {
    Unit::new(UnitKind::Duration, Some("h")).unwrap()
}

#[test]
fn seconds_become_the_unit_of_the_key_result_and_are_judged_as_seconds() {
    let four_hours = MeasureDraft { target: Some(quantity("4")), ..MeasureDraft::of(Kind::AtMost) };
    let told = |seconds: i64| Figure { value: Some(seconds.into()), ..Figure::count(0) };

    let slow = reading(told(14_401));
    assert_eq!(reading(told(9_000)).value_in(&hours(), UnitKind::Duration), Some(quantity("2.5")));
    assert_eq!(standing(MetricKey::FirstResponseTime, four_hours.clone(), hours(), told(14_400)).0, Verdict::Met);
    assert_eq!(standing(MetricKey::FirstResponseTime, four_hours, hours(), slow.figure).0, Verdict::NotMet);
}

#[test]
fn what_cannot_be_the_same_number_does_not_fit() {
    let percent = gauge(MetricKey::EngagementRate);
    let refused = |gauge: &Gauge, kind, unit: &Unit| fit(gauge, None, kind, unit).is_err();

    assert!(refused(&percent, Kind::Reach, &Unit::new(UnitKind::Currency, Some("EUR")).unwrap()));
    assert!(refused(&percent, Kind::Reach, &hours()));
    assert!(refused(&percent, Kind::Milestone, &Unit::plain(UnitKind::Percent)));
    assert!(refused(&gauge(MetricKey::FirstResponseTime), Kind::AtMost, &Unit::plain(UnitKind::Number)));
    assert!(!refused(&percent, Kind::Reach, &Unit::plain(UnitKind::Number)));
    assert!(!refused(&gauge(MetricKey::ActiveMembers), Kind::Reach, &Unit::new(UnitKind::Custom, Some("members")).unwrap()));
}

#[test]
fn a_band_has_two_bounds_and_no_other_comparator() {
    let band = MeasureDraft { lower: Some(quantity("10")), upper: Some(quantity("20")), ..MeasureDraft::of(Kind::Between) };
    let verdict = |members| standing(MetricKey::ActiveMembers, band.clone(), Unit::plain(UnitKind::Count), Figure::count(members)).0;

    assert_eq!([9, 10, 20, 21].map(verdict), [Verdict::NotMet, Verdict::Met, Verdict::Met, Verdict::NotMet]);
    let unit = Unit::plain(UnitKind::Count);
    assert!(fit(&gauge(MetricKey::ActiveMembers), Some(Comparator::AtLeast), Kind::Between, &unit).is_err());
}

#[test]
fn a_way_down_is_met_from_above_unless_the_binding_says_otherwise() {
    let down = MeasureDraft { baseline: Some(quantity("20")), target: Some(quantity("10")), ..MeasureDraft::of(Kind::Reach) };
    let key_result = key_result(down, Unit::plain(UnitKind::Count));
    let upwards = Binding { comparator: Some(Comparator::AtLeast), ..binding(MetricKey::Concentration) };

    assert_eq!(binding(MetricKey::Concentration).targets(&key_result)[0].comparator, Comparator::AtMost);
    assert_eq!(upwards.targets(&key_result)[0].comparator, Comparator::AtLeast);
}

#[test]
fn what_is_missing_is_a_whole_number_of_people() {
    let of = |unit, figure| standing(MetricKey::EngagementRate, at_least("40"), Unit::plain(unit), figure);

    assert_eq!(of(UnitKind::Percent, Figure::rate(7, 20)), (Verdict::NotMet, Some(1)));
    assert_eq!(of(UnitKind::Percent, Figure::rate(8, 20)), (Verdict::Met, Some(0)));
    assert_eq!(of(UnitKind::Percent, Figure::rate(0, 0)), (Verdict::Unknown, None));
    let members = standing(MetricKey::ActiveMembers, at_least("150"), Unit::plain(UnitKind::Count), Figure::count(120));
    assert_eq!(members, (Verdict::NotMet, Some(30)));
}

#[test]
fn a_target_within_the_interval_may_be_met_by_chance() {
    let interval = Some(Interval { low: 30.into(), high: 60.into() });

    let verdict = standing(MetricKey::Nps, at_least("40"), Unit::plain(UnitKind::Score), Figure { interval, ..Figure::rate(9, 20) }).0;

    assert_eq!(verdict, Verdict::MetNotSignificant);
}

#[test]
fn an_nps_lacks_promoters_among_its_answers_or_in_further_ones() {
    let key_result = key_result(at_least("50"), Unit::new(UnitKind::Custom, Some("NPS")).unwrap());
    let of = |metric, figure| {
        let standing = Standing::of(&binding(metric), &key_result, reading(figure));
        (standing.verdict, standing.missing, standing.missing_answers)
    };

    // 36 promoters and 8 detractors of 70.
    assert_eq!(of(MetricKey::Nps, Figure::rate(28, 70)), (Verdict::NotMet, Some(7), Some(14)));
    assert_eq!(of(MetricKey::Nps, Figure::rate(35, 70)), (Verdict::Met, Some(0), Some(0)));
    assert_eq!(of(MetricKey::Nps, Figure::missing(Status::Suppressed, Reason::FewAnswers)), (Verdict::Unknown, None, None));
}

#[test]
fn a_guardrail_holds_where_the_period_before_was_no_better() {
    let verdict = |now: i64, before: i64, lower_is_better| Guard::no_worse(Some(now.into()), Some(before.into()), lower_is_better).verdict;

    assert_eq!([verdict(5, 5, false), verdict(6, 5, false), verdict(4, 5, false)], [Verdict::Met, Verdict::Met, Verdict::NotMet]);
    assert_eq!([verdict(5, 5, true), verdict(6, 5, true), verdict(4, 5, true)], [Verdict::Met, Verdict::NotMet, Verdict::Met]);
    assert_eq!(Guard::no_worse(None, Some(5.into()), false).verdict, Verdict::Unknown);
}

#[test]
fn months_are_read_whole_from_the_one_of_the_start_and_the_last_may_run() {
    let read = |last: &str| -> Vec<Window> {
        let buckets = windows(Granularity::Month.into(), day("2026-10-15"), day(last), Weekday::Mon, &[]);
        buckets.into_iter().map(|bucket| bucket.window).collect()
    };

    let october = window("2026-10-01", "2026-11-01");
    assert_eq!(read("2026-11-10"), [october, window("2026-11-01", "2026-11-11")]);
    assert_eq!(read("2026-10-31"), [october]);
    assert_eq!(read("2026-10-14"), []);
}

#[test]
fn days_roll_up_to_the_end_of_each_week_and_to_the_last() {
    let step = Step::Rolling(Rolling::DASHBOARD);

    let read: Vec<NaiveDate> =
        windows(step, day("2026-11-02"), day("2026-11-17"), Weekday::Mon, &[]).into_iter().map(|bucket| bucket.window.last_day()).collect();

    assert_eq!(read, [day("2026-11-08"), day("2026-11-15"), day("2026-11-17")]);
}

#[test]
fn what_was_read_of_a_month_half_way_is_read_again_as_a_part_of_it() {
    let half = window("2026-10-01", "2026-10-16");

    let read = windows(Granularity::Month.into(), day("2026-10-01"), day("2026-11-01"), Weekday::Mon, &[half]);

    let of_half = read.iter().find(|bucket| bucket.window == half).unwrap();
    assert_eq!((read.len(), of_half.period), (3, window("2026-10-01", "2026-11-01")));
}

fn check_in(id: u128, provenance: Provenance, value: Option<&str>) -> CheckIn {
    let revision = Revision {
        number: 1,
        reading: value.map(|value| check_in::Reading::Value(quantity(value))),
        confidence: Some(Confidence::AtRisk),
        evidence: None,
        risks: None,
        blockers: None,
        next_actions: None,
        correction: None,
        provenance,
        author: "script".to_owned(),
        recorded_at: DateTime::UNIX_EPOCH,
    };
    let (id, key_result) = (Id::from_uuid(Uuid::from_u128(id)), Id::from_uuid(Uuid::from_u128(1)));
    CheckIn { id, key_result, on: day("2026-10-31"), external_id: None, created_at: DateTime::UNIX_EPOCH, revision }
}

#[test]
fn what_a_person_measured_stands_and_what_a_metric_told_is_corrected() {
    let (person, note) = (check_in(1, Provenance::Entered, Some("5")), check_in(2, Provenance::Entered, None));
    let own = check_in(3, Provenance::Metric, Some("7"));
    let seven = Some(quantity("7"));

    assert_eq!(entry(&[], seven), Entry::New);
    assert_eq!(entry(&[&note], seven), Entry::New);
    assert_eq!(entry(&[&person, &note], seven), Entry::Stands(None));
    assert_eq!(entry(&[&own, &person], Some(quantity("8"))), Entry::Corrects(&own));
    assert_eq!(entry(&[&own], seven), Entry::Stands(Some(&own)));
    assert_eq!((entry(&[&own], None), entry(&[], None)), (Entry::Corrects(&own), Entry::Stands(None)));
}
