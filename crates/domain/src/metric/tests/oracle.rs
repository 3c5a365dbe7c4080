//! The same answers by another way: each person and each event on its own, without sets and without rolls.

use std::collections::BTreeSet;

use super::*;
use crate::member::MemberKind;

/// What a test is made of.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) events: Vec<Event>,
    pub(super) census: Census,
    pub(super) including: Including,
    pub(super) segment: Option<Vec<Holding>>,
}

impl World {
    pub(super) fn population(&self) -> Population {
        Population::new(ZONE, &self.census, self.including, self.segment.as_deref())
    }

    pub(super) fn person(&self, member: MemberNumber) -> MemberNumber {
        let merge = self.census.merges.iter().rev().find(|merge| merge.member == member);
        merge.map_or(member, |merge| self.person(merge.into))
    }

    pub(super) fn counts(&self, person: MemberNumber, on: NaiveDate) -> bool {
        let is = |holding: &Holding| self.person(holding.member) == person && holding.is_on(on);
        let is_kind = |kind| self.census.kinds.iter().any(|(other, holding)| *other == kind && is(holding));
        let is_outside = is_kind(MemberKind::Staff) && !self.including.staff || is_kind(MemberKind::Bot) && !self.including.bots;

        !is_outside && self.segment.as_ref().is_none_or(|segment| segment.iter().any(is))
    }

    /// The events of a window, by people who count.
    pub(super) fn events(&self, window: Window) -> Vec<Event> {
        let counted = self.events.iter().map(|event| Event { member: self.person(event.member), ..*event });
        counted.filter(|event| window.contains(day(event.day)) && self.counts(event.member, day(event.day))).collect()
    }

    pub(super) fn active(&self, window: Window) -> BTreeSet<MemberNumber> {
        self.events(window).iter().map(|event| event.member).collect()
    }

    /// Members when a day begins, by the kind and segment of the day before.
    pub(super) fn members(&self, on: NaiveDate) -> BTreeSet<MemberNumber> {
        let begin = super::super::calendar::first_instant(on, ZONE);
        let is_member = |spell: &&Spell| spell.start < begin && spell.end.is_none_or(|end| begin <= end);
        let people = self.census.spells.iter().filter(is_member).map(|spell| self.person(spell.member));
        people.filter(|person| on.pred_opt().is_some_and(|before| self.counts(*person, before))).collect()
    }
}
