//! What cannot be bound, and says why.

use serde_json::{Value, json};

use super::{a_template, bound};
use crate::given::refused;
use crate::harness::{App, both};

both![
    everything_that_is_wrong_is_named_at_once,
    a_metric_that_nobody_knows_is_refused,
    a_metric_does_not_drive_what_it_cannot_be_told_in,
    a_key_result_that_is_driven_keeps_a_unit_that_fits,
    a_guardrail_has_both_of_its_halves_or_neither,
    what_is_not_bound_is_not_read,
];

const PATH: &str = "/v1/key-results/2020-Q1.devrel.O2-KR1/binding";

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

async fn everything_that_is_wrong_is_named_at_once(app: App) {
    a_template(&app).await;

    let guardrail = json!({"metric": "growth_rate", "channel": "forum/help", "target": 5});
    let asked = json!({"metric": "engagement_rate", "sla": "PT1H", "platform": "nowhere", "rolling": 400, "guardrail": guardrail});
    let answer = app.put(PATH, None, asked).await.expect(422);

    let mut found = refused(&answer);
    found.sort();
    let expected = [
        ("/guardrail/channel", "NOT_APPLICABLE"),
        ("/guardrail/comparator", "REQUIRED"),
        ("/platform", "NOT_FOUND"),
        ("/rolling", "OUT_OF_RANGE"),
        ("/sla", "NOT_APPLICABLE"),
    ];
    assert_eq!(found, pairs(&expected), "{answer:?}");
}

async fn a_metric_that_nobody_knows_is_refused(app: App) {
    a_template(&app).await;

    let answer = app.put(PATH, None, json!({"metric": "happiness"})).await.problem(422, "NOT_FOUND");

    assert_eq!(refused(&answer), pairs(&[("/metric", "NOT_FOUND")]));
}

async fn a_metric_does_not_drive_what_it_cannot_be_told_in(app: App) {
    a_template(&app).await;
    let units = [
        json!({"kind": "AT_LEAST", "unit": "CURRENCY", "unitLabel": "EUR"}),
        json!({"kind": "AT_LEAST", "unit": "DURATION", "unitLabel": "h"}),
    ];

    for unit in units {
        app.patch("/v1/key-results/2020-Q1.devrel.O2-KR1", "*", unit).await.expect(200);
        let answer = app.put(PATH, None, json!({"metric": "engagement_rate"})).await.expect(422);
        assert_eq!(refused(&answer), pairs(&[("/metric", "INVALID_VALUE")]));
    }
    let milestone = json!({"kind": "MILESTONE", "target": null, "unit": "NUMBER", "unitLabel": null, "strict": null, "policy": null});
    app.patch("/v1/key-results/2020-Q1.devrel.O2-KR1", "*", milestone).await.expect(200);
    let answer = app.put(PATH, None, json!({"metric": "engagement_rate"})).await.expect(422);
    assert_eq!(refused(&answer), pairs(&[("/metric", "NOT_APPLICABLE")]));
}

async fn a_key_result_that_is_driven_keeps_a_unit_that_fits(app: App) {
    a_template(&app).await;
    let path = bound(&app, "O2-KR1").await;

    let answer = app.patch(&path, "*", json!({"unit": "CURRENCY", "unitLabel": "EUR"})).await.expect(422);

    assert_eq!(refused(&answer), pairs(&[("/unit", "IN_USE")]));
    app.patch(&path, "*", json!({"unit": "NUMBER"})).await.expect(200);
}

async fn a_guardrail_has_both_of_its_halves_or_neither(app: App) {
    a_template(&app).await;

    let asked = json!({"metric": "engagement_rate", "guardrail": {"metric": "active_members", "comparator": "AT_LEAST"}});
    let answer = app.put(PATH, None, asked).await.expect(422);

    assert_eq!(refused(&answer), pairs(&[("/guardrail/target", "REQUIRED")]));
}

async fn what_is_not_bound_is_not_read(app: App) {
    a_template(&app).await;

    app.post(&format!("{PATH}/refresh"), json!({})).await.problem(404, "NOT_FOUND");
    let query = "{ keyResult(address: \"2020-Q1.devrel.O2-KR1\") { binding { id } } }";
    assert_eq!(app.graphql(query, json!({})).await.data()["keyResult"]["binding"], Value::Null);
}
