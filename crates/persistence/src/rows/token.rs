use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::authorization::{Grant, Permission};
use waymark_domain::id::Id;
use waymark_domain::token::Token;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "tokens")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) role: String,
    /// A list as JSON.
    pub(crate) scopes: Option<String>,
    pub(crate) expires_at: Option<DateTimeUtc>,
    pub(crate) last_used_at: Option<DateTimeUtc>,
    pub(crate) rotated_at: Option<DateTimeUtc>,
    pub(crate) grace_until: Option<DateTimeUtc>,
    pub(crate) revoked_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Token;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, token: &Token) -> Result<Self, Error> {
        let Token { id, name, grant, expires_at, last_used_at, rotated_at, grace_until, revoked_at, stamp } = token;
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            name: name.clone(),
            role: spelled(grant.role),
            scopes: grant.scopes.as_deref().map(written).transpose()?,
            expires_at: *expires_at,
            last_used_at: *last_used_at,
            rotated_at: *rotated_at,
            grace_until: *grace_until,
            revoked_at: *revoked_at,
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        })
    }
}

impl TryFrom<Model> for Token {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        Ok(Self {
            id: Id::from_uuid(row.id),
            name: row.name,
            grant: Grant { role: parsed("role", &row.role)?, scopes: row.scopes.as_deref().map(read).transpose()? },
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            rotated_at: row.rotated_at,
            grace_until: row.grace_until,
            revoked_at: row.revoked_at,
            stamp: stamp(row.version, row.created_at, row.updated_at)?,
        })
    }
}

fn written(scopes: &[Permission]) -> Result<String, Error> {
    let names: Vec<String> = scopes.iter().map(|scope| spelled(*scope)).collect();
    serde_json::to_string(&names).map_err(|error| Error::corrupt("scopes", error))
}

fn read(text: &str) -> Result<Vec<Permission>, Error> {
    let names: Vec<String> = serde_json::from_str(text).map_err(|_| Error::corrupt("scopes", text))?;
    names.iter().map(|name| parsed("scopes", name)).collect()
}
