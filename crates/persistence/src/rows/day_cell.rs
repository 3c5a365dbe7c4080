use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;

use crate::deeds::Cell;
use crate::error::Error;

/// Who did something on a day at a place.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "day_cells")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) platform_id: Uuid,
    /// The platform's id, outside of channels.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) channel_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) activity: String,
    /// A roaring bitmap of member numbers, in its portable form.
    pub(crate) members: Vec<u8>,
    /// How often beyond once, by member number: a JSON object.
    pub(crate) more: Option<String>,
    pub(crate) nameless: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, cell: Cell) -> Result<Self, Error> {
        let Cell { day, platform, channel, activity, members, more, nameless } = cell;
        let mut bytes = Vec::with_capacity(members.serialized_size());
        members.serialize_into(&mut bytes).map_err(|error| Error::corrupt("members", error))?;
        let json = |more: &BTreeMap<u32, u32>| serde_json::to_string(more).map_err(|error| Error::corrupt("more", error));
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            day,
            platform_id: platform.uuid(),
            channel_id: channel.map_or(platform.uuid(), Id::uuid),
            activity,
            members: bytes,
            more: (!more.is_empty()).then(|| json(&more)).transpose()?,
            nameless: i64::try_from(nameless).unwrap_or(i64::MAX),
        })
    }
}

impl TryFrom<Model> for Cell {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, day, platform_id, channel_id, activity, members, more, nameless } = row;
        let more = more.map(|text| serde_json::from_str(&text).map_err(|error| Error::corrupt("more", error))).transpose()?;
        Ok(Self {
            day,
            platform: Id::from_uuid(platform_id),
            channel: (channel_id != platform_id).then(|| Id::from_uuid(channel_id)),
            activity,
            members: RoaringBitmap::deserialize_from(members.as_slice()).map_err(|error| Error::corrupt("members", error))?,
            more: more.unwrap_or_default(),
            nameless: u64::try_from(nameless).map_err(|_| Error::corrupt("nameless", nameless))?,
        })
    }
}
