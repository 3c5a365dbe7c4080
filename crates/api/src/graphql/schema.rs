//! The schema, put together from the parts of each concept.

use async_graphql::{EmptySubscription, MergedObject, Schema};

use crate::graphql::activity_types::{ActivityTypeMutations, ActivityTypeQueries};
use crate::graphql::bindings::BindingMutations;
use crate::graphql::channels::{ChannelMutations, ChannelQueries};
use crate::graphql::check_ins::{CheckInMutations, CheckInQueries};
use crate::graphql::contributions::ContributionMutations;
use crate::graphql::custom_metrics::{CustomMetricMutations, CustomMetricQueries};
use crate::graphql::cycles::{CycleMutations, CycleQueries};
use crate::graphql::documents::{DocumentMutations, DocumentQueries};
use crate::graphql::erasures::{ErasureMutations, ErasureQueries};
use crate::graphql::events::{EventMutations, EventQueries};
use crate::graphql::history::HistoryQueries;
use crate::graphql::identities::{IdentityMutations, IdentityQueries};
use crate::graphql::initiatives::{InitiativeMutations, InitiativeQueries};
use crate::graphql::key_results::{KeyResultMutations, KeyResultQueries};
use crate::graphql::layer_assignments::{LayerAssignmentMutations, LayerAssignmentQueries};
use crate::graphql::layers::{LayerMutations, LayerQueries};
use crate::graphql::me::MeQueries;
use crate::graphql::member_traits::{MemberTraitMutations, MemberTraitQueries};
use crate::graphql::members::{MemberMutations, MemberQueries};
use crate::graphql::merges::{MergeMutations, MergeQueries};
use crate::graphql::metric_readings::{MetricReadingMutations, MetricReadingQueries};
use crate::graphql::metric_targets::{MetricTargetMutations, MetricTargetQueries};
use crate::graphql::metrics::MetricQueries;
use crate::graphql::milestone_steps::{MilestoneStepMutations, MilestoneStepQueries};
use crate::graphql::node::NodeQueries;
use crate::graphql::objectives::{ObjectiveMutations, ObjectiveQueries};
use crate::graphql::platforms::{PlatformMutations, PlatformQueries};
use crate::graphql::questions::{QuestionMutations, QuestionQueries};
use crate::graphql::responses::{ResponseMutations, ResponseQueries};
use crate::graphql::scores::ScoreQueries;
use crate::graphql::survey_results::SurveyResultQueries;
use crate::graphql::surveys::{SurveyMutations, SurveyQueries};
use crate::graphql::teams::{TeamMutations, TeamQueries};
use crate::graphql::tokens::{TokenMutations, TokenQueries};
use crate::graphql::waves::{WaveMutations, WaveQueries};
use crate::graphql::workspace::{WorkspaceMutations, WorkspaceQueries};

#[derive(Default, MergedObject)]
pub(crate) struct Query(
    ActivityTypeQueries,
    ChannelQueries,
    CheckInQueries,
    CustomMetricQueries,
    CycleQueries,
    DocumentQueries,
    ErasureQueries,
    EventQueries,
    HistoryQueries,
    IdentityQueries,
    InitiativeQueries,
    KeyResultQueries,
    LayerAssignmentQueries,
    LayerQueries,
    MeQueries,
    MemberQueries,
    MemberTraitQueries,
    MergeQueries,
    MetricQueries,
    MetricReadingQueries,
    MetricTargetQueries,
    MilestoneStepQueries,
    NodeQueries,
    ObjectiveQueries,
    PlatformQueries,
    QuestionQueries,
    ResponseQueries,
    ScoreQueries,
    SurveyQueries,
    SurveyResultQueries,
    TeamQueries,
    TokenQueries,
    WaveQueries,
    WorkspaceQueries,
);

#[derive(Default, MergedObject)]
pub(crate) struct Mutation(
    ActivityTypeMutations,
    ChannelMutations,
    BindingMutations,
    CheckInMutations,
    ContributionMutations,
    CustomMetricMutations,
    CycleMutations,
    DocumentMutations,
    ErasureMutations,
    EventMutations,
    IdentityMutations,
    InitiativeMutations,
    KeyResultMutations,
    MemberMutations,
    MemberTraitMutations,
    MergeMutations,
    LayerAssignmentMutations,
    LayerMutations,
    MetricReadingMutations,
    MetricTargetMutations,
    MilestoneStepMutations,
    ObjectiveMutations,
    PlatformMutations,
    QuestionMutations,
    ResponseMutations,
    SurveyMutations,
    TeamMutations,
    TokenMutations,
    WaveMutations,
    WorkspaceMutations,
);

pub(crate) type Waymark = Schema<Query, Mutation, EmptySubscription>;

pub(crate) fn schema() -> Waymark {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish()
}

/// The schema in GraphQL's own language, as it is committed.
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    schema().sdl_with_options(SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items())
}
