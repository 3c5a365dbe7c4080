//! What programmes were worth to those who took part; and what is read once for several questions that are asked at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;
use waymark_domain::event::Event;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Category, Initiative};
use waymark_domain::metric::calendar::day_of;
use waymark_domain::metric::catalogue::Statistic;
use waymark_domain::metric::program::{self, Rating};
use waymark_domain::metric::window::Window;
use waymark_domain::survey::satisfaction::Satisfaction;
use waymark_domain::survey::scale::Scale;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::EventScope;

use super::asked::Asked;
use super::evaluate::{Told, categories};
use super::sources::{Ground, Sources};
use crate::error::Result;

/// From an instant up to another, which does not belong to it.
type Stretch = (DateTime<Utc>, DateTime<Utc>);
/// Questions, and what is about them.
type Opened = Arc<OnceCell<(Vec<Event>, Vec<Event>)>>;
/// Ratings, each with the category of the initiative that it is of.
type Rated = Arc<OnceCell<Vec<(Event, Category)>>>;

/// What was read for one question already is there for the next.
#[derive(Default)]
pub(super) struct ReadOnce {
    /// Content that was taken back, each piece with when it was.
    pub(super) pieces: OnceCell<Vec<(Event, DateTime<Utc>)>>,
    questions: Mutex<HashMap<(Stretch, EventScope), Opened>>,
    ratings: Mutex<HashMap<Stretch, Rated>>,
}

impl ReadOnce {
    pub(super) fn questions(&self, stretch: Stretch, of: &EventScope) -> Opened {
        self.questions.lock().unwrap_or_else(PoisonError::into_inner).entry((stretch, of.clone())).or_default().clone()
    }

    fn ratings(&self, stretch: Stretch) -> Rated {
        self.ratings.lock().unwrap_or_else(PoisonError::into_inner).entry(stretch).or_default().clone()
    }
}

/// The ratings of all windows.
pub(super) struct Ratings(Vec<Rating>);

impl Asked {
    /// Which events are meant, of those that are looked at one by one.
    pub(super) fn scope(&self) -> EventScope {
        let narrowed = &self.narrowed;
        let (tag, initiative) = (narrowed.tag.clone(), narrowed.initiative);
        EventScope { platform: narrowed.platform, channel: narrowed.channel, tag, initiative }
    }

    /// The instants between which everything lies that is told of, or compared with.
    pub(super) fn stretch(&self) -> Stretch {
        let windows = || self.buckets.iter().flat_map(|bucket| std::iter::once(bucket.window).chain(self.before(*bucket)));
        let (first, last) = (windows().map(|window| window.start).min(), windows().map(|window| window.end).max());
        Window { start: first.unwrap_or_default(), end: last.unwrap_or_default() }.instants(self.zone)
    }
}

impl Sources<'_> {
    pub(super) async fn ratings(&self, asked: &Asked) -> Result<Ratings> {
        let stretch = asked.stretch();
        let known = self.read.ratings(stretch);
        let rated = known.get_or_try_init(|| self.rated(stretch)).await?;
        let (of, categories) = (asked.scope(), categories(asked));
        let is_meant =
            |event: &Event, category| self.counts(event) && of.holds(event) && (categories.is_empty() || categories.contains(&category));
        let meant = rated.iter().filter(|(event, category)| is_meant(event, *category));
        Ok(Ratings(meant.filter_map(|(event, _)| rating(event, asked)).collect()))
    }

    async fn rated(&self, stretch: Stretch) -> Result<Vec<(Event, Category)>> {
        let scope = self.actor.scope;
        let ratings = self.store.program_ratings(scope, stretch).await?;
        let mut ids: Vec<Id<Initiative>> = ratings.iter().filter_map(|event| event.told.initiative).collect();
        ids.sort_unstable();
        ids.dedup();
        let initiatives = self.store.initiatives_by_id(scope, &ids).await?;
        let categories: HashMap<Id<Initiative>, Category> = initiatives.into_iter().map(|one| (one.id, one.category)).collect();
        let category = |event: &Event| event.told.initiative.and_then(|id| categories.get(&id).copied());
        Ok(ratings.into_iter().filter_map(|event| category(&event).map(|category| (event, category))).collect())
    }
}

fn rating(event: &Event, asked: &Asked) -> Option<Rating> {
    let told = &event.told;
    let value = told.value.and_then(|value| Scale::SATISFACTION.point(value).ok())?;
    let (at, day) = (told.occurred_at, day_of(told.occurred_at, asked.zone));
    Some(Rating { by: told.member, of: told.initiative?, at, day, event: event.id, value })
}

impl Ratings {
    pub(super) fn events(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn tell(&self, ground: &Ground<'_>, window: Window) -> Told {
        let Satisfaction { top_box, mean, mean_pct } = program::satisfaction(&ground.population, window, &self.0);
        let further = vec![(Statistic::Mean, mean), (Statistic::MeanPct, mean_pct)];
        Told { figure: top_box, further, parts: Vec::new(), possible: None }
    }
}
