//! What people did, day by day: cells of members, small enough to keep and quick to unite.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
    /// None for what is nothing that a member does, such as a mention: it is chosen only where it is named.
    pub class: Option<Class>,
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

impl Deeds {
    fn without(&self, members: &RoaringBitmap) -> Self {
        let more = self.more.iter().filter(|(member, _)| !members.contains(**member));
        Self { members: &self.members - members, more: more.map(|(member, times)| (*member, *times)).collect(), ..self.clone() }
    }
}

/// Everything that was done in the days that a question needs. Cheap to clone: days are shared.
#[derive(Clone, Debug, Default)]
pub struct Record {
    activities: Arc<[Activity]>,
    days: BTreeMap<NaiveDate, Arc<[Deeds]>>,
}

impl Record {
    /// Deeds in any order; those whose activity is not in the list are never chosen.
    pub fn new(activities: Vec<Activity>, deeds: Vec<Deeds>) -> Self {
        Self { activities: activities.into(), days: by_day(deeds) }
    }

    /// The same record, but for these days, of which everything that was done is given anew.
    #[must_use]
    pub fn with(&self, activities: Vec<Activity>, days: &[NaiveDate], deeds: Vec<Deeds>) -> Self {
        let mut record = Self { activities: activities.into(), days: self.days.clone() };
        days.iter().for_each(|day| drop(record.days.remove(day)));
        record.days.extend(by_day(deeds));
        record
    }

    /// The same record, but for everything that these members did.
    #[must_use]
    pub fn without(&self, members: &RoaringBitmap) -> Self {
        let is_theirs = |deeds: &Deeds| !deeds.members.is_disjoint(members);
        let day = |(day, all): (&NaiveDate, &Arc<[Deeds]>)| {
            let all = if all.iter().any(is_theirs) { all.iter().map(|deeds| deeds.without(members)).collect() } else { all.clone() };
            (*day, all)
        };
        Self { activities: self.activities.clone(), days: self.days.iter().map(day).collect() }
    }

    /// How many events of a window it tells of.
    pub fn events(&self, window: Window) -> u64 {
        let times = |deeds: &Deeds| deeds.members.len() + deeds.nameless + deeds.more.values().map(|more| u64::from(*more)).sum::<u64>();
        self.within(window).map(times).sum()
    }

    /// What was done in a window and is chosen.
    pub(super) fn chosen<'a>(&'a self, window: Window, choice: &'a Choice) -> impl Iterator<Item = &'a Deeds> + Clone {
        self.within(window).filter(|deeds| self.activity(deeds).is_some_and(|activity| choice.picks(deeds, activity)))
    }

    pub(super) fn activity(&self, deeds: &Deeds) -> Option<Activity> {
        self.activities.get(usize::from(deeds.activity.0)).copied()
    }

    fn within(&self, window: Window) -> impl Iterator<Item = &Deeds> + Clone {
        let end = window.end.max(window.start);
        self.days.range(window.start..end).flat_map(|(_, deeds)| deeds.iter())
    }
}

fn by_day(deeds: Vec<Deeds>) -> BTreeMap<NaiveDate, Arc<[Deeds]>> {
    let mut days: BTreeMap<NaiveDate, Vec<Deeds>> = BTreeMap::new();
    deeds.into_iter().for_each(|cell| days.entry(cell.day).or_default().push(cell));
    days.into_iter().map(|(day, cells)| (day, cells.into())).collect()
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
        activity.class.map_or(self.activities.is_some(), |class| class >= self.min_class)
            && self.activities.as_ref().is_none_or(|chosen| chosen.contains(&deeds.activity))
            && self.platform.is_none_or(|platform| platform == deeds.platform)
            && self.channel.is_none_or(|channel| Some(channel) == deeds.channel)
    }
}
