//! Events on the wire.

mod batch;
mod filter;
mod new;
mod properties;

use async_graphql::{Enum, ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application::EventBy;
use waymark_domain::event as domain;

use crate::resources::Tagged;
use crate::scalars::{DateTime, Decimal};

pub use batch::{EventBatch, Watermark};
pub use filter::EventFilter;
pub use new::{EventAccount, NewEvent};
pub use properties::Properties;

/// Something that happened in the community, as its platform told it last.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Made of the platform and its id there.
    #[schema(value_type = String, example = "evt_2x4q8hcvw5bn7f2p9s3k6jy0dm")]
    pub id: ID,
    #[schema(value_type = String, example = "plf_01h455vb4pex5vsknk084sn02q")]
    pub platform_id: ID,
    /// The platform's own id of it.
    #[schema(example = "9fceb02")]
    pub source_id: String,
    /// The key of its activity type.
    #[serde(rename = "type")]
    #[graphql(name = "type")]
    #[schema(example = "code_contribution")]
    pub activity: String,
    /// Who did it; null where the type does not ask for it.
    #[schema(value_type = Option<String>)]
    pub member_id: Option<ID>,
    #[schema(value_type = Option<String>)]
    pub channel_id: Option<ID>,
    /// The topic, question, answer or piece it is about, which may not have been told yet.
    #[schema(value_type = Option<String>)]
    pub parent_id: Option<ID>,
    #[schema(value_type = Option<String>)]
    pub initiative_id: Option<ID>,
    /// In alphabetical order.
    pub tags: Vec<String>,
    /// A rating.
    pub value: Option<Decimal>,
    pub properties: Properties,
    pub occurred_at: DateTime,
    /// When it was first told.
    pub recorded_at: DateTime,
    /// When it was last told otherwise.
    pub revised_at: DateTime,
    /// When it was taken back, by an event of the type `retraction` about it; it counts for nothing from then on.
    pub retracted_at: Option<DateTime>,
    /// 1 when it was first told, one more whenever it was told otherwise.
    pub version: u32,
}

/// What events are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::EventSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventSort {
    OccurredAt,
}

impl Event {
    /// Where REST keeps it.
    pub(crate) fn location(&self) -> String {
        format!("/v1/events/{}", self.id.as_str())
    }
}

impl From<EventBy> for Event {
    fn from(EventBy { event, member }: EventBy) -> Self {
        let domain::Event { id, told, recorded_at, revised_at, retracted_at, revision } = event;
        let domain::Told { platform, source_id, activity, member: _, channel, parent, initiative, tags, value, properties, occurred_at } =
            told;
        Self {
            id: id.to_string().into(),
            platform_id: platform.to_string().into(),
            source_id,
            activity,
            member_id: member.map(|member| member.to_string().into()),
            channel_id: channel.map(|channel| channel.to_string().into()),
            parent_id: parent.map(|parent| parent.to_string().into()),
            initiative_id: initiative.map(|initiative| initiative.to_string().into()),
            tags,
            value: value.map(Decimal::from),
            properties: Properties(properties),
            occurred_at: DateTime(occurred_at),
            recorded_at: DateTime(recorded_at),
            revised_at: DateTime(revised_at),
            retracted_at: retracted_at.map(DateTime),
            version: revision,
        }
    }
}

impl Tagged for Event {
    fn version(&self) -> u32 {
        self.version
    }

    /// A retraction is told of by another event, and leaves the version as it is.
    fn state(&self) -> String {
        match self.retracted_at {
            Some(at) => format!("{}-{}", self.version, at.0.timestamp_micros()),
            None => self.version.to_string(),
        }
    }
}
