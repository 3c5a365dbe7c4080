//! Spells of membership: from joining to leaving, and again.

use chrono::{DateTime, Utc};

/// A time during which a member belongs to a platform's community; the end is not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spell {
    pub start: DateTime<Utc>,
    /// Goes on where it is absent.
    pub end: Option<DateTime<Utc>>,
}

/// What begins or ends a spell. At one instant leaving comes first: who leaves and joins is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Left,
    Joined,
}

/// The spells of one member on one platform, in their order. Whoever is active without having joined belongs from the first
/// activity on: most platforms tell of no joining. Leaving without being in, and joining while in, change nothing.
pub fn spells(first_activity: Option<DateTime<Utc>>, marks: &[(DateTime<Utc>, Mark)]) -> Vec<Spell> {
    let mut marks: Vec<_> = marks.iter().copied().chain(first_activity.map(|instant| (instant, Mark::Joined))).collect();
    marks.sort_unstable();
    let mut spells: Vec<Spell> = Vec::new();
    let mut since = None;
    for (instant, mark) in marks {
        match (since, mark) {
            (None, Mark::Joined) => since = Some(instant),
            (Some(start), Mark::Left) => {
                spells.push(Spell { start, end: Some(instant) });
                since = None;
            }
            _ => {}
        }
    }
    spells.extend(since.map(|start| Spell { start, end: None }));
    spells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn of(first_activity: Option<i64>, marks: &[(i64, Mark)]) -> Vec<(i64, Option<i64>)> {
        let marks: Vec<_> = marks.iter().map(|(second, mark)| (at(*second), *mark)).collect();
        let seconds = |spell: Spell| (spell.start.timestamp(), spell.end.map(|end| end.timestamp()));
        spells(first_activity.map(at), &marks).into_iter().map(seconds).collect()
    }

    #[test]
    fn who_was_never_seen_has_no_spell() {
        assert_eq!(of(None, &[]), []);
        assert_eq!(of(None, &[(5, Mark::Left)]), []);
    }

    #[test]
    fn who_is_active_belongs_from_then_on() {
        assert_eq!(of(Some(3), &[]), [(3, None)]);
        assert_eq!(of(Some(3), &[(7, Mark::Joined)]), [(3, None)]);
        assert_eq!(of(Some(7), &[(3, Mark::Joined)]), [(3, None)]);
    }

    #[test]
    fn who_leaves_can_join_again_but_is_not_back_by_being_active() {
        assert_eq!(of(Some(6), &[(1, Mark::Joined), (4, Mark::Left)]), [(1, Some(4)), (6, None)]);
        assert_eq!(of(Some(2), &[(1, Mark::Joined), (4, Mark::Left)]), [(1, Some(4))]);
        assert_eq!(of(Some(2), &[(9, Mark::Joined), (1, Mark::Joined), (4, Mark::Left)]), [(1, Some(4)), (9, None)]);
    }

    #[test]
    fn who_leaves_and_joins_at_once_is_in() {
        assert_eq!(of(None, &[(1, Mark::Joined), (4, Mark::Joined), (4, Mark::Left)]), [(1, Some(4)), (4, None)]);
    }
}
