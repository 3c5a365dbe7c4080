//! Waves over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::WaveQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::page::Sort;
use waymark_domain::wave as domain;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::surveys::SurveyById;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::survey::Survey;
use crate::resources::wave::{NewWave, Wave, WaveFilter, WavePatch, WaveSort};
use crate::scalars::DateTime;

#[ComplexObject]
impl Wave {
    /// The survey it belongs to.
    async fn survey(&self, ctx: &Context<'_>) -> Result<Survey> {
        load_present(ctx, self.as_of, id_of(&self.survey_id).map(SurveyById)).await
    }

    /// Whether the caller may change this wave.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditCommunity)
    }

    /// Every change, oldest first.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, self.as_of, Concept::Wave, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct WaveQueries;

#[Object]
impl WaveQueries {
    /// A wave by id; null when there is none.
    async fn wave(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<Wave>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).wave(actor(ctx), &id).await)?.map(Wave::from).dated(as_of))
    }

    /// Waves, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn waves(
        &self,
        ctx: &Context<'_>,
        filter: Option<WaveFilter>,
        #[graphql(default_with = "WaveSort::CreatedAt")] sort: WaveSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Wave>> {
        let query = WaveQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::WaveSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).waves(actor(ctx), query.clone(), sort, page).await?.map(Wave::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateWavePayload, wave: Wave);
payload!(UpdateWavePayload, wave: Wave);
payload!(PutWavePayload, wave: Wave);
payload!(DeleteWavePayload, wave: Wave);

#[derive(Default)]
pub(crate) struct WaveMutations;

#[Object]
impl WaveMutations {
    /// The population is what the response rate is made from.
    async fn create_wave(&self, ctx: &Context<'_>, input: NewWave) -> Result<CreateWavePayload> {
        Ok(create::<Wave>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_wave(&self, ctx: &Context<'_>, input: Update<WavePatch>) -> Result<UpdateWavePayload> {
        Ok(update::<Wave, _>(ctx, input).await?.into())
    }

    /// Creates the wave with this external id, or makes the one that has it equal to the value.
    async fn put_wave(&self, ctx: &Context<'_>, input: Put<NewWave>) -> Result<PutWavePayload> {
        Ok(put::<Wave, _>(ctx, input).await?.into())
    }

    /// Refused while there are answers of it. The payload holds the wave as it was.
    async fn delete_wave(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteWavePayload> {
        Ok(delete::<Wave>(ctx, input).await?.into())
    }
}
