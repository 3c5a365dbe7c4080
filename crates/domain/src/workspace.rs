//! The tenant: everything else belongs to one workspace.

use chrono::Weekday;
use chrono_tz::Tz;

use crate::id::{Id, Named};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    pub id: Id<Workspace>,
    pub name: String,
    pub time_zone: Tz,
    pub week_start: Weekday,
    pub stamp: Stamp,
}

impl Named for Workspace {
    const PREFIX: &'static str = "ws";
    const WORD: &'static str = "workspace";
}

/// What is given to create or change a workspace.
#[derive(Clone, Debug)]
pub struct WorkspaceDraft {
    pub name: String,
    /// An IANA name such as `Europe/Berlin`.
    pub time_zone: String,
    pub week_start: Weekday,
}

impl Workspace {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: WorkspaceDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let name = check.field("name", text::label(&draft.name));
        let time_zone = check.field("timeZone", time_zone(&draft.time_zone));
        let week_start = draft.week_start;
        check.finish(name.zip(time_zone).map(|(name, time_zone)| Self { id, name, time_zone, week_start, stamp }))
    }

    pub fn draft(&self) -> WorkspaceDraft {
        WorkspaceDraft { name: self.name.clone(), time_zone: self.time_zone.name().to_owned(), week_start: self.week_start }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

fn time_zone(name: &str) -> Result<Tz, Violation> {
    name.parse().map_err(|_| Violation::new(Code::InvalidTime, format!("`{name}` is not an IANA time zone such as `Europe/Berlin`")))
}
