//! Questions and what was said of them, and content that was taken back.

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::channel::Channel;
use waymark_domain::event::Event;
use waymark_domain::id::Id;
use waymark_domain::initiative::Initiative;
use waymark_domain::platform::Platform;
use waymark_domain::{DateTime, Utc};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::rows::event::{Column, Entity};
use crate::store::Store;

/// Which events are meant: all, unless something is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EventScope {
    pub platform: Option<Id<Platform>>,
    pub channel: Option<Id<Channel>>,
    pub tag: Option<String>,
    pub initiative: Option<Id<Initiative>>,
}

impl EventScope {
    /// Whether an event is meant.
    pub fn holds(&self, event: &Event) -> bool {
        let told = &event.told;
        self.platform.is_none_or(|platform| platform == told.platform)
            && self.channel.is_none_or(|channel| Some(channel) == told.channel)
            && self.tag.as_ref().is_none_or(|tag| told.tags.contains(tag))
            && self.initiative.is_none_or(|initiative| Some(initiative) == told.initiative)
    }
}

impl Store {
    /// The questions that were opened in a stretch of time, followed by everything that is about them or their answers.
    pub async fn questions_and_answers(
        &self,
        scope: WorkspaceScope,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        of: &EventScope,
    ) -> Result<(Vec<Event>, Vec<Event>), Error> {
        let mut questions = self.told(of_time(scope, "activity = 'question_opened'", from, until)).await?;
        questions.retain(|question| of.holds(question));
        let mut about = self.events_about(scope, &questions).await?;
        let of_answers = self.events_about(scope, &about).await?;
        about.extend(of_answers);
        Ok((questions, about))
    }

    /// The ratings of support that were given in a stretch of time.
    pub async fn support_ratings(
        &self,
        scope: WorkspaceScope,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        of: &EventScope,
    ) -> Result<Vec<Event>, Error> {
        let mut ratings = self.told(of_time(scope, "activity = 'support_rated'", from, until)).await?;
        ratings.retain(|rating| of.holds(rating));
        Ok(ratings)
    }

    /// The ratings of programmes that were given in a stretch of time.
    pub async fn program_ratings(&self, scope: WorkspaceScope, (from, until): (DateTime<Utc>, DateTime<Utc>)) -> Result<Vec<Event>, Error> {
        self.told(of_time(scope, "activity = 'program_rated'", from, until)).await
    }

    /// Content that was taken back, each with when it was first.
    pub async fn retracted_content(&self, scope: WorkspaceScope) -> Result<Vec<(Event, DateTime<Utc>)>, Error> {
        let retractions: Vec<(Uuid, DateTime<Utc>)> = Entity::find()
            .select_only()
            .column(Column::ParentId)
            .column_as(Column::OccurredAt.min(), "first")
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Expr::cust("activity = 'content_retracted'"))
            .filter(Column::ParentId.is_not_null())
            .filter(Column::RetractedAt.is_null())
            .group_by(Column::ParentId)
            .into_tuple()
            .all(&self.db())
            .await?;
        let ids: Vec<Id<Event>> = retractions.iter().map(|(id, _)| Id::from_uuid(*id)).collect();
        let first: HashMap<Uuid, DateTime<Utc>> = retractions.into_iter().collect();
        let pieces = self.events_by_id(scope, &ids).await?.into_iter();
        let live = pieces.filter(|piece| piece.retracted_at.is_none());
        Ok(live.filter_map(|piece| first.get(&piece.id.uuid()).map(|at| (piece, *at))).collect())
    }

    async fn events_about(&self, scope: WorkspaceScope, events: &[Event]) -> Result<Vec<Event>, Error> {
        let mut about = Vec::new();
        for some in events.chunks(AT_ONCE) {
            let select = Entity::find()
                .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(Column::ParentId.is_in(some.iter().map(|event| event.id.uuid())))
                .filter(Column::RetractedAt.is_null());
            about.extend(self.told(select).await?);
        }
        Ok(about)
    }

    async fn told(&self, select: Select<Entity>) -> Result<Vec<Event>, Error> {
        select.all(&self.db()).await?.into_iter().map(Event::try_from).collect()
    }
}

/// The events of an activity, which is said as the index over them says it.
fn of_time(scope: WorkspaceScope, activity: &'static str, from: DateTime<Utc>, until: DateTime<Utc>) -> Select<Entity> {
    Entity::find()
        .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
        .filter(Expr::cust(activity))
        .filter(Column::OccurredAt.gte(from))
        .filter(Column::OccurredAt.lt(until))
        .filter(Column::RetractedAt.is_null())
}
