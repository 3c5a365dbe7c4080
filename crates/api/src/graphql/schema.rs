//! The schema, put together from the parts of each concept.

use async_graphql::{EmptySubscription, MergedObject, Schema};

use crate::graphql::history::HistoryQueries;
use crate::graphql::node::NodeQueries;
use crate::graphql::scores::ScoreQueries;
use crate::graphql::teams::{TeamMutations, TeamQueries};

#[derive(Default, MergedObject)]
pub(crate) struct Query(HistoryQueries, NodeQueries, ScoreQueries, TeamQueries);

#[derive(Default, MergedObject)]
pub(crate) struct Mutation(TeamMutations);

pub(crate) type Waymark = Schema<Query, Mutation, EmptySubscription>;

pub(crate) fn schema() -> Waymark {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish()
}

/// The schema in GraphQL's own language, as it is committed.
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    schema().sdl_with_options(SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items())
}
