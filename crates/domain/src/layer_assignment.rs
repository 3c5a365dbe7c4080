//! Assignments: who is in which layer, from when to when, and why.

use chrono::NaiveDate;

use crate::cycle;
use crate::id::{Id, Named};
use crate::layer::Layer;
use crate::member::Member;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;

/// A member's time in a layer; dates are days of the workspace, `until` not included. Those of one member never overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerAssignment {
    pub id: Id<LayerAssignment>,
    pub member: Id<Member>,
    pub layer: Id<Layer>,
    pub from: NaiveDate,
    /// For good where it is absent.
    pub until: Option<NaiveDate>,
    pub by: AssignedBy,
    pub stamp: Stamp,
}

impl Named for LayerAssignment {
    const PREFIX: &'static str = "lya";
    const WORD: &'static str = "layer assignment";
}

/// Why somebody is in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum AssignedBy {
    /// Somebody said so. Rules leave it alone until it ends.
    Hand,
    /// By a rule that goes by roles.
    Role,
    /// By a rule that goes by activity.
    Threshold,
}

/// What becomes of the assignments of a member when something changes among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rearranged {
    pub added: Vec<LayerAssignment>,
    pub changed: Vec<LayerAssignment>,
    pub removed: Vec<LayerAssignment>,
}

/// Which assignments a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct LayerAssignmentFilter {
    pub member: Option<Id<Member>>,
    pub layer: Option<Id<Layer>>,
    pub by: Vec<AssignedBy>,
    /// Those that hold on this day.
    pub on: Option<NaiveDate>,
}

/// What assignments are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum LayerAssignmentSort {
    #[default]
    CreatedAt,
    From,
}

impl LayerAssignment {
    /// That it lasts at least a day, and that its days can be.
    pub fn checked(self) -> Result<Self, Rejection> {
        let mut check = Check::new();
        for (field, date) in [("from", Some(self.from)), ("until", self.until)] {
            if let Some(date) = date {
                check.field(field, cycle::sensible(date));
            }
        }
        if self.until.is_some_and(|until| until <= self.from) {
            check.refuse("until", Code::WrongOrder, "`until` is the first day on which it is no longer so: it comes after `from`");
        }
        check.finish(Some(self))
    }

    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let begins_within = |one: &Self, two: &Self| two.until.is_none_or(|until| one.from < until);
        begins_within(self, other) && begins_within(other, self)
    }

    /// The next version, which ends on this day, or nothing where it would not have begun.
    pub(crate) fn ended(&self, day: NaiveDate, stamp: Stamp) -> Option<Self> {
        (self.from < day).then(|| Self { until: Some(day), stamp, ..self.clone() })
    }

    /// Makes room for this one, which somebody says by hand, among the others of its member: what begins before it ends
    /// when it begins, and what a rule has said of its days is forgotten. `next` gives the stamp of a next version.
    pub fn by_hand(&self, others: &[Self], next: impl Fn(Stamp) -> Stamp) -> Result<Rearranged, Violation> {
        let mut room = Rearranged::default();
        for other in others.iter().filter(|other| other.id != self.id && other.overlaps(self)) {
            if let Some(ended) = other.ended(self.from, next(other.stamp)) {
                room.changed.push(ended);
            } else if other.by == AssignedBy::Hand && other.from > self.from {
                let detail =
                    format!("{} says by hand where the member is from {} on: end this one by then, or delete that", other.id, other.from);
                return Err(Violation::new(Code::AlreadyExists, detail).at("until"));
            } else if let Some(until) =
                self.until.filter(|until| other.by != AssignedBy::Hand && other.until.is_none_or(|end| *until < end))
            {
                room.changed.push(Self { from: until, stamp: next(other.stamp), ..other.clone() });
            } else {
                room.removed.push(other.clone());
            }
        }
        Ok(room)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    const FIRST: Stamp = Stamp { version: 1, created_at: DateTime::UNIX_EPOCH, updated_at: DateTime::UNIX_EPOCH };

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, number).unwrap()
    }

    fn span(number: u128, by: AssignedBy, from: u32, until: Option<u32>) -> LayerAssignment {
        let nobody = Uuid::nil();
        let (id, member, layer) = (Id::from_uuid(Uuid::from_u128(number)), Id::from_uuid(nobody), Id::from_uuid(nobody));
        LayerAssignment { id, member, layer, from: day(from), until: until.map(day), by, stamp: FIRST }
    }

    fn next(stamp: Stamp) -> Stamp {
        stamp.next(DateTime::UNIX_EPOCH)
    }

    #[test]
    fn assigning_by_hand_ends_what_was_before() {
        let before = span(1, AssignedBy::Threshold, 1, None);

        let room = span(2, AssignedBy::Hand, 10, None).by_hand(std::slice::from_ref(&before), next).unwrap();

        let ended = LayerAssignment { until: Some(day(10)), stamp: next(FIRST), ..before };
        assert_eq!(room, Rearranged { changed: vec![ended], ..Rearranged::default() });
    }

    #[test]
    fn what_does_not_touch_its_days_stays() {
        let others = [span(1, AssignedBy::Hand, 1, Some(10)), span(2, AssignedBy::Hand, 20, None)];

        let room = span(3, AssignedBy::Hand, 10, Some(20)).by_hand(&others, next);

        assert_eq!(room, Ok(Rearranged::default()));
    }

    #[test]
    fn what_rules_say_of_its_days_is_forgotten() {
        let within = span(1, AssignedBy::Role, 12, Some(15));
        let beyond = span(2, AssignedBy::Threshold, 15, None);

        let room = span(3, AssignedBy::Hand, 10, Some(20)).by_hand(&[within.clone(), beyond.clone()], next).unwrap();

        let later = LayerAssignment { from: day(20), stamp: next(FIRST), ..beyond };
        assert_eq!(room, Rearranged { changed: vec![later], removed: vec![within], ..Rearranged::default() });
    }

    #[test]
    fn what_somebody_says_of_later_days_is_not_overruled_unseen() {
        let later = span(1, AssignedBy::Hand, 20, None);
        let same = span(2, AssignedBy::Hand, 10, Some(20));

        let refused = span(3, AssignedBy::Hand, 10, None).by_hand(std::slice::from_ref(&later), next).unwrap_err();
        let again = span(3, AssignedBy::Hand, 10, Some(20)).by_hand(std::slice::from_ref(&same), next).unwrap();

        assert_eq!((refused.field.as_str(), refused.code), ("until", Code::AlreadyExists));
        assert_eq!(again.removed, [same]);
    }

    #[test]
    fn an_assignment_lasts_at_least_a_day() {
        let empty = span(1, AssignedBy::Hand, 10, Some(10)).checked().unwrap_err();

        assert_eq!((empty.violations()[0].field.as_str(), empty.violations()[0].code), ("until", Code::WrongOrder));
        assert!(span(1, AssignedBy::Hand, 10, Some(11)).checked().is_ok());
    }
}
