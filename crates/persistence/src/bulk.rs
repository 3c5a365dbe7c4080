//! Many rows in few statements.

use sea_orm::Iterable;
use sea_orm::entity::prelude::*;

use crate::error::Error;
use crate::store::Transaction;

/// Values of one statement: SQLite takes 32,766 at most.
const VALUES: usize = 30_000;
/// Things that one statement looks up or changes by their ids or names.
pub(crate) const AT_ONCE: usize = 1_000;
/// Conditions that one statement joins by OR: SQLite nests them 1,000 deep at most.
pub(crate) const CONDITIONS: usize = 200;

impl Transaction {
    /// Inserts rows, as many at once as a statement has room for their values.
    pub(crate) async fn insert_rows<E>(&self, rows: Vec<E::ActiveModel>) -> Result<(), Error>
    where
        E: EntityTrait,
        E::ActiveModel: Send,
    {
        for some in chunks::<E>(rows) {
            E::insert_many(some).exec_without_returning(&self.db()).await?;
        }
        Ok(())
    }
}

/// As many rows each as a statement has room for their values.
pub(crate) fn chunks<E: EntityTrait>(mut rows: Vec<E::ActiveModel>) -> Vec<Vec<E::ActiveModel>> {
    let at_once = (VALUES / E::Column::iter().count().max(1)).max(1);
    let mut chunks = Vec::new();
    while !rows.is_empty() {
        let rest = rows.split_off(at_once.min(rows.len()));
        chunks.push(std::mem::replace(&mut rows, rest));
    }
    chunks
}
