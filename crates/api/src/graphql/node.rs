//! Relay's `Node`: anything with an id, by its id alone.

use std::collections::HashMap;

use async_graphql::{Context, ID, Interface, Object, Result};

use crate::error_code::ErrorCode;
use crate::graphql::context::{coded, id_of, load_all};
use crate::graphql::loaders::activity_types::ActivityTypeById;
use crate::graphql::loaders::bindings::BindingById;
use crate::graphql::loaders::channels::ChannelById;
use crate::graphql::loaders::check_ins::CheckInById;
use crate::graphql::loaders::cycles::CycleById;
use crate::graphql::loaders::erasures::ErasureById;
use crate::graphql::loaders::events::EventById;
use crate::graphql::loaders::identities::IdentityById;
use crate::graphql::loaders::initiatives::InitiativeById;
use crate::graphql::loaders::layers::{LayerAssignmentById, LayerById};
use crate::graphql::loaders::member_traits::MemberTraitById;
use crate::graphql::loaders::members::MemberById;
use crate::graphql::loaders::metrics::{CustomMetricById, MetricReadingById, MetricTargetById};
use crate::graphql::loaders::objectives::ObjectiveById;
use crate::graphql::loaders::platforms::PlatformById;
use crate::graphql::loaders::surveys::{QuestionById, SurveyById, WaveById};
use crate::graphql::loaders::tokens::TokenById;
use crate::graphql::loaders::workspace::WorkspaceById;
use crate::graphql::loaders::{KeyResultById, MilestoneStepById, TeamById};
use crate::resources::activity_type::ActivityType;
use crate::resources::binding::Binding;
use crate::resources::channel::Channel;
use crate::resources::check_in::CheckIn;
use crate::resources::custom_metric::CustomMetric;
use crate::resources::cycle::Cycle;
use crate::resources::erasure::Erasure;
use crate::resources::event::Event;
use crate::resources::identity::Identity;
use crate::resources::initiative::Initiative;
use crate::resources::key_result::KeyResult;
use crate::resources::layer::Layer;
use crate::resources::layer_assignment::LayerAssignment;
use crate::resources::member::Member;
use crate::resources::member_trait::MemberTrait;
use crate::resources::metric_reading::MetricReading;
use crate::resources::metric_target::MetricTarget;
use crate::resources::milestone_step::MilestoneStep;
use crate::resources::objective::Objective;
use crate::resources::platform::Platform;
use crate::resources::question::Question;
use crate::resources::survey::Survey;
use crate::resources::team::Team;
use crate::resources::token::Token;
use crate::resources::wave::Wave;
use crate::resources::workspace::Workspace;

/// Most ids that are asked for at once.
const NODES_LIMIT: usize = 100;

/// Anything with an id.
#[derive(Clone, Interface)]
#[expect(clippy::large_enum_variant, reason = "an interface's variants are the resources themselves")]
#[graphql(field(name = "id", ty = "&ID"))]
pub(crate) enum Node {
    ActivityType(ActivityType),
    Channel(Channel),
    CustomMetric(CustomMetric),
    Cycle(Cycle),
    Objective(Objective),
    Question(Question),
    Survey(Survey),
    Wave(Wave),
    Binding(Binding),
    CheckIn(CheckIn),
    Erasure(Erasure),
    Event(Event),
    Identity(Identity),
    Initiative(Initiative),
    KeyResult(KeyResult),
    Layer(Layer),
    LayerAssignment(LayerAssignment),
    Member(Member),
    MemberTrait(MemberTrait),
    MetricReading(MetricReading),
    MetricTarget(MetricTarget),
    MilestoneStep(MilestoneStep),
    Platform(Platform),
    Team(Team),
    Token(Token),
    Workspace(Workspace),
}

#[derive(Default)]
pub(crate) struct NodeQueries;

#[Object]
impl NodeQueries {
    /// Anything by its id; null when there is no such thing in this workspace.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        Ok(nodes(ctx, &[id]).await?.pop().flatten())
    }

    /// Things by their ids, in the order of the ids; null for each that does not exist.
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        if ids.len() > NODES_LIMIT {
            return Err(coded(ErrorCode::TooMany, format!("at most {NODES_LIMIT} ids can be asked for at once")));
        }
        nodes(ctx, &ids).await
    }
}

/// One query for each kind of thing that is asked for.
async fn nodes(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>> {
    let mut found: HashMap<String, Node> = HashMap::new();
    macro_rules! find {
        ($($key:ident => $node:ident),* $(,)?) => {$(
            let keys: Vec<$key> = ids.iter().filter_map(|id| id_of(id).map($key)).collect();
            if !keys.is_empty() {
                let loaded = load_all(ctx, None, keys).await?;
                found.extend(loaded.into_iter().map(|(key, value)| (key.0.to_string(), Node::$node(value))));
            }
        )*};
    }
    find! {
        ActivityTypeById => ActivityType,
        ChannelById => Channel,
        BindingById => Binding,
        CheckInById => CheckIn,
        CustomMetricById => CustomMetric,
        CycleById => Cycle,
        ErasureById => Erasure,
        EventById => Event,
        IdentityById => Identity,
        InitiativeById => Initiative,
        KeyResultById => KeyResult,
        LayerAssignmentById => LayerAssignment,
        LayerById => Layer,
        MemberById => Member,
        MemberTraitById => MemberTrait,
        MetricReadingById => MetricReading,
        MetricTargetById => MetricTarget,
        MilestoneStepById => MilestoneStep,
        ObjectiveById => Objective,
        PlatformById => Platform,
        QuestionById => Question,
        SurveyById => Survey,
        TeamById => Team,
        TokenById => Token,
        WaveById => Wave,
        WorkspaceById => Workspace,
    }
    Ok(ids.iter().map(|id| found.get(id.as_str()).cloned()).collect())
}
