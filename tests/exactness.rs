//! What cells tell is what plain SQL counts from the events, byte for byte, whatever happens to them: in bulk, twice, late,
//! told otherwise, taken back, by people who turn out to be others, change what they are and are forgotten, while the clocks
//! change.
//!
//! Answers for days of another zone than the workspace's are counted from the events. Zones have second names, so the same
//! days can be asked for in both ways.

mod questions;
mod walk;

use serde_json::{Value, json};

use crate::harness::{App, Client, Server, both};
use questions::questions;
use walk::{Walk, Zone};

both![
    around_a_day_without_a_midnight_cells_tell_what_plain_sql_counts,
    around_a_day_with_two_midnights_cells_tell_what_plain_sql_counts,
    from_zone_to_zone_cells_tell_what_plain_sql_counts,
];

const SAO_PAULO: Zone = Zone { name: "America/Sao_Paulo", also: "Brazil/East" };
const HAVANA: Zone = Zone { name: "America/Havana", also: "Cuba" };
const KYIV: Zone = Zone { name: "Europe/Kyiv", also: "Europe/Kiev" };
const AUCKLAND: Zone = Zone { name: "Pacific/Auckland", also: "NZ" };

async fn around_a_day_without_a_midnight_cells_tell_what_plain_sql_counts(app: App) {
    is_exact(app, 2018, &[SAO_PAULO]).await;
}

async fn around_a_day_with_two_midnights_cells_tell_what_plain_sql_counts(app: App) {
    is_exact(app, 4, &[HAVANA]).await;
}

async fn from_zone_to_zone_cells_tell_what_plain_sql_counts(app: App) {
    is_exact(app, 77, &[KYIV, SAO_PAULO, AUCKLAND, HAVANA]).await;
}

async fn is_exact(app: App, seed: u64, zones: &[Zone]) {
    let all = questions();
    let mut walk = Walk::begin(&app, seed, zones).await;
    for _ in 0..6 {
        for _ in 0..4 {
            walk.step(&app).await;
        }
        let some = walk.some(&all, 40);
        same(&app, &app, &walk, &some).await;
        // Another server knows nothing yet: it reads what is kept, some of it folded and some not.
        let other = Server::start(&app.server.database, &[]).await;
        same(&Client::new(other.url(), app.server.owner_token()), &app, &walk, &some).await;
    }

    same(&app, &app, &walk, &all).await;
    app.server.database.run(&["metrics", "rebuild"]);
    let other = Server::start(&app.server.database, &[]).await;
    same(&Client::new(other.url(), app.server.owner_token()), &app, &walk, &all).await;
    let verified = app.server.database.run(&["metrics", "verify", "--all"]);
    assert!(walk.events() > 300 && verified.contains(" 0 more wait"), "{verified}");
}

/// What one server tells in the workspace's own zone is what another counts in the same zone under its other name.
async fn same(kept: &Client, counted: &Client, walk: &Walk, questions: &[Value]) {
    let Zone { name, also } = walk.zone();
    for some in questions.chunks(50) {
        let plain: Vec<Value> = some.iter().map(|question| with(question, also)).collect();
        let (told, expected) = (told(kept, some).await, told(counted, &plain).await);
        for ((told, expected), question) in told.iter().zip(&expected).zip(some) {
            let expected = expected.replace(&format!("\"{also}\""), &format!("\"{name}\""));
            assert_eq!(told, &expected, "{question} of {}", walk.told());
        }
    }
}

fn with(question: &Value, zone: &str) -> Value {
    let mut question = question.clone();
    question["timeZone"] = json!(zone);
    question
}

/// The answers as text, without the instant at which they were made.
async fn told(client: &Client, questions: &[Value]) -> Vec<String> {
    let answer = client.post("/v1/metrics/batch", json!({"metrics": questions})).await.expect(200);
    let series = answer["items"].as_array().expect("a list").clone();
    let text = |mut series: Value| {
        series["provenance"]["asOf"].take();
        series.to_string()
    };
    series.into_iter().map(text).collect()
}
