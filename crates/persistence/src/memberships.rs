//! What spells of membership are made of: first activities, joins and leaves.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query, SelectStatement};
use sea_orm::{ConnectionTrait, ExprTrait, QueryOrder, QuerySelect, QueryTrait};
use waymark_domain::activity::BUILT_IN;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::platform::Platform;
use waymark_domain::spell::Mark;
use waymark_domain::{DateTime, Utc};

use crate::bulk::AT_ONCE;
use crate::day_cells::signed;
use crate::error::Error;
use crate::rows::first_activity::{Column, Entity};
use crate::rows::{event, first_activity, integer, member_mark, whole};
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
        let select = Entity::find()
            .select_only()
            .columns([Column::MemberNumber, Column::PlatformId, Column::OccurredAt])
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()));
        let first = |row: &QueryResult| {
            let (number, platform, at): (i32, Uuid, DateTime<Utc>) = row.try_get_many_by_index()?;
            Ok(((whole("member_number", number)?, Id::from_uuid(platform)), at))
        };
        self.of_members(select.into_query(), Column::MemberNumber, members).await?.iter().map(first).collect()
    }

    /// When members joined and left; of these members, or of all.
    pub async fn membership_marks(
        &self,
        scope: WorkspaceScope,
        members: Option<&[u32]>,
    ) -> Result<Vec<(Place, DateTime<Utc>, Mark)>, Error> {
        use event::Column as Of;
        let select = event::Entity::find()
            .select_only()
            .columns([Of::MemberNumber, Of::PlatformId, Of::OccurredAt, Of::Activity])
            .filter(Of::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Expr::cust("activity IN ('member_joined', 'member_left')"))
            .filter(Of::MemberNumber.is_not_null())
            .filter(Of::RetractedAt.is_null());
        let mark = |row: &QueryResult| {
            let (number, platform, at, activity): (i32, Uuid, DateTime<Utc>, String) = row.try_get_many_by_index()?;
            let mark = if activity == LEAVING { Mark::Left } else { Mark::Joined };
            Ok(((whole("member_number", number)?, Id::from_uuid(platform)), at, mark))
        };
        self.of_members(select.into_query(), Of::MemberNumber, members).await?.iter().map(mark).collect()
    }

    /// The members of whom it has changed since a watermark when they were first active, when they joined or when they left.
    pub async fn moved_members(&self, scope: WorkspaceScope, after: u64) -> Result<Vec<u32>, Error> {
        use member_mark::{Column, Entity};
        let numbers: Vec<i32> = Entity::find()
            .select_only()
            .column(Column::MemberNumber)
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Column::Touched.gt(signed(after)))
            .order_by_asc(Column::MemberNumber)
            .into_tuple()
            .all(&self.db())
            .await?;
        numbers.into_iter().map(|number| whole("member_number", number)).collect()
    }

    /// The rows of these members, or of all.
    pub(crate) async fn of_members<C: ColumnTrait>(
        &self,
        select: SelectStatement,
        column: C,
        members: Option<&[u32]>,
    ) -> Result<Vec<QueryResult>, Error> {
        match members {
            Some(numbers) => self.looked_up(&select, column, &values(numbers)).await,
            None => Ok(self.db().query_all(&select).await?),
        }
    }
}

impl Transaction {
    /// Marks members of whom it has changed when they belong, with the watermark of the change.
    pub async fn touch_members(&self, members: &BTreeSet<u32>, watermark: u64) -> Result<(), Error> {
        use member_mark::{ActiveModel, Column, Entity};
        let rows = members.iter().map(|number| ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            member_number: Set(integer(*number)),
            touched: Set(signed(watermark)),
        });
        let again = OnConflict::columns([Column::WorkspaceId, Column::MemberNumber]).update_column(Column::Touched).to_owned();
        self.write_rows::<Entity>(rows.collect(), Some(&again)).await?;
        Ok(())
    }

    /// Notes activities of members, of which only the earliest on each platform is kept. Tells whose are. Whoever notes them has
    /// the turn (see [`Transaction::take_turn`]): what is there already is read, as most are, and not written again.
    pub async fn note_first_activities(&self, seen: &[(Place, DateTime<Utc>)]) -> Result<BTreeSet<u32>, Error> {
        let numbers: BTreeSet<u32> = seen.iter().map(|((number, _), _)| *number).collect();
        let numbers: Vec<u32> = numbers.into_iter().collect();
        let known: HashMap<Place, DateTime<Utc>> = self.first_activities(self.scope(), Some(&numbers)).await?.into_iter().collect();
        let is_first = |(place, at): &&(Place, DateTime<Utc>)| known.get(place).is_none_or(|known| at < known);
        let first: Vec<&(Place, DateTime<Utc>)> = seen.iter().filter(is_first).collect();
        let rows = first.iter().map(|((number, platform), at)| first_activity::ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            member_number: Set(integer(*number)),
            platform_id: Set(platform.uuid()),
            occurred_at: Set(*at),
        });
        let key = [Column::WorkspaceId, Column::MemberNumber, Column::PlatformId];
        let keep = OnConflict::columns(key).update_column(Column::OccurredAt).to_owned();
        self.write_rows::<Entity>(rows.collect(), Some(&keep)).await?;
        Ok(first.into_iter().map(|((number, _), _)| *number).collect())
    }

    /// Finds the first activities of these members anew, after something they did was told otherwise or taken back.
    pub async fn find_first_activities(&self, members: &[u32]) -> Result<(), Error> {
        use event::Column as Of;
        let workspace = self.scope().workspace().uuid();
        for some in members.chunks(AT_ONCE) {
            Entity::delete_many()
                .filter(Column::WorkspaceId.eq(workspace))
                .filter(self.among(Column::MemberNumber, values(some))?)
                .exec(&self.db())
                .await?;
            let first = Query::select()
                .columns([Of::WorkspaceId, Of::MemberNumber, Of::PlatformId])
                .expr(Expr::col(Of::OccurredAt).min())
                .from(event::Entity)
                .and_where(Of::WorkspaceId.eq(workspace))
                .and_where(self.among(Of::MemberNumber, values(some))?)
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

fn values(numbers: &[u32]) -> Vec<Value> {
    numbers.iter().map(|number| integer(*number).into()).collect()
}
