//! What spells of membership are made of: first activities, joins and leaves.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ConnectionTrait, ExprTrait, QuerySelect, QueryTrait};
use waymark_domain::activity::BUILT_IN;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::platform::Platform;
use waymark_domain::spell::Mark;
use waymark_domain::{DateTime, Utc};

use crate::bulk::{AT_ONCE, chunks};
use crate::error::Error;
use crate::rows::first_activity::{Column, Entity};
use crate::rows::{event, first_activity, integer, whole};
use crate::store::{Store, Transaction};

/// A member on a platform: by the member's number.
pub type Place = (u32, Id<Platform>);

/// The key of the activity type that ends a spell.
const LEAVING: &str = "member_left";

/// The keys of what is nothing that a member does, so that nobody is a member by it.
pub(crate) fn silent() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().filter(|built_in| built_in.class.is_none()).map(|built_in| built_in.key)
}

impl Store {
    /// When members were first active on each platform; of these members, or of all.
    pub async fn first_activities(&self, scope: WorkspaceScope, members: Option<&[u32]>) -> Result<Vec<(Place, DateTime<Utc>)>, Error> {
        let rows: Vec<(i32, Uuid, DateTime<Utc>)> = Entity::find()
            .select_only()
            .columns([Column::MemberNumber, Column::PlatformId, Column::OccurredAt])
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .apply_if(members, |select, numbers| select.filter(Column::MemberNumber.is_in(numbers.iter().copied().map(integer))))
            .into_tuple()
            .all(&self.db())
            .await?;
        rows.into_iter().map(|(number, platform, at)| Ok(((whole("member_number", number)?, Id::from_uuid(platform)), at))).collect()
    }

    /// When members joined and left; of these members, or of all.
    pub async fn membership_marks(
        &self,
        scope: WorkspaceScope,
        members: Option<&[u32]>,
    ) -> Result<Vec<(Place, DateTime<Utc>, Mark)>, Error> {
        use event::Column as Of;
        let rows: Vec<(i32, Uuid, String, DateTime<Utc>)> = event::Entity::find()
            .select_only()
            .columns([Of::MemberNumber, Of::PlatformId, Of::Activity, Of::OccurredAt])
            .filter(Of::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Expr::cust("activity IN ('member_joined', 'member_left')"))
            .filter(Of::MemberNumber.is_not_null())
            .filter(Of::RetractedAt.is_null())
            .apply_if(members, |select, numbers| select.filter(Of::MemberNumber.is_in(numbers.iter().copied().map(integer))))
            .into_tuple()
            .all(&self.db())
            .await?;
        let mark = |activity: &str| if activity == LEAVING { Mark::Left } else { Mark::Joined };
        rows.into_iter()
            .map(|(number, platform, activity, at)| Ok(((whole("member_number", number)?, Id::from_uuid(platform)), at, mark(&activity))))
            .collect()
    }
}

impl Transaction {
    /// Notes activities of members, of which only the earliest on each platform is kept. Tells whether any of them was.
    pub async fn note_first_activities(&self, seen: &[(Place, DateTime<Utc>)]) -> Result<bool, Error> {
        let rows = seen.iter().map(|((number, platform), at)| first_activity::ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            member_number: Set(integer(*number)),
            platform_id: Set(platform.uuid()),
            occurred_at: Set(*at),
        });
        let is_earlier = Expr::col(("excluded", Column::OccurredAt)).lt(Expr::col((Entity, Column::OccurredAt)));
        let keep = OnConflict::columns([Column::WorkspaceId, Column::MemberNumber, Column::PlatformId])
            .update_column(Column::OccurredAt)
            .action_and_where(is_earlier)
            .to_owned();
        let mut kept = 0;
        for some in chunks::<Entity>(rows.collect()) {
            kept += Entity::insert_many(some).on_conflict(keep.clone()).exec_without_returning(&self.db()).await?;
        }
        Ok(kept > 0)
    }

    /// Finds the first activities of these members anew, after something they did was told otherwise or taken back.
    pub async fn find_first_activities(&self, members: &[u32]) -> Result<(), Error> {
        use event::Column as Of;
        let workspace = self.scope().workspace().uuid();
        for some in members.chunks(AT_ONCE) {
            let numbers: Vec<i32> = some.iter().copied().map(integer).collect();
            Entity::delete_many()
                .filter(Column::WorkspaceId.eq(workspace))
                .filter(Column::MemberNumber.is_in(numbers.iter().copied()))
                .exec(&self.db())
                .await?;
            let first = Query::select()
                .columns([Of::WorkspaceId, Of::MemberNumber, Of::PlatformId])
                .expr(Expr::col(Of::OccurredAt).min())
                .from(event::Entity)
                .and_where(Of::WorkspaceId.eq(workspace))
                .and_where(Of::MemberNumber.is_in(numbers))
                .and_where(Of::RetractedAt.is_null())
                .and_where(Of::Activity.is_not_in(silent()))
                .group_by_columns([Of::WorkspaceId, Of::MemberNumber, Of::PlatformId])
                .to_owned();
            let mut insert = Query::insert();
            insert.into_table(Entity).columns([Column::WorkspaceId, Column::MemberNumber, Column::PlatformId, Column::OccurredAt]);
            insert.select_from(first).map_err(|error| Error::corrupt("first_activities", error))?;
            self.db().execute(&insert).await?;
        }
        Ok(())
    }
}
