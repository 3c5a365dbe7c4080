//! Members, the accounts by which platforms know them, and what is true of them for a time.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, integer, string, string_null, uuid, uuid_null};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let members = tenant::versioned("members")
            .col(integer("number"))
            .col(string("kind"))
            .col(string_null("name"))
            .col(uuid_null("merged_into_id"))
            .col(tenant::external_id())
            .foreign_key(&mut tenant::link("members", "merged_into_id", "members"))
            .to_owned();
        let identities = tenant::keyed("identities", &["id"])
            .col(uuid("member_id"))
            .col(uuid("platform_id"))
            .col(string("kind"))
            .col(string("value"))
            .col(string("folded"))
            .foreign_key(&mut tenant::link("identities", "member_id", "members"))
            .foreign_key(&mut tenant::link("identities", "platform_id", "platforms"))
            .to_owned();
        let traits = tenant::versioned("member_traits")
            .col(uuid("member_id"))
            .col(string("attribute"))
            .col(string_null("name"))
            .col(string("value"))
            .col(date_null("from_on"))
            .col(date_null("until_on"))
            .foreign_key(&mut tenant::link("member_traits", "member_id", "members"))
            .to_owned();
        let indexes = vec![
            tenant::unique("members_by_number", "members", &["number"]),
            tenant::unique("members_by_external_id", "members", &["external_id"]),
            tenant::index("members_by_kind", "members", &["kind", "id"]),
            tenant::index("members_by_merge", "members", &["merged_into_id", "id"]),
            tenant::index("members_by_change", "members", &["updated_at", "id"]),
            tenant::unique("identities_by_account", "identities", &["platform_id", "kind", "folded"]),
            tenant::index("identities_by_member", "identities", &["member_id", "id"]),
            tenant::index("member_traits_by_member", "member_traits", &["member_id", "id"]),
            tenant::index("member_traits_by_value", "member_traits", &["attribute", "name", "value"]),
        ];
        tenant::create(manager, vec![members, identities, traits], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
