//! Events as they are sent.

use async_graphql::InputObject;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use waymark_domain::event::{AccountDraft, EventDraft};

use super::Properties;
use crate::resources::identity::IdentityType;
use crate::resources::member::MemberKind;
use crate::scalars::{DateTime, Decimal};

/// An event, told once or again: the same platform and `sourceId` is the same event.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewEvent {
    /// The key of the platform; the first event that names one makes it known.
    #[schema(example = "git")]
    pub platform: String,
    /// The platform's own id of the event, at most 200 characters.
    #[schema(example = "9fceb02")]
    pub source_id: String,
    /// The key of an activity type, one that is built in or the workspace's own. `retraction` takes back the event that is
    /// its `parent`; `member_joined` and `member_left` begin and end a membership.
    #[serde(rename = "type")]
    #[graphql(name = "type")]
    #[schema(example = "code_contribution")]
    pub activity: String,
    /// Whose account did it; most types ask for it. The first event that names an account makes its member known.
    pub member: Option<EventAccount>,
    /// What the member is, where nobody knew of it before.
    #[serde(default)]
    #[graphql(default_with = "MemberKind::Community")]
    #[schema(default = "COMMUNITY")]
    pub member_kind: MemberKind,
    /// When it happened: in 1980 or later, at most 24 hours ahead, with any offset from UTC.
    #[schema(example = "2026-03-01T10:00:00+01:00")]
    pub occurred_at: DateTime,
    /// The key of the channel on the platform; the first event that names one makes it known.
    #[schema(example = "core")]
    pub channel: Option<String>,
    /// The platform's own id of what it is about, such as the topic or the question, which may be told later.
    #[schema(example = "4711")]
    pub parent: Option<String>,
    /// Id or external id of the initiative it belongs to.
    #[schema(example = "mentoring-2026")]
    pub initiative: Option<String>,
    /// At most 20.
    #[graphql(default)]
    #[serde(default)]
    #[schema(default = json!([]), example = json!(["priority"]))]
    pub tags: Vec<String>,
    /// A rating: of the type `support_rated`, from 1 to 10.
    #[schema(example = 9)]
    pub value: Option<Decimal>,
    /// What else the platform says of it: at most 20 texts, numbers and booleans.
    pub properties: Option<Properties>,
    /// When it was first told, of history that was kept elsewhere; only who may import may say so. Now when absent.
    pub recorded_at: Option<DateTime>,
}

/// An account on the platform of an event. Letters are compared without regard to case.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventAccount {
    #[serde(rename = "type", deserialize_with = "in_small_letters")]
    #[graphql(name = "type")]
    #[schema(value_type = AccountType)]
    pub kind: IdentityType,
    /// At most 200 characters.
    #[schema(example = "ada")]
    pub value: String,
}

/// What an account is known by, in small letters as platforms' exports write it.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccountType {
    Username,
    Email,
    UserId,
    Name,
}

fn in_small_letters<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IdentityType, D::Error> {
    Ok(match AccountType::deserialize(deserializer)? {
        AccountType::Username => IdentityType::Username,
        AccountType::Email => IdentityType::Email,
        AccountType::UserId => IdentityType::UserId,
        AccountType::Name => IdentityType::Name,
    })
}

impl From<NewEvent> for EventDraft {
    fn from(new: NewEvent) -> Self {
        let NewEvent {
            platform,
            source_id,
            activity,
            member,
            member_kind,
            occurred_at,
            channel,
            parent,
            initiative,
            tags,
            value,
            properties,
            recorded_at,
        } = new;
        Self {
            platform,
            source_id,
            activity,
            member: member.map(|EventAccount { kind, value }| AccountDraft { kind: kind.into(), value }),
            member_kind: member_kind.into(),
            channel,
            parent,
            initiative,
            tags,
            value: value.map(Decimal::entered),
            properties: properties.unwrap_or_default().0,
            occurred_at: occurred_at.0,
            recorded_at: recorded_at.map(|instant| instant.0),
        }
    }
}
