//! Programmes: who takes part in an initiative, who comes to its end, and what it is worth to them.

use std::collections::HashMap;

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::binding::Gauge;
use waymark_domain::id::Id;
use waymark_domain::initiative::Initiative;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::{MetricKey, SegmentKind, Statistic};
use waymark_domain::metric::figure::Figure;
use waymark_domain::metric::series::{Bucket, Step};
use waymark_domain::metric::setting::Given;
use waymark_domain::metric::window::Window;
use waymark_domain::rejection::{Check, Violation};
use waymark_domain::{DateTime, Days, NaiveDate, Tz, Utc, cycle};

use super::asked::Asked;
use super::gauged::Time;
use super::sources::Sources;
use super::{MetricPoint, MetricSeries};
use crate::app::{App, accepted, require};
use crate::error::{Error, Result};
use crate::naming::Names;

/// Days that are looked back on where nobody says how many: four whole weeks.
const USUAL_DAYS: Days = Days::new(28);

/// An initiative as a programme, in a window of days.
#[derive(Clone, Debug)]
pub struct Program {
    pub initiative: Id<Initiative>,
    pub window: Window,
    pub is_partial: bool,
    pub time_zone: Tz,
    pub participants: Figure,
    pub completions: Figure,
    /// Of those who took part.
    pub completion_rate: Figure,
    /// The share of ratings of 8 and more.
    pub satisfaction: Figure,
    pub mean_rating: Figure,
    pub as_of: DateTime<Utc>,
    /// Everything that was acknowledged with it is in the figures; none where they are as of an instant.
    pub watermark: Option<u64>,
}

impl App {
    /// From a day up to another, which is not included: by default to today, and from 28 days before that.
    pub async fn program(&self, actor: &Actor, initiative: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Program> {
        require(actor, Permission::Read)?;
        let found = Names { store: &self.store, scope: actor.scope }.initiative(initiative).await?;
        let programs = self.programs(actor, &[found.id], from, to).await?;
        programs.into_iter().next().ok_or_else(|| Error::not_found("initiative", initiative))
    }

    /// As [`App::program`], of each of these initiatives, in their order. A constant number of queries.
    pub async fn programs(
        &self,
        actor: &Actor,
        initiatives: &[Id<Initiative>],
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Vec<Program>> {
        require(actor, Permission::Read)?;
        let zone = self.store.workspace(actor.scope).await?.ok_or(Error::Unauthenticated)?.time_zone;
        let time = Time { now: self.now(), zone };
        let window = window(time, from, to)?;
        let mut questions = Vec::with_capacity(initiatives.len());
        for initiative in initiatives {
            questions.push((*initiative, asked(*initiative, window, time)?));
        }
        let sources = Sources::of(self, actor).await?;
        let known: Vec<&Asked> = questions.iter().flat_map(|(_, asked)| asked).collect();
        sources.prepare(&known).await?;
        let mut programs = Vec::with_capacity(questions.len());
        for (initiative, asked) in questions {
            let mut told = HashMap::new();
            for question in &asked {
                told.insert(question.definition.key, sources.series(question).await?);
            }
            programs.extend(program(initiative, window, &told));
        }
        Ok(programs)
    }
}

fn window(Time { now, zone }: Time, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Window> {
    let to = to.unwrap_or_else(|| now.with_timezone(&zone).date_naive());
    let from = from.or_else(|| to.checked_sub_days(USUAL_DAYS)).unwrap_or(to);
    let mut check = Check::new();
    check.field("from", cycle::sensible(from));
    check.field("to", cycle::sensible(to));
    let window = check.field("", Window::new(from, to));
    accepted(check, window)
}

/// The three metrics of programmes, of one initiative.
fn asked(initiative: Id<Initiative>, window: Window, time: Time) -> std::result::Result<Vec<Asked>, Violation> {
    let bucket = Bucket { window, period: window, step: Step::Calendar(Granularity::Day) };
    let question = |metric: MetricKey| {
        let segment = vec![(SegmentKind::Initiative, initiative.to_string())];
        let gauge = Gauge { metric, statistic: metric.definition().value.statistic, segment, given: Given::default() };
        Asked::of_gauge(&gauge, vec![bucket], time)
    };
    [MetricKey::ProgramParticipants, MetricKey::ProgramCompletions, MetricKey::ProgramSatisfaction].into_iter().map(question).collect()
}

fn program(initiative: Id<Initiative>, window: Window, told: &HashMap<MetricKey, MetricSeries>) -> Option<Program> {
    let of = |metric| told.get(&metric).and_then(|series| series.points.first());
    let participants = told.get(&MetricKey::ProgramParticipants)?;
    let (completions, satisfaction) = (of(MetricKey::ProgramCompletions)?, of(MetricKey::ProgramSatisfaction)?);
    let point = participants.points.first()?;
    Some(Program {
        initiative,
        window,
        is_partial: point.is_partial,
        time_zone: participants.time_zone,
        participants: point.figure.clone(),
        completions: completions.figure.clone(),
        completion_rate: further(completions, Statistic::CompletionRate)?,
        satisfaction: satisfaction.figure.clone(),
        mean_rating: further(satisfaction, Statistic::Mean)?,
        as_of: participants.provenance.as_of,
        watermark: participants.provenance.watermark,
    })
}

fn further(point: &MetricPoint, wanted: Statistic) -> Option<Figure> {
    point.further.iter().find(|(statistic, _)| *statistic == wanted).map(|(_, figure)| figure.clone())
}
