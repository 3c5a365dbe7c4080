//! Who the members of a workspace are, by their numbers: what metrics have to know of people.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, QueryTrait, Statement};
use waymark_domain::NaiveDate;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::layer::Layer;
use waymark_domain::member::MemberKind;
use waymark_domain::member_trait::Attribute;

use crate::error::Error;
use crate::rows::{member, parsed, spelled, whole};
use crate::store::Store;

/// Something that is true of a member from one day to another; open where a day is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraitSpan {
    pub member: u32,
    /// Of a property.
    pub name: Option<String>,
    pub value: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Store {
    /// The members who are not of the community, where no trait says otherwise; of these members, or of all.
    pub async fn uncommon_kinds(&self, scope: WorkspaceScope, members: Option<&[u32]>) -> Result<Vec<(u32, MemberKind)>, Error> {
        use member::{Column, Entity};
        let select = Entity::find()
            .select_only()
            .columns([Column::Number, Column::Kind])
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Column::Kind.ne(spelled(MemberKind::Community)))
            .order_by_asc(Column::Number);
        let kind = |row: &QueryResult| {
            let (number, kind): (i32, String) = row.try_get_many_by_index()?;
            Ok((whole("number", number)?, parsed("kind", &kind)?))
        };
        self.of_members(select.into_query(), Column::Number, members).await?.iter().map(kind).collect()
    }

    /// Who turned out to be whom: a member's number, and that of the member it was merged into.
    pub async fn merges(&self, scope: WorkspaceScope) -> Result<Vec<(u32, u32)>, Error> {
        const MERGES: &str = "SELECT merged.number, whole.number FROM members AS merged
            JOIN members AS whole ON whole.workspace_id = merged.workspace_id AND whole.id = merged.merged_into_id
            WHERE merged.workspace_id = $1 AND merged.merged_into_id IS NOT NULL ORDER BY merged.number";
        let rows = self.rows(MERGES, [scope.workspace().uuid().into()]).await?;
        let number = |row: &sea_orm::QueryResult, index| whole("number", row.try_get_by_index(index)?);
        rows.iter().map(|row| Ok((number(row, 0)?, number(row, 1)?))).collect()
    }

    /// All that is said of members by an attribute.
    pub async fn trait_spans(&self, scope: WorkspaceScope, attribute: Attribute) -> Result<Vec<TraitSpan>, Error> {
        const SPANS: &str = "SELECT members.number, said.name, said.value, said.from_on, said.until_on FROM member_traits AS said
            JOIN members ON members.workspace_id = said.workspace_id AND members.id = said.member_id
            WHERE said.workspace_id = $1 AND said.attribute = $2 ORDER BY members.number, said.id";
        let rows = self.rows(SPANS, [scope.workspace().uuid().into(), spelled(attribute).into()]).await?;
        rows.into_iter()
            .map(|row| {
                Ok(TraitSpan {
                    member: whole("number", row.try_get_by_index(0)?)?,
                    name: row.try_get_by_index(1)?,
                    value: row.try_get_by_index(2)?,
                    from: row.try_get_by_index(3)?,
                    until: row.try_get_by_index(4)?,
                })
            })
            .collect()
    }

    /// Which members are in which layers, by the layers' ids.
    pub async fn layer_spans(&self, scope: WorkspaceScope) -> Result<Vec<TraitSpan>, Error> {
        const SPANS: &str = "SELECT members.number, said.layer_id, said.from_on, said.until_on FROM layer_assignments AS said
            JOIN members ON members.workspace_id = said.workspace_id AND members.id = said.member_id
            WHERE said.workspace_id = $1 ORDER BY members.number, said.id";
        let rows = self.rows(SPANS, [scope.workspace().uuid().into()]).await?;
        rows.into_iter()
            .map(|row| {
                let layer: Id<Layer> = Id::from_uuid(row.try_get_by_index(1)?);
                let (from, until) = (Some(row.try_get_by_index(2)?), row.try_get_by_index(3)?);
                Ok(TraitSpan { member: whole("number", row.try_get_by_index(0)?)?, name: None, value: layer.to_string(), from, until })
            })
            .collect()
    }

    async fn rows(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<sea_orm::QueryResult>, Error> {
        Ok(self.db().query_all_raw(Statement::from_sql_and_values(self.db().get_database_backend(), sql, values)).await?)
    }
}
