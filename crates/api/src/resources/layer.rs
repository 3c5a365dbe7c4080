//! Layers on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_domain::layer as domain;

use crate::resources::layer_rule::{LayerRule, NewLayerRule};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::scalars::DateTime;

/// How close members stand to the core of the community. A member is in one layer at a time, or in none.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    #[schema(value_type = String, example = "lay_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Given once.
    #[schema(example = "core-contributors")]
    pub key: String,
    pub name: String,
    /// 1 is the innermost; some may be free.
    pub position: u32,
    /// The fewest members it should have: a health check, and nothing that keeps anybody in or out.
    pub least: Option<u32>,
    /// The most members it should have.
    pub most: Option<u32>,
    /// How members come to it without being assigned by hand; null where they do not.
    pub rule: Option<LayerRule>,
    /// The integrator's own id, unique among layers.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// Layers, from the core outwards.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct LayerSet {
    pub layers: Vec<Layer>,
}

/// What layers are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::LayerSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LayerSort {
    Position,
    Name,
}

/// A new layer, of which there are at most 20.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewLayer {
    /// Letters, digits, `-` and `_`, at most 63 of them. Never changes.
    #[schema(example = "core-contributors")]
    pub key: String,
    #[schema(example = "Core contributors")]
    pub name: String,
    /// 1, the innermost, to 100; one that no other layer has.
    pub position: i64,
    /// The fewest members it should have.
    pub least: Option<i64>,
    /// The most members it should have, not below `least`.
    pub most: Option<i64>,
    /// How members come to it without being assigned by hand.
    pub rule: Option<NewLayerRule>,
    /// The integrator's own id, unique among layers.
    pub external_id: Option<String>,
}

/// Changes of a layer; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LayerPatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    /// 1, the innermost, to 100; one that no other layer has.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub position: Option<i64>,
    /// The fewest members it should have.
    #[schema(value_type = Option<i64>)]
    pub least: MaybeUndefined<i64>,
    /// The most members it should have, not below `least`.
    #[schema(value_type = Option<i64>)]
    pub most: MaybeUndefined<i64>,
    /// The whole rule anew. Whom a rule has brought is moved by the next evaluation.
    #[schema(value_type = Option<NewLayerRule>)]
    pub rule: MaybeUndefined<NewLayerRule>,
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which layers to list.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LayerFilter {
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
}

impl From<domain::Layer> for Layer {
    fn from(layer: domain::Layer) -> Self {
        let domain::Layer { id, key, name, position, band: domain::Band { least, most }, rule, external_id, stamp } = layer;
        Self {
            id: id.to_string().into(),
            key,
            name,
            position,
            least,
            most,
            rule: rule.map(Into::into),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

impl From<Vec<domain::Layer>> for LayerSet {
    fn from(layers: Vec<domain::Layer>) -> Self {
        Self { layers: layers.into_iter().map(Into::into).collect() }
    }
}

impl From<NewLayer> for domain::LayerDraft {
    fn from(new: NewLayer) -> Self {
        let NewLayer { key, name, position, least, most, rule, external_id } = new;
        Self { key, name, position, least, most, rule: rule.map(Into::into), external_id }
    }
}

impl From<LayerFilter> for domain::LayerFilter {
    fn from(filter: LayerFilter) -> Self {
        let LayerFilter { updated_since } = filter;
        Self { updated_since: updated_since.map(|instant| instant.0) }
    }
}

resource!(Layer of domain::Layer, at "/v1/layers");

impl Patch<domain::LayerDraft> for LayerPatch {
    fn apply(self, draft: &mut domain::LayerDraft) {
        let Self { name, position, least, most, rule, external_id } = self;
        replace(&mut draft.name, name);
        replace(&mut draft.position, position);
        clear(&mut draft.least, least);
        clear(&mut draft.most, most);
        clear(&mut draft.rule, rule.map_value(Into::into));
        clear(&mut draft.external_id, external_id);
    }
}
