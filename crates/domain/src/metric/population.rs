//! Who counts: members by their spells, their kind and their segment, each person once.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use roaring::RoaringBitmap;

use super::deed::MemberNumber;
use super::flow::{Crossings, Flow, How};
use super::merge::{Merge, Merges};
use super::month::Span;
use super::roll::{Change, Holding, Roll};
use super::sieve::{Sieve, SieveRoll};
use super::stretch::{Held, Stretch, united, within, without};
use super::window::Window;
use crate::member::MemberKind;

/// A member's time in the community: from the joining up to but without the leaving, if there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spell {
    pub member: MemberNumber,
    pub start: DateTime<Utc>,
    pub end: Option<DateTime<Utc>>,
}

/// What is known of a workspace's members, in any order.
#[derive(Clone, Debug, Default)]
pub struct Census {
    pub spells: Vec<Spell>,
    /// Whoever has none on a day is `COMMUNITY`. A person is staff, or a bot, on the days on which one of its members is.
    pub kinds: Vec<(MemberKind, Holding)>,
    pub merges: Vec<Merge>,
}

/// Who counts beside the community itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Including {
    pub staff: bool,
    pub bots: bool,
}

impl Including {
    fn counts(self, kind: MemberKind) -> bool {
        match kind {
            MemberKind::Community => true,
            MemberKind::Staff => self.staff,
            MemberKind::Bot => self.bots,
        }
    }
}

/// Who counts on which day, and who is a member at which instant.
///
/// A person counts on a day by the kind, and in the segment, of that day. Whoever changes from one that does not count
/// to one that does joins the population, and leaves it the other way round, so that its flows always add up.
#[derive(Debug)]
pub struct Population {
    zone: Tz,
    merges: Merges,
    sieve: SieveRoll,
    /// When people become members who count, and when they cease to be.
    crossings: Crossings,
}

impl Population {
    /// The population of a zone's days. The holdings of a segment are of any member numbers, merged ones too.
    pub fn new(zone: Tz, census: &Census, including: Including, segment: Option<&[Holding]>) -> Self {
        let merges = Merges::new(&census.merges);
        // Cells of deeds know members, not people: each of a person's numbers is on the roll.
        let spread = |holding: Holding| merges.numbers(holding.member).map(move |member| Holding { member, ..holding });
        let uncounted = census.kinds.iter().filter(|(kind, _)| !including.counts(*kind)).map(|(_, holding)| *holding);
        let outside = Roll::new(uncounted.flat_map(spread));
        let spells = united(census.spells.iter().map(|spell| membership(spell, &merges)).collect());
        let (sieve, counted) = match segment {
            None => {
                let counted = without(&spells, &outside.instants(zone));
                (SieveRoll::of_others(outside), counted)
            }
            Some(holdings) => {
                let inside = Roll::new(holdings.iter().copied().flat_map(spread)).without(&outside);
                let counted = within(&spells, &inside.instants(zone));
                (SieveRoll::of_those(inside), counted)
            }
        };
        let crossings = Crossings::new(&spells, &counted);
        Self { zone, merges, sieve, crossings }
    }

    /// The people who are members up to an instant: not yet who joins at it, and still who leaves at it.
    pub fn members_at(&self, instant: DateTime<Utc>) -> Arc<RoaringBitmap> {
        self.crossings.members_at(instant)
    }

    /// S: the members when the window begins.
    pub fn members_at_start(&self, window: Window) -> Arc<RoaringBitmap> {
        self.members_at(window.instants(self.zone).0)
    }

    /// T: the members when the window ends.
    pub fn members_at_end(&self, window: Window) -> Arc<RoaringBitmap> {
        self.members_at(window.instants(self.zone).1)
    }

    /// Who came and went in a window. Always: start + joined − left = end.
    pub fn flow(&self, window: Window) -> Flow {
        let (start, end) = window.instants(self.zone);
        self.crossings.flow(start, end, self.members_at(start).len(), self.members_at(end).len())
    }

    /// Those who joined in a window, each once.
    pub fn joined(&self, window: Window) -> RoaringBitmap {
        let (start, end) = window.instants(self.zone);
        self.crossings.joined(start, end, |_| true)
    }

    /// Those whose first joining of all lies in a window.
    pub fn newcomers(&self, window: Window) -> RoaringBitmap {
        let (start, end) = window.instants(self.zone);
        self.crossings.joined(start, end, |how| how == How::First)
    }

    /// Those who joined in a window after having left.
    pub fn rejoined(&self, window: Window) -> RoaringBitmap {
        let (start, end) = window.instants(self.zone);
        self.crossings.joined(start, end, |how| how == How::Again)
    }

    /// Those who left in a window, each once, whether they came back or not.
    pub fn left(&self, window: Window) -> RoaringBitmap {
        let (start, end) = window.instants(self.zone);
        self.crossings.left(start, end)
    }

    /// The people who hold something on a day, members or not.
    pub fn holders(&self, holdings: &[Holding], day: NaiveDate) -> RoaringBitmap {
        holdings.iter().filter(|holding| holding.is_on(day)).map(|holding| self.person(holding.member)).collect()
    }

    /// The number that stands for the person that a member is.
    pub fn person(&self, member: MemberNumber) -> MemberNumber {
        self.merges.person(member)
    }

    /// Whether only those in a segment count.
    pub(super) fn is_segment(&self) -> bool {
        self.sieve.only_these()
    }

    /// Makes a set of members one of people.
    pub(super) fn unite(&self, members: &mut RoaringBitmap) {
        self.merges.unite(members);
    }

    /// Gives the parts of a window in which nobody's kind or segment changes, each with who counts in it.
    pub(super) fn regimes(&self, window: Window, each: impl FnMut(Window, &Sieve)) {
        self.sieve.regimes(window, each);
    }

    /// Gives spans, which come in order, each with who counts when it begins and what changes before it ends.
    pub(super) fn spans<'a>(&self, spans: impl Iterator<Item = Span<'a>>, each: impl FnMut(Span<'a>, &Sieve, &[Change])) {
        self.sieve.spans(spans, each);
    }
}

fn membership(spell: &Spell, merges: &Merges) -> Held<DateTime<Utc>> {
    (merges.person(spell.member), Stretch { from: spell.start, until: spell.end.unwrap_or(DateTime::<Utc>::MAX_UTC) })
}
