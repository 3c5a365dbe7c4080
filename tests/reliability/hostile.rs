//! Nothing a client sends gives a 5xx or takes for ever.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use crate::dice::Dice;
use crate::given::a_way_to_a_hundred;
use crate::harness::{App, Response, both};

both![
    markdown_that_nests_without_end_is_read_in_time,
    a_line_of_a_mebibyte_is_read_in_time,
    nothing_that_is_sent_makes_the_server_fail,
    queries_that_nest_without_end_are_refused,
    broken_tokens_are_unauthenticated,
];

/// Generous: the server may be a debug build on a busy machine.
const IN_TIME: Duration = Duration::from_secs(15);

async fn import(app: &App, text: String) -> Response {
    let begun = Instant::now();
    let answer = app.post("/v1/import?dryRun=true", json!({"documents": [{"path": "a.md", "text": text}]})).await;

    assert!(begun.elapsed() < IN_TIME, "{:?} for {}", begun.elapsed(), &text[..20]);
    assert!(answer.status < 500, "{} for {}", answer.status, &text[..20]);
    answer
}

async fn markdown_that_nests_without_end_is_read_in_time(app: App) {
    let lists: String = (0..90).map(|depth| format!("{}- KR: x\n", "  ".repeat(depth))).collect();
    for text in [
        ">".repeat(50_000),
        "> ".repeat(50_000),
        "- ".repeat(50_000),
        "[".repeat(50_000),
        "![".repeat(25_000),
        "*".repeat(50_000),
        "*a_".repeat(20_000),
        "((".repeat(25_000),
        "`".repeat(50_000),
        "<".repeat(50_000),
        "|".repeat(50_000),
        "1. ".repeat(20_000),
        "[a](".repeat(20_000),
        lists,
    ] {
        import(&app, text.clone()).await.expect(200);
        import(&app, format!("# 2020-Q1 OKRs\n\n## Objective: x\n\n- KR: {text}\n")).await.expect(200);
    }
}

async fn a_line_of_a_mebibyte_is_read_in_time(app: App) {
    let mebibyte = |piece: &str| piece.repeat((1 << 20) / piece.len());
    for text in [
        mebibyte("a"),
        mebibyte("a "),
        mebibyte("9"),
        mebibyte("1,000 "),
        mebibyte("**"),
        mebibyte("KR: "),
        mebibyte("from 1 to 2 "),
        mebibyte("(0.7) "),
        mebibyte("=> "),
        mebibyte("| a "),
        mebibyte("é"),
    ] {
        import(&app, text).await;
    }
    for line in ["\n", "- KR: x\n", "- Objective: x\n", "| a |\n", "# x\n"] {
        import(&app, line.repeat((64 << 10) / line.len())).await;
    }
}

const PATHS: [&str; 31] = [
    "/v1/teams",
    "/v1/teams/{}",
    "/v1/external/teams/{}",
    "/v1/cycles",
    "/v1/cycles/{}",
    "/v1/cycles/{}/scores",
    "/v1/cycles/{}/export",
    "/v1/objectives",
    "/v1/objectives/{}",
    "/v1/objectives/{}/score",
    "/v1/objectives/{}/cascade",
    "/v1/key-results",
    "/v1/key-results/{}",
    "/v1/key-results/{}/grade",
    "/v1/key-results/{}/milestone-steps",
    "/v1/check-ins",
    "/v1/check-ins/{}",
    "/v1/external/check-ins/{}",
    "/v1/events",
    "/v1/events/batch",
    "/v1/events/{}",
    "/v1/initiatives/{}/contributions/{}",
    "/v1/import",
    "/v1/responses/batch",
    "/v1/custom-metrics/{}",
    "/v1/metric-readings/{}",
    "/v1/metric-targets/{}",
    "/v1/surveys/{}",
    "/v1/surveys/{}/results",
    "/v1/workspace",
    "/graphql",
];
const NAMES: [&str; 16] = [
    "devrel",
    "2020-Q1",
    "2020-Q1.devrel.O1",
    "2020-Q1.devrel.O1-KR1",
    "%00",
    "a%00b.c.O1",
    "%ff",
    "..",
    "%2e%2e%2f",
    "kr_01h455vb4pex5vsknk084sn02q",
    "kr_7zzzzzzzzzzzzzzzzzzzzzzzzz",
    "kr_",
    "x.y.O4294967296-KR1",
    "x.y.O2147483648",
    "%F0%9F%92%A9",
    "'%20or%201=1",
];
const QUERIES: [&str; 16] = [
    "",
    "",
    "",
    "?limit=0",
    "?limit=99999999999999999999",
    "?cursor=x",
    "?cursor=%00",
    "?sort=-x",
    "?asOf=2020-01-01",
    "?asOf=9999-12-31T23:59:60Z",
    "?asOf=-0001-01-01T00:00:00Z",
    "?fields=%00",
    "?atomic=true",
    "?platform=git&sourceId=%20&parent=x&channel=a/b&member=mem_&type=,",
    "?format=xml",
    "?updatedSince=0000-01-01T00:00:00Z",
];
const BODIES: [&str; 26] = [
    "",
    "{",
    "null",
    "[]",
    "{}",
    "\"\\u0000\"",
    "{\"query\": \"{ me { role } }\"}",
    "{\"query\": \"\\u0000\"}",
    "{\"documents\": []}",
    "{\"documents\": [{\"path\": \"\\u0000\", \"text\": \"\\u0000# 2020-Q1 OKRs\\n\\n## Objective: a\\u0000\\n- KR: \\u0000b\"}], \"cycle\": \"\\u0000\"}",
    "{\"documents\": [{\"path\": \"a\", \"text\": \"## Objective: a\\n- KR: b\"}], \"cycle\": \"2999-Q4\", \"team\": \"\\u0000\"}",
    "{\"key\": \"\\ud800\", \"name\": \"x\"}",
    "{\"key\": \"\\u0000\", \"name\": \"x\", \"kind\": \"TEAM\", \"parent\": \"\\u0000\"}",
    "{\"cycle\": \"2020-Q1\", \"team\": \"\\u0000\", \"title\": \"x\"}",
    "{\"cycle\": \"2020-Q1\", \"team\": \"devrel\", \"title\": \"x\", \"parent\": \"a.b\\u0000.O1\"}",
    "{\"keyResult\": \"2020-Q1.devrel.O1-KR1\", \"value\": 1e308}",
    "{\"keyResult\": \"2020-Q1.devrel.O1-KR1\", \"on\": \"1900-01-01\", \"value\": -999999999999999}",
    "{\"keyResult\": \"2020-Q1.devrel.O1-KR1\", \"on\": \"1900-01-02\", \"value\": 999999999999999}",
    "{\"target\": 0.000000000001}",
    "[{\"platform\": \"git\", \"sourceId\": \"\\u0000\", \"type\": \"talk\", \"occurredAt\": \"2020-01-01T00:00:00Z\"}, 0, {\"\\u0000.~/\": 1}]",
    "[{\"platform\": \"git\", \"sourceId\": \"1\", \"type\": \"mention\", \"occurredAt\": \"2016-12-31T23:59:60.999999999Z\", \"value\": 1e308}]",
    "{\"key\": \"y\", \"start\": \"1900-01-01\", \"end\": \"2999-12-31\"}",
    "{\"key\": \"z\", \"start\": \"262143-12-31\", \"end\": \"2999-12-31\"}",
    "{\"weekStart\": \"SUNDAY\", \"timeZone\": \"Pacific/Kiritimati\"}",
    "{\"grade\": 1, \"reason\": \"x\"}",
    "{\"query\": \"mutation { putTeam(input: {externalId: \\\"\\\\u0000\\\", team: {key: \\\"a\\\", name: \\\"b\\\", kind: TEAM}}) { userErrors { code } } }\"}",
];

async fn nothing_that_is_sent_makes_the_server_fail(app: App) {
    a_way_to_a_hundred(&app).await;
    let mut dice = Dice(42);
    for _ in 0..1_200 {
        let method: Method =
            dice.one(&["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"]).parse().expect("a method");
        let mut path = dice.one(&PATHS).to_owned();
        while path.contains("{}") {
            path = path.replacen("{}", dice.one(&NAMES), 1);
        }
        path.push_str(dice.one(&QUERIES));
        let kind = dice.one(&["application/json", "application/merge-patch+json", "text/plain", "\u{e9}"]);
        let request = app.request(method.clone(), &path).header("content-type", kind).body(dice.one(&BODIES));
        let request = request.header("if-match", dice.one(&["*", "\"1\"", "\"99999999999\"", "", "W/\"1\""]));

        let answer = app.send(request).await;

        assert!(answer.status < 500, "{answer:?}");
        let is_told = path.starts_with("/graphql") || method == Method::HEAD || answer.status < 400 || answer["code"].is_string();
        assert!(is_told, "every refusal is a problem: {answer:?}");
    }
    app.get("/readyz").await.expect(200);
}

async fn queries_that_nest_without_end_are_refused(app: App) {
    let fragments: String =
        (0..25).map(|level| format!("fragment f{level} on Query {{ ...f{next} ...f{next} }} ", next = level + 1)).collect();
    for query in [
        "{a".repeat(5_000),
        "[".repeat(20_000),
        format!("{{ a(b: {}1{}) }}", "[".repeat(5_000), "]".repeat(5_000)),
        format!("{{ ...f0 }} {fragments} fragment f25 on Query {{ me {{ role }} }}"),
        "{ ...a } fragment a on Query { ...a }".to_owned(),
        format!("{{ {} }}", "me { role } ".repeat(2_000)),
    ] {
        let begun = Instant::now();
        let answer = app.graphql(&query, json!({})).await;

        assert!(begun.elapsed() < Duration::from_secs(5) && (400..500).contains(&answer.status), "{:?} {answer:?}", begun.elapsed());
    }
}

async fn broken_tokens_are_unauthenticated(app: App) {
    for token in ["", "wmk_", "wmk_x", &"w".repeat(4_000), "wmk_\u{e9}", "Basic x"] {
        let answer = app.with_token(token).get("/v1/me").await;

        answer.problem(401, "UNAUTHENTICATED").header("www-authenticate");
    }
}
