//! The places and people that what arrives names, many at once.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, ExprTrait, IntoActiveModel, JoinType, Order, QuerySelect, QueryTrait, Statement};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::channel::Channel;
use waymark_domain::id::Id;
use waymark_domain::identity::{Identity, IdentityType};
use waymark_domain::initiative::Initiative;
use waymark_domain::member::Member;
use waymark_domain::platform::Platform;

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::rows::{channel, identity, initiative, integer, member, platform, spelled, storable, whole};
use crate::store::{Store, Transaction};

/// What a member is found by: a platform, and an account there, its value in lower case.
pub type AccountKey = (Id<Platform>, IdentityType, String);

/// A member as events name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownMember {
    pub id: Id<Member>,
    pub number: u32,
}

impl Store {
    pub async fn platform_ids(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<HashMap<String, Id<Platform>>, Error> {
        use platform::{Column, Entity};
        let mut found = HashMap::new();
        for some in keys.chunks(AT_ONCE) {
            let select = Entity::find().select_only().columns([Column::Key, Column::Id]);
            let rows: Vec<(String, Uuid)> = select
                .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(Column::Key.is_in(some.iter().filter_map(|key| storable(key))))
                .into_tuple()
                .all(&self.db())
                .await?;
            found.extend(rows.into_iter().map(|(key, id)| (key, Id::from_uuid(id))));
        }
        Ok(found)
    }

    /// The channels of a platform by their keys.
    pub async fn channel_ids(
        &self,
        scope: WorkspaceScope,
        platform: Id<Platform>,
        keys: &[&str],
    ) -> Result<HashMap<String, Id<Channel>>, Error> {
        use channel::{Column, Entity};
        let mut found = HashMap::new();
        for some in keys.chunks(AT_ONCE) {
            let select = Entity::find().select_only().columns([Column::Key, Column::Id]);
            let rows: Vec<(String, Uuid)> = select
                .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(Column::PlatformId.eq(platform.uuid()))
                .filter(Column::Key.is_in(some.iter().filter_map(|key| storable(key))))
                .into_tuple()
                .all(&self.db())
                .await?;
            found.extend(rows.into_iter().map(|(key, id)| (key, Id::from_uuid(id))));
        }
        Ok(found)
    }

    /// The members who have accounts of this type on a platform, by the accounts' values in lower case.
    pub async fn members_by_account(
        &self,
        scope: WorkspaceScope,
        platform: Id<Platform>,
        kind: IdentityType,
        folded: &[&str],
    ) -> Result<HashMap<String, KnownMember>, Error> {
        use identity::{Column, Entity};
        let owner = Entity::belongs_to(member::Entity)
            .from((Column::WorkspaceId, Column::MemberId))
            .to((member::Column::WorkspaceId, member::Column::Id))
            .into();
        let select = Entity::find().select_only().column(Column::Folded).column(Column::MemberId).column(member::Column::Number);
        let select = select
            .join(JoinType::InnerJoin, owner)
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Column::PlatformId.eq(platform.uuid()))
            .filter(Column::Kind.eq(spelled(kind)))
            .into_query();
        let named: Vec<Value> = folded.iter().map(|folded| Value::from(*folded)).collect();
        let mut found = HashMap::with_capacity(folded.len());
        for row in self.looked_up(&select, Column::Folded, &named).await? {
            let (folded, id, number): (String, Uuid, i32) = row.try_get_many_by_index()?;
            found.insert(folded, KnownMember { id: Id::from_uuid(id), number: whole("number", number)? });
        }
        Ok(found)
    }

    /// Initiatives by what names them: their ids, or their external ids.
    pub async fn initiative_ids(&self, scope: WorkspaceScope, named: &[&str]) -> Result<HashMap<String, Id<Initiative>>, Error> {
        use initiative::{Column, Entity};
        let mut found = HashMap::new();
        for some in named.chunks(AT_ONCE) {
            let ids: Vec<Id<Initiative>> = some.iter().filter_map(|named| named.parse().ok()).collect();
            let any = Column::Id
                .is_in(ids.iter().map(|id| id.uuid()))
                .or(Column::ExternalId.is_in(some.iter().filter_map(|named| storable(named))));
            let rows: Vec<(Uuid, Option<String>)> = Entity::find()
                .select_only()
                .columns([Column::Id, Column::ExternalId])
                .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(any)
                .into_tuple()
                .all(&self.db())
                .await?;
            for (id, external_id) in rows {
                let id: Id<Initiative> = Id::from_uuid(id);
                found.insert(id.to_string(), id);
                found.extend(external_id.map(|external_id| (external_id, id)));
            }
        }
        Ok(found)
    }

    /// The numbers of a member and of all who turned out to be the same person.
    pub async fn numbers_of(&self, scope: WorkspaceScope, member: Id<Member>) -> Result<Vec<u32>, Error> {
        const PERSON: &str = "WITH RECURSIVE person(id, number) AS (
            SELECT id, number FROM members WHERE workspace_id = $1 AND id = $2
            UNION SELECT other.id, other.number FROM members AS other JOIN person ON other.merged_into_id = person.id
            WHERE other.workspace_id = $1
        ) SELECT number FROM person ORDER BY number";
        let values = [scope.workspace().uuid().into(), member.uuid().into()];
        let statement = Statement::from_sql_and_values(self.db().get_database_backend(), PERSON, values);
        let rows = self.db().query_all_raw(statement).await?;
        rows.into_iter().map(|row| whole("number", row.try_get_by_index(0)?)).collect()
    }

    /// The members with these numbers.
    pub async fn members_numbered(&self, scope: WorkspaceScope, numbers: &[u32]) -> Result<HashMap<u32, Id<Member>>, Error> {
        use member::{Column, Entity};
        let mut found = HashMap::new();
        for some in numbers.chunks(AT_ONCE) {
            let rows: Vec<(i32, Uuid)> = Entity::find()
                .select_only()
                .columns([Column::Number, Column::Id])
                .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(Column::Number.is_in(some.iter().copied().map(integer)))
                .into_tuple()
                .all(&self.db())
                .await?;
            for (number, id) in rows {
                found.insert(whole("number", number)?, Id::from_uuid(id));
            }
        }
        Ok(found)
    }
}

impl Transaction {
    pub async fn add_platforms(&self, platforms: &[Platform]) -> Result<(), Error> {
        self.insert_all(platforms.iter().map(|platform| platform::Model::of(self.scope(), platform)).collect()).await
    }

    pub async fn add_channels(&self, channels: &[Channel]) -> Result<(), Error> {
        self.insert_all(channels.iter().map(|channel| channel::Model::of(self.scope(), channel)).collect()).await
    }

    /// Members whose numbers follow on the last one that was given.
    pub async fn add_members(&self, members: &[Member]) -> Result<(), Error> {
        self.insert_all(members.iter().map(|member| member::Model::of(self.scope(), member)).collect()).await
    }

    pub async fn add_identities(&self, identities: &[Identity]) -> Result<(), Error> {
        let row = |identity| identity::Model::of(self.scope(), identity).into_active_model();
        self.insert_rows::<identity::Entity>(identities.iter().map(row).collect()).await
    }

    /// The number of the next member, from 0. Whoever gives it has the turn (see [`Transaction::take_turn`]).
    pub async fn next_member_number(&self) -> Result<u32, Error> {
        use member::{Column, Entity};
        let mut last = Query::select();
        last.column(Column::Number).from(Entity).and_where(Column::WorkspaceId.eq(self.scope().workspace().uuid()));
        last.order_by(Column::Number, Order::Desc).limit(1);
        let last: Option<i32> = self.db().query_one(&last).await?.map(|row| row.try_get_by_index(0)).transpose()?;
        // Of members who were erased no row tells their number any more.
        let last = Ord::max(last, self.last_erased_number().await?);
        Ok(last.map(|last| whole("number", last)).transpose()?.map_or(0, |last| last.saturating_add(1)))
    }
}
