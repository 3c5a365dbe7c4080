//! Contributions, the links between initiatives and key results, over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};
use waymark_domain::initiative::ContributionDraft;

use crate::graphql::context::{actor, app, id_of, load, load_present};
use crate::graphql::loaders::KeyResultById;
use crate::graphql::loaders::initiatives::InitiativeById;
use crate::graphql::mutation::{payload, plain};
use crate::resources::contribution::Contribution;
use crate::resources::evidence::NewEvidenceMetric;
use crate::resources::initiative::Initiative;
use crate::resources::key_result::KeyResult;

#[ComplexObject]
impl Contribution {
    /// The work that contributes.
    async fn initiative(&self, ctx: &Context<'_>) -> Result<Initiative> {
        load_present(ctx, self.as_of, id_of(&self.initiative_id).map(InitiativeById)).await
    }

    /// The key result that is contributed to; null when the link dangles.
    async fn key_result(&self, ctx: &Context<'_>) -> Result<Option<KeyResult>> {
        match self.key_result_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, self.as_of, KeyResultById(id)).await,
            None => Ok(None),
        }
    }
}

/// Which initiative contributes to which key result, and what is said of it; what is absent is cleared.
#[derive(InputObject)]
pub(crate) struct LinkInitiativeInput {
    pub(crate) initiative: ID,
    /// Id or address, of at most 200 characters.
    pub(crate) key_result: String,
    /// What the initiative is expected to add to the key result; at most 20,000 characters.
    pub(crate) expected_contribution: Option<String>,
    /// What shows that it does; at most 20,000 characters.
    pub(crate) evidence: Option<String>,
    /// The metric that shows whether it does.
    pub(crate) evidence_metric: Option<NewEvidenceMetric>,
}

/// Which initiative no longer contributes to which key result.
#[derive(InputObject)]
pub(crate) struct UnlinkInitiativeInput {
    pub(crate) initiative: ID,
    /// Id or address, or the name that the link has.
    pub(crate) key_result: String,
}

payload!(LinkInitiativePayload, contribution: Contribution);
payload!(UnlinkInitiativePayload, contribution: Contribution);

#[derive(Default)]
pub(crate) struct ContributionMutations;

#[Object]
impl ContributionMutations {
    /// Makes the link, or replaces what is said of it. A key result that does not exist is kept by its name, and the
    /// link dangles until there is one. A rerun changes nothing, so no version is needed.
    async fn link_initiative(&self, ctx: &Context<'_>, input: LinkInitiativeInput) -> Result<LinkInitiativePayload> {
        let LinkInitiativeInput { initiative, key_result, expected_contribution, evidence, evidence_metric } = input;
        let draft = ContributionDraft { key_result, expected: expected_contribution, evidence };
        let metric = evidence_metric.map(Into::into);
        Ok(plain(app(ctx).link_initiative(actor(ctx), initiative.0, draft, metric).await, &["input"])?.into())
    }

    /// Takes a link back. The payload holds the link as it was.
    async fn unlink_initiative(&self, ctx: &Context<'_>, input: UnlinkInitiativeInput) -> Result<UnlinkInitiativePayload> {
        let UnlinkInitiativeInput { initiative, key_result } = input;
        Ok(plain(app(ctx).unlink_initiative(actor(ctx), initiative.0, key_result).await, &["input"])?.into())
    }
}
