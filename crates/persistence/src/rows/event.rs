use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::event::{Event, Property, Told};
use waymark_domain::id::Id;

use crate::error::Error;
use crate::rows::{decimal, decimal_option, integer, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "events")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) platform_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub(crate) source_id: String,
    pub(crate) activity: String,
    pub(crate) member_number: Option<i32>,
    pub(crate) channel_id: Option<Uuid>,
    pub(crate) parent_id: Option<Uuid>,
    pub(crate) initiative_id: Option<Uuid>,
    /// A JSON list.
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) tags: Option<String>,
    pub(crate) value: Option<String>,
    /// A JSON object.
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) properties: Option<String>,
    pub(crate) occurred_at: DateTimeUtc,
    pub(crate) recorded_at: DateTimeUtc,
    pub(crate) revised_at: DateTimeUtc,
    pub(crate) retracted_at: Option<DateTimeUtc>,
    pub(crate) revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A property as it is kept: a number as text, which no database rounds.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    Flag(bool),
    Number { number: String },
    Text(String),
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, event: &Event) -> Result<Self, Error> {
        let Event { id, told, recorded_at, revised_at, retracted_at, revision } = event;
        let Told { platform, source_id, activity, member, channel, parent, initiative, tags, value, properties, occurred_at } = told;
        let kept: BTreeMap<&String, Kept> = properties.iter().map(|(name, value)| (name, kept(value))).collect();
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            platform_id: platform.uuid(),
            source_id: source_id.clone(),
            activity: activity.clone(),
            member_number: member.map(integer),
            channel_id: channel.map(Id::uuid),
            parent_id: parent.map(Id::uuid),
            initiative_id: initiative.map(Id::uuid),
            tags: (!tags.is_empty()).then(|| json("tags", tags)).transpose()?,
            value: value.map(|value| value.to_string()),
            properties: (!kept.is_empty()).then(|| json("properties", &kept)).transpose()?,
            occurred_at: *occurred_at,
            recorded_at: *recorded_at,
            revised_at: *revised_at,
            retracted_at: *retracted_at,
            revision: integer(*revision),
        })
    }
}

fn kept(property: &Property) -> Kept {
    match property {
        Property::Text(text) => Kept::Text(text.clone()),
        Property::Number(number) => Kept::Number { number: number.to_string() },
        Property::Flag(flag) => Kept::Flag(*flag),
    }
}

fn json(column: &'static str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::corrupt(column, error))
}

fn read<T: for<'a> Deserialize<'a> + Default>(column: &'static str, text: Option<&str>) -> Result<T, Error> {
    text.map_or_else(|| Ok(T::default()), |text| serde_json::from_str(text).map_err(|error| Error::corrupt(column, error)))
}

impl TryFrom<Model> for Event {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let kept: BTreeMap<String, Kept> = read("properties", row.properties.as_deref())?;
        let property = |kept| {
            Ok::<_, Error>(match kept {
                Kept::Text(text) => Property::Text(text),
                Kept::Number { number } => Property::Number(decimal("properties", &number)?),
                Kept::Flag(flag) => Property::Flag(flag),
            })
        };
        let told = Told {
            platform: Id::from_uuid(row.platform_id),
            source_id: row.source_id,
            activity: row.activity,
            member: row.member_number.map(|number| whole("member_number", number)).transpose()?,
            channel: row.channel_id.map(Id::from_uuid),
            parent: row.parent_id.map(Id::from_uuid),
            initiative: row.initiative_id.map(Id::from_uuid),
            tags: read("tags", row.tags.as_deref())?,
            value: decimal_option("value", row.value.as_deref())?,
            properties: kept.into_iter().map(|(name, kept)| Ok((name, property(kept)?))).collect::<Result<_, Error>>()?,
            occurred_at: row.occurred_at,
        };
        Ok(Self {
            id: Id::from_uuid(row.id),
            told,
            recorded_at: row.recorded_at,
            revised_at: row.revised_at,
            retracted_at: row.retracted_at,
            revision: whole("revision", row.revision)?,
        })
    }
}
