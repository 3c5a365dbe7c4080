//! Documents in and out over REST.

use actix_web::http::header::ACCEPT;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::export::CycleExport;
use crate::resources::import::{ImportDocuments, ImportReport};
use crate::resources::key_result::KeyResult;
use crate::rest::answer::{Shown, hashed};
use crate::rest::body::Json;
use crate::rest::format::{Format, Shape, not_acceptable, quality};
use crate::rest::parameters::Query;
use crate::rest::problem::Problem;
use crate::rest::stream::Lines;

/// Largest body of an import, in bytes.
const IMPORT_LIMIT: usize = 8 << 20;

/// How to import.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ImportParams {
    /// Do everything, report it, and keep nothing.
    #[param(required = false)]
    dry_run: bool,
}

/// Import OKRs from Markdown
///
/// One import is one transaction, and the same documents again change nothing. The report says for every line what it
/// became. Teams and cycles that are named and do not exist yet are created.
#[utoipa::path(post, path = "/v1/import", tag = "documents", params(ImportParams), request_body = ImportDocuments, responses((status = 200, description = "What the import came to", body = ImportReport)))]
pub(crate) async fn import_documents(
    app: Data<App>,
    caller: Caller,
    params: Query<ImportParams>,
    body: Json<ImportDocuments, IMPORT_LIMIT>,
) -> Result<Shown<ImportReport>, Problem> {
    Ok(Shown(app.import(&caller, body.0.import(params.0.dry_run)).await?.into()))
}

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ExportFormat {
    /// Reads well, and imports to the same OKRs.
    Markdown,
    Json,
    /// The key results, one a line.
    Csv,
}

/// How to export.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ExportParams {
    /// The form, for those who cannot set `Accept`: Markdown, unless JSON or CSV is asked for.
    #[param(required = false, nullable = false, inline, value_type = ExportFormat)]
    format: Option<ExportFormat>,
}

/// Export a cycle
///
/// All its OKRs with everything that was measured: as Markdown, from which the same OKRs can be imported, as JSON, or
/// as CSV with the key results alone.
#[utoipa::path(get, path = "/v1/cycles/{cycle}/export", tag = "documents", params(("cycle" = String, Path, description = "Id or key"), ExportParams), responses((status = 200, description = "The cycle", content((String = "text/markdown"), (CycleExport = "application/json"), (String = "text/csv")))))]
pub(crate) async fn export_cycle(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    params: Query<ExportParams>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    match ExportFormat::wanted(&request, params.0.format)? {
        ExportFormat::Markdown => Ok(markdown(&request, app.cycle_markdown(&caller, &path).await?)),
        ExportFormat::Json => Ok(Shown(CycleExport::from(app.cycle_okrs(&caller, &path).await?)).respond_to(&request)),
        ExportFormat::Csv => table(&request, CycleExport::from(app.cycle_okrs(&caller, &path).await?)),
    }
}

impl ExportFormat {
    fn wanted(request: &HttpRequest, parameter: Option<Self>) -> Result<Self, Problem> {
        if let Some(format) = parameter {
            return Ok(format);
        }
        let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
        let offers = [
            (Self::Markdown, ["text/markdown", "text/*", "*/*"]),
            (Self::Json, ["application/json", "application/*", "*/*"]),
            (Self::Csv, ["text/csv", "text/*", "*/*"]),
        ];
        let best = offers.into_iter().map(|(format, ranges)| (quality(accept, &ranges), format));
        match best.reduce(|best, next| if next.0 > best.0 { next } else { best }) {
            Some((quality, format)) if quality > 0 => Ok(format),
            _ => Err(not_acceptable("text/markdown, application/json, text/csv")),
        }
    }
}

fn markdown(request: &HttpRequest, text: String) -> HttpResponse {
    hashed(request, HttpResponse::Ok().content_type("text/markdown; charset=utf-8").body(()), text.into_bytes())
}

fn table(request: &HttpRequest, export: CycleExport) -> Result<HttpResponse, Problem> {
    Ok(key_results_table(&export)?.respond::<KeyResult>(request, None))
}

fn key_results_table(export: &CycleExport) -> Result<Lines, Problem> {
    let mut lines = Lines::new::<KeyResult>(Format::Csv, Shape::of(None));
    lines.start(export.key_results.iter())?;
    Ok(lines)
}

/// The key results of an export as CSV, for the command line.
pub fn key_results_csv(export: &CycleExport) -> Result<String, impl std::error::Error + Send + Sync + use<>> {
    key_results_table(export).map(Lines::into_text)
}
