//! When a thing came to be, when it last changed, and how often.

use chrono::{DateTime, Utc};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// 1 when created, one more with every change.
    pub version: u32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Stamp {
    pub fn first(now: DateTime<Utc>) -> Self {
        Self { version: 1, created_at: now, updated_at: now }
    }

    #[must_use]
    pub fn next(self, now: DateTime<Utc>) -> Self {
        Self { version: self.version.saturating_add(1), created_at: self.created_at, updated_at: now }
    }
}
