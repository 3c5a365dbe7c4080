//! Methods, media types, statuses and the shape of bodies.

use actix_web::http::Method;
use actix_web::http::header::{ACCEPT, ALLOW, CONTENT_TYPE, VARY};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpRequest, web};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{TestEndpoint, endpoint};

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

struct Seen {
    status: u16,
    allow: Option<String>,
    media: String,
    body: Value,
}

impl Seen {
    fn code(&self) -> &str {
        self.body.pointer("/errors/0/extensions/code").and_then(Value::as_str).unwrap_or_default()
    }
}

async fn answer(http: HttpRequest, body: web::Payload, endpoint: web::Data<TestEndpoint>) -> actix_web::HttpResponse {
    endpoint.answer(&http, body, "req_7", |request| request.data("Ada".to_owned())).await
}

async fn send(request: TestRequest) -> Seen {
    let app = App::new().app_data(web::Data::new(endpoint())).route("/graphql", web::to(answer));
    let response = call_service(&init_service(app).await, request.to_request()).await;
    let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (allow, media) = (header(ALLOW), header(CONTENT_TYPE).unwrap_or_default());
    let status = response.status().as_u16();
    assert!(status == 204 || header(VARY).as_deref() == Some("Accept"));
    let bytes = read_body(response).await;
    Seen { status, allow, media, body: serde_json::from_slice(&bytes).unwrap_or_default() }
}

fn post(body: impl ToString) -> TestRequest {
    TestRequest::post().uri("/graphql").insert_header((CONTENT_TYPE, JSON)).set_payload(body.to_string())
}

fn asking(query: &str) -> TestRequest {
    post(json!({ "query": query }))
}

fn get(query: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/graphql?{query}"))
}

async fn statuses(request: impl Fn() -> TestRequest) -> (u16, u16) {
    let modern = send(request().insert_header((ACCEPT, GRAPHQL))).await;
    let legacy = send(request().insert_header((ACCEPT, JSON))).await;
    assert!(modern.status == 200 || modern.body.get("data").is_none(), "{}", modern.body);
    (modern.status, legacy.status)
}

#[actix_web::test]
async fn a_query_is_answered_with_its_cost() {
    let seen = send(asking("{ caller }")).await;

    assert_eq!(seen.body, json!({ "data": { "caller": "Ada" }, "extensions": { "cost": { "requested": 1, "limit": 50_000 } } }));
    assert_eq!((seen.status, seen.media.as_str()), (200, "application/json; charset=utf-8"));
}

#[actix_web::test]
async fn a_failed_field_keeps_the_data_and_the_status() {
    let seen = send(asking("{ caller missing }").insert_header((ACCEPT, GRAPHQL))).await;

    assert_eq!((seen.status, seen.code()), (200, "NOT_FOUND"));
    assert_eq!(seen.body.pointer("/errors/0/extensions/requestId"), Some(&json!("req_7")));
    assert!(seen.body.get("data").is_some());
}

#[actix_web::test]
async fn what_is_wrong_with_the_document_is_a_status_only_where_the_client_knows_it() {
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ sum(a: \"x\") }", "BAD_USER_INPUT"),
        ("query($a: Int!) { sum(a: $a) }", "BAD_USER_INPUT"),
        ("query A { caller } query B { caller }", "OPERATION_RESOLUTION_FAILURE"),
        ("{ objectives(first: 101) { edges { cursor } } }", "PAGE_TOO_LARGE"),
        ("subscription { x }", "SUBSCRIPTION_NOT_SUPPORTED"),
    ] {
        assert_eq!(statuses(|| asking(query)).await, (400, 200), "{query}");
        assert_eq!(send(asking(query)).await.code(), code, "{query}");
    }
}

#[actix_web::test]
async fn what_is_not_a_graphql_request_is_400_in_both_media_types() {
    for body in [
        "",
        "{",
        "null",
        "7",
        "[]",
        r#"[{"query":"{caller}"}]"#,
        "{}",
        r#"{"query":7}"#,
        r#"{"query":null}"#,
        r#"{"query":"{caller}","variables":[]}"#,
        r#"{"query":"{caller}","operationName":1}"#,
        r#"{"query":"{caller}","extensions":"x"}"#,
        r#"{"query":"{caller}","variables":{"a":1e999}}"#,
        "\u{0}",
    ] {
        assert_eq!(statuses(|| post(body)).await, (400, 400), "{body}");
    }
    for query in ["", "query={caller}&query={caller}", "query={caller}&variables={", "query={caller}&variables=[]"] {
        assert_eq!(statuses(|| get(query)).await, (400, 400), "{query}");
    }
}

#[actix_web::test]
async fn odd_json_is_read_without_a_panic() {
    let deep = format!("{{\"query\":\"{{caller}}\",\"variables\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));

    assert_eq!(send(post(deep)).await.status, 400);
    assert_eq!(send(post(r#"{"query":"{x}","query":"{caller}","variables":{"a":1,"a":2}}"#)).await.status, 200);
    assert_eq!(send(post(r#"{"query":"{caller}","variables":{"no name\u0000":1e-999}}"#)).await.status, 200);
}

#[actix_web::test]
async fn a_batch_is_refused_in_plain_words() {
    assert_eq!(send(post(r#"[{"query":"{caller}"}]"#)).await.code(), "BATCH_NOT_SUPPORTED");
}

#[actix_web::test]
async fn queries_go_over_get_with_all_parameters() {
    let query = "query=query%20S($a:Int!)%20{sum(a:$a,b:2)}&variables={%22a%22:1}&operationName=S&extensions={}";

    let seen = send(get(query)).await;

    assert_eq!((seen.status, seen.body.pointer("/data/sum")), (200, Some(&json!(3))));
}

#[actix_web::test]
async fn a_mutation_over_get_is_told_to_use_post() {
    let seen = send(get("query=mutation{finish}")).await;

    assert_eq!((seen.status, seen.allow.as_deref(), seen.code()), (405, Some("POST"), "METHOD_NOT_ALLOWED"));
    assert_eq!(send(asking("mutation { finish }")).await.status, 200);
}

#[actix_web::test]
async fn other_methods_are_told_which_there_are() {
    let allowed = Some("GET, HEAD, POST, OPTIONS");

    let options = send(TestRequest::default().method(Method::OPTIONS).uri("/graphql")).await;
    assert_eq!((options.status, options.allow.as_deref()), (204, allowed));

    let put = send(TestRequest::put().uri("/graphql")).await;
    assert_eq!((put.status, put.allow.as_deref()), (405, allowed));

    let head = send(TestRequest::default().method(Method::HEAD).uri("/graphql?query={caller}")).await;
    assert_eq!(head.status, 200);
}

#[actix_web::test]
async fn only_json_in_utf_8_is_read() {
    let with = |media: &'static str| {
        TestRequest::post().uri("/graphql").insert_header((CONTENT_TYPE, media)).set_payload(r#"{"query":"{caller}"}"#)
    };
    for media in ["application/json", "Application/JSON;charset=UTF-8", "application/json; charset=\"utf-8\""] {
        assert_eq!(send(with(media)).await.status, 200, "{media}");
    }
    for media in ["text/plain", "application/json; charset=latin1", "multipart/form-data; boundary=x", "application/jsonx", ""] {
        let seen = send(with(media)).await;
        assert_eq!((seen.status, seen.code()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{media}");
    }
    assert_eq!(send(TestRequest::post().uri("/graphql").set_payload("{}")).await.status, 415);
}

#[actix_web::test]
async fn the_answer_comes_in_the_type_the_client_likes_best() {
    for (accept, media) in [
        ("*/*", JSON),
        ("", JSON),
        ("application/*", JSON),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL),
        ("application/json;q=0.1, application/graphql-response+json;q=0.2", GRAPHQL),
        ("text/html, application/json;q=0.5", JSON),
        ("application/graphql-response+json;charset=utf-8", GRAPHQL),
    ] {
        let seen = send(asking("{ caller }").insert_header((ACCEPT, accept))).await;
        assert_eq!(seen.media, format!("{media}; charset=utf-8"), "{accept}");
    }
    for accept in ["text/html", "application/json;q=0", "application/json;charset=latin1", "application/json;q=nonsense"] {
        assert_eq!(send(asking("{ caller }").insert_header((ACCEPT, accept))).await.status, 406, "{accept}");
    }
}

#[actix_web::test]
async fn a_body_over_256_kib_is_not_read() {
    let seen = send(post("x".repeat(256 * 1024 + 1))).await;

    assert_eq!((seen.status, seen.code()), (413, "BODY_TOO_LARGE"));
}

#[actix_web::test]
async fn a_panic_is_answered_and_the_next_request_served() {
    let seen = send(asking("{ broken(yes: true) }")).await;

    assert_eq!((seen.status, seen.code()), (500, "INTERNAL"));
    assert_eq!(send(asking("{ broken(yes: false) }")).await.status, 200);
}

#[actix_web::test]
async fn a_mutation_goes_on_when_its_client_is_gone() {
    let (done, mut was_done) = mpsc::unbounded_channel();
    let (http, mut payload) = asking("mutation { finish }").to_http_parts();
    let endpoint = endpoint();
    let body = <web::Payload as actix_web::FromRequest>::from_request(&http, &mut payload).await.unwrap();
    let request = endpoint.answer(&http, body, "req_7", |request| request.data(done));

    let gone = tokio::time::timeout(std::time::Duration::from_millis(10), request).await;

    assert!(gone.is_err());
    assert_eq!(was_done.recv().await, Some(()));
}
