//! The months and days of a record, each with the sets of members that are asked for again and again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use roaring::{MultiOps, RoaringBitmap};

use super::calendar::Granularity;
use super::deed::{Choice, Deeds, Record};
use super::recent::Recent;
use super::window::Window;

/// Most choices of which a month or a day keeps who did what is chosen.
const KEPT: usize = 8;

/// One month in which something was done.
#[derive(Debug)]
pub(super) struct Month {
    days: BTreeMap<NaiveDate, Arc<Day>>,
    unions: Unions,
}

/// One day on which something was done.
#[derive(Debug)]
pub(super) struct Day {
    deeds: Arc<[Deeds]>,
    events: u64,
    unions: Unions,
}

/// Who did what is chosen.
type Unions = Recent<Choice, KEPT>;

/// A whole month or a single day of a record.
#[derive(Clone, Debug)]
pub(super) struct Span<'a> {
    pub(super) window: Window,
    month: &'a Month,
    unions: &'a Unions,
}

impl Month {
    pub(super) fn new(days: BTreeMap<NaiveDate, Arc<Day>>) -> Self {
        Self { days, unions: Unions::default() }
    }

    /// The same, with nothing kept that was found before.
    pub(super) fn anew(&self) -> Self {
        Self::new(self.days.iter().map(|(day, known)| (*day, Arc::new(known.anew()))).collect())
    }

    /// The same, but for everything that these members did; none where they did nothing.
    pub(super) fn without(&self, members: &RoaringBitmap) -> Option<Self> {
        if self.days.values().all(|day| day.is_without(members)) {
            return None;
        }
        let day = |(day, known): (&NaiveDate, &Arc<Day>)| {
            let known = if known.is_without(members) { known.clone() } else { Arc::new(known.without(members)) };
            (*day, known)
        };
        Some(Self::new(self.days.iter().map(day).collect()))
    }

    pub(super) fn days(&self) -> &BTreeMap<NaiveDate, Arc<Day>> {
        &self.days
    }

    /// The whole month where it lies in a window, and else those of its days that do.
    pub(super) fn spans(&self, first: NaiveDate, window: Window) -> impl Iterator<Item = Span<'_>> + Clone {
        let whole = Window { start: first, end: Granularity::Month.later(first, 1) };
        let is_whole = window.start <= whole.start && whole.end <= window.end;
        let month = is_whole.then_some(Span { window: whole, month: self, unions: &self.unions });
        let part = if is_whole { Window { end: window.start, ..window } } else { window };
        month.into_iter().chain(self.spans_of_days(part))
    }

    fn spans_of_days(&self, window: Window) -> impl Iterator<Item = Span<'_>> + Clone {
        self.days.range(window.start..window.end.max(window.start)).map(|(day, known)| {
            let window = Window { start: *day, end: day.succ_opt().unwrap_or(NaiveDate::MAX) };
            Span { window, month: self, unions: &known.unions }
        })
    }
}

impl Day {
    pub(super) fn new(deeds: Vec<Deeds>) -> Self {
        let events = deeds.iter().map(Deeds::events).sum();
        Self { deeds: deeds.into(), events, unions: Unions::default() }
    }

    fn anew(&self) -> Self {
        Self { deeds: self.deeds.clone(), events: self.events, unions: Unions::default() }
    }

    fn is_without(&self, members: &RoaringBitmap) -> bool {
        self.deeds.iter().all(|deeds| deeds.members.is_disjoint(members))
    }

    fn without(&self, members: &RoaringBitmap) -> Self {
        Self::new(self.deeds.iter().map(|deeds| deeds.without(members)).collect())
    }
}

impl<'a> Span<'a> {
    pub(super) fn events(&self) -> u64 {
        self.days().map(|day| day.events).sum()
    }

    pub(super) fn deeds(&self) -> impl Iterator<Item = &'a Deeds> + Clone + use<'a> {
        self.days().flat_map(|day| day.deeds.iter())
    }

    /// Its days, each as a span of its own.
    pub(super) fn by_day(&self) -> impl Iterator<Item = Span<'a>> + use<'a> {
        self.month.spans_of_days(self.window)
    }

    fn days(&self) -> impl Iterator<Item = &'a Day> + Clone + use<'a> {
        let Window { start, end } = self.window;
        self.month.days.range(start..end).map(|(_, day)| &**day)
    }

    /// Who did something in it that is chosen, whether they count or not.
    pub(super) fn members(&self, record: &Record, choice: &Choice) -> Arc<RoaringBitmap> {
        let chosen = || self.deeds().filter(|deeds| record.picks(choice, deeds));
        self.unions.of(choice, || chosen().map(|deeds| &deeds.members).union())
    }
}
