use super::*;
use crate::custom_metric::{Aggregation, CustomMetricDraft};
use crate::stamp::Stamp;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn metric(unit: UnitKind) -> CustomMetric {
    let draft = CustomMetricDraft {
        key: "deals".to_owned(),
        name: "Deals".to_owned(),
        description: None,
        formula: "counted by sales".to_owned(),
        unit,
        unit_label: None,
        higher_is_better: true,
        aggregation: Aggregation::Last,
        is_north_star: false,
        inputs: Vec::new(),
        external_id: None,
    };
    CustomMetric::new(Id::from_uuid(Uuid::nil()), Stamp::first(NOW), None, draft).unwrap()
}

fn draft() -> MetricReadingDraft {
    MetricReadingDraft {
        metric: "deals".to_owned(),
        source_id: "crm-1".to_owned(),
        at: None,
        on: "1990-03-31".parse().ok(),
        value: "12.5".parse().ok(),
        numerator: None,
        denominator: None,
        evidence: Some("the list of March".to_owned()),
        evidence_url: None,
    }
}

/// Checked in 1990.
fn checked(unit: UnitKind, draft: &MetricReadingDraft) -> Result<Pushed, Vec<(String, Code)>> {
    let now = "1990-04-01T00:00:00Z".parse().unwrap();
    let violations = |rejection: Rejection| rejection.into_violations().into_iter().map(|one| (one.field, one.code)).collect();
    draft.check(Some(&metric(unit)), now).map_err(violations)
}

fn refused(unit: UnitKind, draft: &MetricReadingDraft) -> Vec<(String, Code)> {
    checked(unit, draft).expect_err("refused")
}

#[test]
fn a_reading_of_nothing_in_particular_says_all_that_it_lacks() {
    let empty = MetricReadingDraft { source_id: " ".to_owned(), on: None, value: None, evidence: Some(" ".to_owned()), ..draft() };

    let required = |field: &str| (field.to_owned(), Code::Required);
    assert_eq!(refused(UnitKind::Count, &empty), [required("sourceId"), required("at"), required("value"), required("evidence")]);
    let nowhere = empty.check(None, NOW).expect_err("refused");
    assert_eq!((nowhere.violations()[0].field.as_str(), nowhere.violations()[0].code), ("metric", Code::NotFound));
}

#[test]
fn only_what_is_told_in_percent_is_read_as_a_share() {
    let share = MetricReadingDraft { value: None, numerator: Some(2), denominator: Some(3), ..draft() };

    assert_eq!(refused(UnitKind::Count, &share), [("numerator".to_owned(), Code::NotApplicable)]);
    let figure = checked(UnitKind::Percent, &share).expect("a share").amount.figure();
    assert_eq!((figure.value, figure.numerator, figure.denominator), (Some(Decimal::new(6667, 2)), Some(2), Some(3)));
    let of_nobody = MetricReadingDraft { denominator: Some(0), ..share.clone() };
    assert_eq!(refused(UnitKind::Percent, &of_nobody), [("denominator".to_owned(), Code::OutOfRange)]);
    let both = MetricReadingDraft { value: "1".parse().ok(), ..share.clone() };
    assert_eq!(refused(UnitKind::Percent, &both), [("value".to_owned(), Code::NotApplicable)]);
    assert_eq!(
        refused(UnitKind::Percent, &MetricReadingDraft { denominator: None, ..share }),
        [("denominator".to_owned(), Code::Required)]
    );
}

#[test]
fn a_reading_lies_neither_before_computers_nor_in_the_future() {
    let on = |day: &str| MetricReadingDraft { on: day.parse().ok(), ..draft() };

    assert_eq!(refused(UnitKind::Count, &on("1979-12-31")), [("on".to_owned(), Code::OutOfRange)]);
    assert!(checked(UnitKind::Count, &on("1990-04-02")).is_ok());
    assert_eq!(refused(UnitKind::Count, &on("1990-04-03")), [("on".to_owned(), Code::OutOfRange)]);
    let both = MetricReadingDraft { at: Some(NOW), ..draft() };
    assert_eq!(refused(UnitKind::Count, &both), [("on".to_owned(), Code::NotApplicable)]);
}

#[test]
fn evidence_is_a_text_or_a_link_that_opens() {
    let link = |url: &str| MetricReadingDraft { evidence: None, evidence_url: Some(url.to_owned()), ..draft() };

    assert!(checked(UnitKind::Count, &link("https://crm.example.org/report")).is_ok());
    assert_eq!(refused(UnitKind::Count, &link("crm")), [("evidenceUrl".to_owned(), Code::InvalidText)]);
}

#[test]
fn a_day_stands_at_its_very_end_wherever_it_is() {
    let day = Moment::Day("1990-03-31".parse().unwrap());

    assert_eq!(day.instant(Tz::UTC).to_rfc3339(), "1990-03-31T23:59:59.999999+00:00");
    assert_eq!(day.instant(Tz::Asia__Tokyo).to_rfc3339(), "1990-03-31T14:59:59.999999+00:00");
}

#[test]
fn what_was_retracted_can_be_pushed_again() {
    let pushed = checked(UnitKind::Count, &draft()).expect("a reading");
    let first = MetricReading::pushed(None, pushed.clone(), NOW, "crm".to_owned());

    let retracted = first.retracted(NOW, "crm".to_owned());

    assert!(first.says(&pushed) && !retracted.says(&pushed));
    let again = MetricReading::pushed(Some(&retracted), pushed, NOW, "crm".to_owned());
    assert_eq!((again.id, again.revision, again.is_retracted), (first.id, 3, false));
}
