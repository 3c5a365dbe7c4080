//! The caller over REST.

use actix_web::web::Data;
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::me::Me;
use crate::rest::answer::Shown;
use crate::rest::problem::Problem;

/// Show the caller
///
/// Who the token is, and what it may do. Every role may ask.
#[utoipa::path(get, path = "/v1/me", tag = "me", responses((status = 200, description = "The caller", body = Me)))]
pub(crate) async fn show_me(app: Data<App>, caller: Caller) -> Result<Shown<Me>, Problem> {
    Ok(Shown(app.me(&caller)?.into()))
}
