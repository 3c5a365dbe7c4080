//! `/docs`, the explorer of the REST API. It reads `/openapi.json`.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::web::{Bytes, ServiceConfig, redirect};
use utoipa_swagger_ui::{Config, SwaggerFile};

use crate::asset::Asset;

const CSS: &str = "text/css; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

pub(crate) fn configure(routes: &mut ServiceConfig) {
    let own = [
        ("/docs", HTML, &include_bytes!("../../assets/docs/index.html")[..]),
        ("/docs/page.css", CSS, &include_bytes!("../../assets/docs/page.css")[..]),
        ("/docs/page.js", JAVASCRIPT, &include_bytes!("../../assets/docs/page.js")[..]),
    ];
    for (path, content_type, bytes) in own {
        routes.service(Asset::new(content_type, bytes).at(path));
    }
    for (name, content_type) in [("swagger-ui.css", CSS), ("swagger-ui-bundle.js", JAVASCRIPT)] {
        match swagger_ui(name) {
            Some(bytes) => drop(routes.service(Asset::new(content_type, bytes).at(&format!("/docs/{name}")))),
            None => tracing::error!(name, "the REST explorer lacks a file"),
        }
    }
    // The addresses on the page are meant against the one without a slash.
    routes.service(redirect("/docs/", "../docs"));
}

/// A file of Swagger UI. Its page and its initializer are replaced by our own: one concept for both
/// explorers, and no configuration written into a script.
fn swagger_ui(name: &str) -> Option<Bytes> {
    let SwaggerFile { bytes, .. } = utoipa_swagger_ui::serve(name, Arc::new(Config::default())).ok()??;
    Some(match bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    })
}
