//! What each code means, and what to do about it: the text of the pages that problems point to.

use crate::error_code::ErrorCode;

/// A code in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) meaning: &'static str,
    pub(crate) remedy: &'static str,
}

impl ErrorCode {
    pub(crate) fn explained(self) -> Meaning {
        let (meaning, remedy) = match self {
            Self::Malformed => (
                "The request is not well-formed: broken JSON, a parameter that is given twice, a value of the wrong type.",
                "Mend what `errors` names; /docs shows what is expected.",
            ),
            Self::UnknownField => {
                ("There is no field or parameter of this name.", "Check the spelling; names are camelCase, and /docs lists them.")
            }
            Self::Unauthenticated => {
                ("No token was sent, or it is unknown, expired or revoked.", "Send a valid token as `Authorization: Bearer wmk_…`.")
            }
            Self::Forbidden => (
                "The token may not do that: its role has no such permission, or its scopes leave it out.",
                "Use a token with the permission that `detail` names, or ask an owner of the workspace for one.",
            ),
            Self::NotFound => (
                "There is no such thing in this workspace, or nothing is served at this address.",
                "Check the id, key or address; what belongs to another workspace cannot be seen.",
            ),
            Self::MethodNotAllowed => ("The address exists, but not for this method.", "Use one of the methods in the `Allow` header."),
            Self::NotAcceptable => (
                "None of the media types the request accepts can be given.",
                "Accept `application/json`; lists can also be had as `application/x-ndjson` and `text/csv`.",
            ),
            Self::PayloadTooLarge => ("The body is larger than allowed.", "Send less at once; `detail` names the limit."),
            Self::UnsupportedMediaType => (
                "The body is of a media type that is not understood here.",
                "Send it as one of the types in the `Accept` header of the answer, without a content encoding.",
            ),
            Self::RequestTimeout => ("The body took too long to arrive.", "Send it again over a better line, or in smaller parts."),
            Self::VersionConflict => (
                "The thing has been changed since it was read.",
                "Look at `current`, make the change again from there, and name its version in `If-Match` or `version`.",
            ),
            Self::ConcurrentChange => ("Somebody else changed the same thing at the same moment.", "Read it again and repeat the change."),
            Self::PreconditionRequired => (
                "A change needs the version that was read.",
                "Send the `ETag` that was read in `If-Match`, or `If-Match: *` to accept any version.",
            ),
            Self::InvalidCursor => (
                "The cursor was not given by this list, or its filter or order has changed since.",
                "Begin again without a cursor, and keep the other parameters the same from page to page.",
            ),
            Self::Invalid => ("Several fields are wrong.", "Mend each one that `errors` names."),
            Self::RateLimited => (
                "More requests were sent in a minute than there may be.",
                "Wait the seconds in `Retry-After`; `RateLimit` and `RateLimit-Policy` tell before it comes to that.",
            ),
            Self::Unavailable => {
                ("The database cannot be reached just now, or the service is stopping.", "Try again after the seconds in `Retry-After`.")
            }
            Self::Internal => (
                "A fault of the server.",
                "Tell the operator the `requestId`: it finds the fault in the log. The request may be tried again.",
            ),
            Self::Required => ("A required field is absent, null or blank.", "Give the field that `errors` names."),
            Self::NotApplicable => {
                ("The field does not belong to this kind of thing.", "Leave the field out, or choose the kind that has it.")
            }
            Self::TooLong => ("A text is longer than its limit.", "Shorten it; `detail` says how long it may be."),
            Self::TooMany => ("There are more entries than allowed.", "Send fewer at once; `detail` says how many there may be."),
            Self::InvalidText => ("A text holds a character that is not allowed, such as U+0000.", "Take the character out."),
            Self::InvalidId => (
                "Not an id, key or address of the kind that is expected.",
                "Give an id such as `kr_01h455vb4pex5vsknk084sn02q`, or an address such as `2026-Q4.devrel.O1-KR2`.",
            ),
            Self::InvalidKey => ("A key has characters that keys do not have.", "Use letters, digits, `-` and `_`, at most 63 of them."),
            Self::InvalidNumber => (
                "Not a number, or one with more than 15 significant digits.",
                "Send a JSON number of at most 15 significant digits, 12 of them after the point.",
            ),
            Self::InvalidTime => (
                "Not a date, an instant, or a time zone.",
                "Write days as `2026-10-01`, instants as `2026-10-01T09:30:00Z`, time zones as `Europe/Berlin`.",
            ),
            Self::OutOfRange => ("A number or date lies outside its range.", "Choose one inside the range that `detail` names."),
            Self::InvalidValue => {
                ("Not one of the values that are possible here.", "Choose one of the values that `detail` or /docs names.")
            }
            Self::WrongOrder => {
                ("What should come first comes last, such as a start after its end.", "Swap them, or mend the one that is wrong.")
            }
            Self::BaselineEqualsTarget => (
                "Baseline and target are the same where the way between them is measured.",
                "Give a baseline that differs, or use AT_LEAST or AT_MOST to keep a value where it is.",
            ),
            Self::AlreadyExists => (
                "Another thing of this kind already has the key, the external id, the account or the days.",
                "Change the one that exists, or give what nobody has yet.",
            ),
            Self::Loop => (
                "A team, cycle or objective would stand above itself, or a member be merged into itself.",
                "Choose a parent that does not lie below it, or merge the other way round.",
            ),
            Self::TooDeep => (
                "Teams, cycles or cascades would nest deeper than the limit.",
                "Choose a parent that stands higher; `detail` names the limit.",
            ),
            Self::CycleClosed => ("The cycle is closed: its OKRs do not change any more.", "Write to a cycle that is open."),
            Self::SurveyClosed => ("The survey is closed: it takes no answers any more.", "Open the survey again before answers are sent."),
            Self::InvalidTransition => ("It cannot change this way.", "Take the steps in the order that `detail` names."),
            Self::ReasonRequired => {
                ("A grade differs from the score and no reason is given.", "Give a `reason`, or the score itself as the grade.")
            }
            Self::InUse => ("Something else still belongs to it or names it.", "Remove or move that first."),
            Self::Erased => (
                "It names a person who was erased, and who is not taken in again.",
                "Leave them out; where they have agreed to come back, lift the erasure, whose receipt says which it is.",
            ),
        };
        Meaning { meaning, remedy }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use strum::VariantArray;

    use super::*;

    #[test]
    fn every_code_has_a_meaning_and_a_remedy_of_its_own() {
        let mut seen = HashSet::new();
        for code in ErrorCode::VARIANTS {
            let Meaning { meaning, remedy } = code.explained();

            assert!(meaning.ends_with('.') && remedy.ends_with('.'), "{code:?}");
            assert!(seen.insert(meaning) && seen.insert(remedy), "{code:?}");
        }
    }
}
