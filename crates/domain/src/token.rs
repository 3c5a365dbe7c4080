//! Access tokens: `wmk_…`, shown once and stored as a hash.

use chrono::{DateTime, Utc};

use crate::authorization::Role;
use crate::id::{Id, Named};

/// What every token starts with, so that secret scanners and people recognise one.
pub const TOKEN_PREFIX: &str = "wmk_";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: Id<Token>,
    pub name: String,
    pub role: Role,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl Named for Token {
    const PREFIX: &'static str = "tok";
    const WORD: &'static str = "token";
}

impl Token {
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expiry| now < expiry)
    }
}
