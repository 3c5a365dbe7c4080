//! Bindings over GraphQL.

use async_graphql::{ComplexObject, Context, InputObject, Object, Result};
use waymark_application::{Bound, Error as Failure};
use waymark_domain::authorization::Permission;

use crate::graphql::context::{actor, app, id_of, load, load_present};
use crate::graphql::loaders::KeyResultById;
use crate::graphql::loaders::bindings::ReadingsOf;
use crate::graphql::mutation::{Outcome, Version, outcome, payload, plain};
use crate::resources::binding::{Binding, BindingReading, BindingRefresh, NewBinding};
use crate::resources::key_result::KeyResult;

#[ComplexObject]
impl Binding {
    /// The key result that is driven.
    async fn key_result(&self, ctx: &Context<'_>) -> Result<KeyResult> {
        load_present(ctx, self.as_of, id_of(&self.key_result_id).map(KeyResultById)).await
    }

    /// What was read of each window, in the order of their ends, each as it was last read.
    async fn readings(&self, ctx: &Context<'_>) -> Result<Vec<BindingReading>> {
        match id_of(&self.key_result_id) {
            Some(id) => Ok(load(ctx, self.as_of, ReadingsOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// Whether the caller may change or remove this binding.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditOkrs)
    }

    /// Whether the caller may have its metric read now.
    async fn viewer_can_refresh(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::RecordProgress)
    }
}

/// The metric that is to drive a key result.
#[derive(InputObject)]
pub(crate) struct BindMetricInput {
    /// Id or address.
    key_result: String,
    /// The version that was read, where one must not be overwritten.
    version: Option<Version>,
    #[graphql(flatten)]
    binding: NewBinding,
}

/// Which key result no metric is to drive any more.
#[derive(InputObject)]
pub(crate) struct UnbindMetricInput {
    /// Id or address.
    key_result: String,
    /// The version of the binding that was read.
    version: Version,
}

/// Which key result is to be read.
#[derive(InputObject)]
pub(crate) struct RefreshBindingInput {
    /// Id or address.
    key_result: String,
}

payload!(BindMetricPayload, binding: Binding);
payload!(UnbindMetricPayload, binding: Binding);
payload!(RefreshBindingPayload, refresh: BindingRefresh);

#[derive(Default)]
pub(crate) struct BindingMutations;

#[Object]
impl BindingMutations {
    /// In place of the binding it has: a rerun with the same input changes nothing. What the metric tells of each window since
    /// the key result began becomes a check-in with the provenance `METRIC`, at once, and again within minutes after events came in.
    async fn bind_metric(&self, ctx: &Context<'_>, input: BindMetricInput) -> Result<BindMetricPayload> {
        let BindMetricInput { key_result, version, binding } = input;
        let bound = app(ctx).bind_metric(actor(ctx), key_result, version.map(|version| version.0), binding.into()).await;
        Ok(told(bound.map(|(bound, _)| bound))?.into())
    }

    /// What was read and checked in stays. The payload holds the binding as it was.
    async fn unbind_metric(&self, ctx: &Context<'_>, input: UnbindMetricInput) -> Result<UnbindMetricPayload> {
        let UnbindMetricInput { key_result, version } = input;
        Ok(told(app(ctx).unbind_metric(actor(ctx), key_result, Some(version.0)).await)?.into())
    }

    /// Reads every window since the key result began, and tells which moved. A grade that was given never changes: a key result
    /// that has one is refused, and so is a closed cycle.
    async fn refresh_binding(&self, ctx: &Context<'_>, input: RefreshBindingInput) -> Result<RefreshBindingPayload> {
        Ok(plain(app(ctx).refresh_binding(actor(ctx), &input.key_result).await, &["input"])?.into())
    }
}

fn told(result: Result<Bound, Failure>) -> Result<Outcome<Binding>> {
    match result {
        Err(stale @ Failure::Stale(_)) => outcome(Err(stale), &["input"]),
        result => plain(result, &["input"]),
    }
}
