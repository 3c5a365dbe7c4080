//! Documents in and out over REST.

use actix_web::web::Data;
use serde::Deserialize;
use utoipa::IntoParams;
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::import::{ImportDocuments, ImportReport};
use crate::rest::answer::Shown;
use crate::rest::body::Json;
use crate::rest::parameters::Query;
use crate::rest::problem::Problem;

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
