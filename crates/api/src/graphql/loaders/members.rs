//! Members in batches.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::member as domain;

use super::{Batch, Loaded, single};
use crate::resources::grouped;
use crate::resources::member::Member;

/// A member by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MemberById(pub(crate) Id<domain::Member>);

/// The members that are themselves merged into one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MembersMergedInto(pub(crate) Id<domain::Member>);

impl Batch for MemberById {
    type Value = Member;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.members_by_id(actor, &ids).await?, |member| MemberById(member.id)))
    }
}

impl Batch for MembersMergedInto {
    type Value = Vec<Member>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.members_merged_into(actor, &ids).await?, |member| member.merged_into.map(MembersMergedInto)))
    }
}
