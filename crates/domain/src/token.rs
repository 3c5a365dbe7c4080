//! Access tokens, `wmk_…`: the service accounts of a workspace. A token belongs to nobody in person, and works on when
//! the one who made it is gone. Its secret is shown once and kept as a hash.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use crate::authorization::{Grant, Permission, Role};
use crate::id::{Id, Named};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;

/// What every token starts with, so that secret scanners and people recognise one.
pub const TOKEN_PREFIX: &str = "wmk_";
/// How long the secrets before a rotation work on, where nothing else is asked for.
pub const GRACE: TimeDelta = TimeDelta::hours(24);
/// Longest time they may work on.
pub const GRACE_LIMIT: TimeDelta = TimeDelta::days(7);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: Id<Token>,
    /// The author of what it writes. Not unique: history shows the id beside it.
    pub name: String,
    pub grant: Grant,
    pub expires_at: Option<DateTime<Utc>>,
    /// To the minute. Not a part of any version.
    pub last_used_at: Option<DateTime<Utc>>,
    pub rotated_at: Option<DateTime<Utc>>,
    /// When the secrets before the last rotation stop, or have stopped.
    pub grace_until: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub stamp: Stamp,
}

impl Named for Token {
    const PREFIX: &'static str = "tok";
    const WORD: &'static str = "token";
}

/// What is given to create a token.
#[derive(Clone, Debug)]
pub struct TokenDraft {
    pub name: String,
    pub role: Role,
    /// All that the role may, where there are none.
    pub scopes: Option<Vec<Permission>>,
    pub expires_at: Option<DateTime<Utc>>,
}

impl Token {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: TokenDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let name = check.field("name", text::label(&draft.name));
        let grant = check.part(Grant::asked(draft.role, draft.scopes));
        // As exact as both databases keep it.
        let expires_at = draft.expires_at.map(|instant| instant.trunc_subsecs(6));
        if expires_at.is_some_and(|expiry| expiry <= stamp.created_at) {
            check.refuse("expiresAt", Code::OutOfRange, "the token would have expired already: name an instant to come");
        }
        let built = name.zip(grant).map(|(name, grant)| Self {
            id,
            name,
            grant,
            expires_at,
            last_used_at: None,
            rotated_at: None,
            grace_until: None,
            revoked_at: None,
            stamp,
        });
        check.finish(built)
    }

    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expiry| now < expiry)
    }

    /// With a new secret; those before it work on for the grace.
    pub fn rotated(&self, grace: TimeDelta, now: DateTime<Utc>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        if !self.is_valid(now) {
            let detail = "the token is revoked or has expired, and a new secret would open nothing: create another token";
            check.refuse("", Code::InvalidTransition, detail);
        }
        let grace = check.field("grace", bounded(grace));
        let stamp = self.stamp.next(now);
        check.finish(grace.map(|grace| Self { rotated_at: Some(now), grace_until: Some(now + grace), stamp, ..self.clone() }))
    }

    /// Opens nothing any more. Stays to be seen, as what it wrote names it.
    #[must_use]
    pub fn revoked(&self, now: DateTime<Utc>) -> Self {
        Self { revoked_at: Some(now), stamp: self.stamp.next(now), ..self.clone() }
    }
}

fn bounded(grace: TimeDelta) -> Result<TimeDelta, Violation> {
    if (TimeDelta::zero()..=GRACE_LIMIT).contains(&grace) {
        return Ok(grace);
    }
    Err(Violation::new(Code::OutOfRange, "the secrets before work on for `PT0S` (not at all) to `P7D`"))
}

/// Which tokens a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct TokenFilter {
    pub roles: Vec<Role>,
    pub revoked: Option<bool>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What tokens are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TokenSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Name,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn token(expires_at: Option<DateTime<Utc>>) -> Result<Token, Rejection> {
        let draft = TokenDraft { name: "sync".to_owned(), role: Role::Editor, scopes: None, expires_at };
        Token::new(Id::from_uuid(uuid::Uuid::nil()), Stamp::first(at(0)), draft)
    }

    #[test]
    fn a_token_works_until_it_expires() {
        let token = token(Some(at(2))).unwrap();

        assert!(token.is_valid(at(1)));
        assert!(!token.is_valid(at(2)));
    }

    #[test]
    fn a_token_that_would_have_expired_already_is_refused() {
        assert_eq!(token(Some(at(0))).unwrap_err().violations()[0].field, "expiresAt");
    }

    #[test]
    fn a_grace_is_at_most_a_week() {
        let token = token(None).unwrap();

        assert_eq!(token.rotated(GRACE_LIMIT, at(1)).unwrap().grace_until, Some(at(1) + GRACE_LIMIT));
        for grace in [GRACE_LIMIT + TimeDelta::seconds(1), TimeDelta::seconds(-1)] {
            assert_eq!(token.rotated(grace, at(1)).unwrap_err().violations()[0].field, "grace");
        }
    }

    #[test]
    fn a_token_that_opens_nothing_is_given_no_new_secret() {
        let revoked = token(None).unwrap().revoked(at(1));
        let expired = token(Some(at(1))).unwrap();

        for token in [revoked, expired] {
            assert_eq!(token.rotated(GRACE, at(1)).unwrap_err().violations()[0].code, Code::InvalidTransition);
        }
    }
}
