//! Check-ins by their id and by their key result, and the states they went through.

use std::collections::HashMap;

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::check_in as domain;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;

use super::{Batch, Loaded, alike, single};
use crate::resources::check_in::CheckIn;
use crate::resources::check_in_revision::CheckInRevision;
use crate::resources::grouped;

/// A check-in by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CheckInById(pub(crate) Id<domain::CheckIn>);

/// All check-ins of a key result, oldest day first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CheckInsOf(pub(crate) Id<KeyResult>);

/// The newest check-ins of a key result, newest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LastCheckInsOf {
    pub(crate) key_result: Id<KeyResult>,
    pub(crate) limit: u32,
}

/// Every state of a check-in, first to last.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RevisionsOf(pub(crate) Id<domain::CheckIn>);

impl Batch for CheckInById {
    type Value = CheckIn;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.check_ins_by_id(actor, &ids).await?, |check_in| CheckInById(check_in.id)))
    }
}

impl Batch for CheckInsOf {
    type Value = Vec<CheckIn>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = app.check_ins_of(actor, &ids).await?;
        Ok(grouped(found, |check_in| Some(CheckInsOf(check_in.key_result))))
    }
}

impl Batch for LastCheckInsOf {
    type Value = Vec<CheckIn>;

    /// One query for each limit that is asked for.
    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut all = HashMap::new();
        for (limit, ids) in alike(keys.iter().map(|key| (key.limit, key.key_result))) {
            let found = app.last_check_ins_of(actor, &ids, limit).await?;
            all.extend(grouped(found, |check_in| Some(LastCheckInsOf { key_result: check_in.key_result, limit })));
        }
        Ok(all)
    }
}

impl Batch for RevisionsOf {
    type Value = Vec<CheckInRevision>;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(app.revisions_of(actor, &ids).await?, |check_in| Some(RevisionsOf(check_in.id))))
    }
}
