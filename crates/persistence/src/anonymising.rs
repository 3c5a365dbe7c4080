//! Cutting whatever leads from what members did to who they were. What they did stays.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, Query};
use sea_orm::{ConnectionTrait, ExprTrait, IntoActiveModel};
use serde_json::{Map, Value};
use uuid::Uuid;
use waymark_domain::erasure::Traces;
use waymark_domain::id::Id;
use waymark_domain::member::Member;
use waymark_domain::member_trait::Attribute;
use waymark_domain::response::{Response, Said};

use crate::bulk::AT_ONCE;
use crate::erasing::{Rows, id_as_text, unsay};
use crate::error::Error;
use crate::history::Concept;
use crate::rows::{event, event_revision, history, integer, layer_assignment, member, member_trait, parsed, response, spelled};
use crate::store::{Store, Transaction};

/// What says whom a member works for, or anything else that metrics do not count by themselves.
const TELLING: [Attribute; 2] = [Attribute::Organisation, Attribute::Property];

/// The ids that things get instead of those they had, by which somebody might know them.
struct Renamed<'a> {
    rows: &'a Rows,
    fresh: HashMap<Uuid, Uuid>,
    make: &'a (dyn Fn() -> Uuid + Send + Sync),
}

impl Renamed<'_> {
    fn of(&mut self, id: Uuid) -> Uuid {
        *self.fresh.entry(id).or_insert_with(self.make)
    }

    /// One of the members themselves; others were somebody else.
    fn member(&mut self, id: Uuid) -> Option<Uuid> {
        self.rows.ids.contains(&id).then(|| self.of(id))
    }
}

impl Store {
    /// What these members say in surveys now.
    pub async fn said_by(&self, scope: waymark_domain::actor::WorkspaceScope, members: &[u32]) -> Result<Vec<Said>, Error> {
        let mut said = Vec::new();
        for some in members.chunks(AT_ONCE) {
            let rows = response::Entity::find()
                .filter(response::Column::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(response::Column::MemberNumber.is_in(some.iter().copied().map(integer)))
                .filter(response::Column::IsCurrent.eq(true))
                .all(&self.db())
                .await?;
            for row in rows {
                said.push(Response::try_from(row)?.said);
            }
        }
        Ok(said)
    }
}

impl Transaction {
    /// Leaves these members, who are one person, with their numbers, kinds, roles and layers, under ids that nobody knows.
    /// `counted` are those of their answers that count: others go, and these become anonymous.
    ///
    /// Whoever does has the turn (see [`Transaction::take_turn`]).
    pub async fn anonymise(
        &self,
        members: &[Member],
        counted: &[Id<Response>],
        make: &(dyn Fn() -> Uuid + Send + Sync),
    ) -> Result<Traces, Error> {
        let rows = Rows::of(self, members);
        let mut renamed = Renamed { rows: &rows, fresh: HashMap::new(), make };
        let responses = self.count_responses(&rows).await?;
        self.leave_anonymous(&rows, counted).await?;
        self.scrub_revisions(&rows).await?;
        let events = self.unsay_events(&rows).await?;
        let identities = self.remove_identities_of(&rows).await?;
        let (traits, layer_assignments) = self.rename(members, &mut renamed).await?;
        let changes = self.scrub_histories(&mut renamed).await?;
        self.note_gone(members).await?;
        let members = u64::try_from(members.len()).unwrap_or(u64::MAX);
        Ok(Traces { members, identities, traits, layer_assignments, events, responses, changes })
    }

    async fn leave_anonymous(&self, rows: &Rows, counted: &[Id<Response>]) -> Result<(), Error> {
        use response::Column;
        let theirs = || Column::WorkspaceId.eq(rows.workspace).and(Column::MemberNumber.is_in(rows.numbers.iter().copied()));
        let counts = Column::IsCurrent.eq(true).and(Column::Id.is_in(counted.iter().map(|id| id.uuid())));
        response::Entity::delete_many().filter(theirs()).filter(counts.not()).exec(&self.db()).await?;
        response::Entity::update_many()
            .col_expr(Column::SourceId, Expr::cust(id_as_text(self.db().get_database_backend())))
            .col_expr(Column::MemberNumber, Expr::value(Option::<i32>::None))
            .filter(theirs())
            .exec(&self.db())
            .await?;
        Ok(())
    }

    /// What was said of their events before keeps who, what and when, and no words.
    async fn scrub_revisions(&self, rows: &Rows) -> Result<(), Error> {
        let kept = event_revision::Entity::find().filter(rows.revisions()).all(&self.db()).await?;
        event_revision::Entity::delete_many().filter(rows.revisions()).exec(&self.db()).await?;
        let unreadable = |error| Error::corrupt("state", error);
        let scrubbed = kept.into_iter().map(|mut row| {
            let mut state: event::Model = serde_json::from_str(&row.state).map_err(unreadable)?;
            (state.source_id, state.properties) = (row.event_id.simple().to_string(), None);
            row.state = serde_json::to_string(&state).map_err(unreadable)?;
            Ok(row.into_active_model())
        });
        self.insert_rows::<event_revision::Entity>(scrubbed.collect::<Result<_, Error>>()?).await
    }

    async fn unsay_events(&self, rows: &Rows) -> Result<u64, Error> {
        let mut update = Query::update();
        update
            .table(event::Entity)
            .and_where(event::Column::WorkspaceId.eq(rows.workspace))
            .and_where(event::Column::MemberNumber.is_in(rows.numbers.iter().copied()));
        unsay(&mut update, self.db().get_database_backend());
        Ok(self.db().execute(&update).await?.rows_affected())
    }

    /// Gives members, and what stays of what is said of them, other ids. Nothing may point to a member meanwhile. Gives how
    /// many traits and times in layers there were.
    async fn rename(&self, members: &[Member], renamed: &mut Renamed<'_>) -> Result<(u64, u64), Error> {
        let (workspace, ids) = (renamed.rows.workspace, renamed.rows.ids.clone());
        let of_traits = member_trait::Column::WorkspaceId.eq(workspace).and(member_trait::Column::MemberId.is_in(ids.iter().copied()));
        let traits = member_trait::Entity::find().filter(of_traits.clone()).all(&self.db()).await?;
        let removed = member_trait::Entity::delete_many().filter(of_traits).exec(&self.db()).await?.rows_affected;
        let of_layers =
            layer_assignment::Column::WorkspaceId.eq(workspace).and(layer_assignment::Column::MemberId.is_in(ids.iter().copied()));
        let layers = layer_assignment::Entity::find().filter(of_layers.clone()).all(&self.db()).await?;
        let left = layer_assignment::Entity::delete_many().filter(of_layers).exec(&self.db()).await?.rows_affected;
        self.rename_members(members, renamed).await?;
        let telling = TELLING.map(spelled);
        let traits = traits.into_iter().filter(|row| !telling.contains(&row.attribute)).map(|row| {
            let (id, member_id) = (renamed.of(row.id), renamed.of(row.member_id));
            member_trait::Model { id, member_id, ..row }.into_active_model()
        });
        self.insert_rows::<member_trait::Entity>(traits.collect()).await?;
        let layers = layers.into_iter().map(|row| {
            let (id, member_id) = (renamed.of(row.id), renamed.of(row.member_id));
            layer_assignment::Model { id, member_id, ..row }.into_active_model()
        });
        self.insert_rows::<layer_assignment::Entity>(layers.collect()).await?;
        Ok((removed, left))
    }

    /// Between the statements nobody is merged into anybody: a merge names an id.
    async fn rename_members(&self, members: &[Member], renamed: &mut Renamed<'_>) -> Result<(), Error> {
        use member::Column;
        let workspace = renamed.rows.workspace;
        let theirs = |ids: Vec<Uuid>| Column::WorkspaceId.eq(workspace).and(Column::Id.is_in(ids));
        let old = renamed.rows.ids.clone();
        let unmerged = member::Entity::update_many().col_expr(Column::MergedIntoId, Expr::value(Option::<Uuid>::None));
        unmerged.filter(theirs(old.clone())).exec(&self.db()).await?;
        let case = old.iter().fold(CaseStatement::new(), |case, id| case.case(Column::Id.eq(*id), renamed.of(*id)));
        let nameless = member::Entity::update_many()
            .col_expr(Column::Id, case.into())
            .col_expr(Column::Name, Expr::value(Option::<String>::None))
            .col_expr(Column::ExternalId, Expr::value(Option::<String>::None));
        nameless.filter(theirs(old)).exec(&self.db()).await?;
        let merges = members.iter().filter_map(|member| Some((member.id.uuid(), member.merged_into?.uuid())));
        let merges: Vec<(Uuid, Uuid)> = merges.map(|(one, into)| (renamed.of(one), renamed.of(into))).collect();
        if !merges.is_empty() {
            let case = merges.iter().fold(CaseStatement::new(), |case, (one, into)| case.case(Column::Id.eq(*one), *into));
            let again = member::Entity::update_many().col_expr(Column::MergedIntoId, case.into());
            again.filter(theirs(merges.into_iter().map(|(one, _)| one).collect())).exec(&self.db()).await?;
        }
        Ok(())
    }

    /// Every state that they had, under the new ids and without what tells who they were.
    async fn scrub_histories(&self, renamed: &mut Renamed<'_>) -> Result<u64, Error> {
        let kept = history::Entity::find().filter(renamed.rows.histories()).all(&self.db()).await?;
        let removed = history::Entity::delete_many().filter(renamed.rows.histories()).exec(&self.db()).await?.rows_affected;
        let mut entries = Vec::with_capacity(kept.len());
        for row in kept {
            let concept = parsed("concept", &row.concept)?;
            let mut state: Map<String, Value> = serde_json::from_str(&row.state).map_err(|error| Error::corrupt("state", error))?;
            if scrub(concept, &mut state, renamed) {
                let mut entry = history::Model { entity_id: renamed.of(row.entity_id), ..row }.into_active_model();
                entry.about_id = Set(entry.about_id.take().flatten().map(|about| renamed.of(about)));
                entry.state = Set(serde_json::to_string(&state).map_err(|error| Error::corrupt("state", error))?);
                entries.push(entry);
            }
        }
        self.remember_all(entries).await?;
        Ok(removed)
    }
}

/// Takes out of a state what tells who it was. Tells whether anything may be kept of it.
fn scrub(concept: Concept, state: &mut Map<String, Value>, renamed: &mut Renamed<'_>) -> bool {
    let uuid =
        |state: &Map<String, Value>, column: &str| state.get(column).and_then(Value::as_str).and_then(|text| Uuid::parse_str(text).ok());
    if let Some(id) = uuid(state, "id") {
        state.insert("id".to_owned(), renamed.of(id).to_string().into());
    }
    if concept == Concept::Member {
        let into = uuid(state, "merged_into_id").and_then(|into| renamed.member(into));
        state.insert("merged_into_id".to_owned(), into.map_or(Value::Null, |into| into.to_string().into()));
        state.insert("name".to_owned(), Value::Null);
        state.insert("external_id".to_owned(), Value::Null);
        return true;
    }
    if let Some(member) = uuid(state, "member_id") {
        state.insert("member_id".to_owned(), renamed.of(member).to_string().into());
    }
    let attribute = state.get("attribute").and_then(Value::as_str).unwrap_or_default();
    !TELLING.map(spelled).iter().any(|telling| telling == attribute)
}
