//! Many rows in few statements.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Func, FunctionCall, InsertStatement, OnConflict, Query, SelectStatement};
use sea_orm::{ActiveModelTrait, Condition, ConnectionTrait, DbBackend, ExprTrait, Iterable, JoinType, QueryResult};

use crate::error::Error;
use crate::lists::list;
use crate::store::{Store, Transaction};

/// Values of one statement: SQLite takes 32,766 at most.
const VALUES: usize = 30_000;
/// Things that one statement looks up or changes by their ids or names.
pub(crate) const AT_ONCE: usize = 1_000;
/// The same on PostgreSQL, where a list is one value.
const LIST: usize = 10_000;
/// Conditions that one statement joins by OR: SQLite nests them 1,000 deep at most.
pub(crate) const CONDITIONS: usize = 200;
/// A value that is looked up.
const NAMED: &str = "named";
/// The rows that are found by it.
const FOUND: &str = "found";

impl Transaction {
    /// Inserts rows, as many at once as a statement has room for their values.
    pub(crate) async fn insert_rows<E>(&self, rows: Vec<E::ActiveModel>) -> Result<(), Error>
    where
        E: EntityTrait,
        E::ActiveModel: Send,
    {
        self.write_rows::<E>(rows, None).await?;
        Ok(())
    }

    /// As [`Transaction::insert_rows`], and where a row is there already, it becomes what `conflict` says. Tells how many rows
    /// were written.
    pub(crate) async fn write_rows<E>(&self, rows: Vec<E::ActiveModel>, conflict: Option<&OnConflict>) -> Result<u64, Error>
    where
        E: EntityTrait,
        E::ActiveModel: Send,
    {
        let mut written = 0;
        for statement in self.inserts::<E>(rows, conflict)? {
            written += self.db().execute(&statement).await?.rows_affected();
        }
        Ok(written)
    }

    /// The statements that insert rows. Each is one of few texts whatever it inserts, so that databases know it already: on
    /// PostgreSQL always, and on SQLite where it is full.
    fn inserts<E: EntityTrait>(&self, mut rows: Vec<E::ActiveModel>, conflict: Option<&OnConflict>) -> Result<Vec<InsertStatement>, Error> {
        let is_listed = self.db().get_database_backend() == DbBackend::Postgres;
        let at_once = if is_listed { LIST } else { (VALUES / E::Column::iter().count().max(1)).max(1) };
        let mut statements = Vec::new();
        while !rows.is_empty() {
            let rest = rows.split_off(at_once.min(rows.len()));
            let some = std::mem::replace(&mut rows, rest);
            let mut insert = Query::insert();
            insert.into_table(E::default()).columns(E::Column::iter());
            if is_listed {
                select_lists::<E>(&mut insert, &some)?
            } else {
                list_values::<E>(&mut insert, some)
            }
            if let Some(conflict) = conflict {
                insert.on_conflict(conflict.clone());
            }
            statements.push(insert);
        }
        Ok(statements)
    }
}

/// Every column as one list, which the database takes apart in step with the others, or once where all rows have the same there.
fn select_lists<E: EntityTrait>(insert: &mut InsertStatement, rows: &[E::ActiveModel]) -> Result<(), Error> {
    let mut select = Query::select();
    let mut is_told_apart = rows.len() == 1;
    for column in E::Column::iter() {
        let mut values: Vec<Option<Value>> = rows.iter().map(|row| row.get(column).into_value()).collect();
        let is_same = values.windows(2).all(|two| two.first() == two.last());
        is_told_apart |= !is_same;
        if is_same {
            values.truncate(1);
        }
        let list = list(values, column.def().get_column_type())?;
        select.expr(if is_same { Expr::cust_with_expr("($1)[1]", list) } else { Func::cust("unnest").arg(list).into() });
    }
    if !is_told_apart {
        return Err(Error::corrupt("rows", "the same twice"));
    }
    insert.select_from(select).map_err(|error| Error::corrupt("columns", error))?;
    Ok(())
}

fn list_values<E: EntityTrait>(insert: &mut InsertStatement, rows: Vec<E::ActiveModel>) {
    for row in rows {
        insert.values_panic(E::Column::iter().map(|column| {
            let value = row.get(column).into_value();
            value.map_or_else(|| Expr::cust("NULL"), Expr::value)
        }));
    }
}

impl Store {
    /// That a column has one of these values. PostgreSQL would read a list anew for each row that it is compared with: so it is
    /// taken apart first, once.
    pub(crate) fn among<C: ColumnTrait>(&self, column: C, values: impl IntoIterator<Item = Value>) -> Result<Expr, Error> {
        let column_of = Expr::col((C::EntityName::default(), column));
        if self.db().get_database_backend() != DbBackend::Postgres {
            return Ok(column_of.is_in(values));
        }
        Ok(column_of.in_subquery(Query::select().expr(unnested(column, values)?).to_owned()))
    }

    /// The rows that have one of these values, each given once, in a column that ends an index whose other columns `select` gives.
    ///
    /// Left to choose, PostgreSQL compares every row with every value while it has not counted a table that grows. So each value
    /// is looked up by itself; but not in the past, which has no index.
    pub(crate) async fn looked_up<C: ColumnTrait>(
        &self,
        select: &SelectStatement,
        column: C,
        values: &[Value],
    ) -> Result<Vec<QueryResult>, Error> {
        let is_each = self.db().get_database_backend() == DbBackend::Postgres && self.instant().is_none();
        let mut rows = Vec::new();
        for some in values.chunks(self.at_once()) {
            let mut select = select.clone();
            let statement = if is_each {
                select.and_where(Expr::col((C::EntityName::default(), column)).eq(Expr::col(NAMED))).offset(0);
                let mut each = Query::select();
                each.column((FOUND, Asterisk)).from_function(unnested(column, some.iter().cloned())?, NAMED);
                each.join_lateral(JoinType::InnerJoin, select, FOUND, Condition::all()).to_owned()
            } else {
                select.and_where(self.among(column, some.iter().cloned())?).to_owned()
            };
            rows.append(&mut self.db().query_all(&statement).await?);
        }
        Ok(rows)
    }

    /// How many values one statement compares a column with.
    pub(crate) fn at_once(&self) -> usize {
        if self.db().get_database_backend() == DbBackend::Postgres { LIST } else { AT_ONCE }
    }
}

/// The values as rows.
fn unnested<C: ColumnTrait>(column: C, values: impl IntoIterator<Item = Value>) -> Result<FunctionCall, Error> {
    let list = list(values.into_iter().map(Some).collect(), column.def().get_column_type())?;
    Ok(Func::cust("unnest").arg(list))
}
