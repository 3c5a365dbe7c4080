//! The store, and the transactions that write to it.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::{DateTime, Utc};
use waymark_migrations::{Migrator, MigratorTrait};

use crate::as_of::Reading;
use crate::connection::{self, DatabaseUrl};
use crate::error::Error;

/// Any number, as long as every process of every version takes the same.
const MIGRATION_LOCK: i64 = 7_296_014_112;

/// Everything that is stored, to read.
#[derive(Clone)]
pub struct Store {
    reads: Reads,
    writer: DatabaseConnection,
    at: Option<DateTime<Utc>>,
}

#[derive(Clone)]
enum Reads {
    Pool(DatabaseConnection),
    Transaction(Arc<DatabaseTransaction>),
}

/// Who writes, when, and on which request: it stands in the history of everything the transaction changes.
#[derive(Clone, Debug)]
pub struct Trail {
    pub actor: Actor,
    pub at: DateTime<Utc>,
}

/// A transaction: writes, and reads that see them. Rolls back when it is dropped before [`Transaction::commit`].
pub struct Transaction {
    store: Store,
    pub(crate) trail: Trail,
}

impl Store {
    pub async fn open(url: &DatabaseUrl) -> Result<Self, Error> {
        let pools = connection::patiently(|| connection::open(url)).await?;
        Ok(Self { reads: Reads::Pool(pools.readers), writer: pools.writer, at: None })
    }

    /// What was known at an instant, or is known now: teams, cycles, OKRs, check-ins, initiatives and links, surveys, and of
    /// the community who its members were and what they did. A transaction that begins here sees and writes the present all
    /// the same.
    pub fn at(&self, instant: Option<DateTime<Utc>>) -> Self {
        Self { at: instant, ..self.clone() }
    }

    /// Brings the schema up to date. Any number of processes may do so at once: one at a time gets to work,
    /// and all of it is one transaction.
    pub async fn migrate(&self) -> Result<(), Error> {
        let transaction = connection::patiently(|| begin(&self.writer)).await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            let lock = format!("SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            transaction.execute_unprepared(&lock).await?;
        }
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// How many migrations of this version the database still lacks.
    pub async fn pending_migrations(&self) -> Result<usize, Error> {
        let pending = Migrator::get_pending_migrations_read_only(&self.db().executor).await?;
        Ok(pending.len())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        self.db().query_one_raw(Statement::from_string(self.db().get_database_backend(), "SELECT 1")).await?;
        Ok(())
    }

    pub async fn begin(&self, trail: Trail) -> Result<Transaction, Error> {
        let transaction = begin(&self.writer).await?;
        let store = Self { reads: Reads::Transaction(Arc::new(transaction)), writer: self.writer.clone(), at: None };
        Ok(Transaction { store, trail })
    }

    /// Brings what SQLite has written down into the file itself and empties its log, so that what was deleted stands in neither.
    /// Where others are reading, it is left for later.
    pub async fn empty_log(&self) -> Result<(), Error> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// As [`Store::begin`], at a start: others may be starting too.
    pub async fn begin_patiently(&self, trail: Trail) -> Result<Transaction, Error> {
        connection::patiently(|| self.begin(trail.clone())).await
    }

    /// The same store as it is at this moment: what others commit from now on is not seen. Whoever asks runs to the end, in a
    /// task that nobody can drop half-way.
    pub async fn snapshot(&self) -> Result<Self, Error> {
        let Reads::Pool(readers) = &self.reads else { return Ok(self.clone()) };
        let mut options = TransactionOptions::default();
        if readers.get_database_backend() == DbBackend::Postgres {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        let transaction = readers.begin_with_options(options).await?;
        Ok(Self { reads: Reads::Transaction(Arc::new(transaction)), ..self.clone() })
    }

    pub(crate) fn db(&self) -> Reading<'_> {
        let executor = match &self.reads {
            Reads::Pool(pool) => DatabaseExecutor::Connection(pool),
            Reads::Transaction(transaction) => DatabaseExecutor::Transaction(transaction),
        };
        Reading { executor, at: self.at }
    }

    /// The instant that is looked back to.
    pub(crate) fn instant(&self) -> Option<DateTime<Utc>> {
        self.at
    }

    /// For the few rows that are written outside a workspace's history, such as a token's last use.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }
}

/// On SQLite the write lock is taken at once: a reader that became a writer later could only fail.
async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction, Error> {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
    Ok(writer.begin_with_options(options).await?)
}

impl Transaction {
    pub async fn commit(self) -> Result<(), Error> {
        let Reads::Transaction(transaction) = self.store.reads else { return Ok(()) };
        match Arc::into_inner(transaction) {
            Some(transaction) => Ok(transaction.commit().await?),
            None => Err(Error::corrupt("transaction", "a copy of the transaction outlived it")),
        }
    }

    pub fn scope(&self) -> WorkspaceScope {
        self.trail.actor.scope
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.trail.at
    }

    pub fn actor(&self) -> &Actor {
        &self.trail.actor
    }
}

impl Deref for Transaction {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("trail", &self.trail).finish_non_exhaustive()
    }
}
