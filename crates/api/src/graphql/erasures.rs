//! Erasures of people over GraphQL.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use waymark_application::Error;
use waymark_domain::erasure as domain;
use waymark_domain::page::Sort;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, optional};
use crate::graphql::mutation::{UserError, Version, outcome, payload, plain};
use crate::resources::erasure::{Erasure, ErasureFilter, ErasureSort};
use crate::resources::member::Member;

#[derive(Default)]
pub(crate) struct ErasureQueries;

#[Object]
impl ErasureQueries {
    /// The receipt of an erasure by id; null when there is none.
    async fn erasure(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Erasure>> {
        Ok(optional(app(ctx).erasure(actor(ctx), &id).await)?.map(Erasure::from))
    }

    /// The receipts of erasures, in the order in which they were made.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn erasures(
        &self,
        ctx: &Context<'_>,
        filter: Option<ErasureFilter>,
        #[graphql(default_with = "ErasureSort::CreatedAt")] sort: ErasureSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Erasure>> {
        let query = domain::ErasureFilter::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::ErasureSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).erasures(actor(ctx), query.clone(), sort, page).await?.map(Erasure::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

/// Whom to forget, and what came of it: alike for both ways.
macro_rules! forgetting {
    ($input:ident, $payload:ident) => {
        /// Whom to forget.
        #[derive(InputObject)]
        pub(crate) struct $input {
            id: ID,
            /// The version that was read.
            version: Version,
            /// Do everything, report it, and keep nothing of it.
            #[graphql(default = false)]
            dry_run: bool,
        }

        /// What came of it.
        #[derive(SimpleObject)]
        pub(crate) struct $payload {
            /// The receipt; absent where nobody was forgotten.
            erasure: Option<Erasure>,
            /// The member as it is now, where it has been changed since it was read.
            member: Option<Member>,
            /// What was wrong with the input; empty on success.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            fn of(forgotten: std::result::Result<domain::Erasure, Error>) -> Result<Self> {
                let (erasure, member, user_errors) = match forgotten {
                    Ok(erasure) => (Some(erasure.into()), None, Vec::new()),
                    Err(error) => {
                        let (member, user_errors) = outcome::<Member>(Err(error), &["input"])?;
                        (None, member, user_errors)
                    }
                };
                Ok(Self { erasure, member, user_errors })
            }
        }
    };
}

forgetting!(EraseMemberInput, EraseMemberPayload);
forgetting!(AnonymiseMemberInput, AnonymiseMemberPayload);

/// Which erasure no longer keeps anybody out.
#[derive(InputObject)]
#[graphql(name = "LiftErasureInput")]
pub(crate) struct LiftErasure {
    id: ID,
}

payload!(LiftErasurePayload, erasure: Erasure);

#[derive(Default)]
pub(crate) struct ErasureMutations;

#[Object]
impl ErasureMutations {
    /// Erases a member with all who were merged into it, and everything that is known of them, at once and for good, as if
    /// the person had never been there. Events and answers of the same accounts are rejected from now on, until the erasure is
    /// lifted. Refused where the member is merged into another one.
    async fn erase_member(&self, ctx: &Context<'_>, input: EraseMemberInput) -> Result<EraseMemberPayload> {
        let EraseMemberInput { id, version, dry_run } = input;
        EraseMemberPayload::of(app(ctx).erase_member(actor(ctx), id.0, Some(version.0), dry_run).await)
    }

    /// Keeps what a member did, with all who were merged into it, and cuts everything that leads to who they were: they have
    /// new ids from now on. As erasing in all else.
    async fn anonymise_member(&self, ctx: &Context<'_>, input: AnonymiseMemberInput) -> Result<AnonymiseMemberPayload> {
        let AnonymiseMemberInput { id, version, dry_run } = input;
        AnonymiseMemberPayload::of(app(ctx).anonymise_member(actor(ctx), id.0, Some(version.0), dry_run).await)
    }

    /// The same person may be taken in again. Nothing that was removed comes back by it.
    async fn lift_erasure(&self, ctx: &Context<'_>, input: LiftErasure) -> Result<LiftErasurePayload> {
        Ok(plain(app(ctx).lift_erasure(actor(ctx), input.id.0).await, &["input"])?.into())
    }
}
