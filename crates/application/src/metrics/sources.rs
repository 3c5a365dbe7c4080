//! What figures are made from: read once for a question, however many windows it has.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use tokio::sync::{Mutex, OnceCell};
use waymark_domain::activity::ActivityType;
use waymark_domain::actor::Actor;
use waymark_domain::event::Event;
use waymark_domain::id::Id;
use waymark_domain::initiative::Initiative;
use waymark_domain::metric::Metric;
use waymark_domain::metric::catalogue::Family;
use waymark_domain::metric::deed::{Choice, Record};
use waymark_domain::metric::population::Population;
use waymark_domain::metric::roll::Holding;
use waymark_domain::metric::series::Bucket;
use waymark_domain::metric::standard::Standard;
use waymark_domain::metric::window::Window;
use waymark_domain::{DateTime, NaiveDate, RoaringBitmap, Tz, Utc};
use waymark_persistence::{Cell, DeedFilter, Store};

use super::asked::{Asked, Holders};
use super::evaluate::Told;
use super::{MetricPoint, MetricSeries, Provenance};
use crate::app::App;
use crate::community::{Altered, Community, Members};
use crate::error::Result;
use crate::folding::slices;

/// The community as of a watermark, and the store behind it.
pub(super) struct Sources<'a> {
    pub(super) store: &'a Store,
    pub(super) actor: &'a Actor,
    pub(super) community: Community,
    /// Members of whom no event counts.
    absent: RoaringBitmap,
    /// Everything that was acknowledged with it is in the figures; none for the past, in which something could be found anew.
    pub(super) watermark: Option<u64>,
    /// When the first event happened.
    first: OnceCell<Option<DateTime<Utc>>>,
    own: OnceCell<Vec<ActivityType>>,
    looks_back: bool,
    /// What was counted for one question already is there for the next that is asked at once.
    counted: Mutex<HashMap<(Tz, DeedFilter), Counted>>,
    pub(super) read: super::ratings::ReadOnce,
}

/// The days and the initiatives of questions that differ in nothing else of what they need.
type Group = (BTreeSet<NaiveDate>, BTreeSet<Id<Initiative>>);

/// Days that were counted, and what was done on them.
#[derive(Default)]
struct Counted {
    days: BTreeSet<NaiveDate>,
    record: Record,
}

/// What a question is answered from.
pub(super) struct Ground<'a> {
    pub(super) asked: &'a Asked,
    pub(super) community: &'a Community,
    pub(super) record: Record,
    pub(super) population: Arc<Population>,
    pub(super) choice: Choice,
}

impl<'a> Sources<'a> {
    pub(super) async fn of(app: &'a App, actor: &'a Actor) -> Result<Self> {
        let (community, looks_back) = (app.community(actor).await?, app.instant().is_some());
        let watermark = (!looks_back).then_some(community.progress.watermark);
        Ok(Self { watermark, looks_back, ..Self::over(&app.store, actor, community) })
    }

    /// Of now.
    pub(super) fn over(store: &'a Store, actor: &'a Actor, community: Community) -> Self {
        let watermark = Some(community.progress.watermark);
        let (first, own, counted, read) = (OnceCell::new(), OnceCell::new(), Mutex::default(), Default::default());
        Self { store, actor, community, absent: RoaringBitmap::new(), watermark, first, own, looks_back: false, counted, read }
    }

    /// The same, were it otherwise with somebody.
    pub(super) fn altered(&self, altered: &Altered) -> Self {
        Self { absent: altered.absent(), ..Self::over(self.store, self.actor, self.community.altered(altered)) }
    }

    /// Whether an event counts, whoever did it.
    pub(super) fn counts(&self, event: &Event) -> bool {
        self.is_there(event.told.member)
    }

    /// Whether somebody is there, or nobody is meant.
    pub(super) fn is_there(&self, member: Option<u32>) -> bool {
        member.is_none_or(|member| !self.absent.contains(member))
    }

    /// Reads what these questions need of initiatives, of all initiatives at once.
    pub(super) async fn prepare(&self, questions: &[&Asked]) -> Result<()> {
        let mut groups: HashMap<(Tz, DeedFilter), Group> = HashMap::new();
        for asked in questions {
            for filter in super::evaluate::filters(asked) {
                let Some(initiative) = filter.initiative else { continue };
                let group = groups.entry((asked.zone, DeedFilter { initiative: None, ..filter })).or_default();
                group.0.extend(self.days(asked).await?);
                group.1.insert(initiative);
            }
        }
        let mut known = self.counted.lock().await;
        for ((zone, filter), (days, initiatives)) in groups {
            let (days, initiatives): (Vec<NaiveDate>, Vec<Id<Initiative>>) =
                (days.into_iter().collect(), initiatives.into_iter().collect());
            let slices = slices(&days, zone);
            let mut cells = self.store.deeds_of_initiatives(self.actor.scope, &slices, &filter, &initiatives).await?;
            for initiative in initiatives {
                let record = self.recorded(&Record::default(), &days, cells.remove(&initiative).unwrap_or_default()).await?;
                let filter = DeedFilter { initiative: Some(initiative), ..filter.clone() };
                known.insert((zone, filter), Counted { days: days.iter().copied().collect(), record });
            }
        }
        Ok(())
    }

    pub(super) async fn series(&self, asked: &Asked) -> Result<MetricSeries> {
        if let Metric::Own(own) = &asked.metric {
            return self.pushed_series(asked, own).await;
        }
        let ground = self.ground(asked).await?;
        let facts = self.facts(asked, &ground).await?;
        let standard = asked.standard();
        let tell = |window, previous| facts.tell(&ground, window, previous);
        let points: Vec<MetricPoint> = asked
            .buckets
            .iter()
            .map(|bucket| MetricPoint { wave: facts.wave(bucket.window), ..point(asked, *bucket, standard.as_ref(), tell) })
            .collect();
        let provenance = Provenance {
            as_of: asked.now,
            watermark: self.watermark,
            events: facts.events(&ground),
            includes_staff: asked.settings.including.staff,
            includes_bots: asked.settings.including.bots,
            question: facts.question(),
        };
        Ok(MetricSeries { metric: asked.metric.clone(), statistic: asked.statistic, time_zone: asked.zone, points, provenance })
    }

    async fn ground<'b>(&'b self, asked: &'b Asked) -> Result<Ground<'b>> {
        let community = &self.community;
        // Who answers a survey need not be a member, and a segment of those who did is made wave by wave.
        let segment = asked.narrowed.members.as_ref().filter(|_| asked.definition.family != Family::Survey);
        let holdings = segment.map(|holders| self.holdings(holders));
        let members = Members {
            zone: asked.zone,
            including: asked.settings.including,
            platform: asked.narrowed.platform,
            segment: segment.map(|holders| format!("{holders:?}")),
        };
        let population = community.people.population(&members, holdings.as_deref());
        let record = self.record(asked, super::evaluate::filter(asked)).await?;
        Ok(Ground { asked, community, record, population, choice: self.choice(asked) })
    }

    /// What was done: as it is kept, where it is kept so; counted from the events, where some of them, days of another zone or
    /// the past are asked for.
    async fn record(&self, asked: &Asked, filter: DeedFilter) -> Result<Record> {
        if asked.definition.family == Family::Survey {
            return Ok(Record::default());
        }
        let is_kept = asked.zone == self.community.zone && filter == DeedFilter::default() && !self.looks_back;
        if is_kept { Ok(self.community.record.clone()) } else { self.counted(asked, filter).await }
    }

    pub(super) async fn counted(&self, asked: &Asked, filter: DeedFilter) -> Result<Record> {
        let mut counted = self.counted.lock().await;
        let known = counted.entry((asked.zone, filter.clone())).or_default();
        let days: Vec<NaiveDate> = self.days(asked).await?.into_iter().filter(|day| !known.days.contains(day)).collect();
        if !days.is_empty() {
            let cells = self.store.deeds(self.actor.scope, &slices(&days, asked.zone), &filter).await?;
            known.record = self.recorded(&known.record, &days, cells).await?;
            known.days.extend(days);
        }
        Ok(known.record.clone())
    }

    /// A record with cells that are not kept, by the numbers of those that are.
    pub(super) async fn recorded(&self, record: &Record, days: &[NaiveDate], cells: Vec<Cell>) -> Result<Record> {
        let read = || self.store.own_activity_types(self.actor.scope);
        let record = self.community.recorded(record, self.own.get_or_try_init(read).await?, days, cells);
        Ok(if self.absent.is_empty() { record } else { record.without(&self.absent) })
    }

    /// The days from the first event to the end of what is asked for.
    async fn days(&self, asked: &Asked) -> Result<Vec<NaiveDate>> {
        let ends = || self.store.time_of_events(self.actor.scope);
        let read = || async { Ok::<_, waymark_persistence::Error>(ends().await?.map(|(first, _)| first)) };
        let Some(first) = *self.first.get_or_try_init(read).await? else { return Ok(Vec::new()) };
        let first = first.with_timezone(&asked.zone).date_naive();
        let end = asked.buckets.iter().map(|bucket| bucket.window.end).max().unwrap_or(first);
        let start = asked.buckets.iter().map(|bucket| earliest(asked, *bucket)).min();
        let reaches_back = super::evaluate::looks_at_everything(asked.definition.key);
        let start = start.filter(|_| !reaches_back).unwrap_or(first).max(first);
        Ok(start.iter_days().take_while(|day| *day < end).collect())
    }

    fn choice(&self, asked: &Asked) -> Choice {
        let names = &self.community.names;
        let activities = &asked.settings.activities;
        let chosen = activities.iter().filter_map(|key| names.activities.get(key).copied()).collect();
        Choice {
            min_class: asked.settings.min_class.unwrap_or(waymark_domain::activity_class::Class::Passive),
            activities: (!activities.is_empty()).then_some(chosen),
            platform: asked.narrowed.platform.map(|id| names.platform(id)),
            channel: asked.narrowed.channel.map(|id| names.channel(id)),
        }
    }

    fn holdings(&self, holders: &Holders) -> Vec<Holding> {
        let people = &self.community.people;
        let found = match holders {
            Holders::Layer(id) => people.layers.get(&id.to_string()),
            Holders::Organisation(name) => people.organisations.get(name),
            Holders::Property { name, value } => people.properties.get(name).and_then(|values| values.get(value)),
        };
        found.cloned().unwrap_or_default()
    }
}

/// The first day that the figure of a bucket is made from, or that of the window it is compared with.
fn earliest(asked: &Asked, bucket: Bucket) -> NaiveDate {
    let of = |window: Window| window.start.min(super::evaluate::window_before(window, bucket).start);
    let compared = asked.before(bucket).map_or(NaiveDate::MAX, of);
    bucket.window.start.min(bucket.previous().start).min(compared)
}

/// What is told of a bucket, by whatever tells of windows: of one, with the one before it.
pub(super) fn point(asked: &Asked, bucket: Bucket, standard: Option<&Standard>, tell: impl Fn(Window, Window) -> Told) -> MetricPoint {
    let is_partial = bucket.is_partial(asked.now, asked.zone);
    let told = tell(bucket.window, bucket.previous());
    let change = asked.before(bucket).map(|before| {
        let previous = tell(before, super::evaluate::window_before(before, bucket));
        super::evaluate::change(asked, &previous.figure, &told.figure, is_partial)
    });
    let health = standard.map(|standard| standard.target().verdict(&told.figure));
    MetricPoint {
        window: bucket.window,
        is_partial,
        change,
        health,
        figure: told.figure,
        further: told.further,
        parts: told.parts,
        possible: told.possible,
        reading: None,
        wave: None,
    }
}
