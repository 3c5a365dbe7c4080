use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const ASKER: Person = Person { number: Some(1), kind: MemberKind::Community };
const PEER: Person = Person { number: Some(2), kind: MemberKind::Community };
const STAFF: Person = Person { number: Some(3), kind: MemberKind::Staff };
const BOT: Person = Person { number: Some(4), kind: MemberKind::Bot };
const UNKNOWN: Person = Person { number: None, kind: MemberKind::Community };

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

fn event<'a>(minute: i64, source_id: &'a str, deed: Deed<'a>) -> Event<'a> {
    Event { occurred_at: at(minute), source_id, deed }
}

fn asked<'a>(events: &[Event<'a>]) -> Vec<Event<'a>> {
    [&[event(0, "q", Deed::Opened { by: ASKER })], events].concat()
}

/// What became of a question that was asked at minute 0.
fn became(events: &[Event<'_>]) -> Question {
    Question::of(&asked(events), at(1_000)).unwrap()
}

fn minute(response: Option<Response>) -> Option<i64> {
    response.map(|response| (response.at - at(0)).num_minutes())
}

fn answered(by: Person) -> Deed<'static> {
    Deed::Answered { by }
}

fn rated(by: Person, answer: &str) -> Deed<'_> {
    Deed::Rated { by, answer, is_helpful: true }
}

#[test]
fn an_answer_by_the_asker_or_a_bot_is_no_answer() {
    let question = became(&[event(5, "a", answered(ASKER)), event(6, "b", answered(BOT))]);

    assert_eq!((question.first_answer, question.state()), (None, State::Open));
}

#[test]
fn the_first_response_may_be_of_the_staff_and_the_first_of_a_peer_stands_apart() {
    let question = became(&[event(9, "b", answered(PEER)), event(5, "a", answered(STAFF))]);

    assert_eq!(question.first_answer, Some(Response { at: at(5), is_by_staff: true }));
    assert_eq!(minute(question.first_by_peer), Some(9));
    assert_eq!(question.state(), State::Answered);
}

#[test]
fn of_two_unknown_people_nobody_can_say_that_they_are_two() {
    let opened = event(0, "q", Deed::Opened { by: UNKNOWN });
    let first = |by| Question::of(&[opened, event(5, "a", answered(by))], at(9)).unwrap().first_answer;

    assert_eq!(first(UNKNOWN), None);
    assert_eq!(minute(first(PEER)), Some(5));
    assert_eq!(minute(became(&[event(5, "a", answered(UNKNOWN))]).first_answer), Some(5));
}

#[test]
fn the_helpful_response_is_the_accepted_one_at_the_time_it_was_given() {
    let answers = [event(5, "a", answered(PEER)), event(7, "b", answered(STAFF))];
    let helped = |deed| minute(became(&[answers[0], answers[1], event(60, "z", deed)]).first_helpful);

    assert_eq!(helped(Deed::Accepted { answer: Some("b") }), Some(7));
    assert_eq!(helped(rated(ASKER, "a")), Some(5));
    assert_eq!(helped(Deed::Rated { by: ASKER, answer: "a", is_helpful: false }), None);
    assert_eq!(helped(rated(PEER, "a")), None, "one's own answer");
    assert_eq!(helped(Deed::Resolved), None);
}

#[test]
fn an_acceptance_that_does_not_say_what_it_accepts_means_the_newest_answer_by_then() {
    let accepted = event(8, "z", Deed::Accepted { answer: None });
    let question = became(&[event(5, "a", answered(PEER)), event(7, "b", answered(STAFF)), event(9, "c", answered(PEER)), accepted]);

    assert_eq!(minute(question.first_helpful), Some(7));
    assert_eq!(became(&[accepted]).first_helpful, None);
}

#[test]
fn who_accepts_their_own_answer_resolves_the_question_and_was_not_helped() {
    let question = became(&[event(5, "a", answered(ASKER)), event(6, "z", Deed::Accepted { answer: Some("a") })]);

    assert_eq!((question.first_helpful, question.resolved_at), (None, Some(at(6))));
}

#[test]
fn a_question_is_resolved_since_the_last_time_it_was_open() {
    let since = |events: &[Event<'_>]| became(events).resolved_at;
    let (resolved, reopened) = (event(10, "r1", Deed::Resolved), event(20, "o", Deed::Reopened));

    assert_eq!(since(&[resolved, event(15, "r2", Deed::Resolved)]), Some(at(10)));
    assert_eq!(since(&[resolved, reopened]), None);
    assert_eq!(since(&[resolved, reopened, event(30, "r2", Deed::Resolved)]), Some(at(30)));
}

#[test]
fn what_was_retracted_was_never_done() {
    let answers = [event(5, "a", answered(PEER)), event(7, "b", answered(PEER)), event(9, "z", Deed::Accepted { answer: Some("a") })];
    let without = |what| Question::of(&[asked(&answers), vec![event(50, "x", Deed::Retracted { what })]].concat(), at(1_000));

    let question = without("a").unwrap();
    assert_eq!((minute(question.first_answer), question.first_helpful, question.resolved_at), (Some(7), None, None));
    let question = without("z").unwrap();
    assert_eq!((minute(question.first_answer), question.first_helpful, question.state()), (Some(5), None, State::Answered));
    assert_eq!(without("q"), None);
}

#[test]
fn what_comes_later_is_not_known_yet() {
    let events = asked(&[event(5, "a", answered(PEER)), event(60, "z", Deed::Accepted { answer: Some("a") })]);
    let by = |minute| Question::of(&events, at(minute));

    assert_eq!(by(-1), None);
    assert_eq!(by(4).unwrap().state(), State::Open);
    assert_eq!((by(59).unwrap().first_helpful, by(59).unwrap().state()), (None, State::Answered));
    assert_eq!((minute(by(60).unwrap().first_helpful), by(60).unwrap().state()), (Some(5), State::Resolved));
}

const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

fn any_deed() -> impl Strategy<Value = Deed<'static>> {
    let person = || prop::sample::select(vec![ASKER, PEER, STAFF, BOT, UNKNOWN]);
    let name = || prop::sample::select(NAMES.to_vec());
    prop_oneof![
        4 => person().prop_map(|by| Deed::Answered { by }),
        1 => Just(Deed::Resolved),
        1 => Just(Deed::Reopened),
        1 => prop::option::of(name()).prop_map(|answer| Deed::Accepted { answer }),
        1 => (person(), name(), any::<bool>()).prop_map(|(by, answer, is_helpful)| Deed::Rated { by, answer, is_helpful }),
        1 => name().prop_map(|what| Deed::Retracted { what }),
    ]
}

fn any_events() -> impl Strategy<Value = Vec<Event<'static>>> {
    vec((0_i64..6, any_deed()), 0..8).prop_map(|drawn| {
        let named = drawn.into_iter().zip(NAMES);
        asked(&named.map(|((minute, deed), name)| event(minute, name, deed)).collect::<Vec<_>>())
    })
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter(
        (given, shuffled) in any_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        until in 0_i64..6,
    ) {
        prop_assert_eq!(Question::of(&given, at(until)), Question::of(&shuffled, at(until)));
    }

    #[test]
    fn what_comes_twice_counts_once(events in any_events()) {
        let twice = [events.clone(), events.clone()].concat();

        prop_assert_eq!(Question::of(&twice, at(9)), Question::of(&events, at(9)));
    }

    #[test]
    fn no_response_is_earlier_than_the_first(events in any_events()) {
        let question = Question::of(&events, at(9)).unwrap();
        let first = question.first_answer.map(|response| response.at);

        for other in [question.first_helpful, question.first_by_peer].into_iter().flatten() {
            prop_assert!(first.is_some_and(|first| first <= other.at));
        }
    }
}
