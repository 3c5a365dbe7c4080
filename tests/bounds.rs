//! What the document says about the size of inputs holds: the largest is taken, and one more is refused by its name.

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::authorization::body_of;
use crate::harness::{App, Response, both};
use crate::world::{World, with_metric};

both![
    a_value_beyond_its_bounds_is_refused_by_its_name,
    a_value_at_its_bounds_is_taken,
    a_parameter_that_is_too_long_is_refused_by_its_name,
];

/// What one more than allowed is refused with, whatever it is more of.
const BEYOND: [&str; 5] = ["TOO_LONG", "TOO_MANY", "OUT_OF_RANGE", "INVALID_NUMBER", "INVALID_KEY"];
/// The length of what names something else is not looked at: nothing that long exists.
const NAMES: [&str; 10] = ["alignments", "cycle", "key", "keyResult", "objective", "owner", "parent", "platform", "team", "timeZone"];

/// An operation with a body.
struct Write {
    id: String,
    method: Method,
    path: String,
    schema: Value,
    body: Value,
}

/// A value of a body at the edge of what is allowed, or one beyond it.
struct Edge {
    pointer: String,
    value: Value,
}

async fn writes(app: &App, world: &World) -> (Value, Vec<Write>) {
    let document = app.get("/openapi.json").await.expect(200).json().clone();
    let mut writes = Vec::new();
    for (path, item) in document["paths"].as_object().expect("a document has paths") {
        for (method, operation) in item.as_object().expect("a path has operations") {
            let Some(content) = operation["requestBody"]["content"].as_object().and_then(|all| all.values().next()) else { continue };
            // Each item of a batch is bounded as a single one is.
            if content["schema"]["type"] == "array" {
                continue;
            }
            let id = operation["operationId"].as_str().expect("an operation has an id");
            writes.push(Write {
                id: id.to_owned(),
                method: method.to_uppercase().parse().expect("a method"),
                path: world.filled(&with_metric(path)).replace("{externalId}", "ext-1"),
                schema: content["schema"].clone(),
                body: serde_json::from_str(&world.filled(body_of(id))).expect("bodies are JSON"),
            });
        }
    }
    (document, writes)
}

impl Write {
    async fn send(&self, app: &App, edge: &Edge) -> Response {
        let mut body = self.body.clone();
        place(&mut body, &edge.pointer, edge.value.clone());
        let request = app.request(self.method.clone(), &self.path).header("if-match", "*").json(&body);

        app.send(request).await
    }

    fn edges(&self, document: &Value, beyond: bool) -> Vec<Edge> {
        let mut edges = Vec::new();
        find(document, &self.schema, Some(&self.body), "", beyond, &mut edges);
        // What is put has the external id of its address.
        edges.retain(|edge| !(self.path.starts_with("/v1/external/") && edge.pointer == "/externalId"));
        edges
    }
}

fn place(body: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a name");
    match body.pointer_mut(parent) {
        Some(Value::Array(items)) => items[name.parse::<usize>().expect("an index")] = value,
        Some(parent) => parent[name] = value,
        None => panic!("{pointer} leads nowhere"),
    }
}

/// Recurses into what the example has.
fn find(document: &Value, schema: &Value, example: Option<&Value>, at: &str, beyond: bool, edges: &mut Vec<Edge>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let named = document.pointer(reference.trim_start_matches('#')).expect("references resolve");
        return find(document, named, example, at, beyond, edges);
    }
    if let Some(choice) = schema["oneOf"].as_array().and_then(|all| all.iter().find(|one| one.get("$ref").is_some())) {
        return find(document, choice, example, at, beyond, edges);
    }
    let mut add = |value: Value| edges.push(Edge { pointer: at.to_owned(), value });
    let count = |keyword: &str| schema[keyword].as_u64().map(|most| usize::try_from(most).expect("it fits") + usize::from(beyond));
    if let Some(length) = count("maxLength") {
        let text = if at.ends_with("/0") { format!("https://{}", "x".repeat(length - 8)) } else { "x".repeat(length) };
        add(json!(text));
    }
    for (keyword, step) in [("minimum", -1), ("maximum", 1)] {
        let Some(bound) = schema[keyword].as_i64() else { continue };
        add(json!(bound + if beyond { step } else { 0 }));
    }
    if let (Some(length), true) = (count("maxItems"), beyond) {
        let item = example.and_then(|list| list.get(0)).cloned().unwrap_or(json!({"on": "2025-11-11", "value": 150}));
        let item = match schema["items"]["$ref"].as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#'))) {
            Some(named) => named["enum"].get(0).cloned().unwrap_or(item),
            None => json!("https://example.org"),
        };
        add(json!(vec![item; length]));
    }
    for (name, property) in schema["properties"].as_object().unwrap_or(&Map::new()) {
        find(document, property, example.and_then(|object| object.get(name)), &format!("{at}/{name}"), beyond, edges);
    }
    if let Some(first) = example.and_then(|list| list.get(0)) {
        find(document, &schema["items"], Some(first), &format!("{at}/0"), beyond, edges);
    }
}

fn codes(answer: &Response, pointer: &str) -> Vec<String> {
    let errors = answer["errors"].as_array().into_iter().flatten();
    let about = errors.filter(|error| error["pointer"].as_str().is_some_and(|other| other.starts_with(pointer)));

    about.map(|error| error["code"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn a_value_beyond_its_bounds_is_refused_by_its_name(app: App) {
    let world = World::made_by(&app).await;
    let (document, writes) = writes(&app, &world).await;
    let (mut tried, mut lenient) = (0, Vec::new());
    for write in writes {
        for edge in write.edges(&document, true) {
            let answer = write.send(&app, &edge).await;
            tried += 1;
            if answer.status != 422 || codes(&answer, &edge.pointer).is_empty() {
                lenient.push(format!("{} {}: {} {}", write.id, edge.pointer, answer.status, answer["detail"]));
            }
        }
    }

    assert!(tried > 150, "{tried}");
    assert_eq!(lenient, Vec::<String>::new());
}

async fn a_value_at_its_bounds_is_taken(app: App) {
    let world = World::made_by(&app).await;
    let (document, writes) = writes(&app, &world).await;
    let (mut tried, mut strict) = (0, Vec::new());
    for write in writes {
        for edge in write.edges(&document, false) {
            if NAMES.iter().any(|name| edge.pointer.split('/').nth(1) == Some(*name)) {
                continue;
            }
            let answer = write.send(&app, &edge).await;
            tried += 1;
            if answer.status >= 500 || answer.status == 400 || codes(&answer, &edge.pointer).iter().any(|code| BEYOND.contains(&&**code)) {
                strict.push(format!("{} {}: {} {}", write.id, edge.pointer, answer.status, answer["detail"]));
            }
        }
    }

    assert!(tried > 100, "{tried}");
    assert_eq!(strict, Vec::<String>::new());
}

async fn a_parameter_that_is_too_long_is_refused_by_its_name(app: App) {
    let world = World::made_by(&app).await;
    let document = app.get("/openapi.json").await.expect(200).json().clone();
    let mut tried = 0;
    for (path, item) in document["paths"].as_object().expect("a document has paths") {
        for parameter in item["get"]["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query") {
            let Some(most) = parameter["schema"]["maxLength"].as_u64() else { continue };
            let name = parameter["name"].as_str().expect("a parameter has a name");
            let long = "x".repeat(usize::try_from(most).expect("it fits") + 1);

            let answer = app.get(&format!("{}?{name}={long}", world.filled(&with_metric(path)))).await;

            // A team's score insists on a cycle, and nobody has one of that name.
            let is_refused = (400..500).contains(&answer.status) && answer.text.contains(&format!("\"parameter\":\"{name}\""));
            assert!(is_refused || answer.status == 404, "{answer:?}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}
