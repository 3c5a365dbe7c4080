//! Identities, the accounts of members, in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::identity as domain;
use waymark_domain::member::Member;

use super::{Batch, Loaded, single};
use crate::resources::grouped;
use crate::resources::identity::Identity;

/// An account by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct IdentityById(pub(crate) Id<domain::Identity>);

/// The accounts of a member, in the order they were added.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct IdentitiesOf(pub(crate) Id<Member>);

impl Batch for IdentityById {
    type Value = Identity;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.identities_by_id(actor, &ids).await?, |identity| IdentityById(identity.id)))
    }
}

impl Batch for IdentitiesOf {
    type Value = Vec<Identity>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.identities_of(actor, &ids).await?, |identity| Some(IdentitiesOf(identity.member))))
    }
}
