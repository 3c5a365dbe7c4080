//! The community of the sample: it grows by a quarter a month, and its questions outgrow the few who answer them.

mod activity;
mod questions;
mod sentiment;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use waymark_application::{App, Arriving, NewIdentity, NewLayerAssignment, NewMember, NewMemberTrait};
use waymark_domain::actor::Actor;
use waymark_domain::event::{AccountDraft, BATCH_COUNT, EventDraft};
use waymark_domain::identity::IdentityType;
use waymark_domain::layer_assignment::LayerAssignment;
use waymark_domain::member::{Member, MemberDraft, MemberKind};
use waymark_domain::member_trait::{Attribute, MemberTrait, MemberTraitDraft};
use waymark_domain::platform::{Platform, PlatformDraft, PlatformKind};

use crate::failure::Failure;

/// How many months there are; the last of them is under way.
const MONTHS: usize = 8;
/// How many members join in each month.
const JOINING: [usize; MONTHS] = [48, 14, 18, 22, 29, 36, 46, 40];
/// How many leave in each month.
const LEAVING: [usize; MONTHS] = [0, 1, 1, 1, 2, 2, 3, 3];
/// Those who answer questions; the first four of them do most of it.
const CORE: [&str; 8] = ["ada", "ben", "chidi", "dana", "eun", "farid", "gloria", "hana"];

/// The key of the survey.
pub(super) const SURVEY: &str = "pulse";

/// What happens in the community, as it is made up.
struct Story {
    /// The first day of each month.
    months: [NaiveDate; MONTHS],
    /// The first instant of today: nothing happens from then on.
    end: DateTime<Utc>,
    /// The same at each start.
    dice: StdRng,
    people: Vec<Person>,
    events: Vec<EventDraft>,
}

/// A member by the name of the account.
struct Person {
    name: String,
    /// The month in which they came, and the day of it.
    joined: (usize, u64),
    /// The month near whose end they went.
    left: Option<usize>,
}

pub(super) async fn load(app: &App, actor: &Actor, today: NaiveDate) -> Result<(), Failure> {
    let mut story = Story::new(today);
    people(app, actor, &story).await?;
    story.tell_memberships();
    story.tell_activities();
    story.tell_questions();
    let Story { end, events, .. } = &story;
    let mut told: Vec<EventDraft> = events.iter().filter(|event| event.occurred_at < *end).cloned().collect();
    told.sort_by_key(|event| event.occurred_at);
    for some in told.chunks(BATCH_COUNT) {
        app.ingest(actor, Arriving { events: some.iter().cloned().map(Ok).collect(), atomic: true }).await?;
    }
    sentiment::load(app, actor, &mut story).await
}

/// Those of whom more is known than what they do: the core, with two accounts each, and the layers that they are in.
async fn people(app: &App, actor: &Actor, story: &Story) -> Result<(), Failure> {
    for (key, name) in [("forum", "Forum"), ("git", "Code host")] {
        let kind = if key == "git" { PlatformKind::CodeHost } else { PlatformKind::Forum };
        let draft = PlatformDraft { key: key.to_owned(), name: name.to_owned(), kind, active: true, external_id: None };
        app.create::<Platform>(actor, draft).await?;
    }
    app.create_default_layers(actor).await?;
    for (place, name) in CORE.into_iter().enumerate() {
        let account = |platform: &str| NewIdentity { platform: platform.to_owned(), kind: IdentityType::Username, value: name.to_owned() };
        let draft = MemberDraft { kind: MemberKind::Community, name: None, external_id: Some(format!("member-{name}")) };
        let new = NewMember { draft, identities: vec![account("forum"), account("git")] };
        let member = app.create::<Member>(actor, new).await?.id.to_string();
        let since = story.months.first().copied();
        let role = if place < 4 { "moderator" } else { "champion" };
        for (attribute, name, value) in [(Attribute::Role, None, role), (Attribute::Property, Some("trained"), "yes")] {
            let draft = MemberTraitDraft { attribute, name: name.map(str::to_owned), value: value.to_owned(), from: since, until: None };
            app.create::<MemberTrait>(actor, NewMemberTrait { member: member.clone(), draft }).await?;
        }
        let layer = if place < 4 { "core-contributors" } else { "active-advocates" };
        let new = NewLayerAssignment { member, layer: layer.to_owned(), from: since, until: None };
        app.create::<LayerAssignment>(actor, new).await?;
    }
    Ok(())
}

impl Story {
    fn new(today: NaiveDate) -> Self {
        let this = today.with_day(1).unwrap_or(today);
        let months = std::array::from_fn(|place| this - Months::new(u32::try_from(MONTHS - 1 - place).unwrap_or(0)));
        let mut dice = StdRng::seed_from_u64(2026);
        let mut people = Vec::new();
        for (month, joining) in JOINING.into_iter().enumerate() {
            for _ in 0..joining {
                let number = people.len();
                let name = CORE.get(number).map_or_else(|| format!("member-{number:03}"), |name| (*name).to_owned());
                let day = if number < CORE.len() { 0 } else { dice.random_range(0..=20) };
                people.push(Person { name, joined: (month, day), left: None });
            }
        }
        // Those who leave came some time before, and are none of the core.
        for (month, leaving) in LEAVING.into_iter().enumerate() {
            let restless = people.iter_mut().skip(CORE.len()).filter(|person| person.left.is_none() && person.joined.0 < month);
            restless.step_by(5).take(leaving).for_each(|person| person.left = Some(month));
        }
        Self { months, end: today.and_time(NaiveTime::MIN).and_utc(), dice, people, events: Vec::new() }
    }

    /// The places of those who are members in a month, whether they come or go in it.
    fn present(&self, month: usize) -> Vec<usize> {
        let is_there = |person: &Person| person.joined.0 <= month && person.left.is_none_or(|left| left >= month);
        self.people.iter().enumerate().filter(|(_, person)| is_there(person)).map(|(place, _)| place).collect()
    }

    /// An instant on one of these days of a month, counted from 0.
    fn instant(&mut self, month: usize, days: RangeInclusive<u64>) -> DateTime<Utc> {
        let start = self.months.get(month).copied().unwrap_or_default();
        let day = start + Days::new(self.dice.random_range(days));
        day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::minutes(self.dice.random_range(6 * 60..22 * 60))
    }

    /// Adds an event of a person with what else is to be said of it, and gives the platform's id of it.
    fn tell(&mut self, person: usize, activity: &str, at: DateTime<Utc>, more: impl FnOnce(&mut EventDraft)) -> String {
        let platform = if matches!(activity, "code_contribution" | "review") { "git" } else { "forum" };
        let channel = match (platform, activity) {
            ("git", _) => "core",
            (_, "question_opened" | "answer" | "answer_accepted" | "question_resolved" | "support_rated") => "help",
            _ => "lounge",
        };
        let source_id = format!("demo-{}", self.events.len() + 1);
        let member = self.people.get(person).map(|person| AccountDraft { kind: IdentityType::Username, value: person.name.clone() });
        let mut event = EventDraft {
            platform: platform.to_owned(),
            source_id: source_id.clone(),
            activity: activity.to_owned(),
            member,
            member_kind: MemberKind::Community,
            channel: Some(channel.to_owned()),
            parent: None,
            initiative: None,
            tags: Vec::new(),
            value: None,
            properties: BTreeMap::new(),
            occurred_at: at,
            recorded_at: Some(at),
        };
        more(&mut event);
        self.events.push(event);
        source_id
    }
}
