//! What became of a question: a fold over its events, whatever the order they came in.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::member::MemberKind;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// The member's number after merges; none for somebody unknown.
    pub number: Option<u32>,
    pub kind: MemberKind,
}

/// One event of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    pub occurred_at: DateTime<Utc>,
    /// Unique on the platform; at one instant the lesser text came first.
    pub source_id: &'a str,
    pub deed: Deed<'a>,
}

/// What was done; `answer` and `what` are the `source_id` of the event that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    Opened {
        by: Person,
    },
    Answered {
        by: Person,
    },
    /// Accepting an answer resolves the question.
    Accepted {
        answer: Option<&'a str>,
    },
    Resolved,
    Reopened,
    Rated {
        by: Person,
        answer: &'a str,
        is_helpful: bool,
    },
    /// Whatever it was, it counts as never done.
    Retracted {
        what: &'a str,
    },
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub opened_at: DateTime<Utc>,
    pub asker: Person,
    pub first_answer: Option<Response>,
    /// The first one that was accepted or rated helpful, at the time it was given.
    pub first_helpful: Option<Response>,
    /// The first one of the community.
    pub first_by_peer: Option<Response>,
    /// Since when it is resolved without a break; none while it is open.
    pub resolved_at: Option<DateTime<Utc>>,
}

/// An answer by another person than the asker. A bot is no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    pub at: DateTime<Utc>,
    pub is_by_staff: bool,
}

/// What an open question waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody else has answered.
    Open,
    /// Somebody has, and it is not resolved.
    Answered,
    Resolved,
}

impl Question {
    /// From its events up to and including `as_of`; none where it was not opened by then, or was retracted.
    ///
    /// A response is an answer by another person: of two people of whom neither is known, nobody can say
    /// that they are two. Rating one's own answer makes it no more helpful. Where an acceptance does not say which answer is
    /// meant, it is the newest response by then, as no later one can be. A question that is resolved already is not
    /// resolved again, and one that is open cannot be reopened.
    pub fn of(events: &[Event<'_>], as_of: DateTime<Utc>) -> Option<Self> {
        let mut known: Vec<&Event<'_>> = events.iter().filter(|event| event.occurred_at <= as_of).collect();
        known.sort_unstable_by_key(|event| (event.occurred_at, event.source_id));
        let retracted: BTreeSet<&str> = known.iter().filter_map(|event| retracts(event)).collect();
        known.retain(|event| !retracted.contains(event.source_id));

        let (opened_at, asker) = known.iter().find_map(|event| opens(event))?;
        let given: Vec<Given<'_>> = known.iter().filter_map(|event| Given::of(event, asker)).collect();
        let helpful: BTreeSet<&str> = known.iter().filter_map(|event| praised(event, &given)).collect();
        let first = |is_meant: &dyn Fn(&Given<'_>) -> bool| given.iter().find(|answer| is_meant(answer)).map(Given::response);
        Some(Self {
            opened_at,
            asker,
            first_answer: first(&|_| true),
            first_helpful: first(&|answer| helpful.contains(answer.source_id)),
            first_by_peer: first(&|answer| answer.by.kind == MemberKind::Community),
            resolved_at: known.iter().fold(None, |since, event| resolved(since, event, &retracted)),
        })
    }

    pub fn state(&self) -> State {
        match (self.resolved_at, self.first_answer) {
            (Some(_), _) => State::Resolved,
            (None, Some(_)) => State::Answered,
            (None, None) => State::Open,
        }
    }
}

/// A response with what the events say of it.
struct Given<'a> {
    at: DateTime<Utc>,
    source_id: &'a str,
    by: Person,
}

impl<'a> Given<'a> {
    fn of(event: &Event<'a>, asker: Person) -> Option<Self> {
        match event.deed {
            Deed::Answered { by } if by.kind != MemberKind::Bot && are_two(asker, by) => {
                Some(Self { at: event.occurred_at, source_id: event.source_id, by })
            }
            _ => None,
        }
    }

    fn response(&self) -> Response {
        Response { at: self.at, is_by_staff: self.by.kind == MemberKind::Staff }
    }
}

fn retracts<'a>(event: &Event<'a>) -> Option<&'a str> {
    match event.deed {
        Deed::Retracted { what } => Some(what),
        _ => None,
    }
}

fn opens(event: &Event<'_>) -> Option<(DateTime<Utc>, Person)> {
    match event.deed {
        Deed::Opened { by } => Some((event.occurred_at, by)),
        _ => None,
    }
}

/// The answer that this event says was helpful. `given` is in the order of time.
fn praised<'a>(event: &Event<'a>, given: &[Given<'a>]) -> Option<&'a str> {
    match event.deed {
        Deed::Accepted { answer: Some(answer) } => Some(answer),
        Deed::Accepted { answer: None } => given.iter().rev().find(|answer| answer.at <= event.occurred_at).map(|answer| answer.source_id),
        Deed::Rated { by, answer, is_helpful: true } => {
            let author = given.iter().find(|one| one.source_id == answer)?.by;
            are_two(author, by).then_some(answer)
        }
        _ => None,
    }
}

/// Since when it is resolved after this event.
fn resolved(since: Option<DateTime<Utc>>, event: &Event<'_>, retracted: &BTreeSet<&str>) -> Option<DateTime<Utc>> {
    match event.deed {
        Deed::Accepted { answer: Some(answer) } if retracted.contains(answer) => since,
        Deed::Accepted { .. } | Deed::Resolved => since.or(Some(event.occurred_at)),
        Deed::Reopened => None,
        _ => since,
    }
}

fn are_two(one: Person, other: Person) -> bool {
    match (one.number, other.number) {
        (Some(one), Some(other)) => one != other,
        (None, None) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
