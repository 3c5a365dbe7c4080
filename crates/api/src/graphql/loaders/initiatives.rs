//! Initiatives by their id, and as programmes.

use std::collections::HashMap;

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::id::Id;
use waymark_domain::{NaiveDate, initiative as domain};

use super::{Batch, Loaded, alike, single};
use crate::resources::initiative::Initiative;
use crate::resources::program::Program;

/// An initiative by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct InitiativeById(pub(crate) Id<domain::Initiative>);

impl Batch for InitiativeById {
    type Value = Initiative;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        Ok(single(app.initiatives_by_id(actor, &ids).await?, |initiative| InitiativeById(initiative.id)))
    }
}

/// An initiative as a programme, in a window of days.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProgramOf {
    pub(crate) initiative: Id<domain::Initiative>,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

impl Batch for ProgramOf {
    type Value = Program;

    async fn load(app: &App, actor: &Actor, keys: &[Self]) -> Loaded<Self> {
        let mut programs = HashMap::new();
        for ((from, to), ids) in alike(keys.iter().map(|key| ((key.from, key.to), key.initiative))) {
            let found = app.programs(actor, &ids, from, to).await?;
            programs.extend(single(found, |program| ProgramOf { initiative: program.initiative, from, to }));
        }
        Ok(programs)
    }
}
