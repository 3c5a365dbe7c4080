//! Files of the pages inside the binary, served so that they run with the network off.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, EntityTag, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS};
use actix_web::http::header::{Header, IfNoneMatch};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, guard};
use sha2::{Digest, Sha256};

/// Nothing from elsewhere, nothing inline, no `eval`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Clone, Debug)]
pub(crate) struct Asset {
    content_type: &'static str,
    bytes: Bytes,
    etag: EntityTag,
}

impl Asset {
    pub(crate) fn new(content_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let hash = Sha256::digest(&bytes);
        let tag = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { content_type, bytes, etag: EntityTag::new_strong(tag) }
    }

    /// A resource that answers GET and HEAD, and tells other methods so.
    pub(crate) fn at(self, path: &str) -> actix_web::Resource {
        let answer = move |http: HttpRequest| {
            let asset = self.clone();
            async move { asset.answer(&http) }
        };
        web::resource(path)
            .route(web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(answer))
            .route(web::route().guard(guard::Options()).to(async || HttpResponse::NoContent().insert_header(ALLOWED).finish()))
            .default_service(web::to(async || HttpResponse::MethodNotAllowed().insert_header(ALLOWED).finish()))
    }

    fn answer(&self, http: &HttpRequest) -> HttpResponse {
        let mut response = if self.is_known_to(http) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .insert_header((ETAG, self.etag.clone()))
            // Asked for again each time and mostly answered with 304: the next release shows at once.
            .insert_header((CACHE_CONTROL, "public, no-cache"))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header(("Referrer-Policy", "no-referrer"));
        if self.is_known_to(http) {
            return response.finish();
        }
        response.content_type(self.content_type).body(self.bytes.clone())
    }

    fn is_known_to(&self, http: &HttpRequest) -> bool {
        if !http.headers().contains_key(IF_NONE_MATCH) {
            return false;
        }
        match IfNoneMatch::parse(http) {
            Ok(IfNoneMatch::Any) => true,
            // A compressing proxy weakens the tag.
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(&self.etag)),
            Err(_) => false,
        }
    }
}

const ALLOWED: (&str, &str) = ("Allow", "GET, HEAD, OPTIONS");

#[cfg(test)]
mod tests {
    use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderName, LOCATION};
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, http::Method};

    use super::*;
    use crate::graphql::graphiql;
    use crate::rest::docs;

    async fn send(request: TestRequest) -> actix_web::dev::ServiceResponse {
        let app = init_service(App::new().configure(graphiql::configure).configure(docs::configure)).await;
        call_service(&app, request.to_request()).await
    }

    fn header(response: &actix_web::dev::ServiceResponse, name: HeaderName) -> String {
        response.headers().get(name).unwrap().to_str().unwrap().to_owned()
    }

    #[actix_web::test]
    async fn every_file_a_page_names_is_there() {
        for page in ["/graphiql", "/docs"] {
            let html = String::from_utf8(read_body(send(TestRequest::get().uri(page)).await).await.to_vec()).unwrap();
            let quoted = html.split('"').filter(|text| text.ends_with(".js") || text.ends_with(".css"));
            let mut files = 0;
            for name in quoted {
                let response = send(TestRequest::get().uri(&format!("/{name}"))).await;
                let expected = if name.ends_with("js") { "text/javascript; charset=utf-8" } else { "text/css; charset=utf-8" };
                assert_eq!((response.status().as_u16(), header(&response, CONTENT_TYPE).as_str()), (200, expected), "{name}");
                files += 1;
            }
            assert!(files >= 3, "{page}");
        }
    }

    #[actix_web::test]
    async fn a_page_loads_nothing_from_elsewhere_and_nothing_inline() {
        for page in ["/graphiql", "/docs"] {
            let response = send(TestRequest::get().uri(page)).await;
            let policy = header(&response, CONTENT_SECURITY_POLICY);
            let html = String::from_utf8(read_body(response).await.to_vec()).unwrap();

            assert!(!policy.contains("unsafe") && !policy.contains("http"));
            assert!(!html.contains("http") && !html.contains("<style") && !html.contains("<script>"));
        }
    }

    #[actix_web::test]
    async fn a_file_that_is_known_is_not_sent_again() {
        let first = send(TestRequest::get().uri("/graphiql/graphiql.js")).await;
        let tag = header(&first, ETAG);

        let again = send(TestRequest::get().uri("/graphiql/graphiql.js").insert_header((IF_NONE_MATCH, format!("W/{tag}")))).await;
        let other = send(TestRequest::get().uri("/graphiql/graphiql.js").insert_header((IF_NONE_MATCH, "\"other\""))).await;

        assert_eq!((again.status().as_u16(), other.status().as_u16()), (304, 200));
    }

    #[actix_web::test]
    async fn other_methods_are_told_which_there_are() {
        let post = send(TestRequest::post().uri("/docs")).await;
        let options = send(TestRequest::default().method(Method::OPTIONS).uri("/docs")).await;
        let head = send(TestRequest::default().method(Method::HEAD).uri("/docs")).await;

        assert_eq!((post.status().as_u16(), options.status().as_u16(), head.status().as_u16()), (405, 204, 200));
        assert_eq!(header(&post, ALLOW), "GET, HEAD, OPTIONS");
    }

    #[actix_web::test]
    async fn a_trailing_slash_leads_to_the_page() {
        assert_eq!(header(&send(TestRequest::get().uri("/docs/")).await, LOCATION), "../docs");
    }
}
