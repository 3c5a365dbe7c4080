//! Check-ins over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::CheckInQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::check_in as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load, load_present, optional};
use crate::graphql::loaders::KeyResultById;
use crate::graphql::loaders::check_ins::{CheckInsOf, LastCheckInsOf, RevisionsOf};
use crate::graphql::mutation::{Put, Update, create, payload, put, update};
use crate::resources::as_of::{AsOf, Dated, instant};
use crate::resources::check_in::{CheckIn, CheckInFilter, CheckInPatch, CheckInSort, NewCheckIn};
use crate::resources::check_in_revision::CheckInRevision;
use crate::resources::key_result::KeyResult;
use crate::scalars::DateTime;

#[ComplexObject]
impl CheckIn {
    /// Every state it went through, first to last; at most 1,000.
    async fn revisions(&self, ctx: &Context<'_>) -> Result<Vec<CheckInRevision>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, RevisionsOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// Whether the caller may correct this check-in.
    async fn viewer_can_correct(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::RecordProgress)
    }

    /// What was measured.
    async fn key_result(&self, ctx: &Context<'_>) -> Result<KeyResult> {
        load_present(ctx, self.as_of, id_of(&self.key_result_id).map(KeyResultById)).await
    }
}

/// A page of the check-ins of a key result, oldest day first. Where only the newest are wanted, only they are read.
pub(crate) async fn check_ins_of(ctx: &Context<'_>, as_of: AsOf, key_result: &ID, paging: Paging) -> Result<Connection<CheckIn>> {
    let Some(id) = id_of(key_result) else { return paging.slice(Vec::new()) };
    let is_counted = ctx.look_ahead().field("totalCount").exists();
    match paging.newest_only().filter(|_| !is_counted) {
        Some(limit) => {
            let mut newest = load(ctx, as_of, LastCheckInsOf { key_result: id, limit: limit.saturating_add(1) }).await?.unwrap_or_default();
            newest.reverse();
            paging.slice_by(newest, |_, check_in| check_in.id.to_string())
        }
        None => paging.slice_by(load(ctx, as_of, CheckInsOf(id)).await?.unwrap_or_default(), |_, check_in| check_in.id.to_string()),
    }
}

#[derive(Default)]
pub(crate) struct CheckInQueries;

#[Object]
impl CheckInQueries {
    /// A check-in by id; null when there is none.
    async fn check_in(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<CheckIn>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).check_in(actor(ctx), &id).await)?.map(CheckIn::from).dated(as_of))
    }

    /// Check-ins as they stand after their last corrections, by the day that was measured unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn check_ins(
        &self,
        ctx: &Context<'_>,
        filter: Option<CheckInFilter>,
        #[graphql(default_with = "CheckInSort::Day")] sort: CheckInSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<CheckIn>> {
        let query = CheckInQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::CheckInSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).check_ins(actor(ctx), query.clone(), sort, page).await?.map(CheckIn::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(RecordCheckInPayload, check_in: CheckIn);
payload!(CorrectCheckInPayload, check_in: CheckIn);
payload!(PutCheckInPayload, check_in: CheckIn);

#[derive(Default)]
pub(crate) struct CheckInMutations;

#[Object]
impl CheckInMutations {
    /// The day and the key result are given once; everything else can be corrected later. Refused when the cycle of
    /// the key result is closed.
    async fn record_check_in(&self, ctx: &Context<'_>, input: NewCheckIn) -> Result<RecordCheckInPayload> {
        Ok(create::<CheckIn>(ctx, input).await?.into())
    }

    /// Adds a revision; the earlier ones stay readable. There is no way to delete a check-in.
    async fn correct_check_in(&self, ctx: &Context<'_>, input: Update<CheckInPatch>) -> Result<CorrectCheckInPayload> {
        Ok(update::<CheckIn, _>(ctx, input).await?.into())
    }

    /// Records the check-in with this external id, or corrects the one that has it; a rerun changes nothing. Another
    /// key result or day than that of the check-in is refused.
    async fn put_check_in(&self, ctx: &Context<'_>, input: Put<NewCheckIn>) -> Result<PutCheckInPayload> {
        Ok(put::<CheckIn, _>(ctx, input).await?.into())
    }
}
