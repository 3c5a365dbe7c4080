//! How a stranger finds the way: the index, and the API catalog of RFC 9727.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_TYPE, LINK};
use serde_json::{Value, json};

const CATALOG: &str = "/.well-known/api-catalog";
/// The parameter says that this linkset is an API catalog.
const LINKSET: &str = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";

/// `/`: what is served here.
pub(crate) async fn index() -> HttpResponse {
    linked().json(json!({
        "name": "Waymark",
        "version": env!("CARGO_PKG_VERSION"),
        "rest": { "base": "/v1", "description": "/openapi.json", "explorer": "/docs" },
        "graphql": { "endpoint": "/graphql", "description": "/graphql/schema.graphql", "explorer": "/graphiql" },
        "catalog": CATALOG,
        "health": { "live": "/livez", "ready": "/readyz", "metrics": "/metrics" },
    }))
}

/// `/.well-known/api-catalog`: both doors, each with its description, documentation and status.
pub(crate) async fn api_catalog() -> HttpResponse {
    let status = || json!([{ "href": "/readyz", "type": "text/plain" }]);
    let linkset = json!({ "linkset": [
        { "anchor": CATALOG, "item": [{ "href": "/v1" }, { "href": "/graphql" }] },
        {
            "anchor": "/v1",
            "service-desc": [{ "href": "/openapi.json", "type": "application/json" }],
            "service-doc": [{ "href": "/docs", "type": "text/html" }],
            "status": status(),
        },
        {
            "anchor": "/graphql",
            "service-desc": [{ "href": "/graphql/schema.graphql", "type": "application/graphql" }],
            "service-doc": [{ "href": "/graphiql", "type": "text/html" }],
            "status": status(),
        },
    ] });
    given(&linkset)
}

fn given(linkset: &Value) -> HttpResponse {
    linked().insert_header((CONTENT_TYPE, LINKSET)).body(linkset.to_string())
}

fn linked() -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((LINK, format!("<{CATALOG}>; rel=\"api-catalog\"")));
    response
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::test::{TestRequest, call_and_read_body, call_and_read_body_json, init_service};

    use super::*;

    #[actix_web::test]
    async fn the_catalog_names_both_doors() {
        let app = init_service(App::new().route(CATALOG, actix_web::web::get().to(api_catalog))).await;

        let catalog: Value = call_and_read_body_json(&app, TestRequest::get().uri(CATALOG).to_request()).await;

        let anchors: Vec<&str> = catalog["linkset"].as_array().unwrap().iter().map(|set| set["anchor"].as_str().unwrap()).collect();
        assert_eq!(anchors, [CATALOG, "/v1", "/graphql"]);
        assert_eq!(catalog["linkset"][1]["service-desc"][0]["href"], "/openapi.json");
    }

    #[actix_web::test]
    async fn the_index_names_the_catalog() {
        let app = init_service(App::new().route("/", actix_web::web::get().to(index))).await;

        let index = call_and_read_body(&app, TestRequest::get().uri("/").to_request()).await;

        assert!(String::from_utf8_lossy(&index).contains(CATALOG));
    }
}
