//! Members in the database, and the merges between them.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ExprTrait, QueryOrder, QueryTrait, Statement};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::identity::Account;
use waymark_domain::member::{Member, MemberFilter, MemberSort, TraitOn};
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::platform::Platform;

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::member::{Column, Entity, Model};
use crate::rows::{identity, member_trait, spelled, storable};
use crate::store::{Store, Transaction};

/// A member with everyone it counts as. A row that was met before ends the way.
const ABOVE: &str = "
    WITH RECURSIVE line (id, next) AS (
        SELECT members.id, members.merged_into_id FROM members WHERE members.workspace_id = $1 AND members.id = $2
        UNION
        SELECT members.id, members.merged_into_id
        FROM members JOIN line ON members.workspace_id = $1 AND members.id = line.next
    )
    SELECT members.* FROM members JOIN line ON members.id = line.id WHERE members.workspace_id = $1 ORDER BY members.id";

/// A member with everyone who counts as it.
const BELOW: &str = "
    WITH RECURSIVE line (id) AS (
        SELECT members.id FROM members WHERE members.workspace_id = $1 AND members.id = $2
        UNION
        SELECT members.id FROM members JOIN line ON members.workspace_id = $1 AND members.merged_into_id = line.id
    )
    SELECT members.* FROM members JOIN line ON members.id = line.id WHERE members.workspace_id = $1 ORDER BY members.id";

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn members_by_id(&self, scope: WorkspaceScope, ids: &[Id<Member>]) -> Result<Vec<Member>, Error> {
        self.members_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn member_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Member>, Error> {
        Ok(self.members_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    /// All members that are themselves merged into these.
    pub async fn members_merged_into(&self, scope: WorkspaceScope, into: &[Id<Member>]) -> Result<Vec<Member>, Error> {
        self.members_where(within(scope).filter(Column::MergedIntoId.is_in(into.iter().map(|id| id.uuid())))).await
    }

    async fn members_where(&self, select: Select<Entity>) -> Result<Vec<Member>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Member::try_from).collect()
    }

    /// The member with everyone it counts as: what it is merged into, what that is merged into, and so on.
    pub async fn members_above(&self, scope: WorkspaceScope, member: Id<Member>) -> Result<Vec<Member>, Error> {
        self.in_line(ABOVE, scope, member).await
    }

    /// The member with everyone who counts as it: those merged into it, those merged into them, and so on.
    pub async fn members_below(&self, scope: WorkspaceScope, member: Id<Member>) -> Result<Vec<Member>, Error> {
        self.in_line(BELOW, scope, member).await
    }

    async fn in_line(&self, sql: &str, scope: WorkspaceScope, member: Id<Member>) -> Result<Vec<Member>, Error> {
        let values = [scope.workspace().uuid().into(), member.uuid().into()];
        let statement = Statement::from_sql_and_values(self.db().get_database_backend(), sql, values);
        Entity::find().from_raw_sql(statement).all(&self.db()).await?.into_iter().map(Member::try_from).collect()
    }

    pub async fn members(
        &self,
        scope: WorkspaceScope,
        filter: &MemberFilter,
        sort: Sort<MemberSort>,
        page: &Page,
    ) -> Result<Slice<Member>, Error> {
        let (column, holds) = match sort.key {
            MemberSort::CreatedAt => (Column::Id, Sorted::Id),
            MemberSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                MemberSort::CreatedAt => String::new(),
                MemberSort::UpdatedAt => row.updated_at.to_rfc3339(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, matching(scope, filter), order, page, place).await?)
    }
}

fn matching(scope: WorkspaceScope, filter: &MemberFilter) -> Select<Entity> {
    let MemberFilter { kinds, merged, account, traits, updated_since } = filter;
    let select = within(scope)
        .apply_if((!kinds.is_empty()).then_some(kinds), |select, kinds| {
            select.filter(Column::Kind.is_in(kinds.iter().map(|kind| spelled(*kind))))
        })
        .apply_if(*merged, |select, merged| {
            select.filter(if merged { Column::MergedIntoId.is_not_null() } else { Column::MergedIntoId.is_null() })
        })
        .apply_if(account.as_ref(), |select, (platform, account)| select.filter(Column::Id.in_subquery(having(scope, *platform, account))))
        .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
    traits.iter().fold(select, |select, said| select.filter(Column::Id.in_subquery(said_of(scope, said))))
}

/// The member that has the account.
fn having(scope: WorkspaceScope, platform: Id<Platform>, account: &Account) -> SelectStatement {
    Query::select()
        .column(identity::Column::MemberId)
        .from(identity::Entity)
        .and_where(identity::Column::WorkspaceId.eq(scope.workspace().uuid()))
        .and_where(identity::Column::PlatformId.eq(platform.uuid()))
        .and_where(identity::Column::Kind.eq(spelled(account.kind)))
        .and_where(identity::Column::Folded.eq(account.folded()))
        .to_owned()
}

/// The members of whom a trait says this on the day.
fn said_of(scope: WorkspaceScope, said: &TraitOn) -> SelectStatement {
    use member_trait::Column;
    Query::select()
        .column(Column::MemberId)
        .from(member_trait::Entity)
        .and_where(Column::WorkspaceId.eq(scope.workspace().uuid()))
        .and_where(Column::Attribute.eq(spelled(said.attribute)))
        .and_where(Column::Name.is_null())
        .and_where(Column::Value.eq(said.value.as_str()))
        .and_where(Column::FromOn.is_null().or(Column::FromOn.lte(said.day)))
        .and_where(Column::UntilOn.is_null().or(Column::UntilOn.gt(said.day)))
        .to_owned()
}

impl Transaction {
    pub async fn replace_member(&self, member: &Member) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), member), |_| ()).await
    }
}
