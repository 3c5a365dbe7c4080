//! How many questions are resolved in the time that was promised.

use chrono::{DateTime, TimeDelta, Utc};

use super::figure::{Figure, Reason, Status, percent};
use super::question::Question;
use crate::Decimal;

/// How one question stands against the promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    Met,
    Missed,
    /// It is open and there is time left.
    Pending,
}

/// How the questions of a window stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sla {
    pub met: i64,
    pub missed: i64,
    pub pending: i64,
    /// `100 * met / (met + missed)` in percent; `OPEN_QUESTIONS` is its reason while any are pending.
    pub rate: Figure,
    /// What the rate can still become; none without questions.
    pub possible: Option<Possible>,
}

/// In percent, to 2 places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Possible {
    /// When all that are pending are missed.
    pub low: Decimal,
    /// When all that are pending are met.
    pub high: Decimal,
}

/// The questions, as they were at `as_of`, against the time in which they should be resolved.
pub fn of(questions: &[Question], promised: TimeDelta, as_of: DateTime<Utc>) -> Sla {
    let (mut met, mut missed, mut pending) = (0, 0, 0);
    for question in questions {
        match verdict(question, promised, as_of) {
            Verdict::Met => met += 1,
            Verdict::Missed => missed += 1,
            Verdict::Pending => pending += 1,
        }
    }
    let all = met + missed + pending;
    let rate = match (all, pending) {
        (0, _) => Figure::missing(Status::NoData, Reason::NoQuestions),
        (all, pending) if all == pending => Figure::missing(Status::Pending, Reason::OpenQuestions),
        (_, 0) => Figure::rate(met, met + missed),
        _ => Figure { reason: Some(Reason::OpenQuestions), ..Figure::rate(met, met + missed) },
    };
    let possible = percent(met, all).zip(percent(met + pending, all)).map(|(low, high)| Possible { low, high });
    Sla { met, missed, pending, rate, possible }
}

/// By its last resolution, which meets the promise at its very end too; an open one by its age: it is missed
/// as soon as that has come to the promise, since whatever comes after `as_of` is later.
pub fn verdict(question: &Question, promised: TimeDelta, as_of: DateTime<Utc>) -> Verdict {
    match question.resolved_at {
        Some(resolved_at) if resolved_at - question.opened_at <= promised => Verdict::Met,
        Some(_) => Verdict::Missed,
        None if as_of - question.opened_at < promised => Verdict::Pending,
        None => Verdict::Missed,
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::question::{Deed, Event, Person};
    use super::*;
    use crate::member::MemberKind;

    const PROMISED: TimeDelta = TimeDelta::hours(24);

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    fn asked(opened: i64, resolved: Option<i64>) -> Question {
        Question {
            opened_at: at(opened),
            asker: Person { number: Some(1), kind: MemberKind::Community },
            first_answer: None,
            first_helpful: None,
            first_by_peer: None,
            resolved_at: resolved.map(at),
        }
    }

    #[test]
    fn open_and_younger_than_promised_is_pending_and_outside_both() {
        let questions = [asked(0, Some(2)), asked(0, Some(24)), asked(0, Some(25)), asked(10, None), asked(60, None), asked(99, None)];

        let sla = of(&questions, PROMISED, at(100));

        assert_eq!((sla.met, sla.missed, sla.pending), (2, 3, 1));
        assert_eq!((sla.rate.value, sla.rate.numerator, sla.rate.denominator), (Some(Decimal::from(40)), Some(2), Some(5)));
        assert_eq!((sla.rate.status, sla.rate.reason), (Status::Ok, Some(Reason::OpenQuestions)));
        assert_eq!(sla.possible, Some(Possible { low: Decimal::new(3_333, 2), high: Decimal::from(50) }));
    }

    #[test]
    fn the_end_of_the_promise_is_too_late_for_what_is_still_open() {
        assert_eq!(verdict(&asked(0, Some(24)), PROMISED, at(24)), Verdict::Met);
        assert_eq!(verdict(&asked(0, None), PROMISED, at(24)), Verdict::Missed);
        assert_eq!(verdict(&asked(0, None), PROMISED, at(23)), Verdict::Pending);
    }

    #[test]
    fn when_all_are_pending_there_is_no_rate_yet() {
        let sla = of(&[asked(99, None)], PROMISED, at(100));

        assert_eq!(sla.rate, Figure::missing(Status::Pending, Reason::OpenQuestions));
        assert_eq!(sla.possible, Some(Possible { low: Decimal::ZERO, high: Decimal::ONE_HUNDRED }));
    }

    #[test]
    fn without_questions_there_is_nothing_to_tell() {
        let sla = of(&[], PROMISED, at(100));

        assert_eq!((sla.rate, sla.possible), (Figure::missing(Status::NoData, Reason::NoQuestions), None));
    }

    #[test]
    fn a_reopened_question_is_judged_by_its_last_resolution_unless_it_is_open_again() {
        let asker = Person { number: Some(1), kind: MemberKind::Community };
        let deeds =
            [(0, Deed::Opened { by: asker }), (5, Deed::Resolved), (10, Deed::Reopened), (30, Deed::Resolved), (40, Deed::Reopened)];
        let names = ["0", "1", "2", "3", "4"];
        let events: Vec<Event<'_>> =
            deeds.into_iter().zip(names).map(|((hour, deed), source_id)| Event { occurred_at: at(hour), source_id, deed }).collect();
        let verdict_at = |hour| verdict(&Question::of(&events, at(hour)).unwrap(), PROMISED, at(hour));

        assert_eq!([1, 5, 10, 24, 30, 40].map(verdict_at), {
            use Verdict::{Met, Missed, Pending};
            [Pending, Met, Pending, Missed, Missed, Missed]
        });
    }

    proptest! {
        #[test]
        fn the_rate_lies_within_what_is_possible(drawn in vec((0_i64..100, prop::option::of(0_i64..60)), 1..30)) {
            let questions: Vec<Question> = drawn.into_iter().map(|(opened, took)| asked(opened, took.map(|took| opened + took))).collect();

            let sla = of(&questions, PROMISED, at(100));

            let Possible { low, high } = sla.possible.unwrap();
            prop_assert!(Decimal::ZERO <= low && low <= high && high <= Decimal::ONE_HUNDRED);
            prop_assert!(sla.rate.value.is_none_or(|rate| low <= rate && rate <= high));
        }
    }
}
