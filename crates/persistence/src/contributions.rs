//! Which key results initiatives contribute to.

use std::collections::{BTreeSet, HashMap};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::CaseStatement;
use sea_orm::{ExprTrait, IntoActiveModel, QueryOrder, QuerySelect};
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Contribution, Initiative};
use waymark_domain::key_result::KeyResult;

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::history::Action;
use crate::rows::contribution::{Column, Entity, Model};
use crate::rows::{history, initiative};
use crate::store::{Store, Transaction};

impl Store {
    /// The links of these initiatives, in their order.
    pub async fn contributions_of(&self, scope: WorkspaceScope, initiatives: &[Id<Initiative>]) -> Result<Vec<Contribution>, Error> {
        self.contributions_where(scope, Column::InitiativeId.is_in(initiatives.iter().map(|id| id.uuid()))).await
    }

    /// The links to these key results.
    pub async fn contributions_to(&self, scope: WorkspaceScope, key_results: &[Id<KeyResult>]) -> Result<Vec<Contribution>, Error> {
        self.contributions_where(scope, Column::KeyResultId.is_in(key_results.iter().map(|id| id.uuid()))).await
    }

    async fn contributions_where(&self, scope: WorkspaceScope, condition: Expr) -> Result<Vec<Contribution>, Error> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(condition)
            .order_by_asc(Column::InitiativeId)
            .order_by_asc(Column::Position)
            .all(&self.db())
            .await?;
        rows.into_iter().map(Contribution::try_from).collect()
    }
}

/// What links are called in history: all links of an initiative are one state, under the initiative's id.
pub(crate) const LINKS: &str = "CONTRIBUTION";

/// All links of an initiative.
#[derive(Serialize)]
struct Links {
    links: Vec<Model>,
}

impl Transaction {
    /// Replaces all links of an initiative.
    pub async fn write_contributions(&self, initiative: Id<Initiative>, contributions: &[Contribution]) -> Result<(), Error> {
        Entity::delete_many()
            .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
            .filter(Column::InitiativeId.eq(initiative.uuid()))
            .exec(&self.db())
            .await?;
        let rows = contributions
            .iter()
            .zip(0_u32..)
            .map(|(contribution, position)| Ok(Model::of(self.scope(), contribution, position)?.into_active_model()))
            .collect::<Result<_, Error>>()?;
        self.insert_rows::<Entity>(rows).await?;
        self.remember_links(&[initiative.uuid()]).await
    }

    /// Initiatives may name an address before a key result stands there: now these do.
    pub(crate) async fn catch_dangling(&self, key_results: &[&KeyResult]) -> Result<(), Error> {
        for some in key_results.chunks(AT_ONCE) {
            let by_name: HashMap<String, Uuid> = some.iter().map(|one| (one.address.to_string(), one.id.uuid())).collect();
            let dangling = || Column::KeyResultId.is_null();
            let links = self.links().filter(Column::Named.is_in(by_name.keys())).filter(dangling()).all(&self.db()).await?;
            let named: BTreeSet<&String> = links.iter().map(|link| &link.named).collect();
            let means = |case: CaseStatement, name: &&String| case.case(Column::Named.eq(*name), by_name.get(*name).copied());
            if !named.is_empty() {
                let key_result = named.iter().fold(CaseStatement::new(), means);
                self.point(Column::Named.is_in(named).and(dangling()), key_result).await?;
            }
            self.remember_links(&initiatives(&links)).await?;
        }
        Ok(())
    }

    /// The links to a key result dangle from now on.
    pub(crate) async fn let_dangle(&self, key_result: Uuid) -> Result<(), Error> {
        let links = self.links().filter(Column::KeyResultId.eq(key_result)).all(&self.db()).await?;
        if links.is_empty() {
            return Ok(());
        }
        self.point(Column::KeyResultId.eq(key_result), Expr::value(None::<Uuid>)).await?;
        self.remember_links(&initiatives(&links)).await
    }

    /// An initiative that is deleted takes its links along.
    pub(crate) async fn forget_links(&self, initiative: Uuid) -> Result<(), Error> {
        let version = self.versions_of_links(&[initiative]).await?.remove(&initiative);
        let Some(version) = version else { return Ok(()) };
        let gone = self.entry(LINKS, (initiative, version + 1), None, Action::Deleted, &Links { links: Vec::new() })?;
        self.remember_all(vec![gone]).await
    }

    fn links(&self) -> Select<Entity> {
        Entity::find().filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
    }

    async fn point(&self, links: Expr, key_result: impl Into<Expr>) -> Result<(), Error> {
        Entity::update_many()
            .col_expr(Column::KeyResultId, key_result.into())
            .filter(Column::WorkspaceId.eq(self.scope().workspace().uuid()))
            .filter(links)
            .exec(&self.db())
            .await?;
        Ok(())
    }

    /// Keeps in history what the links of these initiatives have become.
    async fn remember_links(&self, changed: &[Uuid]) -> Result<(), Error> {
        if changed.is_empty() {
            return Ok(());
        }
        let versions = self.versions_of_links(changed).await?;
        let rows = self.links().filter(Column::InitiativeId.is_in(changed.iter().copied())).order_by_asc(Column::Position);
        let mut links: HashMap<Uuid, Vec<Model>> = HashMap::new();
        for row in rows.all(&self.db()).await? {
            links.entry(row.initiative_id).or_default().push(row);
        }
        let entry = |initiative: &Uuid| {
            let (version, action) = match versions.get(initiative) {
                Some(version) => (version + 1, Action::Updated),
                None => (1, Action::Created),
            };
            let links = links.remove(initiative).unwrap_or_default();
            self.entry(LINKS, (*initiative, version), None, action, &Links { links })
        };
        let entries: Vec<_> = changed.iter().map(entry).collect::<Result<_, _>>()?;
        self.remember_all(entries).await
    }

    /// How often the links of each of these initiatives have been written. Who asks is about to do it once more: others
    /// who are wait.
    async fn versions_of_links(&self, initiatives: &[Uuid]) -> Result<HashMap<Uuid, i32>, Error> {
        let workspace = self.scope().workspace().uuid();
        initiative::Entity::find()
            .filter(initiative::Column::WorkspaceId.eq(workspace))
            .filter(initiative::Column::Id.is_in(initiatives.iter().copied()))
            .order_by_asc(initiative::Column::Id)
            .lock_exclusive()
            .all(&self.db())
            .await?;
        let versions: Vec<(Uuid, i32)> = history::Entity::find()
            .select_only()
            .column(history::Column::EntityId)
            .column_as(history::Column::Version.max(), "version")
            .filter(history::Column::WorkspaceId.eq(workspace))
            .filter(history::Column::Concept.eq(LINKS))
            .filter(history::Column::EntityId.is_in(initiatives.iter().copied()))
            .group_by(history::Column::EntityId)
            .into_tuple()
            .all(&self.db())
            .await?;
        Ok(versions.into_iter().collect())
    }
}

/// The initiatives of these links, each once.
fn initiatives(links: &[Model]) -> Vec<Uuid> {
    let each: BTreeSet<Uuid> = links.iter().map(|link| link.initiative_id).collect();
    each.into_iter().collect()
}
