//! Questions as they were when somebody asked about them.

use std::collections::HashMap;

use waymark_domain::activity::{BuiltIn, Role};
use waymark_domain::event::Event;
use waymark_domain::id::Id;
use waymark_domain::member::MemberKind;
use waymark_domain::metric::calendar::day_of;
use waymark_domain::metric::catalogue::{MetricKey, Statistic};
use waymark_domain::metric::figure::{Figure, Interval, Reason, Status};
use waymark_domain::metric::question::{self, Deed, Person, Question};
use waymark_domain::metric::response_time::{self, Awaited};
use waymark_domain::metric::sla;
use waymark_domain::metric::window::Window;
use waymark_domain::survey::suppression;
use waymark_domain::{DateTime, Decimal, TimeDelta, Utc};

use super::asked::Asked;
use super::evaluate::Told;
use super::sources::{Ground, Sources};
use crate::community::kind_on;
use crate::error::Result;

/// A rating of support from which on it is satisfied, and an answer helpful: the top of ten.
const SATISFIED: i64 = 8;

/// The questions of all windows, and the ratings that were given in them.
pub(super) struct Questions {
    questions: Vec<Question>,
    ratings: Vec<(DateTime<Utc>, bool)>,
    events: u64,
}

impl Sources<'_> {
    pub(super) async fn questions(&self, asked: &Asked, ground: &Ground<'_>) -> Result<Questions> {
        let (scope, of, instants) = (self.actor.scope, asked.scope(), asked.stretch());
        let known = self.read.questions(instants, &of);
        let read = || self.store.questions_and_answers(scope, instants, &of);
        let (opened, about) = known.get_or_try_init(read).await?;
        let ratings = match asked.definition.key {
            MetricKey::PeerSupport => self.store.support_ratings(scope, instants, &of).await?,
            _ => Vec::new(),
        };
        let those = |events: &[Event]| events.iter().filter(|event| self.counts(event)).cloned().collect::<Vec<Event>>();
        let (opened, about, ratings) = (those(opened), those(about), those(&ratings));
        let events = opened.len() + about.len() + ratings.len();
        let people = People { ground, kinds: self.community.people.kinds() };
        let questions = asked_questions(&opened, &about, &people, asked.now);
        let including = asked.settings.including;
        let counts = |question: &Question| match question.asker.kind {
            MemberKind::Community => true,
            MemberKind::Staff => including.staff,
            MemberKind::Bot => including.bots,
        };
        let satisfied =
            |event: Event| (event.told.occurred_at, event.told.value.is_some_and(|value| value.value() >= Decimal::from(SATISFIED)));
        Ok(Questions {
            questions: questions.into_iter().filter(counts).collect(),
            ratings: ratings.into_iter().map(satisfied).collect(),
            events: u64::try_from(events).unwrap_or(u64::MAX),
        })
    }
}

/// Who is behind a number, and what they are on a day.
struct People<'a> {
    ground: &'a Ground<'a>,
    kinds: HashMap<u32, Vec<(MemberKind, waymark_domain::metric::roll::Holding)>>,
}

impl People<'_> {
    fn person(&self, event: &Event) -> Person {
        let day = day_of(event.told.occurred_at, self.ground.asked.zone);
        let kind = |number| kind_on(&self.kinds, number, day);
        let number = event.told.member;
        Person { number: number.map(|number| self.ground.population.person(number)), kind: number.map_or(MemberKind::Community, kind) }
    }
}

fn asked_questions(opened: &[Event], about: &[Event], people: &People<'_>, now: DateTime<Utc>) -> Vec<Question> {
    let mut of: HashMap<Id<Event>, Vec<&Event>> = HashMap::new();
    let answers: HashMap<Id<Event>, &Event> = about.iter().map(|event| (event.id, event)).collect();
    for event in about {
        let Some(parent) = event.told.parent else { continue };
        // What is about an answer is about the question that it answers.
        let question = answers.get(&parent).and_then(|answer| answer.told.parent).unwrap_or(parent);
        of.entry(question).or_default().push(event);
    }
    let fold = |question: &Event| {
        let of_question = of.get(&question.id).into_iter().flatten().copied();
        let events: Vec<question::Event<'_>> =
            std::iter::once(question).chain(of_question).filter_map(|event| deed(event, &answers, people)).collect();
        Question::of(&events, now)
    };
    opened.iter().filter_map(fold).collect()
}

fn deed<'a>(event: &'a Event, answers: &HashMap<Id<Event>, &'a Event>, people: &People<'_>) -> Option<question::Event<'a>> {
    let answer = event.told.parent.and_then(|parent| answers.get(&parent)).map(|answer| answer.told.source_id.as_str());
    let by = people.person(event);
    let deed = match BuiltIn::of(&event.told.activity)?.role {
        Role::Asks => Deed::Opened { by },
        Role::Answers => Deed::Answered { by },
        Role::Accepts => Deed::Accepted { answer },
        Role::Resolves => Deed::Resolved,
        Role::Reopens => Deed::Reopened,
        Role::Rates => {
            let is_helpful = event.told.value.is_some_and(|value| value.value() >= Decimal::from(SATISFIED));
            Deed::Rated { by, answer: answer?, is_helpful }
        }
        Role::Deed | Role::Joins | Role::Leaves | Role::RatesProgram | Role::Retracts | Role::Undoes => return None,
    };
    Some(question::Event { occurred_at: event.told.occurred_at, source_id: &event.told.source_id, deed })
}

impl Questions {
    pub(super) fn events(&self) -> u64 {
        self.events
    }

    pub(super) fn tell(&self, ground: &Ground<'_>, window: Window) -> Told {
        let (from, until) = window.instants(ground.asked.zone);
        let is_in = |at: DateTime<Utc>| from <= at && at < until;
        let questions: Vec<Question> = self.questions.iter().filter(|question| is_in(question.opened_at)).cloned().collect();
        let now = ground.asked.now;
        match ground.asked.definition.key {
            MetricKey::FirstHelpfulResponseTime => times(&questions, Awaited::Helpful, now),
            MetricKey::SlaResolutionRate => {
                let promised = TimeDelta::seconds(ground.asked.settings.sla_seconds.unwrap_or_default());
                let told = sla::of(&questions, promised, now);
                let possible = told.possible.map(|possible| Interval { low: possible.low, high: possible.high });
                Told { figure: told.rate, further: Vec::new(), parts: Vec::new(), possible }
            }
            MetricKey::PeerSupport => {
                let ratings: Vec<bool> = self.ratings.iter().filter(|(at, _)| is_in(*at)).map(|(_, satisfied)| *satisfied).collect();
                let mean = response_time::of(&questions, Awaited::First, now).mean;
                let further = vec![(Statistic::Mean, mean), (Statistic::PeerShare, response_time::peer_share(&questions))];
                Told { figure: satisfied(&ratings), further, parts: Vec::new(), possible: None }
            }
            _ => times(&questions, Awaited::First, now),
        }
    }
}

fn times(questions: &[Question], awaited: Awaited, now: DateTime<Utc>) -> Told {
    let told = response_time::of(questions, awaited, now);
    let further = vec![
        (Statistic::P50, told.p50),
        (Statistic::P90, told.p90),
        (Statistic::CensoredMedian, told.censored_median),
        (Statistic::AnsweredShare, told.answered),
    ];
    Told { figure: told.mean, further, parts: Vec::new(), possible: None }
}

/// The share of ratings that are satisfied. What few people said is not shown.
fn satisfied(ratings: &[bool]) -> Figure {
    if ratings.is_empty() {
        return Figure::missing(Status::NoData, Reason::NoAnswers);
    }
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let share = Figure::rate(number(ratings.iter().filter(|satisfied| **satisfied).count()), number(ratings.len()));
    suppression::guarded(u32::try_from(ratings.len()).unwrap_or(u32::MAX), share)
}
