//! Identities: the accounts by which platforms know a member.

use crate::id::{Id, Named};
use crate::member::Member;
use crate::platform::Platform;
use crate::rejection::{Check, Rejection, Violation};
use crate::text;

/// What an account is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum IdentityType {
    Username,
    Email,
    UserId,
    Name,
}

/// An account of a member. No two of a workspace share platform, type and value, whatever the case of its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub id: Id<Identity>,
    pub member: Id<Member>,
    pub platform: Id<Platform>,
    pub kind: IdentityType,
    pub value: String,
}

impl Named for Identity {
    const PREFIX: &'static str = "idn";
    const WORD: &'static str = "identity";
}

/// An account as an event or a caller names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account {
    pub kind: IdentityType,
    /// As it was written, trimmed.
    pub value: String,
}

impl Account {
    pub fn new(kind: IdentityType, value: &str) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let value = check.field("value", text::label(value));
        check.finish(value.map(|value| Self { kind, value }))
    }

    /// What accounts are compared by.
    pub fn folded(&self) -> String {
        folded(&self.value)
    }
}

/// Letters in lower case, as platforms compare the names of accounts.
pub fn folded(value: &str) -> String {
    value.to_lowercase()
}

/// The word for a type of identity as it is written in events, such as `username`.
pub fn parsed_type(word: &str) -> Result<IdentityType, Violation> {
    word.parse().map_err(|_| {
        Violation::new(crate::rejection::Code::InvalidValue, format!("`{word}` is not one of `username`, `email`, `user_id` and `name`"))
    })
}
