//! Traits of members in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::member::Member;
use waymark_domain::member_trait as domain;

use super::{Batch, Loaded, single};
use crate::resources::grouped;
use crate::resources::member_trait::MemberTrait;

/// A trait by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MemberTraitById(pub(crate) Id<domain::MemberTrait>);

/// The traits of a member, in the order they were added.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TraitsOf(pub(crate) Id<Member>);

impl Batch for MemberTraitById {
    type Value = MemberTrait;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.member_traits_by_id(actor, &ids).await?, |of| MemberTraitById(of.id)))
    }
}

impl Batch for TraitsOf {
    type Value = Vec<MemberTrait>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.member_traits_of(actor, &ids).await?, |of| Some(TraitsOf(of.member))))
    }
}
