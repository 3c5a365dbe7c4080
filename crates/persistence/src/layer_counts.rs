//! How much members did lately, as the rules of layers count it.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, Func};
use sea_orm::{ConnectionTrait, ExprTrait, QuerySelect, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::rows::event::{Column, Entity};
use crate::rows::whole;
use crate::store::Store;

/// What one rule counts: events of these types since an instant.
#[derive(Clone, Debug)]
pub struct Counted {
    pub activities: Vec<String>,
    pub since: DateTime<Utc>,
}

impl Store {
    /// How often each member did what each of these rules counts, before an instant and not taken back since: by the member's
    /// number, in the order of the rules. One query; members who did nothing of it are left out.
    pub async fn activity_counts(
        &self,
        scope: WorkspaceScope,
        rules: &[Counted],
        before: DateTime<Utc>,
    ) -> Result<Vec<(u32, Vec<u64>)>, Error> {
        let Some(since) = rules.iter().map(|rule| rule.since).min() else { return Ok(Vec::new()) };
        let any: std::collections::BTreeSet<&str> = rules.iter().flat_map(|rule| &rule.activities).map(String::as_str).collect();
        let mut select = Entity::find()
            .select_only()
            .column(Column::MemberNumber)
            .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
            .filter(Column::OccurredAt.gte(since))
            .filter(Column::OccurredAt.lt(before))
            .filter(Column::MemberNumber.is_not_null())
            .filter(Column::RetractedAt.is_null())
            .filter(Column::Activity.is_in(any))
            .group_by(Column::MemberNumber);
        for rule in rules {
            let is_counted = Column::Activity.is_in(rule.activities.iter().map(String::as_str)).and(Column::OccurredAt.gte(rule.since));
            QueryTrait::query(&mut select).expr(Func::sum(CaseStatement::new().case(is_counted, 1).finally(0)));
        }
        let rows = self.db().query_all(QueryTrait::query(&mut select)).await?;
        rows.into_iter()
            .map(|row| {
                let number = whole("member_number", row.try_get_by_index(0)?)?;
                let count = |index: usize| {
                    let counted: i64 = row.try_get_by_index(index.saturating_add(1))?;
                    u64::try_from(counted).map_err(|_| Error::corrupt("count", counted))
                };
                Ok((number, (0..rules.len()).map(count).collect::<Result<_, Error>>()?))
            })
            .collect()
    }
}
