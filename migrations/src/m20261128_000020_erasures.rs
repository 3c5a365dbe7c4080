//! The receipts of erasures, and hashes of what the erased were known by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null, var_binary,
};

use crate::tenant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The highest number of the members who went, so that it is never given again.
        let erasures = tenant::keyed("erasures", &["id"])
            .col(string("kind"))
            .col(text("removed"))
            .col(text("effect"))
            .col(big_integer("watermark"))
            .col(integer("last_number"))
            .col(timestamp_with_time_zone("erased_at"))
            .col(string("author"))
            .col(uuid_null("token_id"))
            .col(timestamp_with_time_zone_null("lifted_at"))
            .to_owned();
        let names = tenant::keyed_by("erased_names", vec![var_binary("hash", 32)])
            .col(uuid("erasure_id"))
            .foreign_key(&mut tenant::link("erased_names", "erasure_id", "erasures"))
            .to_owned();
        let indexes = vec![tenant::index("erased_names_by_erasure", "erased_names", &["erasure_id"])];
        tenant::create(manager, vec![erasures, names], indexes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
