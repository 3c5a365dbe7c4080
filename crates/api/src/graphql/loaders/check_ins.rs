//! Check-ins by their id and by their key result, and the states they went through.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use waymark_application::Error;
use waymark_domain::check_in as domain;
use waymark_domain::id::Id;
use waymark_domain::key_result::KeyResult;

use super::{Batches, Loaded, grouped, single};
use crate::resources::check_in::CheckIn;
use crate::resources::check_in_revision::CheckInRevision;

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

impl Loader<CheckInById> for Batches {
    type Value = CheckIn;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CheckInById]) -> Loaded<CheckInById, CheckIn> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(self.app.check_ins_by_id(&self.actor, &ids).await?, |check_in| CheckInById(check_in.id)))
    }
}

impl Loader<CheckInsOf> for Batches {
    type Value = Vec<CheckIn>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CheckInsOf]) -> Loaded<CheckInsOf, Vec<CheckIn>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = self.app.check_ins_of(&self.actor, &ids, None).await?;
        Ok(grouped(found, |check_in| Some(CheckInsOf(check_in.key_result))))
    }
}

impl Loader<LastCheckInsOf> for Batches {
    type Value = Vec<CheckIn>;
    type Error = Arc<Error>;

    /// One query for each limit that is asked for.
    async fn load(&self, keys: &[LastCheckInsOf]) -> Loaded<LastCheckInsOf, Vec<CheckIn>> {
        let mut wanted: BTreeMap<u32, Vec<Id<KeyResult>>> = BTreeMap::new();
        for key in keys {
            wanted.entry(key.limit).or_default().push(key.key_result);
        }
        let mut all = HashMap::new();
        for (limit, ids) in wanted {
            let found = self.app.last_check_ins_of(&self.actor, &ids, limit).await?;
            all.extend(grouped(found, |check_in| Some(LastCheckInsOf { key_result: check_in.key_result, limit })));
        }
        Ok(all)
    }
}

impl Loader<RevisionsOf> for Batches {
    type Value = Vec<CheckInRevision>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[RevisionsOf]) -> Loaded<RevisionsOf, Vec<CheckInRevision>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(grouped(self.app.revisions_of(&self.actor, &ids).await?, |check_in| Some(RevisionsOf(check_in.id))))
    }
}
