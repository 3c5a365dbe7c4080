//! Identities: the accounts by which platforms know a member.

use crate::id::{Id, Named};
use crate::member::Member;
use crate::platform::Platform;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::text;

/// Most accounts of one member.
pub const IDENTITY_COUNT: usize = 50;
/// Longest account in one line, in characters: the key of a platform, a type and a value.
pub const LINE_LIMIT: usize = text::KEY_LIMIT + text::LABEL_LIMIT + "/username/".len();

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

impl Identity {
    /// Whether it is this account of the platform.
    pub fn is(&self, platform: Id<Platform>, account: &Account) -> bool {
        self.platform == platform && self.kind == account.kind && folded(&self.value) == account.folded()
    }
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

    /// An account in one line, `platform/type/value`, such as `forum/username/ada`: how its platform is named, and the account.
    pub fn in_line(text: &str) -> Result<(&str, Self), Violation> {
        let mut parts = text.splitn(3, '/');
        let (Some(platform), Some(kind), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Violation::new(Code::InvalidValue, "name an account as `platform/type/value`, such as `forum/username/ada`"));
        };
        Ok((platform, Self { kind: parsed_type(&kind.to_lowercase())?, value: text::label(value)? }))
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
    word.parse()
        .map_err(|_| Violation::new(Code::InvalidValue, format!("`{word}` is not one of `username`, `email`, `user_id` and `name`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_in_one_line_keeps_the_slashes_of_its_value() {
        let (platform, account) = Account::in_line("git/USER_ID/team/ada").unwrap();

        assert_eq!((platform, account.kind, account.value.as_str()), ("git", IdentityType::UserId, "team/ada"));
    }

    #[test]
    fn an_account_in_one_line_lacks_no_part() {
        for line in ["forum", "forum/username", "forum/nick/ada"] {
            assert_eq!(Account::in_line(line).unwrap_err().code, Code::InvalidValue, "{line}");
        }
        assert_eq!(Account::in_line("forum/username/ ").unwrap_err().code, Code::Required);
    }

    #[test]
    fn accounts_are_compared_without_regard_to_case() {
        let folded = |value: &str| Account::new(IdentityType::Email, value).unwrap().folded();

        assert_eq!(folded(" Ada@Example.org"), folded("ada@example.ORG "));
    }
}
