//! What members are, day by day: what they always were, and the days of which something else is said.

use chrono::NaiveDate;

use super::deed::MemberNumber;
use super::roll::Holding;
use crate::member::MemberKind;

/// That a member is of a kind from a day up to but without another; open where a day is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSpan {
    pub kind: MemberKind,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// The days on which a member is of a kind other than `COMMUNITY`: those that are said, and of the others those on which the
/// kind is what it is by itself. Spans do not overlap.
pub fn uncommon_days(member: MemberNumber, by_itself: MemberKind, mut said: Vec<KindSpan>) -> Vec<(MemberKind, Holding)> {
    said.sort_unstable_by_key(|span| span.from);
    let mut days = Vec::new();
    let mut open = Some(None);
    for span in said {
        // Before a span without a beginning there are no days.
        if let Some((from, until)) = open.zip(span.from) {
            days.push((by_itself, Holding { member, from, until: Some(until) }));
        }
        days.push((span.kind, Holding { member, from: span.from, until: span.until }));
        open = span.until.map(Some);
    }
    if let Some(from) = open {
        days.push((by_itself, Holding { member, from, until: None }));
    }
    let is_some_day = |holding: &Holding| holding.from.zip(holding.until).is_none_or(|(from, until)| from < until);
    days.retain(|(kind, holding)| *kind != MemberKind::Community && is_some_day(holding));
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(of: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2026, 3, of)
    }

    fn days(
        by_itself: MemberKind,
        said: &[(MemberKind, Option<NaiveDate>, Option<NaiveDate>)],
    ) -> Vec<(MemberKind, Option<NaiveDate>, Option<NaiveDate>)> {
        let said = said.iter().map(|&(kind, from, until)| KindSpan { kind, from, until }).collect();
        uncommon_days(7, by_itself, said).into_iter().map(|(kind, holding)| (kind, holding.from, holding.until)).collect()
    }

    #[test]
    fn who_is_of_the_community_is_so_but_for_what_is_said() {
        assert_eq!(days(MemberKind::Community, &[]), []);
        let staff = (MemberKind::Staff, day(3), day(9));
        assert_eq!(days(MemberKind::Community, &[staff]), [staff]);
    }

    #[test]
    fn who_is_staff_is_so_on_all_days_of_which_nothing_is_said() {
        assert_eq!(days(MemberKind::Staff, &[]), [(MemberKind::Staff, None, None)]);
        let community = |from, until| (MemberKind::Community, from, until);
        let expected = [(MemberKind::Staff, None, day(3)), (MemberKind::Staff, day(9), None)];
        assert_eq!(days(MemberKind::Staff, &[community(day(3), day(9))]), expected);
        assert_eq!(days(MemberKind::Staff, &[community(None, day(3))]), [(MemberKind::Staff, day(3), None)]);
        assert_eq!(days(MemberKind::Staff, &[community(day(3), None)]), [(MemberKind::Staff, None, day(3))]);
    }
}
