mod effect;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::erasure::{Erasure, Traces};
use waymark_domain::id::Id;

use crate::error::Error;
use crate::rows::{integer, parsed, spelled};
use effect::Kept;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasures")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    /// A JSON object.
    pub(crate) removed: String,
    /// A JSON object.
    pub(crate) effect: String,
    pub(crate) watermark: i64,
    /// The highest number of the members who went.
    pub(crate) last_number: i32,
    pub(crate) erased_at: DateTimeUtc,
    pub(crate) author: String,
    pub(crate) token_id: Option<Uuid>,
    pub(crate) lifted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Traces")]
struct KeptTraces {
    members: u64,
    identities: u64,
    traits: u64,
    layer_assignments: u64,
    events: u64,
    responses: u64,
    changes: u64,
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, erasure: &Erasure, last_number: u32) -> Result<Self, Error> {
        let Erasure { id, kind, removed, effect, watermark, at, author, token, lifted_at, is_dry_run: _ } = erasure;
        let unwritable = |error| Error::corrupt("erasures", error);
        let mut counts = Vec::new();
        KeptTraces::serialize(removed, &mut serde_json::Serializer::new(&mut counts)).map_err(unwritable)?;
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            kind: spelled(*kind),
            removed: String::from_utf8(counts).map_err(|error| Error::corrupt("removed", error))?,
            effect: serde_json::to_string(&Kept::of(effect)).map_err(unwritable)?,
            watermark: i64::try_from(*watermark).unwrap_or(i64::MAX),
            last_number: integer(last_number),
            erased_at: *at,
            author: author.clone(),
            token_id: token.map(Id::uuid),
            lifted_at: *lifted_at,
        })
    }
}

impl TryFrom<Model> for Erasure {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, kind, removed, effect, watermark, last_number: _, erased_at, author, token_id, lifted_at } = row;
        let kept: Kept = serde_json::from_str(&effect).map_err(|error| Error::corrupt("effect", error))?;
        Ok(Self {
            id: Id::from_uuid(id),
            kind: parsed("kind", &kind)?,
            removed: KeptTraces::deserialize(&mut serde_json::Deserializer::from_str(&removed))
                .map_err(|error| Error::corrupt("removed", error))?,
            effect: kept.effect()?,
            watermark: u64::try_from(watermark).map_err(|_| Error::corrupt("watermark", watermark))?,
            at: erased_at,
            author,
            token: token_id.map(Id::from_uuid),
            lifted_at,
            is_dry_run: false,
        })
    }
}
