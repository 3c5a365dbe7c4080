//! Events as they arrive, and what is asked of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Utc};
use rust_decimal::Decimal;

use super::{AHEAD, FIRST_YEAR, PROPERTY_COUNT, Property, TAG_COUNT};
use crate::activity::{ActivityType, BuiltIn, Need, Role};
use crate::activity_class::{Class, Knowledge};
use crate::identity::{Account, IdentityType};
use crate::member::MemberKind;
use crate::number::Quantity;
use crate::rejection::{self, Check, Code, Rejection, Violation};
use crate::survey::scale::Scale;
use crate::text;

/// The smallest and the largest rating.
const RATINGS: (u32, u32) = (1, 10);

/// An event as it arrives; places are named by the keys their platform gives them.
#[derive(Clone, Debug)]
pub struct EventDraft {
    pub platform: String,
    pub source_id: String,
    /// The key of an activity type.
    pub activity: String,
    pub member: Option<AccountDraft>,
    /// The kind of the member, where nobody knew of it before.
    pub member_kind: MemberKind,
    pub channel: Option<String>,
    /// The platform's own id of what it is about.
    pub parent: Option<String>,
    /// Id or external id.
    pub initiative: Option<String>,
    pub tags: Vec<String>,
    pub value: Option<Quantity>,
    pub properties: BTreeMap<String, Property>,
    pub occurred_at: DateTime<Utc>,
    /// When it was first told, of history that was kept elsewhere.
    pub recorded_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountDraft {
    pub kind: IdentityType,
    pub value: String,
}

impl AccountDraft {
    pub fn check(&self) -> Result<Account, Rejection> {
        Account::new(self.kind, &self.value)
    }
}

/// What an activity type asks of its events, be it built in or a workspace's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub class: Option<Class>,
    pub knowledge: Option<Knowledge>,
    pub role: Role,
    pub member: Need,
    pub parent: Need,
    pub value: Need,
}

impl From<&BuiltIn> for Kind {
    fn from(built_in: &BuiltIn) -> Self {
        let BuiltIn { key: _, name: _, class, knowledge, role, member, parent, value } = *built_in;
        Self { class, knowledge, role, member, parent, value }
    }
}

impl From<&ActivityType> for Kind {
    fn from(own: &ActivityType) -> Self {
        let (member, parent, value) = (Need::Required, Need::Optional, Need::Optional);
        Self { class: Some(own.class), knowledge: own.knowledge, role: Role::Deed, member, parent, value }
    }
}

/// When events arrive, and whether who tells them may say when they were first told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub now: DateTime<Utc>,
    pub is_history: bool,
}

impl EventDraft {
    /// Trims and bounds everything. `kind_of` gives the kind of the activity type with a key.
    pub fn check(self, Arrival { now, is_history }: Arrival, kind_of: impl Fn(&str) -> Option<Kind>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let platform = check.field("platform", text::key(&self.platform));
        let source_id = check.field("sourceId", text::label(&self.source_id));
        match kind_of(&self.activity) {
            Some(kind) => self.suits(kind, &mut check),
            None => {
                check.refuse("type", Code::NotFound, "no activity type has this key: add it, or use one that `/v1/activity-types` lists")
            }
        }
        let member =
            self.member.as_ref().map(|member| check.field("member", whole(member.check()))).map_or(Some(None), |found| found.map(Some));
        let channel = check.field("channel", text::optional_label(self.channel.as_deref()));
        let parent = check.field("parent", text::optional_label(self.parent.as_deref()));
        let initiative = check.field("initiative", text::optional_label(self.initiative.as_deref()));
        let tags = checked_tags(&self.tags, &mut check);
        let properties = checked_properties(self.properties, &mut check);
        let occurred_at = check.field("occurredAt", possible(self.occurred_at, now));
        let recorded_at = self.recorded_at.and_then(|recorded_at| check.field("recordedAt", recorded(recorded_at, now, is_history)));
        let texts = platform.zip(source_id).zip(member).zip(channel).zip(parent).zip(initiative).zip(occurred_at);
        let built = texts.map(|((((((platform, source_id), member), channel), parent), initiative), occurred_at)| Self {
            platform,
            source_id,
            member: member.map(|Account { kind, value }| AccountDraft { kind, value }),
            channel,
            parent,
            initiative,
            tags,
            properties,
            occurred_at,
            recorded_at,
            ..self
        });
        check.finish(built)
    }

    /// Refuses what its kind needs and it lacks, or has and must not have.
    fn suits(&self, kind: Kind, check: &mut Check) {
        let parts = [
            ("member", kind.member, self.member.is_some(), "this activity is somebody's: say whose account it was"),
            ("parent", kind.parent, self.parent.is_some(), "this activity is about an earlier event: give its `sourceId`"),
            ("value", kind.value, self.value.is_some(), "a rating has a value"),
        ];
        for (field, need, there, remedy) in parts {
            match need {
                Need::Required if !there => check.refuse(field, Code::Required, remedy),
                Need::Forbidden if there => check.refuse(field, Code::NotApplicable, "an event of this type has none: leave it out"),
                _ => {}
            }
        }
        let (lowest, highest) = (Decimal::from(RATINGS.0), Decimal::from(RATINGS.1));
        if kind.role == Role::Rates && self.value.is_some_and(|value| value.value() < lowest || value.value() > highest) {
            check.refuse("value", Code::OutOfRange, "a rating of support is a number from 1 to 10");
        }
        if kind.role == Role::RatesProgram {
            if self.value.is_some_and(|value| Scale::SATISFACTION.point(value).is_err()) {
                check.refuse("value", Code::OutOfRange, "a rating of a programme is a whole number from 1 to 10");
            }
            if self.initiative.is_none() {
                check.refuse("initiative", Code::Required, "a rating is of a programme: say which initiative it is");
            }
        }
    }
}

/// The first thing that is wrong with a part, as the violation of the whole of it.
fn whole<T>(part: Result<T, Rejection>) -> Result<T, Violation> {
    part.map_err(|rejection| {
        let first = rejection.into_violations().into_iter().next();
        first.unwrap_or_else(|| Violation::new(Code::Required, "the account is incomplete"))
    })
}

fn checked_tags(tags: &[String], check: &mut Check) -> Vec<String> {
    if tags.len() > TAG_COUNT {
        check.refuse("tags", Code::TooMany, format!("an event has at most {TAG_COUNT} tags"));
        return Vec::new();
    }
    let checked = tags.iter().enumerate().filter_map(|(index, tag)| check.field(&format!("tags.{index}"), text::label(tag)));
    checked.collect::<BTreeSet<String>>().into_iter().collect()
}

fn checked_properties(properties: BTreeMap<String, Property>, check: &mut Check) -> BTreeMap<String, Property> {
    if properties.len() > PROPERTY_COUNT {
        check.refuse("properties", Code::TooMany, format!("an event has at most {PROPERTY_COUNT} properties"));
        return BTreeMap::new();
    }
    let checked = properties.into_iter().filter_map(|(name, value)| {
        let place = format!("properties.{}", rejection::name(&name));
        check.field(&place, text::label(&name)).zip(check.field(&place, value.check()))
    });
    checked.collect()
}

fn possible(occurred_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Violation> {
    if occurred_at.year() < FIRST_YEAR {
        return Err(Violation::new(Code::OutOfRange, format!("events lie in {FIRST_YEAR} or later")));
    }
    if occurred_at > now + AHEAD {
        return Err(Violation::new(Code::OutOfRange, "an event lies at most 24 hours ahead of the server's clock"));
    }
    Ok(kept(occurred_at))
}

fn recorded(recorded_at: DateTime<Utc>, now: DateTime<Utc>, is_history: bool) -> Result<DateTime<Utc>, Violation> {
    if !is_history {
        let detail = "only who may import says when an event was first told: leave it out";
        return Err(Violation::new(Code::NotApplicable, detail));
    }
    if recorded_at.year() < FIRST_YEAR || recorded_at > now {
        return Err(Violation::new(Code::OutOfRange, format!("events were recorded in {FIRST_YEAR} or later, and not after now")));
    }
    Ok(kept(recorded_at))
}

/// In whole microseconds, which both databases keep.
fn kept(instant: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(instant.timestamp_micros()).unwrap_or(instant)
}
