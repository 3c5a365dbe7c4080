//! History over GraphQL.

use async_graphql::{Context, ID, Object, Result};
use waymark_application::{ChangeQuery, ChangeSort};
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, load};
use crate::graphql::loaders::HistoryOf;
use crate::resources::as_of::AsOf;
use crate::resources::change::{Change, Concept};

/// The changes of a thing that was just read, oldest first.
pub(crate) async fn history(ctx: &Context<'_>, as_of: AsOf, concept: Concept, id: &ID, paging: Paging) -> Result<Connection<Change>> {
    paging.slice(load(ctx, as_of, HistoryOf(concept.into(), id.to_string())).await?.unwrap_or_default())
}

#[derive(Default)]
pub(crate) struct HistoryQueries;

#[Object]
impl HistoryQueries {
    /// The changes of one thing, oldest first, also of one that was deleted. By id, or as it is named elsewhere.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        concept: Concept,
        id: ID,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        let query = ChangeQuery { concept: concept.into(), named: id.0 };
        let sort = Sort { key: ChangeSort::Version, descending };
        let fetch = async |page| Ok(app(ctx).history(actor(ctx), query.clone(), sort, page).await?.map(Change::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}
