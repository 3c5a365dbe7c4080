//! Who changed what, when, and on which request.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::{self, Named};
use waymark_domain::initiative::Initiative;
use waymark_domain::key_result::KeyResult;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::objective::Objective;
use waymark_domain::team::Team;
use waymark_domain::workspace::Workspace;
use waymark_persistence::{Change, Concept};

use crate::app::{App, require};
use crate::error::{Error, Result};
use crate::naming::Names;

impl App {
    /// The changes of one thing, oldest first, also of one that was deleted. Named by id, or as it is named elsewhere.
    pub async fn history(&self, actor: &Actor, concept: Concept, named: &str) -> Result<Vec<Change>> {
        require(actor, Permission::Read)?;
        let (word, prefix) = word(concept);
        let names = Names { store: &self.store, scope: actor.scope };
        let id = match id::parts(named).filter(|(found, _)| found == prefix) {
            Some((_, uuid)) => uuid,
            None => match concept {
                Concept::Team => names.team(named).await?.id.uuid(),
                Concept::Cycle => names.cycle(named).await?.id.uuid(),
                Concept::Objective => names.objective(named).await?.id.uuid(),
                Concept::KeyResult => names.key_result(named).await?.id.uuid(),
                Concept::Workspace | Concept::MilestoneStep | Concept::Initiative => return Err(Error::not_found(word, named)),
            },
        };
        let changes = self.store.history(actor.scope, concept, id).await?;
        if changes.is_empty() { Err(Error::not_found(word, named)) } else { Ok(changes) }
    }
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
    }
}
