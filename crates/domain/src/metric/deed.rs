//! What people did, day by day: cells of members, small enough to keep and quick to unite.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use roaring::RoaringBitmap;

use super::calendar::Granularity;
use super::month::{Day, Month, Span};
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
    /// How often, beyond once, by those who did it more than once, in their order. Whoever stands here stands in `members` too.
    pub more: Box<[(MemberNumber, u32)]>,
    /// Deeds of nobody known, such as mentions.
    pub nameless: u64,
}

impl Deeds {
    /// How many events they tell of.
    pub(super) fn events(&self) -> u64 {
        self.members.len() + self.nameless + self.more.iter().map(|(_, more)| u64::from(*more)).sum::<u64>()
    }

    pub(super) fn without(&self, members: &RoaringBitmap) -> Self {
        let more = self.more.iter().filter(|(member, _)| !members.contains(*member));
        Self { members: &self.members - members, more: more.copied().collect(), ..self.clone() }
    }
}

/// Everything that was done in the days that a question needs. Cheap to clone: months and days are shared.
#[derive(Clone, Debug, Default)]
pub struct Record {
    activities: Arc<[Activity]>,
    /// By their first days.
    months: BTreeMap<NaiveDate, Arc<Month>>,
}

impl Record {
    /// Deeds in any order; those whose activity is not in the list are never chosen.
    pub fn new(activities: Vec<Activity>, deeds: Vec<Deeds>) -> Self {
        Self::default().with(activities, &[], deeds)
    }

    /// The same record, but for these days, of which everything that was done is given anew.
    #[must_use]
    pub fn with(&self, activities: Vec<Activity>, days: &[NaiveDate], deeds: Vec<Deeds>) -> Self {
        let mut months = if activities.starts_with(&self.activities) { self.months.clone() } else { self.months_anew() };
        let mut changed: BTreeMap<NaiveDate, BTreeMap<NaiveDate, Arc<Day>>> = BTreeMap::new();
        let known = |first: &NaiveDate| months.get(first).map(|month| month.days().clone()).unwrap_or_default();
        for day in days {
            let first = first_of_month(*day);
            changed.entry(first).or_insert_with(|| known(&first)).remove(day);
        }
        for (day, deeds) in by_day(deeds) {
            let first = first_of_month(day);
            changed.entry(first).or_insert_with(|| known(&first)).insert(day, Arc::new(Day::new(deeds)));
        }
        months.extend(changed.into_iter().map(|(first, days)| (first, Arc::new(Month::new(days)))));
        Self { activities: activities.into(), months }
    }

    /// The same months, with nothing that was found of them by what activities were.
    fn months_anew(&self) -> BTreeMap<NaiveDate, Arc<Month>> {
        self.months.iter().map(|(first, month)| (*first, Arc::new(month.anew()))).collect()
    }

    /// The same record, but for everything that these members did.
    #[must_use]
    pub fn without(&self, members: &RoaringBitmap) -> Self {
        let months = self.months.iter().map(|(first, month)| (*first, month.without(members).map_or_else(|| month.clone(), Arc::new)));
        Self { activities: self.activities.clone(), months: months.collect() }
    }

    /// How many events of a window it tells of.
    pub fn events(&self, window: Window) -> u64 {
        self.spans(window).map(|span| span.events()).sum()
    }

    /// What was done in a window and is chosen.
    pub(super) fn chosen<'a>(&'a self, window: Window, choice: &'a Choice) -> impl Iterator<Item = &'a Deeds> + Clone {
        self.spans(window).flat_map(|span| span.deeds()).filter(|deeds| self.picks(choice, deeds))
    }

    /// The months that lie in a window, and the days of those that lie in it in part; of which something is told, in order.
    pub(super) fn spans(&self, window: Window) -> impl Iterator<Item = Span<'_>> + Clone {
        let end = window.end.max(window.start);
        self.months.range(first_of_month(window.start)..end).flat_map(move |(first, month)| month.spans(*first, window))
    }

    pub(super) fn picks(&self, choice: &Choice, deeds: &Deeds) -> bool {
        self.activity(deeds).is_some_and(|activity| choice.picks(deeds, activity))
    }

    pub(super) fn activity(&self, deeds: &Deeds) -> Option<Activity> {
        self.activities.get(usize::from(deeds.activity.0)).copied()
    }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    Granularity::Month.first_day(day, Weekday::Mon)
}

fn by_day(deeds: Vec<Deeds>) -> BTreeMap<NaiveDate, Vec<Deeds>> {
    let mut days: BTreeMap<NaiveDate, Vec<Deeds>> = BTreeMap::new();
    deeds.into_iter().for_each(|cell| days.entry(cell.day).or_default().push(cell));
    days
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
