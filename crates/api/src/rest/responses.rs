//! Answers to surveys over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::page::Listed;
use crate::resources::response::{NewResponse, Response, ResponseBatch, ResponseFilter, submission};
use crate::rest::answer::Shown;
use crate::rest::body::batch::{Batch, BatchParams};
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::Query;
use crate::rest::problem::Problem;

/// Send answers to surveys
///
/// At most 5,000 in 5 MiB, as a JSON array or as NDJSON. Of each it is told what became of it, in the order in which they
/// were sent; one that is rejected does not keep out the others, unless `atomic=true`. Sending the same again changes
/// nothing.
#[utoipa::path(post, path = "/v1/responses/batch", tag = "responses", params(BatchParams), request_body(content((Vec<NewResponse> = "application/json"), (String = "application/x-ndjson"))), responses((status = 200, description = "What became of each answer", body = ResponseBatch)))]
pub(crate) async fn submit_responses(
    app: Data<App>,
    caller: Caller,
    params: Query<BatchParams>,
    batch: Batch<NewResponse>,
) -> Result<Shown<ResponseBatch>, Problem> {
    let atomic = params.0.atomic;
    Ok(Shown(app.submit_responses(&caller, submission(batch.items(atomic)?, atomic)).await?.into()))
}

/// List the answers to a survey
///
/// One by one, in the order they were submitted, with who gave them: for those alone who may read single answers.
#[utoipa::path(get, path = "/v1/surveys/{survey}/responses", tag = "responses", params(("survey" = String, Path, description = "Id or key"), ListParams, ResponseFilter), responses((status = 200, description = "A page of responses", body = Listed<Response>)))]
pub(crate) async fn list_responses(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    list: List<ResponseFilter>,
) -> Result<HttpResponse, Problem> {
    let list = list.map(|filter| filter.of(path.into_inner()));
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.responses(&caller, query, sort, page).await?.map(Response::from)) }
    })
    .await
}
