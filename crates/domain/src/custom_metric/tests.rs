use uuid::Uuid;

use super::*;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn draft(key: &str) -> CustomMetricDraft {
    CustomMetricDraft {
        key: key.to_owned(),
        name: "Deals won by advocates".to_owned(),
        description: None,
        formula: "the deals whose first touch was an advocate".to_owned(),
        unit: UnitKind::Count,
        unit_label: Some("deals".to_owned()),
        higher_is_better: true,
        aggregation: Aggregation::Last,
        is_north_star: false,
        inputs: Vec::new(),
        external_id: None,
    }
}

fn metric(number: u128, key: &str, inputs: &[&str]) -> CustomMetric {
    let inputs: Vec<String> = inputs.iter().map(|input| (*input).to_owned()).collect();
    let draft = CustomMetricDraft { is_north_star: !inputs.is_empty(), inputs, ..draft(key) };
    CustomMetric::new(Id::from_uuid(Uuid::from_u128(number)), Stamp::first(NOW), None, draft).unwrap()
}

fn refused<T>(result: Result<T, Rejection>) -> Vec<(String, Code)> {
    let violations = result.err().map(Rejection::into_violations).unwrap_or_default();
    violations.into_iter().map(|violation| (violation.field, violation.code)).collect()
}

fn new(before: Option<&CustomMetric>, draft: CustomMetricDraft) -> Result<CustomMetric, Rejection> {
    CustomMetric::new(Id::from_uuid(Uuid::nil()), Stamp::first(NOW), before, draft)
}

#[test]
fn a_key_is_no_built_in_metric_s_and_no_word_of_addresses() {
    for (key, code) in
        [("nps", Code::AlreadyExists), ("Active_Rate", Code::AlreadyExists), ("batch", Code::InvalidKey), ("a b", Code::InvalidKey)]
    {
        assert_eq!(refused(new(None, draft(key))), [("key".to_owned(), code)], "{key}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let broken = CustomMetricDraft {
        name: String::new(),
        formula: " ".to_owned(),
        unit: UnitKind::Duration,
        unit_label: Some("h".to_owned()),
        inputs: vec!["nps".to_owned()],
        ..draft("deals")
    };

    let expected = [
        ("name".to_owned(), Code::Required),
        ("formula".to_owned(), Code::Required),
        ("unitLabel".to_owned(), Code::InvalidValue),
        ("inputs".to_owned(), Code::NotApplicable),
    ];
    assert_eq!(refused(new(None, broken)), expected);
    let long = CustomMetricDraft { unit_label: Some("x".repeat(201)), ..draft("deals") };
    assert_eq!(refused(new(None, long)), [("unitLabel".to_owned(), Code::TooLong)]);
    let summed = CustomMetricDraft { unit: UnitKind::Percent, unit_label: None, aggregation: Aggregation::Sum, ..draft("share") };
    assert_eq!(refused(new(None, summed)), [("aggregation".to_owned(), Code::NotApplicable)]);
}

#[test]
fn the_definition_is_another_version_where_its_readings_mean_something_else() {
    let first = new(None, draft("deals")).unwrap();
    let version = |draft| new(Some(&first), draft).map(|metric| metric.definition_version);

    assert_eq!(version(CustomMetricDraft { name: "Deals".to_owned(), higher_is_better: false, ..draft("deals") }), Ok(1));
    assert_eq!(version(CustomMetricDraft { formula: "other deals".to_owned(), ..draft("deals") }), Ok(2));
    assert_eq!(version(CustomMetricDraft { unit_label: Some("contracts".to_owned()), ..draft("deals") }), Ok(2));
    assert_eq!(version(CustomMetricDraft { aggregation: Aggregation::Sum, ..draft("deals") }), Ok(2));
    assert_eq!(refused(new(Some(&first), draft("sales"))), [("key".to_owned(), Code::InvalidTransition)]);
}

#[test]
fn inputs_are_metrics_that_stand_by_themselves_and_lead_nowhere_back() {
    let (reach, deals) = (metric(1, "reach", &["deals"]), metric(2, "deals", &[]));
    let own = [reach, deals];
    let check = |number, key, inputs: &[&str]| refused(metric(number, key, inputs).check_inputs(&own));

    assert_eq!(check(3, "star", &["reach", "deals", "active_rate"]), []);
    let at = |place: usize, code| (format!("inputs.{place}"), code);
    let expected = [at(0, Code::NotFound), at(1, Code::Loop), at(2, Code::NotApplicable), at(3, Code::NotApplicable)];
    assert_eq!(check(3, "star", &["nothing", "star", "support_share", "custom"]), expected);
    assert_eq!(check(2, "deals", &["reach"]), [at(0, Code::Loop)]);
}
