//! What people did, day by day: cells of members, small enough to keep and quick to unite.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use roaring::RoaringBitmap;

use super::window::Window;
use crate::activity_class::{Class, Knowledge};

/// A member's number in its workspace: given once, dense, never used again.
pub type MemberNumber = u32;

/// A platform's number in its workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlatformNumber(pub u32);

/// Which of a record's activities: an index into its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityNumber(pub u16);

/// What the engine has to know of a type of activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Activity {
    pub class: Class,
    pub knowledge: Option<Knowledge>,
}

/// What was done on one workspace day, or a part of it, at one place, of one activity.
///
/// Several of them may tell of the same day, place and activity, as those do that are read from the events beside
/// those that are kept; then no event stands in two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deeds {
    pub day: NaiveDate,
    pub platform: PlatformNumber,
    /// A channel's number on its platform.
    pub channel: Option<u32>,
    pub activity: ActivityNumber,
    /// Who did it.
    pub members: RoaringBitmap,
    /// How often, beyond once, by those who did it more than once. Whoever stands here stands in `members` too.
    pub more: BTreeMap<MemberNumber, u32>,
    /// Deeds of nobody known, such as mentions.
    pub nameless: u64,
}

/// Everything that was done in the days that a question needs, in the order of the days.
#[derive(Clone, Debug, Default)]
pub struct Record {
    activities: Vec<Activity>,
    deeds: Vec<Deeds>,
}

impl Record {
    /// Deeds in any order; those whose activity is not in the list are of no class, and no choice picks them.
    pub fn new(activities: Vec<Activity>, mut deeds: Vec<Deeds>) -> Self {
        deeds.sort_by_key(|cell| cell.day);
        Self { activities, deeds }
    }

    /// What was done in a window and is chosen.
    pub(super) fn chosen<'a>(&'a self, window: Window, choice: &'a Choice) -> impl Iterator<Item = &'a Deeds> + Clone {
        self.within(window).iter().filter(|deeds| self.activity(deeds).is_some_and(|activity| choice.picks(deeds, activity)))
    }

    pub(super) fn activity(&self, deeds: &Deeds) -> Option<Activity> {
        self.activities.get(usize::from(deeds.activity.0)).copied()
    }

    fn within(&self, window: Window) -> &[Deeds] {
        let first = self.deeds.partition_point(|deeds| deeds.day < window.start);
        let end = self.deeds.partition_point(|deeds| deeds.day < window.end);
        self.deeds.get(first..end).unwrap_or_default()
    }
}

/// Which deeds a question is about. The default is all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Of this class or a higher one.
    pub min_class: Class,
    /// Of these activities; none stands for every one.
    pub activities: Option<BTreeSet<ActivityNumber>>,
    pub platform: Option<PlatformNumber>,
    /// Of the channels with this number: one, where a platform is chosen too.
    pub channel: Option<u32>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { min_class: Class::Passive, activities: None, platform: None, channel: None }
    }
}

impl Choice {
    /// The same choice, but for what is below a class.
    #[must_use]
    pub fn at_least(&self, class: Class) -> Self {
        Self { min_class: self.min_class.max(class), ..self.clone() }
    }

    fn picks(&self, deeds: &Deeds, activity: Activity) -> bool {
        activity.class >= self.min_class
            && self.activities.as_ref().is_none_or(|chosen| chosen.contains(&deeds.activity))
            && self.platform.is_none_or(|platform| platform == deeds.platform)
            && self.channel.is_none_or(|channel| Some(channel) == deeds.channel)
    }
}
