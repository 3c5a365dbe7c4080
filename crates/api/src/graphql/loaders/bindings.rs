//! Bindings in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::binding as domain;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;

use super::{Batch, Loaded, single};
use crate::resources::binding::{Binding, BindingReading};

/// A binding by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct BindingById(pub(crate) Id<domain::Binding>);

/// The binding of a key result.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct BindingOf(pub(crate) Id<KeyResult>);

/// What was read for a key result, in the order of the windows' ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReadingsOf(pub(crate) Id<KeyResult>);

impl Batch for BindingById {
    type Value = Binding;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.bindings_by_id(actor, &ids).await?, |bound| BindingById(bound.binding.id)))
    }
}

impl Batch for BindingOf {
    type Value = Binding;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.bindings_of(actor, &ids).await?, |bound| BindingOf(bound.binding.key_result)))
    }
}

impl Batch for ReadingsOf {
    type Value = Vec<BindingReading>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let readings = app.readings_of(actor, &ids).await?;
        Ok(readings.into_iter().map(|(id, readings)| (ReadingsOf(id), readings.into_iter().map(Into::into).collect())).collect())
    }
}
