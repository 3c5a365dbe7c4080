//! `/graphiql`, the explorer of the GraphQL schema.

use actix_web::web::{ServiceConfig, redirect};

use crate::asset::Asset;

const CSS: &str = "text/css; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

pub(crate) fn configure(routes: &mut ServiceConfig) {
    let assets = [
        ("/graphiql", HTML, &include_bytes!("../../assets/graphiql/index.html")[..]),
        ("/graphiql/page.css", CSS, &include_bytes!("../../assets/graphiql/page.css")[..]),
        ("/graphiql/graphiql.css", CSS, &include_bytes!("../../assets/graphiql/graphiql.css")[..]),
        ("/graphiql/graphiql.js", JAVASCRIPT, &include_bytes!("../../assets/graphiql/graphiql.js")[..]),
        ("/graphiql/LICENSES.txt", "text/plain; charset=utf-8", &include_bytes!("../../assets/graphiql/LICENSES.txt")[..]),
    ];
    for (path, content_type, bytes) in assets {
        routes.service(Asset::new(content_type, bytes).at(path));
    }
    // The addresses on the page are meant against the one without a slash.
    routes.service(redirect("/graphiql/", "../graphiql"));
}
