//! The time, and the ids that carry it. Passed in, so that tests can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use uuid::Uuid;
use waymark_domain::id::{Id, Named};
use waymark_domain::{DateTime, Utc};

/// Tells the time in whole microseconds, which both databases keep.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Microseconds since 1970, moved by hand.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// An id that does not tell when it was given.
    pub(crate) fn timeless() -> Uuid {
        Uuid::new_v8(rand::random())
    }

    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is moved.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.timestamp_micros()))))
    }

    /// Moves a manual clock; the system's goes its own way.
    pub fn move_to(&self, instant: DateTime<Utc>) {
        if let Source::Manual(micros) = &self.0 {
            micros.store(instant.timestamp_micros(), Ordering::SeqCst);
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        let micros = match &self.0 {
            Source::System => Utc::now().timestamp_micros(),
            Source::Manual(micros) => micros.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }

    /// A new id. Ids sort by the time they were made, also within one process and millisecond.
    pub(crate) fn id<T: Named>() -> Id<T> {
        Id::from_uuid(Uuid::now_v7())
    }
}
