//! Taking a person out of every table that knows of them.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, LikeExpr, Query};
use sea_orm::{ConnectionTrait, DbBackend, ExprTrait, QuerySelect};
use uuid::Uuid;
use waymark_domain::activity::{BUILT_IN, Role};
use waymark_domain::erasure::Traces;
use waymark_domain::member::Member;
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::history::{Action, Concept};
use crate::rows::{
    event, event_revision, first_activity, history, identity, integer, layer_assignment, member, member_mark, member_trait, response,
    spelled,
};
use crate::store::Transaction;

/// What is erased of a person: the rows of their members, by the members' ids and numbers.
pub(crate) struct Rows {
    pub(crate) workspace: Uuid,
    pub(crate) ids: Vec<Uuid>,
    pub(crate) numbers: Vec<i32>,
}

impl Rows {
    pub(crate) fn of(tx: &Transaction, members: &[Member]) -> Self {
        Self {
            workspace: tx.scope().workspace().uuid(),
            ids: members.iter().map(|member| member.id.uuid()).collect(),
            numbers: members.iter().map(|member| integer(member.number)).collect(),
        }
    }

    /// The histories of the members, their traits and their time in layers.
    pub(crate) fn histories(&self) -> Condition {
        use history::Column;
        let of_members = Column::Concept.eq(spelled(Concept::Member)).and(Column::EntityId.is_in(self.ids.iter().copied()));
        let concepts = [Concept::MemberTrait, Concept::LayerAssignment].map(spelled);
        let about_them = Column::Concept.is_in(concepts).and(Column::AboutId.is_in(self.ids.iter().copied()));
        Condition::all().add(Column::WorkspaceId.eq(self.workspace)).add(Condition::any().add(of_members).add(about_them))
    }

    /// What was said of events, theirs now or then. A state is the row as JSON, in which the number stands so.
    pub(crate) fn revisions(&self) -> Condition {
        use event_revision::Column;
        let theirs = Query::select()
            .column(event::Column::Id)
            .from(event::Entity)
            .and_where(event::Column::WorkspaceId.eq(self.workspace))
            .and_where(event::Column::MemberNumber.is_in(self.numbers.iter().copied()))
            .to_owned();
        let names = |number: &i32| Expr::col(Column::State).like(LikeExpr::new(format!("%\"member!_number\":{number},%")).escape('!'));
        let any = self.numbers.iter().map(names).fold(Condition::any().add(Column::EventId.in_subquery(theirs)), Condition::add);
        Condition::all().add(Column::WorkspaceId.eq(self.workspace)).add(any)
    }
}

impl Transaction {
    /// When anything happened that these members did.
    pub async fn times_of(&self, members: &[Member]) -> Result<Vec<DateTime<Utc>>, Error> {
        let rows = Rows::of(self, members);
        let times = event::Entity::find().select_only().column(event::Column::OccurredAt).distinct();
        let theirs = times.filter(event::Column::WorkspaceId.eq(rows.workspace)).filter(event::Column::MemberNumber.is_in(rows.numbers));
        Ok(theirs.into_tuple().all(&self.db()).await?)
    }

    /// Removes everything that is known of these members, who are one person. What they took back stays taken back, by nobody.
    ///
    /// Whoever does has the turn (see [`Transaction::take_turn`]), and marks the days of what they did.
    pub async fn erase(&self, members: &[Member]) -> Result<Traces, Error> {
        let rows = Rows::of(self, members);
        let (workspace, ids, numbers) = (rows.workspace, || rows.ids.iter().copied(), || rows.numbers.iter().copied());
        let responses = self.count_responses(&rows).await?;
        let db = self.db();
        response::Entity::delete_many()
            .filter(response::Column::WorkspaceId.eq(workspace))
            .filter(response::Column::MemberNumber.is_in(numbers()))
            .exec(&db)
            .await?;
        event_revision::Entity::delete_many().filter(rows.revisions()).exec(&db).await?;
        let unsaid = self.keep_nameless(&rows).await?;
        let events = event::Entity::delete_many()
            .filter(event::Column::WorkspaceId.eq(workspace))
            .filter(event::Column::MemberNumber.is_in(numbers()))
            .exec(&db)
            .await?;
        first_activity::Entity::delete_many()
            .filter(first_activity::Column::WorkspaceId.eq(workspace))
            .filter(first_activity::Column::MemberNumber.is_in(numbers()))
            .exec(&db)
            .await?;
        member_mark::Entity::delete_many()
            .filter(member_mark::Column::WorkspaceId.eq(workspace))
            .filter(member_mark::Column::MemberNumber.is_in(numbers()))
            .exec(&db)
            .await?;
        let identities = self.remove_identities_of(&rows).await?;
        let traits = member_trait::Entity::delete_many()
            .filter(member_trait::Column::WorkspaceId.eq(workspace))
            .filter(member_trait::Column::MemberId.is_in(ids()))
            .exec(&db)
            .await?;
        let layers = layer_assignment::Entity::delete_many()
            .filter(layer_assignment::Column::WorkspaceId.eq(workspace))
            .filter(layer_assignment::Column::MemberId.is_in(ids()))
            .exec(&db)
            .await?;
        let gone = member::Entity::delete_many()
            .filter(member::Column::WorkspaceId.eq(workspace))
            .filter(member::Column::Id.is_in(ids()))
            .exec(&db)
            .await?;
        let changes = history::Entity::delete_many().filter(rows.histories()).exec(&db).await?;
        self.note_gone(members).await?;
        Ok(Traces {
            members: gone.rows_affected,
            identities,
            traits: traits.rows_affected,
            layer_assignments: layers.rows_affected,
            events: events.rows_affected + unsaid,
            responses,
            changes: changes.rows_affected,
        })
    }

    pub(crate) async fn remove_identities_of(&self, rows: &Rows) -> Result<u64, Error> {
        let removed = identity::Entity::delete_many()
            .filter(identity::Column::WorkspaceId.eq(rows.workspace))
            .filter(identity::Column::MemberId.is_in(rows.ids.iter().copied()))
            .exec(&self.db())
            .await?;
        Ok(removed.rows_affected)
    }

    /// How many answers they gave.
    pub(crate) async fn count_responses(&self, rows: &Rows) -> Result<u64, Error> {
        let current = response::Entity::find().filter(response::Column::WorkspaceId.eq(rows.workspace));
        let theirs = current.filter(response::Column::MemberNumber.is_in(rows.numbers.iter().copied()));
        Ok(theirs.filter(response::Column::IsCurrent.eq(true)).count(&self.db()).await?)
    }

    /// Leaves what takes something back as done by nobody. Gives how often they did.
    async fn keep_nameless(&self, rows: &Rows) -> Result<u64, Error> {
        let takes_back =
            BUILT_IN.iter().filter(|built_in| matches!(built_in.role, Role::Retracts | Role::Undoes)).map(|built_in| built_in.key);
        let mut update = Query::update();
        update
            .table(event::Entity)
            .value(event::Column::MemberNumber, Option::<i32>::None)
            .and_where(event::Column::WorkspaceId.eq(rows.workspace))
            .and_where(event::Column::MemberNumber.is_in(rows.numbers.iter().copied()))
            .and_where(event::Column::Activity.is_in(takes_back));
        unsay(&mut update, self.db().get_database_backend());
        Ok(self.db().execute(&update).await?.rows_affected())
    }

    /// That they are gone, and nothing of what they were.
    pub(crate) async fn note_gone(&self, members: &[Member]) -> Result<(), Error> {
        let concept = Concept::Member.into();
        let entry = |member: &Member| {
            let version = (member.id.uuid(), integer(member.stamp.version.saturating_add(1)));
            self.entry(concept, version, None, Action::Deleted, &serde_json::Map::new())
        };
        self.remember_all(members.iter().map(entry).collect::<Result<_, _>>()?).await
    }
}

/// Takes out of events what their platform said in words of its own. Their ids stay: what is about them still finds them.
pub(crate) fn unsay(update: &mut sea_orm::sea_query::UpdateStatement, backend: DbBackend) {
    update.value(event::Column::SourceId, Expr::cust(id_as_text(backend))).value(event::Column::Properties, Option::<String>::None);
}

/// A row's id as 32 hexadecimal digits.
pub(crate) fn id_as_text(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { "replace(id::text, '-', '')" } else { "lower(hex(id))" }
}
