//! The log, on standard error: standard output belongs to answers.

use tracing_subscriber::EnvFilter;

pub(crate) fn start(filter: Option<&str>, as_json: bool) {
    let filter = EnvFilter::try_new(filter.unwrap_or("info,sqlx=warn,sea_orm=warn,sea_orm_migration=warn"))
        .unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if as_json { log.json().init() } else { log.with_target(false).init() }
}
