use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::response::Response;

/// A caller with a token, or without one.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

impl Client {
    /// A client of its own pool: no connection of another test's runtime is met again.
    pub(crate) fn new(url: String, token: Option<String>) -> Self {
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();

        Self { http: http.expect("make a client"), url, token }
    }

    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub(crate) fn anonymous(&self) -> Self {
        Self { token: None, ..self.clone() }
    }

    /// For what the methods below do not say: other headers, other bodies. To be given to `send`.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Response {
        let request = request.build().expect("the request is well formed");
        let sent = describe(&request);
        let answer = self.http.execute(request).await.unwrap_or_else(|error| panic!("{sent}: {error:?}"));

        Response::read(sent, answer).await
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// A merge patch. `None` leaves `If-Match` out.
    pub(crate) async fn patch<'a>(&self, path: &str, etag: impl Into<Option<&'a str>>, body: Value) -> Response {
        let request = self.request(Method::PATCH, path).header("content-type", "application/merge-patch+json").json(&body);

        self.send(if_match(request, etag.into())).await
    }

    pub(crate) async fn put<'a>(&self, path: &str, etag: impl Into<Option<&'a str>>, body: Value) -> Response {
        self.send(if_match(self.request(Method::PUT, path).json(&body), etag.into())).await
    }

    pub(crate) async fn delete<'a>(&self, path: &str, etag: impl Into<Option<&'a str>>) -> Response {
        self.send(if_match(self.request(Method::DELETE, path), etag.into())).await
    }

    pub(crate) async fn graphql(&self, query: &str, variables: Value) -> Response {
        let request = self.request(Method::POST, "/graphql").json(&json!({"query": query, "variables": variables}));

        self.send(request.header("accept", "application/graphql-response+json")).await
    }
}

fn if_match(request: RequestBuilder, etag: Option<&str>) -> RequestBuilder {
    match etag {
        Some(etag) => request.header("if-match", etag),
        None => request,
    }
}

fn describe(request: &reqwest::Request) -> String {
    let body = request.body().and_then(reqwest::Body::as_bytes).map(String::from_utf8_lossy).unwrap_or_default();
    let query = request.url().query().map(|query| format!("?{query}")).unwrap_or_default();

    format!("{} {}{query} {body}", request.method(), request.url().path())
}
