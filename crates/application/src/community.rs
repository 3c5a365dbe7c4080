//! What metrics of a workspace are read from: kept in memory, and brought up to the watermark before anybody reads it.

mod altered;
mod people;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;
use waymark_domain::activity::{ActivityType, BUILT_IN};
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::channel::Channel;
use waymark_domain::id::Id;
use waymark_domain::metric::deed::{Activity, ActivityNumber, Deeds, PlatformNumber, Record};
use waymark_domain::platform::Platform;
use waymark_domain::{NaiveDate, Tz};
use waymark_persistence::{Cell, DayMark, DeedFilter, Progress, Store};

use crate::app::App;
use crate::error::{Error, Result};
use crate::folding::{DAYS_AT_ONCE, slices};

pub(crate) use altered::Altered;
pub(crate) use people::{Members, People, kind_on};

/// What metrics of a workspace are read from, as of a watermark. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Community {
    pub(crate) progress: Progress,
    /// The zone of the record's days.
    pub(crate) zone: Tz,
    pub(crate) names: Arc<Numbers>,
    /// Everything that was ever done, by day.
    pub(crate) record: Record,
    pub(crate) people: Arc<People>,
}

/// The small numbers that places and activities have in a record: given when they are first seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) platforms: HashMap<Id<Platform>, PlatformNumber>,
    pub(crate) channels: HashMap<Id<Channel>, u32>,
    pub(crate) activities: BTreeMap<String, ActivityNumber>,
}

/// Those that are kept, by workspace. Of several readers of one workspace, one brings it up to date and the others wait.
#[derive(Debug, Default)]
pub(crate) struct Communities(Mutex<HashMap<Uuid, Slot>>);

type Slot = Arc<tokio::sync::Mutex<Option<Community>>>;

impl Communities {
    fn slot(&self, workspace: Uuid) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.entry(workspace).or_default().clone()
    }
}

impl App {
    /// The community as it is now: everything that was acknowledged before is in it. Looking back, it is who the members were,
    /// and their record is empty: see [`then`].
    pub(crate) async fn community(&self, actor: &Actor) -> Result<Community> {
        if self.instant().is_some() {
            return then(&self.store, actor.scope).await;
        }
        let slot = self.communities.slot(actor.scope.workspace().uuid());
        let mut kept = slot.lock().await;
        let zone = self.store.workspace(actor.scope).await?.ok_or(Error::Unauthenticated)?.time_zone;
        let progress = self.store.progress(actor.scope).await?;
        if let Some(community) = kept.as_ref().filter(|kept| kept.progress == progress && kept.zone == zone) {
            return Ok(community.clone());
        }
        let known = kept.as_ref().filter(|kept| kept.zone == zone).cloned();
        // In a task of its own: a reader who goes away must not leave a transaction open.
        let community = self
            .detach(actor, |app, actor| async move {
                let snapshot = app.store.snapshot().await?;
                read(&snapshot, actor.scope, known).await
            })
            .await?;
        *kept = Some(community.clone());
        Ok(community)
    }
}

/// The community as it was known at an instant. Nothing that is kept of now is in it, and nothing of it is kept. What was done is
/// counted by who asks, of the days that are asked for.
async fn then(past: &Store, scope: WorkspaceScope) -> Result<Community> {
    let zone = past.workspace(scope).await?.ok_or(Error::Unauthenticated)?.time_zone;
    let mut names = Numbers::default();
    for (platform, channel) in past.places(scope).await? {
        names.place(platform, channel);
    }
    names.activities(&past.own_activity_types(scope).await?);
    let people = Arc::new(People::read(past, scope).await?);
    Ok(Community { progress: Progress::default(), zone, names: Arc::new(names), record: Record::default(), people })
}

/// What a snapshot holds, from what is known already.
async fn read(snapshot: &Store, scope: WorkspaceScope, known: Option<Community>) -> Result<Community> {
    let zone = snapshot.workspace(scope).await?.ok_or(Error::Unauthenticated)?.time_zone;
    let known = known.filter(|known| known.zone == zone);
    let progress = snapshot.progress(scope).await?;
    let after = known.as_ref().map_or(0, |known| known.progress.watermark);
    let marks = snapshot.day_marks(scope, after).await?;
    let own = snapshot.own_activity_types(scope).await?;
    let mut names = known.as_ref().map_or_else(Numbers::default, |known| (*known.names).clone());
    let deeds = deeds(snapshot, scope, &marks, zone, &mut names).await?;
    let activities = names.activities(&own);
    let days: Vec<NaiveDate> = marks.iter().map(|mark| mark.day).collect();
    let record = known.as_ref().map_or_else(Record::default, |known| known.record.clone()).with(activities, &days, deeds);
    let people = match known {
        Some(known) if known.progress.people == progress.people => {
            let moved = snapshot.moved_members(scope, after).await?;
            if moved.is_empty() { known.people } else { Arc::new(known.people.moved(snapshot, scope, &moved).await?) }
        }
        _ => Arc::new(People::read(snapshot, scope).await?),
    };
    Ok(Community { progress, zone, names: Arc::new(names), record, people })
}

/// What was done on these days: from their cells as they are kept, and of days that changed since, counted from their events.
/// A few days at a time, as cells from the database take more room than deeds.
async fn deeds(snapshot: &Store, scope: WorkspaceScope, marks: &[DayMark], zone: Tz, names: &mut Numbers) -> Result<Vec<Deeds>> {
    let mut deeds = Vec::new();
    for some in marks.chunks(DAYS_AT_ONCE) {
        let (folded, waiting): (Vec<DayMark>, Vec<DayMark>) = some.iter().partition(|mark| mark.is_folded());
        let days = |marks: Vec<DayMark>| marks.into_iter().map(|mark| mark.day).collect::<Vec<NaiveDate>>();
        let mut cells = snapshot.day_cells(scope, &days(folded)).await?;
        cells.extend(snapshot.deeds(scope, &slices(&days(waiting), zone), &DeedFilter::default()).await?);
        deeds.extend(cells.into_iter().map(|cell| names.deeds(cell)));
    }
    Ok(deeds)
}

impl Community {
    /// A record with other cells of these days, by the same numbers.
    pub(crate) fn recorded(&self, record: &Record, own: &[ActivityType], days: &[NaiveDate], cells: Vec<Cell>) -> Record {
        let mut names = (*self.names).clone();
        let deeds = cells.into_iter().map(|cell| names.deeds(cell)).collect();
        record.with(names.activities(own), days, deeds)
    }
}

impl Numbers {
    /// The number of a platform; one that nothing has where nothing was done on it.
    pub(crate) fn platform(&self, id: Id<Platform>) -> PlatformNumber {
        self.platforms.get(&id).copied().unwrap_or(PlatformNumber(u32::MAX))
    }

    /// As [`Numbers::platform`].
    pub(crate) fn channel(&self, id: Id<Channel>) -> u32 {
        self.channels.get(&id).copied().unwrap_or(u32::MAX)
    }

    pub(crate) fn deeds(&mut self, cell: Cell) -> Deeds {
        let Cell { day, platform, channel, activity, members, more, nameless } = cell;
        let (platform, channel) = self.place(platform, channel);
        let activity = self.activity(activity);
        Deeds { day, platform, channel, activity, members, more: more.into_iter().collect(), nameless }
    }

    fn place(&mut self, platform: Id<Platform>, channel: Option<Id<Channel>>) -> (PlatformNumber, Option<u32>) {
        let next = u32::try_from(self.platforms.len()).unwrap_or(u32::MAX);
        let platform = *self.platforms.entry(platform).or_insert(PlatformNumber(next));
        let next = u32::try_from(self.channels.len()).unwrap_or(u32::MAX);
        (platform, channel.map(|channel| *self.channels.entry(channel).or_insert(next)))
    }

    fn activity(&mut self, key: String) -> ActivityNumber {
        let next = ActivityNumber(u16::try_from(self.activities.len()).unwrap_or(u16::MAX));
        *self.activities.entry(key).or_insert(next)
    }

    /// What the engine has to know of each activity, in the order of their numbers. Of a type that nobody knows any more, it
    /// is only known that there were events of it.
    fn activities(&mut self, own: &[ActivityType]) -> Vec<Activity> {
        for key in BUILT_IN.iter().map(|built_in| built_in.key).chain(own.iter().map(|own| own.key.as_str())) {
            self.activity(key.to_owned());
        }
        let mut activities = vec![Activity { class: None, knowledge: None }; self.activities.len()];
        let built_in = BUILT_IN.iter().map(|built_in| (built_in.key, built_in.class, built_in.knowledge));
        let known = built_in.chain(own.iter().map(|own| (own.key.as_str(), Some(own.class), own.knowledge)));
        for (key, class, knowledge) in known {
            let place = self.activities.get(key).and_then(|number| activities.get_mut(usize::from(number.0)));
            if let Some(place) = place {
                *place = Activity { class, knowledge };
            }
        }
        activities
    }
}
