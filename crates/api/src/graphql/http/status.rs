//! What can come of a request, and the one table of statuses.

use actix_web::http::StatusCode;

use super::media::Media;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The operation ran; fields may have failed.
    Executed,
    /// The document or its variables are not right, so that nothing ran and there is no `data`.
    DocumentRefused,
    /// Not a GraphQL request.
    Malformed,
    Unauthenticated,
    MethodNotAllowed,
    MutationByGet,
    NotAcceptable,
    TooSlow,
    TooLarge,
    UnsupportedMedia,
    RateLimited,
    Failed,
    Unavailable,
}

impl Outcome {
    /// Clients that ask for `application/json` read any other status than 200 as a failed transport.
    pub(super) fn status(self, media: Media) -> StatusCode {
        match (self, media) {
            (Self::Executed, _) | (Self::DocumentRefused, Media::Json) => StatusCode::OK,
            (Self::DocumentRefused, Media::GraphqlResponse) | (Self::Malformed, _) => StatusCode::BAD_REQUEST,
            (Self::Unauthenticated, _) => StatusCode::UNAUTHORIZED,
            (Self::MethodNotAllowed | Self::MutationByGet, _) => StatusCode::METHOD_NOT_ALLOWED,
            (Self::NotAcceptable, _) => StatusCode::NOT_ACCEPTABLE,
            (Self::TooSlow, _) => StatusCode::REQUEST_TIMEOUT,
            (Self::TooLarge, _) => StatusCode::PAYLOAD_TOO_LARGE,
            (Self::UnsupportedMedia, _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            (Self::RateLimited, _) => StatusCode::TOO_MANY_REQUESTS,
            (Self::Failed, _) => StatusCode::INTERNAL_SERVER_ERROR,
            (Self::Unavailable, _) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}
