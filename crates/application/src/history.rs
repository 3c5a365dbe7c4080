//! Who changed what, when, and on which request.

use uuid::Uuid;
use waymark_domain::activity::{self, ActivityType};
use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::binding::Binding;
use waymark_domain::channel::Channel;
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::{self, Id, Named};
use waymark_domain::initiative::Initiative;
use waymark_domain::key_result::KeyResult;
use waymark_domain::layer::Layer;
use waymark_domain::layer_assignment::LayerAssignment;
use waymark_domain::member::Member;
use waymark_domain::member_trait::MemberTrait;
use waymark_domain::metric_target::MetricTarget;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::objective::Objective;
use waymark_domain::page::{Page, Placed, Position, Slice, Sort};
use waymark_domain::platform::Platform;
use waymark_domain::question::Question;
use waymark_domain::survey::Survey;
use waymark_domain::team::Team;
use waymark_domain::token::Token;
use waymark_domain::wave::Wave;
use waymark_domain::workspace::Workspace;
use waymark_persistence::{Change, ChangeSort, Concept};

use crate::app::{App, require};
use crate::error::{Error, Result};
use crate::naming::Names;

/// Whose changes to list.
#[derive(Clone, Debug)]
pub struct ChangeQuery {
    pub concept: Concept,
    /// By id, or as it is named elsewhere. The workspace needs no name.
    pub named: String,
}

impl App {
    /// The changes of one thing, oldest first, also of one that was deleted.
    pub async fn history(&self, actor: &Actor, query: ChangeQuery, sort: Sort<ChangeSort>, page: Page) -> Result<Slice<Change>> {
        require(actor, needed(query.concept))?;
        let id = self.remembered(actor, query.concept, &query.named).await?;
        let changes = self.store.histories(actor.scope, query.concept, &[id]).await?;
        // What is built in has never changed.
        if changes.is_empty() && !(query.concept == Concept::ActivityType && activity::is_built_in(id)) {
            return Err(Error::not_found(word(query.concept).0, query.named));
        }
        let placed = changes.into_iter().map(|(id, change)| Placed { at: position(id, &change), item: change });
        Ok(Slice::cut(placed.collect(), sort.descending, &page))
    }

    /// The changes of things of one kind by their ids, oldest first; of what never existed there are none.
    pub async fn histories(&self, actor: &Actor, concept: Concept, ids: &[String]) -> Result<Vec<(String, Change)>> {
        require(actor, needed(concept))?;
        let (_, prefix) = word(concept);
        let uuids = ids.iter().filter_map(|id| id::parts(id)).filter(|(found, _)| found == prefix).map(|(_, uuid)| uuid);
        let changes = self.store.histories(actor.scope, concept, &uuids.collect::<Vec<_>>()).await?;
        Ok(changes.into_iter().map(|(uuid, change)| (id::written(prefix, uuid), change)).collect())
    }

    /// The id of something that is, or once was.
    async fn remembered(&self, actor: &Actor, concept: Concept, named: &str) -> Result<Uuid> {
        let (word, prefix) = word(concept);
        if let Some((_, uuid)) = id::parts(named).filter(|(found, _)| found == prefix) {
            return Ok(uuid);
        }
        let names = Names { store: &self.store, scope: actor.scope };
        let found = match concept {
            Concept::Workspace => named.is_empty().then(|| actor.scope.workspace().uuid()),
            Concept::Team => Some(names.team(named).await?.id.uuid()),
            Concept::Cycle => Some(names.cycle(named).await?.id.uuid()),
            Concept::Objective => names.objective_id(named).await?.map(Id::uuid),
            Concept::KeyResult => names.key_result_id(named).await?.map(Id::uuid),
            Concept::Platform => Some(names.platform(named).await?.id.uuid()),
            Concept::Channel => Some(names.channel(named).await?.id.uuid()),
            Concept::Layer => Some(names.layer(named).await?.id.uuid()),
            Concept::ActivityType => Some(names.activity_type(named).await?.id().uuid()),
            Concept::Survey => Some(names.survey(named).await?.id.uuid()),
            Concept::CustomMetric => Some(names.custom_metric(named).await?.id.uuid()),
            Concept::Binding => self.binding_id(actor, named).await?.map(Id::uuid),
            Concept::MilestoneStep
            | Concept::Initiative
            | Concept::Token
            | Concept::Member
            | Concept::MemberTrait
            | Concept::LayerAssignment
            | Concept::Question
            | Concept::MetricTarget
            | Concept::Wave => None,
        };
        found.ok_or_else(|| Error::not_found(word, named))
    }
}

/// Who may see a thing may see what became of it.
fn needed(concept: Concept) -> Permission {
    match concept {
        Concept::Token => Permission::ManageTokens,
        Concept::Workspace
        | Concept::Team
        | Concept::Cycle
        | Concept::Objective
        | Concept::KeyResult
        | Concept::MilestoneStep
        | Concept::Initiative
        | Concept::Platform
        | Concept::Channel
        | Concept::ActivityType
        | Concept::Member
        | Concept::MemberTrait
        | Concept::Layer
        | Concept::LayerAssignment
        | Concept::Survey
        | Concept::Question
        | Concept::Wave
        | Concept::Binding
        | Concept::CustomMetric
        | Concept::MetricTarget => Permission::Read,
    }
}

/// Versions count from 1, one more with every change; positions are compared as text.
fn position(id: Uuid, change: &Change) -> Position {
    Position { sorted_by: format!("{:010}", change.version), id }
}

fn word(concept: Concept) -> (&'static str, &'static str) {
    match concept {
        Concept::Workspace => (Workspace::WORD, Workspace::PREFIX),
        Concept::Team => (Team::WORD, Team::PREFIX),
        Concept::Cycle => (Cycle::WORD, Cycle::PREFIX),
        Concept::Objective => (Objective::WORD, Objective::PREFIX),
        Concept::KeyResult => (KeyResult::WORD, KeyResult::PREFIX),
        Concept::MilestoneStep => (MilestoneStep::WORD, MilestoneStep::PREFIX),
        Concept::Initiative => (Initiative::WORD, Initiative::PREFIX),
        Concept::Token => (Token::WORD, Token::PREFIX),
        Concept::Platform => (Platform::WORD, Platform::PREFIX),
        Concept::Channel => (Channel::WORD, Channel::PREFIX),
        Concept::ActivityType => (ActivityType::WORD, ActivityType::PREFIX),
        Concept::Member => (Member::WORD, Member::PREFIX),
        Concept::MemberTrait => (MemberTrait::WORD, MemberTrait::PREFIX),
        Concept::Layer => (Layer::WORD, Layer::PREFIX),
        Concept::LayerAssignment => (LayerAssignment::WORD, LayerAssignment::PREFIX),
        Concept::Survey => (Survey::WORD, Survey::PREFIX),
        Concept::Question => (Question::WORD, Question::PREFIX),
        Concept::Wave => (Wave::WORD, Wave::PREFIX),
        Concept::Binding => (Binding::WORD, Binding::PREFIX),
        Concept::CustomMetric => (CustomMetric::WORD, CustomMetric::PREFIX),
        Concept::MetricTarget => (MetricTarget::WORD, MetricTarget::PREFIX),
    }
}
