//! `/metrics`: what an operator watches, in the text format of Prometheus.
//!
//! Requests are counted by the pattern of their route, never by their path: as many lines as there are routes.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};
use prometheus::core::Collector;
use prometheus::process_collector::ProcessCollector;
use prometheus::{HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TEXT_FORMAT, TextEncoder};

use crate::rest::problem::Problem;

/// From a read of one row to what a client gives up on, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// The route of what is served nowhere.
const UNMATCHED: &str = "unmatched";

/// What one process has counted, all its workers together.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    in_flight: IntGauge,
}

impl Metrics {
    pub(crate) fn new() -> prometheus::Result<Self> {
        let requests = Opts::new("waymark_http_requests_total", "HTTP requests answered, by route, method and class of status.");
        let durations = HistogramOpts::new("waymark_http_request_duration_seconds", "Time until an answer began, by route and method.");
        let build = Opts::new("waymark_build_info", "Always 1; the version of the program is its label.");
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(requests, &["route", "method", "status"])?,
            durations: HistogramVec::new(durations.buckets(BUCKETS.to_vec()), &["route", "method"])?,
            in_flight: IntGauge::new("waymark_http_requests_in_flight", "HTTP requests whose answer has not begun yet.")?,
        };
        let build = IntGauge::with_opts(build.const_label("version", env!("CARGO_PKG_VERSION")))?;
        build.set(1);
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.durations.clone()))?;
        metrics.registry.register(Box::new(metrics.in_flight.clone()))?;
        metrics.registry.register(Box::new(build))?;
        metrics.registry.register(Box::new(ProcessCollector::for_self()))?;
        Ok(metrics)
    }

    fn text(&self) -> prometheus::Result<String> {
        let statements = IntCounter::new("waymark_sql_statements_total", "SQL statements this process has sent.")?;
        statements.inc_by(waymark_application::statements());
        let mut families = self.registry.gather();
        families.extend(statements.collect());
        TextEncoder::new().encode_to_string(&families)
    }
}

/// A request under way, until it is answered or its client has gone.
struct UnderWay<'a>(&'a IntGauge);

impl<'a> UnderWay<'a> {
    fn begin(gauge: &'a IntGauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts and times a request. The outermost of all, so that it sees what the others refuse.
pub(crate) async fn measure(
    metrics: Data<Metrics>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let _under_way = UnderWay::begin(&metrics.in_flight);
    let route = request.match_pattern();
    let route = route.as_deref().unwrap_or(UNMATCHED);
    let method = known(request.method());
    let answer = next.call(request).await;
    let status = match &answer {
        Ok(response) => response.status(),
        Err(error) => error.as_response_error().status_code(),
    };
    metrics.requests.with_label_values(&[route, method, class(status)]).inc();
    metrics.durations.with_label_values(&[route, method]).observe(began.elapsed().as_secs_f64());
    answer.map(ServiceResponse::map_into_boxed_body)
}

/// Clients can make up any number of methods.
fn known(method: &Method) -> &'static str {
    let all = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    all.into_iter().find(|name| *name == method.as_str()).unwrap_or("other")
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

/// `/metrics`.
pub(crate) async fn metrics(metrics: Data<Metrics>) -> Result<HttpResponse, Problem> {
    let text = metrics.text().map_err(|error| Problem::from(waymark_application::Error::Internal(error.to_string().into())))?;
    Ok(HttpResponse::Ok().content_type(TEXT_FORMAT).body(text))
}
