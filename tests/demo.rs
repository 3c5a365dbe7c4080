//! What the sample data tells: a community that grows faster than it can help.

use serde_json::Value;

use crate::harness::{App, Backend, both};

both![the_sample_community_grows_faster_than_it_can_help, what_the_sample_community_does_moves_its_key_results];

async fn demo(backend: Backend) -> App {
    App::start(backend, &["--demo"]).await
}

fn line<'a>(health: &'a Value, metric: &str, statistic: &str) -> &'a Value {
    let is_it = |line: &&Value| line["metric"] == metric && line["target"]["statistic"] == statistic;
    health["lines"].as_array().and_then(|lines| lines.iter().find(is_it)).unwrap_or_else(|| panic!("no {metric} in {health}"))
}

async fn the_sample_community_grows_faster_than_it_can_help(backend: Backend) {
    let app = demo(backend).await;

    let health = app.get("/v1/community/health").await.expect(200).json().clone();

    let verdict = |metric, statistic| line(&health, metric, statistic)["verdict"].as_str().unwrap_or_default().to_owned();
    assert_eq!(verdict("active_rate", "VALUE"), "MET", "{health}");
    assert_eq!(verdict("growth_rate", "VALUE"), "MET", "{health}");
    assert_eq!(line(&health, "growth_rate", "VALUE")["guardrailHeld"], false, "{health}");
    assert_eq!(verdict("first_response_time", "MEAN"), "NOT_MET", "{health}");
    assert_eq!(verdict("peer_support", "SATISFIED_SHARE"), "NOT_MET", "{health}");
    let months = app.get("/v1/metrics/first_response_time?granularity=MONTH").await.expect(200).json().clone();
    let points = months["points"].as_array().expect("points");
    let waits: Vec<f64> = points.iter().filter_map(|point| point["value"].as_f64()).collect();
    // Six months before the last one that is over, people waited less than half as long.
    let newest = waits.len().saturating_sub(2);
    assert!(newest >= 6 && waits[newest] > 2.0 * waits[newest - 6], "{waits:?}");
}

async fn what_the_sample_community_does_moves_its_key_results(backend: Backend) {
    let app = demo(backend).await;
    let objectives = app.get("/v1/objectives?expand=keyResults").await.expect(200).json().clone();
    let of_title = |objective: &&Value| objective["title"] == "The community carries itself while it grows";
    let driven = objectives["items"].as_array().and_then(|items| items.iter().find(of_title)).expect("the objective");
    let key_results = driven["keyResults"].as_array().expect("key results");
    assert_eq!(key_results.len(), 4, "{driven}");

    for key_result in key_results {
        let address = key_result["address"].as_str().expect("an address");
        let check_ins = app.get(&format!("/v1/check-ins?keyResult={address}")).await.expect(200).json().clone();

        let items = check_ins["items"].as_array().expect("items");
        assert!(!items.is_empty(), "{address}: {check_ins}");
        assert!(items.iter().all(|check_in| check_in["provenance"] == "METRIC"), "{check_ins}");
    }
}
