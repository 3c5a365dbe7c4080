//! The shape all tenant tables share.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string_null, timestamp_with_time_zone, uuid};

/// A table whose rows belong to a workspace and have an id, a version and two instants.
pub(crate) fn versioned(name: &'static str) -> TableCreateStatement {
    let mut table = keyed(name, &["id"]);
    table.col(integer("version")).col(timestamp_with_time_zone("created_at")).col(timestamp_with_time_zone("updated_at"));
    table
}

/// A table whose key is the workspace and these columns, each a UUID.
pub(crate) fn keyed(name: &'static str, columns: &[&'static str]) -> TableCreateStatement {
    keyed_by(name, columns.iter().map(|column| uuid(*column)).collect())
}

/// A table whose key is the workspace and these columns.
pub(crate) fn keyed_by(name: &'static str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).col(uuid("workspace_id"));
    let mut key = Index::create();
    key.col("workspace_id");
    for column in columns {
        key.col(column.get_column_name());
        table.col(column);
    }
    table.primary_key(&mut key);
    table.foreign_key(ForeignKey::create().from(name, "workspace_id").to("workspaces", "id").on_delete(ForeignKeyAction::Cascade));
    table
}

/// The integrator's own id.
pub(crate) fn external_id() -> ColumnDef {
    string_null("external_id")
}

/// A link that cannot leave its workspace.
pub(crate) fn link(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, ("workspace_id", column)).to(to, ("workspace_id", "id")).to_owned()
}

/// An index over the workspace and these columns.
pub(crate) fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table).col("workspace_id");
    for column in columns {
        index.col(*column);
    }
    index
}

/// As [`index`], and no two rows of a workspace share the values; absent values are never shared.
pub(crate) fn unique(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(name, table, columns).unique().to_owned()
}

pub(crate) async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Text that lists are sorted by compares by its bytes on both databases, not by the server's locale.
pub(crate) async fn sort_by_bytes(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
        let alter = format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE \"C\"");
        manager.get_connection().execute_unprepared(&alter).await?;
    }
    Ok(())
}
