//! What a change of who the people are would do to figures: the same questions, put to the community before and after.

use waymark_domain::actor::Actor;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::{MetricKey, Statistic};
use waymark_domain::metric::effect::{self, Difference, Effect, MetricEffect, Moved, SurveyEffect};
use waymark_domain::metric::figure::Figure;
use waymark_domain::response::Said;
use waymark_persistence::Store;

use super::asked::{Asked, catalogue};
use super::asking::Asking;
use super::sources::Sources;
use super::{MetricPoint, MetricQuery, MetricSeries};
use crate::app::App;
use crate::community::Altered;
use crate::error::{Error, Result};

impl App {
    /// Every figure that would be told otherwise, of the calendar month that runs and the eleven before it, and the watermark
    /// of the community that was asked. Of every metric that can be asked without naming anything. Nothing is written.
    pub(crate) async fn effect_of(&self, actor: &Actor, altered: Altered) -> Result<(Effect, u64)> {
        // In a task of its own: a reader who goes away must not leave a transaction open.
        self.detach(actor, move |app, actor| async move {
            let questions = questions(&app, &actor).await?;
            let community = app.community(&actor).await?;
            let watermark = community.progress.watermark;
            // From here on one connection is enough: nobody who has one waits for another.
            let snapshot = app.store.snapshot().await?;
            let before = Sources::over(&snapshot, &actor, community);
            let after = before.altered(&altered);
            let mut metrics = Vec::new();
            for asked in &questions {
                let (was, is) = (before.series(asked).await?, after.series(asked).await?);
                metrics.extend(compared(asked.definition.key, &was, &is));
            }
            let surveys = surveys(&snapshot, &actor, &before, &altered).await?;
            Ok((Effect { metrics, surveys }, watermark))
        })
        .await
    }
}

/// What is asked of every metric that needs nothing to be named.
async fn questions(app: &App, actor: &Actor) -> Result<Vec<Asked>> {
    let asking = Asking::about(app, actor, &[]).await?;
    let mut questions = Vec::new();
    for metric in catalogue() {
        let key = <&str>::from(metric).to_owned();
        let query = MetricQuery { metric: key, granularity: Some(Granularity::Month), ..MetricQuery::default() };
        match Asked::new(&asking, &query).await {
            Ok(asked) => questions.push(asked),
            Err(Error::Rejected(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(questions)
}

/// The numbers of a metric that moved, in the order in which it tells them.
fn compared(metric: MetricKey, before: &MetricSeries, after: &MetricSeries) -> Vec<MetricEffect> {
    let mut effects: Vec<MetricEffect> = Vec::new();
    for (was, is) in before.points.iter().zip(&after.points) {
        let later = |statistic| figures(after.statistic, is).find(|(other, _)| *other == statistic);
        for (statistic, figure) in figures(before.statistic, was) {
            let Some((_, changed)) = later(statistic) else { continue };
            let figures = Difference { before: figure.clone(), after: changed.clone() };
            let Some(moved) = Moved::of(metric, statistic, (was.window, was.is_partial), figures) else { continue };
            note(&mut effects, metric, statistic, moved);
        }
    }
    effects
}

fn figures(statistic: Statistic, point: &MetricPoint) -> impl Iterator<Item = (Statistic, &Figure)> {
    std::iter::once((statistic, &point.figure)).chain(point.further.iter().map(|(statistic, figure)| (*statistic, figure)))
}

fn note(effects: &mut Vec<MetricEffect>, metric: MetricKey, statistic: Statistic, moved: Moved) {
    match effects.iter_mut().find(|effect| effect.statistic == statistic) {
        Some(effect) => effect.windows.push(moved),
        None => effects.push(MetricEffect { metric, statistic, windows: vec![moved] }),
    }
}

/// Who is anonymised keeps their answers; who is erased takes all along; and of two who are one, one counts.
async fn surveys(snapshot: &Store, actor: &Actor, before: &Sources<'_>, altered: &Altered) -> Result<Vec<SurveyEffect>> {
    let (one, other) = match altered {
        Altered::Nameless(_) => return Ok(Vec::new()),
        Altered::Without(members) => (members.iter().collect(), None),
        Altered::Merged(merge) => (before.community.people.person(merge.member), Some(before.community.people.person(merge.into))),
        Altered::Unmerged(member) => before.community.people.parted(*member),
    };
    let said = async |numbers: Vec<u32>| -> Result<Vec<Said>> { Ok(snapshot.said_by(actor.scope, &numbers).await?) };
    let one = said(one).await?;
    Ok(match other {
        Some(other) => effect::answered_by_both(&one, &said(other).await?),
        None => effect::answered(&one).into_iter().collect(),
    })
}
