//! Contributions by either end.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::initiative::Initiative;
use waymark_domain::key_result::KeyResult;

use super::{Batch, Loaded};
use crate::resources::contribution::Contribution;
use crate::resources::grouped;

/// The links of an initiative, in the order they were made.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContributionsOf(pub(crate) Id<Initiative>);

/// The links to a key result, by the age of their initiatives.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContributionsTo(pub(crate) Id<KeyResult>);

impl Batch for ContributionsOf {
    type Value = Vec<Contribution>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = app.contributions_of(actor, &ids).await?;
        Ok(grouped(found, |link| Some(ContributionsOf(link.contribution.initiative))))
    }
}

impl Batch for ContributionsTo {
    type Value = Vec<Contribution>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = app.contributions_to(actor, &ids).await?;
        Ok(grouped(found, |link| link.contribution.key_result.map(ContributionsTo)))
    }
}
