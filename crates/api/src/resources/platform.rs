//! Platforms on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_domain::platform as domain;

use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// Where the community happens, such as a forum, a chat or a code host.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Platform {
    #[schema(value_type = String, example = "plf_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Given once: events name their platform by it.
    #[schema(example = "forum")]
    pub key: String,
    pub name: String,
    pub kind: PlatformKind,
    /// Whether the community still uses it. Events of one that is not are taken in all the same: history may arrive late.
    pub active: bool,
    /// The integrator's own id, unique among platforms.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
}

/// What a platform is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::PlatformKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlatformKind {
    Forum,
    Chat,
    CodeHost,
    Events,
    Social,
    Other,
}

/// What platforms are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::PlatformSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlatformSort {
    CreatedAt,
    UpdatedAt,
    Name,
}

/// A new platform.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPlatform {
    /// Letters, digits, `-` and `_`, at most 63 of them. Never changes.
    #[schema(example = "forum")]
    pub key: String,
    #[schema(example = "The forum")]
    pub name: String,
    pub kind: PlatformKind,
    /// Whether the community uses it.
    #[serde(default = "is_active")]
    #[graphql(default = true)]
    #[schema(default = true)]
    pub active: bool,
    /// The integrator's own id, unique among platforms.
    pub external_id: Option<String>,
}

/// Changes of a platform; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PlatformPatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub kind: Option<PlatformKind>,
    /// Whether the community still uses it.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub active: Option<bool>,
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which platforms to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PlatformFilter {
    /// One or more kinds, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<PlatformKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<PlatformKind>>,
    /// Only those that are in use, or only those that are not.
    #[param(required = false, nullable = false, value_type = bool)]
    pub active: Option<bool>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
}

/// What is new is in use, unless said otherwise.
pub(crate) fn is_active() -> bool {
    true
}

impl From<domain::Platform> for Platform {
    fn from(platform: domain::Platform) -> Self {
        let domain::Platform { id, key, name, kind, active, external_id, stamp } = platform;
        Self {
            id: id.to_string().into(),
            key,
            name,
            kind: kind.into(),
            active,
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
        }
    }
}

impl From<NewPlatform> for domain::PlatformDraft {
    fn from(new: NewPlatform) -> Self {
        let NewPlatform { key, name, kind, active, external_id } = new;
        Self { key, name, kind: kind.into(), active, external_id }
    }
}

impl From<PlatformFilter> for domain::PlatformFilter {
    fn from(filter: PlatformFilter) -> Self {
        let PlatformFilter { kind, active, updated_since } = filter;
        let kinds = kind.into_iter().flatten().map(Into::into).collect();
        Self { kinds, active, updated_since: updated_since.map(|instant| instant.0) }
    }
}

resource!(Platform of domain::Platform, at "/v1/platforms");

impl Patch<domain::PlatformDraft> for PlatformPatch {
    fn apply(self, draft: &mut domain::PlatformDraft) {
        let Self { name, kind, active, external_id } = self;
        replace(&mut draft.name, name);
        replace(&mut draft.kind, kind.map(Into::into));
        replace(&mut draft.active, active);
        clear(&mut draft.external_id, external_id);
    }
}
