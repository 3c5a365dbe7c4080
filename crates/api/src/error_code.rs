//! Why something was refused, in one word that both doors share.

use async_graphql::Enum;
use serde::Serialize;
use utoipa::ToSchema;
use waymark_domain::rejection::Code;

mod meaning;

pub(crate) use meaning::Meaning;

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
    /// The token may not do that.
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
    /// More requests than there may be in a minute: try again after the seconds in `Retry-After`.
    RateLimited,
    /// The database cannot be reached just now: try again.
    Unavailable,
    /// A fault of the server; the request's id finds it in the log.
    Internal,
    /// A required field is absent, null or blank.
    Required,
    /// The field does not belong to this kind of thing.
    NotApplicable,
    /// A text is longer than its limit.
    TooLong,
    /// There are more entries than allowed.
    TooMany,
    /// A text holds a character that is not allowed, such as U+0000.
    InvalidText,
    /// Not an id, key or address of the kind that is expected.
    InvalidId,
    /// A key has characters that keys do not have.
    InvalidKey,
    /// Not a number, or one with more than 15 significant digits.
    InvalidNumber,
    /// Not a date, an instant, or a time zone.
    InvalidTime,
    /// A number or date lies outside its range.
    OutOfRange,
    /// Not one of the values that are possible here.
    InvalidValue,
    /// What should come first comes last, such as a start after its end.
    WrongOrder,
    /// Baseline and target are the same where the way between them is measured.
    BaselineEqualsTarget,
    /// Another thing of this kind already has the key, the external id, the account or the days.
    AlreadyExists,
    /// A team, cycle or objective would stand above itself, or a member be merged into itself.
    Loop,
    /// Teams, cycles or cascades would nest deeper than the limit.
    TooDeep,
    /// The cycle is closed: its OKRs do not change any more.
    CycleClosed,
    /// The survey is closed: it takes no answers any more.
    SurveyClosed,
    /// It cannot change this way.
    InvalidTransition,
    /// A grade differs from the score and no reason is given.
    ReasonRequired,
    /// Something else still belongs to it or names it.
    InUse,
    /// It names a person who was erased, and whose erasure has not been lifted.
    Erased,
}

impl From<Code> for ErrorCode {
    fn from(code: Code) -> Self {
        match code {
            Code::Malformed => Self::Malformed,
            Code::UnknownField => Self::UnknownField,
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
            Code::SurveyClosed => Self::SurveyClosed,
            Code::InvalidTransition => Self::InvalidTransition,
            Code::ReasonRequired => Self::ReasonRequired,
            Code::InUse => Self::InUse,
            Code::Erased => Self::Erased,
        }
    }
}
