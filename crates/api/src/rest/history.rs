//! History over REST: one handler in many places.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::{App, ChangeQuery, Concept};

use crate::caller::Caller;
use crate::resources::change::Change;
use crate::resources::page::Listed;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::Nothing;
use crate::rest::problem::Problem;

async fn changes(app: Data<App>, caller: Caller, concept: Concept, named: String, list: List<Nothing>) -> Result<HttpResponse, Problem> {
    let list = list.whole().map(|Nothing {}| ChangeQuery { concept, named });
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.history(&caller, query, sort, page).await?.map(Change::from)) }
    })
    .await
}

/// The handler of one concept: its own path, summary and operation, and nothing else.
macro_rules! history {
    ($(#[doc = $doc:tt])* $function:ident, $path:tt, $parameter:tt, $named:tt, $concept:ident) => {
        $(#[doc = $doc])*
        #[utoipa::path(get, path = $path, tag = "history", params(($parameter = String, Path, description = $named), ListParams), responses((status = 200, description = "A page of changes", body = Listed<Change>)))]
        pub(crate) async fn $function(app: Data<App>, caller: Caller, path: Path<String>, list: List<Nothing>) -> Result<HttpResponse, Problem> {
            changes(app, caller, Concept::$concept, path.into_inner(), list).await
        }
    };
}

/// List the history of the workspace
///
/// Every change of its name, time zone and week, oldest first: who, when, on which request, before and after.
#[utoipa::path(get, path = "/v1/workspace/history", tag = "history", params(ListParams), responses((status = 200, description = "A page of changes", body = Listed<Change>)))]
pub(crate) async fn list_workspace_history(app: Data<App>, caller: Caller, list: List<Nothing>) -> Result<HttpResponse, Problem> {
    changes(app, caller, Concept::Workspace, String::new(), list).await
}

history! {
    /// List the history of a team
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted team keeps it under its id.
    list_team_history, "/v1/teams/{team}/history", "team", "Id or key", Team
}

history! {
    /// List the history of a cycle
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted cycle keeps it under its id.
    list_cycle_history, "/v1/cycles/{cycle}/history", "cycle", "Id or key", Cycle
}

history! {
    /// List the history of an objective
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted objective keeps it.
    list_objective_history, "/v1/objectives/{objective}/history", "objective", "Id or address", Objective
}

history! {
    /// List the history of a key result
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted key result keeps it. Check-ins
    /// have revisions of their own.
    list_key_result_history, "/v1/key-results/{keyResult}/history", "keyResult", "Id or any address it ever had", KeyResult
}

history! {
    /// List the history of a binding
    ///
    /// Every change, oldest first: who, when, on which request, before and after. One that was removed is found by its own id.
    /// Readings have revisions of their own.
    list_binding_history, "/v1/key-results/{keyResult}/binding/history", "keyResult", "Id or any address of the key result, or the id of the binding", Binding
}

history! {
    /// List the history of a step of a milestone
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted step keeps it.
    list_milestone_step_history, "/v1/milestone-steps/{milestoneStep}/history", "milestoneStep", "Id", MilestoneStep
}

history! {
    /// List the history of an initiative
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted initiative keeps it.
    list_initiative_history, "/v1/initiatives/{initiative}/history", "initiative", "Id", Initiative
}

history! {
    /// List the history of a member
    ///
    /// Every change of the member itself, oldest first: who, when, on which request, before and after. Its accounts are not
    /// among it, and its traits have histories of their own.
    list_member_history, "/v1/members/{member}/history", "member", "Id", Member
}

history! {
    /// List the history of a trait of a member
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted trait keeps it.
    list_member_trait_history, "/v1/traits/{memberTrait}/history", "memberTrait", "Id", MemberTrait
}

history! {
    /// List the history of a survey
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted survey keeps it under its id.
    list_survey_history, "/v1/surveys/{survey}/history", "survey", "Id or key", Survey
}

history! {
    /// List the history of a question
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted question keeps it.
    list_question_history, "/v1/questions/{question}/history", "question", "Id", Question
}

history! {
    /// List the history of a wave
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted wave keeps it.
    list_wave_history, "/v1/waves/{wave}/history", "wave", "Id", Wave
}

history! {
    /// List the history of a token
    ///
    /// When it was created, rotated and revoked, oldest first: who, on which request, before and after. Never its secrets.
    list_token_history, "/v1/tokens/{token}/history", "token", "Id", Token
}

history! {
    /// List the history of a platform
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted platform keeps it under its id.
    list_platform_history, "/v1/platforms/{platform}/history", "platform", "Id or key", Platform
}

history! {
    /// List the history of a channel
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted channel keeps it under its id.
    list_channel_history, "/v1/channels/{channel}/history", "channel", "Id, or the key of its platform and its own with a slash between", Channel
}

history! {
    /// List the history of an activity type
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted type keeps it under its id. What is
    /// built in has never changed.
    list_activity_type_history, "/v1/activity-types/{activityType}/history", "activityType", "Id or key", ActivityType
}

history! {
    /// List the history of a layer
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted layer keeps it under its id.
    list_layer_history, "/v1/layers/{layer}/history", "layer", "Id or key", Layer
}

history! {
    /// List the history of an assignment to a layer
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted assignment keeps it.
    list_layer_assignment_history, "/v1/layer-assignments/{layerAssignment}/history", "layerAssignment", "Id", LayerAssignment
}

history! {
    /// List the history of a custom metric
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted metric keeps it under its id. Readings
    /// have revisions of their own.
    list_custom_metric_history, "/v1/custom-metrics/{customMetric}/history", "customMetric", "Id or key", CustomMetric
}

history! {
    /// List the history of a metric target
    ///
    /// Every change, oldest first: who, when, on which request, before and after. A deleted target keeps it.
    list_metric_target_history, "/v1/metric-targets/{metricTarget}/history", "metricTarget", "Id", MetricTarget
}
