//! Why something was refused, in one word that both doors share.

use async_graphql::Enum;
use serde::Serialize;
use utoipa::ToSchema;
use waymark_domain::rejection::Code;

/// Why something was refused. Programs should look at this, people at `detail`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, ToSchema, strum::IntoStaticStr, strum::VariantArray)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// The request is not well-formed: broken JSON, a parameter that does not exist, a value of the wrong type.
    Malformed,
    /// A field or parameter that does not exist.
    UnknownField,
    /// No token, or one that is unknown, expired or revoked.
    Unauthenticated,
    /// The token's role may not do that.
    Forbidden,
    /// It does not exist in this workspace.
    NotFound,
    /// The address exists, but not for this method.
    MethodNotAllowed,
    /// None of the accepted media types can be given.
    NotAcceptable,
    /// The body is larger than allowed.
    PayloadTooLarge,
    /// The body is not of a media type that is understood.
    UnsupportedMediaType,
    /// The body took too long to arrive.
    RequestTimeout,
    /// The version in `If-Match` or `version` is not the current one.
    VersionConflict,
    /// Somebody else changed the same thing at the same moment: read it again.
    ConcurrentChange,
    /// A change needs the version that was read, in `If-Match`.
    PreconditionRequired,
    /// The cursor was not given by this list, or its filter has changed since.
    InvalidCursor,
    /// Several fields are wrong: see `errors`.
    Invalid,
    /// The database cannot be reached just now: try again.
    Unavailable,
    /// A fault of the server; the request's id finds it in the log.
    Internal,
    Required,
    NotApplicable,
    TooLong,
    TooMany,
    InvalidText,
    InvalidId,
    InvalidKey,
    InvalidNumber,
    InvalidTime,
    OutOfRange,
    InvalidValue,
    WrongOrder,
    BaselineEqualsTarget,
    AlreadyExists,
    Loop,
    TooDeep,
    CycleClosed,
    InvalidTransition,
    ReasonRequired,
    InUse,
}

impl From<Code> for ErrorCode {
    fn from(code: Code) -> Self {
        match code {
            Code::Required => Self::Required,
            Code::NotApplicable => Self::NotApplicable,
            Code::TooLong => Self::TooLong,
            Code::TooMany => Self::TooMany,
            Code::InvalidText => Self::InvalidText,
            Code::InvalidId => Self::InvalidId,
            Code::InvalidKey => Self::InvalidKey,
            Code::InvalidNumber => Self::InvalidNumber,
            Code::InvalidTime => Self::InvalidTime,
            Code::OutOfRange => Self::OutOfRange,
            Code::InvalidValue => Self::InvalidValue,
            Code::WrongOrder => Self::WrongOrder,
            Code::BaselineEqualsTarget => Self::BaselineEqualsTarget,
            Code::NotFound => Self::NotFound,
            Code::AlreadyExists => Self::AlreadyExists,
            Code::Loop => Self::Loop,
            Code::TooDeep => Self::TooDeep,
            Code::CycleClosed => Self::CycleClosed,
            Code::InvalidTransition => Self::InvalidTransition,
            Code::ReasonRequired => Self::ReasonRequired,
            Code::InUse => Self::InUse,
        }
    }
}
