//! Documents in and out over GraphQL.

use async_graphql::{Context, ID, InputObject, Object, Result};

use crate::graphql::context::{actor, app, optional};
use crate::graphql::mutation::{payload, plain};
use crate::resources::import::{ImportDocuments, ImportReport};

/// Documents to import, or to try.
#[derive(InputObject)]
struct ImportDocumentsInput {
    #[graphql(flatten)]
    import: ImportDocuments,
    /// Do everything, report it, and keep nothing.
    #[graphql(default = false)]
    dry_run: bool,
}

payload!(ImportDocumentsPayload, report: ImportReport);

#[derive(Default)]
pub(crate) struct DocumentQueries;

#[Object]
impl DocumentQueries {
    /// A cycle, by id or key, as Markdown from which the same OKRs can be imported; null when there is no such cycle.
    async fn cycle_markdown(&self, ctx: &Context<'_>, cycle: ID) -> Result<Option<String>> {
        optional(app(ctx).cycle_markdown(actor(ctx), &cycle).await)
    }
}

#[derive(Default)]
pub(crate) struct DocumentMutations;

#[Object]
impl DocumentMutations {
    /// Imports OKRs from Markdown. One import is one transaction, and the same documents again change nothing.
    async fn import_documents(&self, ctx: &Context<'_>, input: ImportDocumentsInput) -> Result<ImportDocumentsPayload> {
        let imported = app(ctx).import(actor(ctx), input.import.import(input.dry_run)).await;
        Ok(plain(imported, &["input"])?.into())
    }
}
