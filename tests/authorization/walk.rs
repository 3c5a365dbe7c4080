//! Calls operations and fields as the OpenAPI document and introspection describe them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Client, Response};
use crate::world::{World, with_metric};

/// An operation of the OpenAPI document.
pub(super) struct Operation {
    pub(super) name: String,
    method: Method,
    /// With required parameters of the query, and names in braces.
    pub(super) path: String,
    /// The media type of its body.
    takes: Option<String>,
}

impl Operation {
    pub(super) async fn all(client: &Client) -> Vec<Self> {
        let document = client.get("/openapi.json").await.expect(200);
        let paths = document["paths"].as_object().expect("a document has paths").iter();
        let operations = paths.flat_map(|(path, item)| {
            let verbs = item.as_object().expect("a path has operations").iter().filter(|(name, _)| *name != "parameters");
            verbs.map(move |(method, operation)| Self::of(path, method, operation))
        });

        operations.collect()
    }

    fn of(path: &str, method: &str, operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let required = parameters.filter(|parameter| parameter["in"] == "query" && parameter["required"] == true);
        let query: Vec<String> =
            required.filter_map(|parameter| parameter["name"].as_str()).map(|name| format!("{name}={{{name}}}")).collect();
        let content = operation["requestBody"]["content"].as_object();

        Self {
            name: operation["operationId"].as_str().expect("an operation has an id").to_owned(),
            method: method.to_uppercase().parse().expect("a method"),
            path: if query.is_empty() { with_metric(path) } else { format!("{path}?{}", query.join("&")) },
            takes: content.and_then(|content| content.keys().next().cloned()),
        }
    }

    /// Names a version that nothing has, so that everything is still there for the next caller.
    pub(super) async fn call(&self, client: &Client, world: &World, body: &str) -> Response {
        let path = world.filled(&self.path).replace("{externalId}", "of-another-system");
        assert!(!path.contains('{'), "nothing is known for a parameter of {path}");
        let request = client.request(self.method.clone(), &path);
        let request = match self.method {
            Method::GET => request,
            _ => request.header("if-match", "\"999\""),
        };
        let request = match &self.takes {
            Some(media) => request.header("content-type", media).body(world.filled(body)),
            None => request,
        };

        client.send(request).await
    }
}

/// A field of Query or Mutation.
pub(super) struct Field {
    pub(super) name: String,
    selection: &'static str,
}

impl Field {
    pub(super) async fn all(client: &Client, root: &str) -> Vec<Self> {
        let query = format!("{{ __schema {{ {root} {{ fields {{ name type {{ kind name ofType {{ kind name }} }} }} }} }} }}");
        let answer = client.graphql(&query, json!({})).await;
        let fields = answer.data()["__schema"][root]["fields"].as_array().expect("a root has fields");

        fields.iter().map(Self::of).collect()
    }

    fn of(field: &Value) -> Self {
        let outer = &field["type"];
        let inner = if outer["kind"] == "NON_NULL" { &outer["ofType"] } else { outer };
        let selection = match (inner["kind"].as_str(), inner["name"].as_str().unwrap_or_default()) {
            (Some("SCALAR" | "ENUM"), _) => "",
            (_, name) if name.ends_with("Connection") => "{ totalCount }",
            (_, name) if name.ends_with("Payload") => "{ userErrors { code message path } }",
            _ => "{ __typename }",
        };

        Self { name: field["name"].as_str().expect("a field has a name").to_owned(), selection }
    }

    pub(super) async fn ask(&self, client: &Client, world: &World, operation: &str, arguments: &str) -> Response {
        let query = format!("{operation} {{ {}{} {} }}", self.name, world.filled(arguments), self.selection);

        client.graphql(&query, json!({})).await
    }
}

/// The codes of the top-level errors of a GraphQL answer.
pub(super) fn codes(answer: &Response) -> Vec<&str> {
    let errors = answer["errors"].as_array().into_iter().flatten();

    errors.filter_map(|error| error["extensions"]["code"].as_str()).collect()
}

/// An answer without what tells one request from another.
pub(super) fn anonymous(answer: &Response, world: &World) -> String {
    let mut body = answer.json().clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("requestId");
    }
    for error in body["errors"].as_array_mut().into_iter().flatten() {
        if let Some(extensions) = error["extensions"].as_object_mut() {
            extensions.remove("requestId");
        }
    }

    format!("{} {}", answer.status, world.emptied(&body.to_string()))
}
