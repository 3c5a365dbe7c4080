//! The HTTP service: both doors on one address.

use std::net::TcpListener;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data};
use actix_web::{HttpResponse, HttpServer, ResponseError};
use waymark_application::{App, Error};

use crate::cursor::Cursors;
use crate::metrics::Metrics;
use crate::rate_limit::{RateLimits, Rates};
use crate::rest::problem::Problem;
use crate::{caller, graphql, metrics, request_id, rest};

/// The secret of the cursors, by its name in the database.
const CURSOR_SECRET: &str = "cursors";
/// How long `/readyz` says that the service is stopping before it takes no more connections, so that who asks it can
/// send new requests elsewhere.
const NOTICE: Duration = Duration::from_secs(1);
/// Longest time a shutdown waits for what is running.
const SHUTDOWN: u64 = 25;

/// How to serve.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Origins that browsers may call from, such as `https://okrs.example.org`.
    pub allowed_origins: Vec<String>,
    /// Threads that serve; as many as there are processors when absent.
    pub workers: Option<usize>,
    /// How many requests callers may send.
    pub rates: Rates,
}

/// Serves until a signal asks it to stop, then finishes what is running.
///
/// # Errors
/// Fails when the database cannot be reached or the socket cannot be used.
pub async fn serve(app: App, listener: TcpListener, options: Options) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let cursors = Data::new(Cursors::new(app.shared_secret(CURSOR_SECRET).await?));
    let doors = Data::new(graphql::doors()?);
    let shared = Data::new(app.clone());
    let stopping = Data::new(Stopping::default());
    let metrics = Data::new(Metrics::new()?);
    let limits = Data::new(RateLimits::new(options.rates));
    let swept = limits.clone();
    let flag = stopping.clone();
    let workers = options.workers;
    let mut server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(shared.clone())
            .app_data(cursors.clone())
            .app_data(doors.clone())
            .app_data(stopping.clone())
            .app_data(metrics.clone())
            .app_data(limits.clone())
            .wrap(Compress::default())
            .wrap(from_fn(rest::acceptance::check))
            .wrap(from_fn(rest::no_parameters::check))
            .wrap(from_fn(caller::admit))
            .wrap(from_fn(request_id::name))
            .wrap(cors(&options.allowed_origins))
            .wrap(from_fn(metrics::measure))
            .configure(rest::routes::configure)
            .configure(rest::docs::configure)
            .configure(graphql::graphiql::configure)
            .service(rest::routes::at("/graphql/schema.graphql", [rest::routes::get(graphql::schema_text)]))
            .service(web::resource("/graphql").to(graphql::graphql))
            .default_service(web::to(nothing_here))
    })
    .disable_signals()
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(SHUTDOWN);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    let server = server.listen(listener)?.run();
    let handle = server.handle();
    let running = tokio::spawn(server);
    tokio::select! {
        signal = stop_signal() => signal?,
        () = swept.sweep() => {}
    }
    flag.set();
    tracing::info!("stopping: finishing what is running");
    tokio::time::sleep(NOTICE).await;
    handle.stop(true).await;
    running.await??;
    app.drain().await;
    Ok(())
}

/// Whether the service is on its way out: then it is no longer ready for new work.
#[derive(Debug, Default)]
pub(crate) struct Stopping(std::sync::atomic::AtomicBool);

impl Stopping {
    fn set(&self) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }
}

async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

fn cors(origins: &[String]) -> Cors {
    const EXPOSED: [&str; 10] = [
        "ETag",
        "Link",
        "Location",
        "Retry-After",
        "RateLimit",
        "RateLimit-Policy",
        "X-Request-Id",
        "Idempotency-Replayed",
        "Deprecation",
        "Sunset",
    ];
    let cors = Cors::default().allow_any_method().allow_any_header().expose_headers(EXPOSED).max_age(3600);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}

async fn nothing_here(request: actix_web::HttpRequest) -> HttpResponse {
    Problem::not_found(request.path()).error_response()
}

/// `/livez`: the process answers.
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

/// `/readyz`: the database answers, and nobody has asked the service to stop.
pub(crate) async fn ready(app: Data<App>, stopping: Data<Stopping>) -> Result<HttpResponse, Problem> {
    if stopping.is_set() {
        let stopping = Problem::new(
            actix_web::http::StatusCode::SERVICE_UNAVAILABLE,
            crate::error_code::ErrorCode::Unavailable,
            "the service is stopping",
        );
        return Err(stopping.header(HeaderName::from_static("retry-after"), HeaderValue::from_static("5")));
    }
    app.is_ready().await.map_err(|error: Error| Problem::from(error))?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
