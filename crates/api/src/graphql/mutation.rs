//! The shape all mutations share: one input, and a payload with the thing and what was wrong.

use std::borrow::Cow;

use async_graphql::registry::Registry;
use async_graphql::{Context, Error, ID, InputObject, InputType, InputValueError, InputValueResult, SimpleObject, Value};
use waymark_application::{Create, Delete as Deletable, Error as Failure, Put as Puttable, Update as Updatable};
use waymark_domain::rejection::{self, Rejection, Violation};

use crate::error_code::ErrorCode;
use crate::graphql::context::{actor, app, failure};
use crate::resources::Resource;
use crate::resources::activity_type::{ActivityTypePatch, NewActivityType};
use crate::resources::channel::{ChannelPatch, NewChannel};
use crate::resources::check_in::{CheckInPatch, NewCheckIn};
use crate::resources::custom_metric::{CustomMetricPatch, NewCustomMetric};
use crate::resources::cycle::{CyclePatch, NewCycle};
use crate::resources::initiative::{InitiativePatch, NewInitiative};
use crate::resources::key_result::{KeyResultPatch, NewKeyResult};
use crate::resources::layer::{LayerPatch, NewLayer};
use crate::resources::layer_assignment::LayerAssignmentPatch;
use crate::resources::member::{MemberPatch, NewMember};
use crate::resources::member_trait::MemberTraitPatch;
use crate::resources::metric_target::{MetricTargetPatch, NewMetricTarget};
use crate::resources::milestone_step::MilestoneStepPatch;
use crate::resources::objective::{NewObjective, ObjectivePatch};
use crate::resources::patch::Patch;
use crate::resources::platform::{NewPlatform, PlatformPatch};
use crate::resources::question::{NewQuestion, QuestionPatch};
use crate::resources::survey::{NewSurvey, SurveyPatch};
use crate::resources::team::{NewTeam, TeamPatch};
use crate::resources::wave::{NewWave, WavePatch};

/// Something wrong with the input, for the user to mend.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct UserError {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    /// The field of the input, such as `["input", "changes", "name"]`.
    pub(crate) path: Vec<String>,
}

/// A version as it was read: any `Int`. Versions begin at 1, so one below is read as 0, which is stale like any other
/// that is not the current one, rather than no version at all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version(pub(crate) u32);

impl InputType for Version {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <i32 as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <i32 as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let number = <i32 as InputType>::parse(value).map_err(InputValueError::propagate)?;
        Ok(Self(u32::try_from(number).unwrap_or(0)))
    }

    fn to_value(&self) -> Value {
        self.0.into()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

/// A change of one thing.
#[derive(InputObject)]
#[graphql(concrete(name = "UpdateActivityTypeInput", params(ActivityTypePatch)))]
#[graphql(concrete(name = "UpdateChannelInput", params(ChannelPatch)))]
#[graphql(concrete(name = "UpdateCustomMetricInput", params(CustomMetricPatch)))]
#[graphql(concrete(name = "UpdateCycleInput", params(CyclePatch)))]
#[graphql(concrete(name = "UpdateObjectiveInput", params(ObjectivePatch)))]
#[graphql(concrete(name = "CorrectCheckInInput", params(CheckInPatch)))]
#[graphql(concrete(name = "UpdateInitiativeInput", params(InitiativePatch)))]
#[graphql(concrete(name = "UpdateKeyResultInput", params(KeyResultPatch)))]
#[graphql(concrete(name = "UpdateLayerInput", params(LayerPatch)))]
#[graphql(concrete(name = "UpdateLayerAssignmentInput", params(LayerAssignmentPatch)))]
#[graphql(concrete(name = "UpdateMemberInput", params(MemberPatch)))]
#[graphql(concrete(name = "UpdateMemberTraitInput", params(MemberTraitPatch)))]
#[graphql(concrete(name = "UpdateMetricTargetInput", params(MetricTargetPatch)))]
#[graphql(concrete(name = "UpdateMilestoneStepInput", params(MilestoneStepPatch)))]
#[graphql(concrete(name = "UpdatePlatformInput", params(PlatformPatch)))]
#[graphql(concrete(name = "UpdateQuestionInput", params(QuestionPatch)))]
#[graphql(concrete(name = "UpdateSurveyInput", params(SurveyPatch)))]
#[graphql(concrete(name = "UpdateTeamInput", params(TeamPatch)))]
#[graphql(concrete(name = "UpdateWaveInput", params(WavePatch)))]
pub(crate) struct Update<P: InputType> {
    /// Id, or whatever else names it.
    pub(crate) id: ID,
    /// The version that was read.
    pub(crate) version: Version,
    pub(crate) changes: P,
}

/// Creates the thing with this external id, or makes the one that has it equal.
#[derive(InputObject)]
#[graphql(concrete(name = "PutActivityTypeInput", params(NewActivityType)))]
#[graphql(concrete(name = "PutChannelInput", params(NewChannel)))]
#[graphql(concrete(name = "PutCustomMetricInput", params(NewCustomMetric)))]
#[graphql(concrete(name = "PutCycleInput", params(NewCycle)))]
#[graphql(concrete(name = "PutObjectiveInput", params(NewObjective)))]
#[graphql(concrete(name = "PutCheckInInput", params(NewCheckIn)))]
#[graphql(concrete(name = "PutInitiativeInput", params(NewInitiative)))]
#[graphql(concrete(name = "PutKeyResultInput", params(NewKeyResult)))]
#[graphql(concrete(name = "PutPlatformInput", params(NewPlatform)))]
#[graphql(concrete(name = "PutLayerInput", params(NewLayer)))]
#[graphql(concrete(name = "PutMemberInput", params(NewMember)))]
#[graphql(concrete(name = "PutMetricTargetInput", params(NewMetricTarget)))]
#[graphql(concrete(name = "PutQuestionInput", params(NewQuestion)))]
#[graphql(concrete(name = "PutSurveyInput", params(NewSurvey)))]
#[graphql(concrete(name = "PutTeamInput", params(NewTeam)))]
#[graphql(concrete(name = "PutWaveInput", params(NewWave)))]
pub(crate) struct Put<N: InputType> {
    pub(crate) external_id: String,
    /// The version that was read, where one must not be overwritten.
    pub(crate) version: Option<Version>,
    pub(crate) value: N,
}

/// Which thing to delete, or which token to revoke.
#[derive(InputObject)]
#[graphql(name = "DeleteInput")]
pub(crate) struct Delete {
    /// Id, or whatever else names it.
    pub(crate) id: ID,
    /// The version that was read.
    pub(crate) version: Version,
}

/// What a mutation came to: the thing, or what was wrong, or both where the version was stale.
pub(crate) type Outcome<T> = (Option<T>, Vec<UserError>);

/// The thing a resource shows, with the shapes it is written by.
type New<T> = <<T as Resource>::Of as Create>::New;
type Draft<T> = <<T as Resource>::Of as Updatable>::Draft;

pub(crate) async fn create<T: Resource<Of: Create>>(ctx: &Context<'_>, input: impl Into<New<T>>) -> Result<Outcome<T>, Error> {
    outcome(app(ctx).create(actor(ctx), input.into()).await, &["input"])
}

pub(crate) async fn update<T, P>(ctx: &Context<'_>, input: Update<P>) -> Result<Outcome<T>, Error>
where
    T: Resource<Of: Updatable>,
    P: InputType + Patch<Draft<T>>,
{
    let Update { id, version, changes } = input;
    outcome(app(ctx).update(actor(ctx), id.0, Some(version.0), changes.changes()).await, &["input", "changes"])
}

pub(crate) async fn put<T, N>(ctx: &Context<'_>, input: Put<N>) -> Result<Outcome<T>, Error>
where
    T: Resource<Of: Puttable>,
    N: InputType + Into<New<T>>,
{
    let Put { external_id, version, value } = input;
    let put = app(ctx).put(actor(ctx), external_id, version.map(|version| version.0), value.into()).await;
    outcome(put.map(|(thing, _)| thing), &["input", "value"])
}

pub(crate) async fn delete<T: Resource<Of: Deletable>>(ctx: &Context<'_>, input: Delete) -> Result<Outcome<T>, Error> {
    outcome(app(ctx).delete(actor(ctx), input.id.0, Some(input.version.0)).await, &["input"])
}

/// What the caller can mend becomes user errors; everything else is a top-level error. `inside` names the part of
/// the input that fields belong to.
pub(crate) fn outcome<T: Resource>(result: Result<T::Of, Failure>, inside: &[&str]) -> Result<Outcome<T>, Error> {
    match result {
        Err(Failure::Stale(current)) => {
            let message = "it has been changed since it was read: the current state is given beside this error";
            Ok((T::of(*current), vec![user_error(ErrorCode::VersionConflict, message, &["input", "version"])]))
        }
        result => plain(result, inside),
    }
}

/// As [`outcome`], for a mutation whose thing is nothing that could be stale.
pub(crate) fn plain<D, T: From<D>>(result: Result<D, Failure>, inside: &[&str]) -> Result<Outcome<T>, Error> {
    match result {
        Ok(value) => Ok((Some(value.into()), Vec::new())),
        Err(Failure::Rejected(rejection) | Failure::Conflict(rejection)) => Ok((None, user_errors(rejection, inside))),
        Err(error @ Failure::NotFound { .. }) => Ok((None, vec![user_error(ErrorCode::NotFound, error.to_string(), &["input"])])),
        Err(error @ Failure::Raced) => Ok((None, vec![user_error(ErrorCode::ConcurrentChange, error.to_string(), &["input"])])),
        Err(error) => Err(failure(&error)),
    }
}

fn user_errors(rejection: Rejection, inside: &[&str]) -> Vec<UserError> {
    let error = |violation: Violation| {
        let path = inside.iter().map(|part| (*part).to_owned()).chain(rejection::names(&violation.field)).collect();
        UserError { code: violation.code.into(), message: violation.detail, path }
    };
    rejection.into_violations().into_iter().map(error).collect()
}

fn user_error(code: ErrorCode, message: impl Into<String>, path: &[&str]) -> UserError {
    UserError { code, message: message.into(), path: path.iter().map(|part| (*part).to_owned()).collect() }
}

/// A payload type of one mutation.
macro_rules! payload {
    ($name:ident, $field:ident: $resource:ty) => {
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            /// The thing as it is now; absent where it could not be had.
            $field: Option<$resource>,
            /// What was wrong with the input; empty on success.
            user_errors: Vec<$crate::graphql::mutation::UserError>,
        }

        impl From<$crate::graphql::mutation::Outcome<$resource>> for $name {
            fn from(($field, user_errors): $crate::graphql::mutation::Outcome<$resource>) -> Self {
                Self { $field, user_errors }
            }
        }
    };
}

pub(crate) use payload;
