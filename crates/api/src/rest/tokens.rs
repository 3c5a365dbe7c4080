//! Tokens over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::Resource;
use crate::resources::page::Listed;
use crate::resources::token::{IssuedToken, NewRotation, NewToken, Token, TokenFilter};
use crate::rest::answer::{Deleted, Found, Made, Unstored};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// List tokens
///
/// Revoked and expired ones too, in the order they were created, unless sorted otherwise. Secrets are not among it.
#[utoipa::path(get, path = "/v1/tokens", tag = "tokens", params(ListParams, TokenFilter), responses((status = 200, description = "A page of tokens", body = Listed<Token>)))]
pub(crate) async fn list_tokens(app: Data<App>, caller: Caller, list: List<TokenFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |filter, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.tokens(&caller, filter, sort, page).await?.map(Token::from)) }
    })
    .await
}

/// Create a token
///
/// The secret stands in this answer and in no other. The token may do no more than who creates it: otherwise 403, and
/// `detail` names the permission that is missing.
#[utoipa::path(post, path = "/v1/tokens", tag = "tokens", request_body = NewToken, responses((status = 201, description = "The new token with its secret", body = IssuedToken)))]
pub(crate) async fn create_token(app: Data<App>, caller: Caller, body: Json<NewToken>) -> Result<Unstored<Made<IssuedToken>>, Problem> {
    Ok(issued(app.create_token(&caller, body.0.into()).await?.into()))
}

/// Show a token
///
/// By id, also when it is revoked or has expired. Without its secret.
#[utoipa::path(get, path = "/v1/tokens/{token}", tag = "tokens", params(("token" = String, Path, description = "Id")), responses((status = 200, description = "The token", body = Token)))]
pub(crate) async fn show_token(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Token>, Problem> {
    Ok(Found::of(app.token(&caller, &path).await?))
}

/// Rotate a token
///
/// Gives it a new secret, which stands in this answer and in no other. The secrets before it work on for the grace, so
/// that programs can be changed over one by one. Needs no version, as it overwrites nothing. Only who may do all that
/// the token may can rotate it.
#[utoipa::path(post, path = "/v1/tokens/{token}/rotations", tag = "tokens", params(("token" = String, Path, description = "Id")), request_body = NewRotation, responses((status = 201, description = "The token with its new secret", body = IssuedToken)))]
pub(crate) async fn rotate_token(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    body: Json<NewRotation>,
) -> Result<Unstored<Made<IssuedToken>>, Problem> {
    Ok(issued(app.rotate_token(&caller, path.into_inner(), body.0.grace.map(|grace| grace.0)).await?.into()))
}

/// Revoke a token
///
/// From now on it opens nothing. It stays to be seen, as history names it. Only who may do all that the token may can
/// revoke it, and no token revokes itself.
#[utoipa::path(delete, path = "/v1/tokens/{token}", tag = "tokens", params(("token" = String, Path, description = "Id")), responses((status = 204, description = "Revoked")))]
pub(crate) async fn revoke_token(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.revoke_token(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

fn issued(issued: IssuedToken) -> Unstored<Made<IssuedToken>> {
    Unstored(Made::at(format!("{}/{}", Token::PATH, *issued.token.id), issued))
}
