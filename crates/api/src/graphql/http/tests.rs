mod hostile;
mod transport;

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, EmptySubscription, Error, ErrorExtensions, InputObject, Object, Schema};

use super::Endpoint;
use crate::graphql::limits::Limits;

pub(super) type TestEndpoint = Endpoint<Query, Mutation, EmptySubscription>;

pub(super) fn endpoint() -> TestEndpoint {
    Endpoint::new(Schema::new(Query, Mutation, EmptySubscription), Limits::default()).unwrap()
}

pub(super) struct Query;

pub(super) struct Mutation;

struct Objective;

#[derive(InputObject)]
struct Filter {
    status: Option<Vec<String>>,
    within: Option<Box<Filter>>,
}

fn page(first: Option<i32>) -> Connection<usize, Objective> {
    let mut page = Connection::new(false, false);
    let size = usize::try_from(first.unwrap_or(10)).unwrap_or(0);
    page.edges.extend((0..size).map(|index| Edge::new(index, Objective)));
    page
}

#[Object]
impl Objective {
    async fn title(&self) -> &str {
        "Ship"
    }

    async fn parent(&self) -> Objective {
        Objective
    }

    async fn key_results(&self, first: Option<i32>, filter: Option<Filter>) -> Connection<usize, Objective> {
        drop(filter.map(|filter| (filter.status, filter.within)));
        page(first)
    }
}

#[Object]
impl Query {
    async fn caller(&self, context: &Context<'_>) -> String {
        context.data::<String>().cloned().unwrap_or_default()
    }

    async fn objective(&self, id: Option<String>) -> Objective {
        drop(id);
        Objective
    }

    async fn objectives(&self, first: Option<i32>, filter: Option<Filter>) -> Connection<usize, Objective> {
        drop(filter);
        page(first)
    }

    async fn sum(&self, a: i32, b: Option<i32>) -> i32 {
        a.saturating_add(b.unwrap_or(0))
    }

    async fn echo(&self, text: String) -> String {
        text
    }

    async fn missing(&self) -> Result<i32, Error> {
        Err(Error::new("there is none").extend_with(|_, extensions| extensions.set("code", "NOT_FOUND")))
    }

    async fn broken(&self, yes: bool) -> i32 {
        assert!(!yes, "broken on purpose");
        0
    }
}

#[Object]
impl Mutation {
    /// Tells when it is done, through the channel that the test put into the request.
    async fn finish(&self, context: &Context<'_>) -> bool {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        context.data::<tokio::sync::mpsc::UnboundedSender<()>>().is_ok_and(|done| done.send(()).is_ok())
    }
}
