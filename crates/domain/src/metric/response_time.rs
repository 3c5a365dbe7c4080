//! How long people wait for an answer.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::figure::{Figure, Reason, Status};
use super::question::{Question, Response};
use super::rounding::hundredths;
use super::survival::{self, Wait};

/// Which response people wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Awaited {
    /// The first answer by another person.
    First,
    /// The first one that was accepted or rated helpful.
    Helpful,
    /// The first one by a member who is not staff.
    Peer,
}

/// In seconds, but for the share.
///
/// Mean and percentiles are of the questions that were answered; where others still wait their reason is
/// `OPEN_QUESTIONS`, as these can only make them longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseTimes {
    /// `100 * answered / questions`; numerator and denominator are the two counts.
    pub answered: Figure,
    /// To 2 places; its numerator is the sum of the seconds.
    pub mean: Figure,
    /// The median: whole seconds by nearest rank, the value at the place `ceil(n / 2)`.
    pub p50: Figure,
    /// Whole seconds by nearest rank, the value at the place `ceil(9 n / 10)`.
    pub p90: Figure,
    /// The median of all questions, of which those without an answer are known to wait since they were opened:
    /// [`survival::median`]. `PENDING` with `NOT_HALF_ANSWERED` where there is none yet.
    pub censored_median: Figure,
}

/// The waits for a response, from questions as they were at `as_of`.
///
/// A part of a second is not counted, and an answer dated before its question took no time.
pub fn of(questions: &[Question], awaited: Awaited, as_of: DateTime<Utc>) -> ResponseTimes {
    let waits: Vec<Wait> = questions.iter().map(|question| wait(question, awaited, as_of)).collect();
    let mut times: Vec<u64> = waits.iter().filter(|wait| wait.has_ended).map(|wait| wait.seconds).collect();
    times.sort_unstable();
    let sum = times.iter().fold(0_u64, |sum, seconds| sum.saturating_add(*seconds));
    let mean = Decimal::from(sum).checked_div(Decimal::from(times.len())).map(hundredths);
    let doubt = (times.len() < waits.len()).then_some(Reason::OpenQuestions);
    let timed = |value: Option<Decimal>| match value {
        _ if waits.is_empty() => no_questions(),
        None => Figure::missing(Status::Pending, Reason::OpenQuestions),
        Some(value) => Figure { reason: doubt, ..made_of(value, times.len()) },
    };
    ResponseTimes {
        answered: if waits.is_empty() { no_questions() } else { Figure::rate(number(times.len()), number(waits.len())) },
        mean: Figure { numerator: mean.and(i64::try_from(sum).ok()), ..timed(mean) },
        p50: timed(nearest_rank(&times, 50)),
        p90: timed(nearest_rank(&times, 90)),
        censored_median: match survival::median(&waits) {
            Ok(seconds) => made_of(Decimal::from(seconds), waits.len()),
            Err(Reason::NoQuestions) => no_questions(),
            Err(reason) => Figure::missing(Status::Pending, reason),
        },
    }
}

/// `100 * first responses by others than staff / first responses`, in percent; `ZERO_DENOMINATOR` where nobody has answered.
pub fn peer_share(questions: &[Question]) -> Figure {
    let first: Vec<Response> = questions.iter().filter_map(|question| question.first_answer).collect();
    let by_peers = first.iter().filter(|response| !response.is_by_staff).count();
    if questions.is_empty() { no_questions() } else { Figure::rate(number(by_peers), number(first.len())) }
}

fn wait(question: &Question, awaited: Awaited, as_of: DateTime<Utc>) -> Wait {
    let response = match awaited {
        Awaited::First => question.first_answer,
        Awaited::Helpful => question.first_helpful,
        Awaited::Peer => question.first_by_peer,
    };
    let until = response.map_or(as_of, |response| response.at);
    Wait { seconds: u64::try_from((until - question.opened_at).num_seconds()).unwrap_or(0), has_ended: response.is_some() }
}

fn no_questions() -> Figure {
    Figure::missing(Status::NoData, Reason::NoQuestions)
}

/// The smallest of the ordered times that at least `percent` of them do not exceed.
fn nearest_rank(ordered: &[u64], percent: usize) -> Option<Decimal> {
    let rank = ordered.len().saturating_mul(percent).div_ceil(100);
    ordered.get(rank.checked_sub(1)?).map(|seconds| Decimal::from(*seconds))
}

fn made_of(value: Decimal, questions: usize) -> Figure {
    let denominator = Some(number(questions));
    Figure { value: Some(value), numerator: None, denominator, interval: None, status: Status::Ok, reason: None }
}

fn number(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::question::Person;
    use super::*;
    use crate::member::MemberKind;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    /// A question asked at second 0, and answered by the staff or by others.
    fn asked(answered: Option<i64>, is_by_staff: bool) -> Question {
        let first_answer = answered.map(|seconds| Response { at: at(seconds), is_by_staff });
        Question {
            opened_at: at(0),
            asker: Person { number: Some(1), kind: MemberKind::Community },
            first_answer,
            first_helpful: None,
            first_by_peer: first_answer.filter(|_| !is_by_staff),
            resolved_at: None,
        }
    }

    fn first(answers: &[Option<i64>]) -> ResponseTimes {
        let questions: Vec<Question> = answers.iter().map(|answered| asked(*answered, false)).collect();
        of(&questions, Awaited::First, at(1_000))
    }

    fn value(number: i64, scale: u32) -> Option<Decimal> {
        Some(Decimal::new(number, scale))
    }

    #[test]
    fn ten_answers_have_a_mean_and_percentiles() {
        let times = first(&[10, 20, 30, 40, 50, 60, 70, 80, 95, 106].map(Some));

        assert_eq!((times.mean.value, times.mean.numerator, times.mean.denominator), (value(561, 1), Some(561), Some(10)));
        assert_eq!((times.p50.value, times.p90.value, times.censored_median.value), (value(50, 0), value(95, 0), value(50, 0)));
        assert_eq!((times.mean.status, times.mean.reason), (Status::Ok, None));
    }

    #[test]
    fn the_mean_is_rounded_to_hundredths_of_a_second() {
        assert_eq!(first(&[Some(1), Some(1), Some(3)]).mean.value, value(167, 2));
    }

    #[test]
    fn who_still_waits_is_in_the_censored_median_only() {
        let times = first(&[Some(10), Some(20), Some(30), None]);

        assert_eq!((times.answered.value, times.answered.numerator, times.answered.denominator), (value(75, 0), Some(3), Some(4)));
        assert_eq!((times.p50.value, times.censored_median.value), (value(20, 0), value(20, 0)));
        assert_eq!((times.mean.status, times.mean.reason), (Status::Ok, Some(Reason::OpenQuestions)));

        let times = first(&[Some(10), Some(20), None, None, None]);
        assert_eq!(times.p50.value, value(10, 0));
        assert_eq!(times.censored_median, Figure::missing(Status::Pending, Reason::NotHalfAnswered));
    }

    #[test]
    fn without_answers_the_times_are_pending_and_the_share_is_nought() {
        let times = first(&[None]);

        assert_eq!(times.answered.value, value(0, 0));
        assert_eq!(times.p90, Figure::missing(Status::Pending, Reason::OpenQuestions));
    }

    #[test]
    fn without_questions_there_is_nothing_to_tell() {
        let ResponseTimes { answered, mean, p50, p90, censored_median } = first(&[]);

        for figure in [answered, mean, p50, p90, censored_median, peer_share(&[])] {
            assert_eq!(figure, Figure::missing(Status::NoData, Reason::NoQuestions));
        }
    }

    #[test]
    fn the_staff_answers_first_but_peers_are_counted_apart() {
        let questions = [asked(Some(10), true), asked(Some(20), false), asked(Some(30), false), asked(None, false)];

        let share = peer_share(&questions);
        assert_eq!((share.value, share.numerator, share.denominator), (value(6_667, 2), Some(2), Some(3)));
        assert_eq!(of(&questions, Awaited::Peer, at(1_000)).answered.numerator, Some(2));
        assert_eq!(of(&questions, Awaited::Helpful, at(1_000)).answered.numerator, Some(0));
    }

    #[test]
    fn without_responses_peers_have_no_share_of_them() {
        let share = peer_share(&[asked(None, false)]);

        assert_eq!((share.value, share.status, share.reason), (None, Status::NoData, Some(Reason::ZeroDenominator)));
    }

    #[test]
    fn an_answer_dated_before_its_question_took_no_time() {
        assert_eq!(first(&[Some(-30)]).p50.value, value(0, 0));
    }

    proptest! {
        #[test]
        fn open_questions_never_shorten_the_median(answers in vec(prop::option::of(0_i64..1_000), 1..40)) {
            let times = first(&answers);

            if let (Some(plain), Some(censored)) = (times.p50.value, times.censored_median.value) {
                prop_assert!(plain <= censored);
            }
            if let (Some(p50), Some(p90)) = (times.p50.value, times.p90.value) {
                prop_assert!(p50 <= p90);
            }
        }
    }
}
