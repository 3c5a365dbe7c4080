use std::sync::Arc;

use super::app::App;
use super::database::{Backend, Database};

/// What a test can ask for by the type of its parameter.
pub(crate) trait Given {
    async fn given(backend: Backend) -> Self;
}

/// A server that is ready, on a database of its own.
impl Given for App {
    async fn given(backend: Backend) -> Self {
        Self::start(backend, &[]).await
    }
}

/// A database without a table, for tests of the first start.
impl Given for Arc<Database> {
    async fn given(backend: Backend) -> Self {
        Database::empty(backend)
    }
}

/// For a test that starts its server with options.
impl Given for Backend {
    async fn given(backend: Backend) -> Self {
        backend
    }
}

pub(crate) async fn run_on<T: Given, F: Future<Output = ()>>(backend: Backend, test: impl FnOnce(T) -> F) {
    test(T::given(backend).await).await;
}

/// Runs each named `async fn` on SQLite and on PostgreSQL, as the tests `sqlite::name` and
/// `postgres::name`. The functions stand below it as plain items, so that they are formatted and
/// one that is not listed is dead code.
macro_rules! both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $test() {
                    $crate::harness::run_on($crate::harness::Backend::Sqlite, super::$test).await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test]
                #[cfg_attr(not(postgres), ignore = "PostgreSQL was not found: half of the tests did not run")]
                async fn $test() {
                    $crate::harness::run_on($crate::harness::Backend::Postgres, super::$test).await;
                }
            )+
        }
    };
}

pub(crate) use both;
