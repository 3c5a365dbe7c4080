//! The scores of a cycle as a flat list, one line for each key result.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::objective::{Objective, ObjectiveFilter, ObjectiveStatus};
use waymark_domain::page::{Page, Placed, Slice, Sort};
use waymark_domain::rejection::Check;
use waymark_domain::scoring::list::{ScoreFilter, ScoreSort};
use waymark_domain::{DateTime, Decimal, Utc};

use crate::app::{App, accepted, require};
use crate::error::Result;
use crate::naming::{self, Names};
use crate::scores::{KeyResultStanding, ObjectiveStanding};

/// Which scores of a cycle to list; what they are filtered by is named by id or key.
#[derive(Clone, Debug)]
pub struct ScoreQuery {
    pub cycle: String,
    pub team: Option<String>,
    pub owner: Option<String>,
    /// Everything that is not named.
    pub filter: ScoreFilter,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

/// A key result with what it is worth, and what its objective is.
#[derive(Clone, Debug)]
pub struct ScoreLine {
    pub standing: KeyResultStanding,
    pub objective_title: String,
    pub objective_status: ObjectiveStatus,
    pub objective_score: Option<Decimal>,
}

impl App {
    /// The scores of a cycle are computed all at once, in a constant number of queries, and then filtered, sorted and cut.
    pub async fn cycle_scores(&self, actor: &Actor, query: ScoreQuery, sort: Sort<ScoreSort>, page: Page) -> Result<Slice<ScoreLine>> {
        require(actor, Permission::Read)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let cycle = names.cycle(&query.cycle).await?.id;
        let mut check = Check::new();
        let team = naming::optional(&mut check, "team", query.team.as_deref(), async |named| names.team(named).await).await?;
        let owner = naming::optional(&mut check, "owner", query.owner.as_deref(), async |named| names.team(named).await).await?;
        accepted(check, Some(()))?;
        let filter = ScoreFilter { team: team.map(|team| team.id), owner: owner.map(|team| team.id), ..query.filter };
        let objectives = app.store.objectives_in(actor.scope, &[cycle], &ObjectiveFilter::default()).await?;
        let asked = |objective: &Objective| filter.team.is_none_or(|team| objective.team == team);
        let today = app.day(actor).await?;
        let standings = app.objectives_worked(actor, objectives.into_iter().filter(asked).collect(), today).await?;
        let placed = standings.into_iter().flat_map(lines).filter_map(|line| {
            let (key_result, score) = (&line.standing.key_result, &line.standing.score);
            let at = filter.holds(key_result, score).then(|| sort.key.position(key_result, score, sort.descending))?;
            Some(Placed { item: line, at })
        });
        Ok(Slice::cut(placed.collect(), sort.descending, &page))
    }
}

fn lines(standing: ObjectiveStanding) -> impl Iterator<Item = ScoreLine> {
    let ObjectiveStanding { objective, score, key_results, .. } = standing;
    key_results.into_iter().map(move |standing| ScoreLine {
        standing,
        objective_title: objective.title.clone(),
        objective_status: objective.status,
        objective_score: score.value,
    })
}
