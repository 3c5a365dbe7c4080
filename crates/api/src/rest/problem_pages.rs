//! `/problems/{code}`: what the `type` of a problem points to. Open to everybody, as problems are.

use actix_web::http::header::VARY;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use strum::VariantArray;

use crate::error_code::{ErrorCode, Meaning};
use crate::rest::format::{accept, not_acceptable, quality};
use crate::rest::problem::Problem;

/// How a page is written; the first is given to those who accept anything.
#[derive(Clone, Copy)]
enum Kind {
    Markdown,
    Html,
    Json,
}

const OFFERS: [(Kind, [&str; 3]); 4] = [
    (Kind::Markdown, ["text/markdown", "text/*", "*/*"]),
    (Kind::Markdown, ["text/plain", "text/*", "*/*"]),
    (Kind::Html, ["text/html", "text/*", "*/*"]),
    (Kind::Json, ["application/json", "application/*", "*/*"]),
];

#[derive(Serialize)]
struct Page {
    code: ErrorCode,
    meaning: &'static str,
    remedy: &'static str,
}

pub(crate) async fn show(request: HttpRequest, path: Path<String>) -> Result<HttpResponse, Problem> {
    let named = |code: &&ErrorCode| <&str>::from(**code) == path.as_str();
    let code = ErrorCode::VARIANTS.iter().find(named).copied().ok_or_else(|| Problem::not_found(request.path()))?;
    let kind = wanted(&request).ok_or_else(|| not_acceptable("text/markdown, text/html, application/json"))?;
    let mut response = HttpResponse::Ok();
    response.insert_header((VARY, "Accept"));
    let (name, Meaning { meaning, remedy }) = (<&str>::from(code), code.explained());
    Ok(match kind {
        Kind::Json => response.json(Page { code, meaning, remedy }),
        Kind::Markdown => response
            .content_type("text/markdown; charset=utf-8")
            .body(format!("# {name}\n\n{meaning}\n\n{remedy}\n\nAll that is served here is described at /docs.\n")),
        Kind::Html => response.content_type("text/html; charset=utf-8").body(html(name, meaning, remedy)),
    })
}

fn wanted(request: &HttpRequest) -> Option<Kind> {
    let accept = accept(request);
    let offers = OFFERS.iter().map(|(kind, ranges)| (quality(accept, ranges), *kind));
    offers.reduce(|best, next| if next.0 > best.0 { next } else { best }).filter(|(quality, _)| *quality > 0).map(|(_, kind)| kind)
}

fn html(name: &str, meaning: &str, remedy: &str) -> String {
    let text = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{name}</title></head>\n<body>\n<h1>{name}</h1>\n<p>{}</p>\n<p>{}</p>\n<p><a href=\"/docs\">All that is served here</a></p>\n</body>\n</html>\n",
        text(meaning),
        text(remedy)
    )
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{ACCEPT, CONTENT_TYPE};
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, web};

    use super::*;

    async fn page(code: &str, accepted: &str) -> (u16, String, String) {
        let app = init_service(App::new().service(web::resource("/problems/{code}").to(show))).await;
        let request = TestRequest::get().uri(&format!("/problems/{code}")).insert_header((ACCEPT, accepted)).to_request();
        let response = call_service(&app, request).await;
        let kind = response.headers().get(CONTENT_TYPE).unwrap().to_str().unwrap().to_owned();
        (response.status().as_u16(), kind, String::from_utf8(read_body(response).await.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn every_problem_leads_to_a_page() {
        for code in ErrorCode::VARIANTS {
            let problem = Problem::new(actix_web::http::StatusCode::BAD_REQUEST, *code, "");
            let (status, _, text) = page(problem.kind.trim_start_matches("/problems/"), "*/*").await;

            assert_eq!(status, 200);
            assert!(text.contains(code.explained().remedy));
        }
    }

    #[actix_web::test]
    async fn the_page_is_given_as_the_caller_likes_it() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

        assert!(page("NOT_FOUND", browser).await.2.starts_with("<!doctype html>"));
        assert_eq!(page("NOT_FOUND", "application/json").await.1, "application/json");
        assert_eq!(page("NOT_FOUND", "text/plain").await.1, "text/markdown; charset=utf-8");
        assert_eq!(page("NOT_FOUND", "image/png").await.0, 406);
        assert_eq!(page("NO_SUCH_CODE", browser).await.0, 404);
    }
}
