use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::layer::{Band, Layer};
use waymark_domain::layer_rule::{LayerRule, Threshold};

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "layers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) position: i32,
    pub(crate) least: Option<i32>,
    pub(crate) most: Option<i32>,
    /// A JSON object, as the wire has it.
    pub(crate) rule: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Layer;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A rule as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    roles: Option<Vec<String>>,
    threshold: Option<KeptThreshold>,
}

#[derive(Serialize, Deserialize)]
struct KeptThreshold {
    class: String,
    days: u32,
    enter: u32,
    stay: u32,
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, layer: &Layer) -> Result<Self, Error> {
        let Layer { id, key, name, position, band: Band { least, most }, rule, external_id, stamp } = layer;
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            key: key.clone(),
            name: name.clone(),
            position: integer(*position),
            least: least.map(integer),
            most: most.map(integer),
            rule: rule.as_ref().map(written).transpose()?,
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        })
    }
}

impl TryFrom<Model> for Layer {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, key, name, position, least, most, rule, external_id, version, created_at, updated_at } = row;
        let bound = |column, number: Option<i32>| number.map(|number| whole(column, number)).transpose();
        Ok(Self {
            id: Id::from_uuid(id),
            key,
            name,
            position: whole("position", position)?,
            band: Band { least: bound("least", least)?, most: bound("most", most)? },
            rule: rule.as_deref().map(read).transpose()?,
            external_id,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}

fn written(rule: &LayerRule) -> Result<String, Error> {
    let kept = match rule {
        LayerRule::Roles(roles) => Kept { roles: Some(roles.clone()), threshold: None },
        LayerRule::Threshold(Threshold { class, days, enter, stay }) => {
            let threshold = KeptThreshold { class: spelled(*class), days: *days, enter: *enter, stay: *stay };
            Kept { roles: None, threshold: Some(threshold) }
        }
    };
    serde_json::to_string(&kept).map_err(|error| Error::corrupt("rule", error))
}

fn read(text: &str) -> Result<LayerRule, Error> {
    let kept: Kept = serde_json::from_str(text).map_err(|_| Error::corrupt("rule", text))?;
    match (kept.roles, kept.threshold) {
        (Some(roles), None) => Ok(LayerRule::Roles(roles)),
        (None, Some(KeptThreshold { class, days, enter, stay })) => {
            Ok(LayerRule::Threshold(Threshold { class: parsed("rule", &class)?, days, enter, stay }))
        }
        _ => Err(Error::corrupt("rule", text)),
    }
}
