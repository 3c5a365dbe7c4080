//! GraphQL over HTTP, written for this product: the handler that async-graphql ships ignores
//! `Accept`, answers 200 always, runs mutations over GET and reads bodies without a limit.

mod answer;
mod asked;
mod field_types;
mod media;
mod operation;
mod order;
mod status;

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::parser::types::OperationType;
use async_graphql::{ObjectType, Request, Response, Schema, SubscriptionType, Value, parser, value};
use tracing::Instrument;

pub(crate) use self::answer::Refused;
use self::answer::{Answer, render};
use self::asked::read_request;
use self::field_types::Types;
use self::media::Media;
use self::operation::{choose_operation, require_variables};
use self::order::{Question, ask_for_kinds};
pub(crate) use self::status::Outcome;
use super::limits::{Budget, Limits};

/// The schema behind `/graphql`. Cheap to clone; one serves all workers.
pub(crate) struct Endpoint<Query, Mutation, Subscription> {
    schema: Schema<Query, Mutation, Subscription>,
    budget: Arc<Budget>,
    types: Arc<Types>,
}

impl<Query, Mutation, Subscription> Endpoint<Query, Mutation, Subscription>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    /// # Errors
    /// Fails when the schema's own SDL cannot be read back.
    pub(crate) fn new(schema: Schema<Query, Mutation, Subscription>, limits: Limits) -> Result<Self, parser::Error> {
        let sdl = schema.sdl();
        let (budget, types) = (Budget::new(limits, &sdl)?, Types::read(&sdl)?);
        Ok(Self { schema, budget: Arc::new(budget), types: Arc::new(types) })
    }

    /// Answers one request of any method. Whoever calls has authenticated it: nothing is parsed for
    /// strangers. `prepare` adds what the resolvers need, such as the caller and the loaders.
    pub(crate) async fn answer<F>(&self, http: &HttpRequest, body: web::Payload, request_id: &str, prepare: F) -> HttpResponse
    where
        F: FnOnce(Request) -> Request,
    {
        if http.method() == Method::OPTIONS {
            return answer::options();
        }
        let media = match Media::accepted(http.headers()) {
            Ok(media) => media,
            Err(refused) => return refused.into_response(http, request_id),
        };
        let answer = match read_request(http, body).await {
            Ok(request) => self.run(prepare(request), http.method() == Method::POST, request_id).await,
            Err(refused) => refused.into(),
        };
        render(answer, media, request_id)
    }

    /// Runs the request in a task of its own: a client that goes away does not stop a mutation half
    /// way, and a panic ends the task, not the connection.
    async fn run(&self, request: Request, may_mutate: bool, request_id: &str) -> Answer {
        let endpoint = self.clone();
        let task = async move { endpoint.execute(request, may_mutate).await };
        match tokio::spawn(task.in_current_span()).await {
            Ok(answer) => answer,
            Err(panic) => {
                tracing::error!(request_id, %panic, "a resolver panicked");
                Refused::new(Outcome::Failed, "INTERNAL", "the server failed; the request id finds this in its log").into()
            }
        }
    }

    async fn execute(&self, mut request: Request, may_mutate: bool) -> Answer {
        let document = match self.budget.parse(&request.query) {
            Ok(document) => document,
            Err(refusal) => return refusal.into(),
        };
        let operation = match choose_operation(&document, request.operation_name.as_deref()) {
            Ok(operation) => operation,
            Err(refusal) => return refusal.into(),
        };
        if operation.ty == OperationType::Mutation && !may_mutate {
            return Refused::new(Outcome::MutationByGet, "METHOD_NOT_ALLOWED", "mutations are sent by POST").into();
        }
        let weighed =
            require_variables(operation, &request.variables).and_then(|()| self.budget.weigh(&document, operation, &request.variables));
        let cost = match weighed {
            Ok(cost) => self.cost(cost),
            Err(refusal) => return refusal.into(),
        };
        let mut asked = document.clone();
        ask_for_kinds(&mut asked);
        request.set_parsed_query(asked);
        let mut response = self.schema.execute(request).await.extension("cost", cost);
        response.data = Question::new(&self.types, &document, &response.errors).ordered(response.data, operation);
        if was_validated(&response) { Answer::executed(response) } else { Answer::refused(response) }
    }

    fn cost(&self, requested: u64) -> Value {
        value!({ "requested": requested, "limit": self.budget.limits().complexity })
    }
}

/// Errors of resolvers have a path, those of the validation do not.
fn was_validated(response: &Response) -> bool {
    response.data != Value::Null || response.errors.is_empty() || response.errors.iter().any(|error| !error.path.is_empty())
}

impl<Query, Mutation, Subscription> Clone for Endpoint<Query, Mutation, Subscription> {
    fn clone(&self) -> Self {
        Self { schema: self.schema.clone(), budget: Arc::clone(&self.budget), types: Arc::clone(&self.types) }
    }
}

impl<Query, Mutation, Subscription> std::fmt::Debug for Endpoint<Query, Mutation, Subscription> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint").field("limits", self.budget.limits()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
