use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::id::Id;
use waymark_domain::unit::Unit;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "custom_metrics")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) formula: String,
    pub(crate) unit: String,
    pub(crate) unit_label: Option<String>,
    pub(crate) higher_is_better: bool,
    pub(crate) aggregation: String,
    pub(crate) is_north_star: bool,
    /// A JSON list of keys.
    pub(crate) inputs: String,
    pub(crate) definition_version: i32,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::CustomMetric;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, metric: &CustomMetric) -> Result<Self, Error> {
        let CustomMetric { id, key, name, description, formula, unit, higher_is_better, .. } = metric;
        let CustomMetric { aggregation, is_north_star, inputs, definition_version, external_id, stamp, .. } = metric;
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            key: key.clone(),
            name: name.clone(),
            description: description.clone(),
            formula: formula.clone(),
            unit: spelled(unit.kind()),
            unit_label: unit.label().map(str::to_owned),
            higher_is_better: *higher_is_better,
            aggregation: spelled(*aggregation),
            is_north_star: *is_north_star,
            inputs: serde_json::to_string(inputs).map_err(|error| Error::corrupt("inputs", error))?,
            definition_version: integer(*definition_version),
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        })
    }
}

impl TryFrom<Model> for CustomMetric {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let unit = Unit::new(parsed("unit", &row.unit)?, row.unit_label.as_deref());
        Ok(Self {
            id: Id::from_uuid(row.id),
            key: row.key,
            name: row.name,
            description: row.description,
            formula: row.formula,
            unit: unit.map_err(|_| Error::corrupt("unit_label", row.id))?,
            higher_is_better: row.higher_is_better,
            aggregation: parsed("aggregation", &row.aggregation)?,
            is_north_star: row.is_north_star,
            inputs: serde_json::from_str(&row.inputs).map_err(|error| Error::corrupt("inputs", error))?,
            definition_version: whole("definition_version", row.definition_version)?,
            external_id: row.external_id,
            stamp: stamp(row.version, row.created_at, row.updated_at)?,
        })
    }
}
