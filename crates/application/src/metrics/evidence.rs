//! Metrics as evidence: what those that links of initiatives name tell now.

use std::collections::HashSet;

use uuid::Uuid;
use waymark_domain::actor::Actor;
use waymark_domain::binding::Gauge;
use waymark_domain::id::Id;
use waymark_domain::metric::catalogue::SegmentKind;
use waymark_domain::metric::figure::Figure;
use waymark_domain::metric::series::{Bucket, Step};
use waymark_domain::metric::window::{Rolling, Window};
use waymark_domain::rejection::{Code, Violation};

use super::asked::Asked;
use super::gauged::Time;
use super::sources::Sources;
use crate::app::App;
use crate::error::{Error, Result};

/// What a metric tells that is evidence: of the last 28 days that are over.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub window: Window,
    /// What it tells, or why it cannot be asked.
    pub told: std::result::Result<Figure, String>,
}

impl App {
    /// What these gauges tell, in their order. What several of them need is read once, however many there are.
    pub(crate) async fn evidence(&self, actor: &Actor, gauges: &[&Gauge]) -> Result<Vec<Evidence>> {
        if gauges.is_empty() {
            return Ok(Vec::new());
        }
        let zone = self.store.workspace(actor.scope).await?.ok_or(Error::Unauthenticated)?.time_zone;
        let time = Time { now: self.now(), zone };
        let yesterday = time.now.with_timezone(&zone).date_naive().pred_opt().unwrap_or_default();
        let window = Rolling::DASHBOARD.ending_with(yesterday);
        let bucket = Bucket { window, period: window, step: Step::Rolling(Rolling::DASHBOARD) };
        let there = self.there(actor, gauges).await?;
        let question = |gauge: &&Gauge| all_there(gauge, &there).and_then(|()| Asked::of_gauge(gauge, vec![bucket], time));
        let questions: Vec<std::result::Result<Asked, Violation>> = gauges.iter().map(question).collect();
        let sources = Sources::of(self, actor).await?;
        let known: Vec<&Asked> = questions.iter().flatten().collect();
        sources.prepare(&known).await?;
        let mut evidence = Vec::with_capacity(questions.len());
        for question in questions {
            let told = match question {
                Ok(asked) => match sources.series(&asked).await?.points.into_iter().next() {
                    Some(point) => Ok(point.figure),
                    None => continue,
                },
                Err(violation) => Err(violation.detail),
            };
            evidence.push(Evidence { window, told });
        }
        Ok(evidence)
    }

    /// Everything that gauges are narrowed to and that is there. One query for each kind of it.
    async fn there(&self, actor: &Actor, gauges: &[&Gauge]) -> Result<HashSet<Uuid>> {
        let (store, scope) = (&self.store, actor.scope);
        let mut there: HashSet<Uuid> = HashSet::new();
        let platforms = named(gauges, SegmentKind::Platform);
        if !platforms.is_empty() {
            there.extend(store.platforms_by_id(scope, &platforms).await?.iter().map(|one| one.id.uuid()));
        }
        let channels = named(gauges, SegmentKind::Channel);
        if !channels.is_empty() {
            there.extend(store.channels_by_id(scope, &channels).await?.iter().map(|one| one.id.uuid()));
        }
        let layers = named(gauges, SegmentKind::Layer);
        if !layers.is_empty() {
            there.extend(store.layers_by_id(scope, &layers).await?.iter().map(|one| one.id.uuid()));
        }
        let initiatives = named(gauges, SegmentKind::Initiative);
        if !initiatives.is_empty() {
            there.extend(store.initiatives_by_id(scope, &initiatives).await?.iter().map(|one| one.id.uuid()));
        }
        Ok(there)
    }
}

/// The ids of what these gauges are narrowed to, each once.
fn named<T: waymark_domain::id::Named>(gauges: &[&Gauge], wanted: SegmentKind) -> Vec<Id<T>> {
    let segments = gauges.iter().flat_map(|gauge| &gauge.segment).filter(|(kind, _)| *kind == wanted);
    let ids: HashSet<Uuid> = segments.filter_map(|(_, name)| name.parse::<Id<T>>().ok()).map(Id::uuid).collect();
    ids.into_iter().map(Id::from_uuid).collect()
}

fn all_there(gauge: &Gauge, there: &HashSet<Uuid>) -> std::result::Result<(), Violation> {
    for (kind, name) in &gauge.segment {
        let (word, id) = match kind {
            SegmentKind::Platform => ("platform", uuid::<waymark_domain::platform::Platform>(name)),
            SegmentKind::Channel => ("channel", uuid::<waymark_domain::channel::Channel>(name)),
            SegmentKind::Layer => ("layer", uuid::<waymark_domain::layer::Layer>(name)),
            SegmentKind::Initiative => ("initiative", uuid::<waymark_domain::initiative::Initiative>(name)),
            SegmentKind::Organisation | SegmentKind::Property | SegmentKind::Tag | SegmentKind::Category => continue,
        };
        if !id.is_some_and(|id| there.contains(&id)) {
            return Err(Violation::new(Code::NotFound, format!("the {word} `{name}` that it is narrowed to is not there")));
        }
    }
    Ok(())
}

fn uuid<T: waymark_domain::id::Named>(name: &str) -> Option<Uuid> {
    name.parse::<Id<T>>().ok().map(Id::uuid)
}
