//! The configuration: options and environment, all of it checked before anything starts. The only place that
//! reads the environment.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use waymark_api::Rates;
use waymark_application::DatabaseUrl;
use waymark_domain::TimeDelta;

use crate::failure::Failure;

mod import;
mod metrics;
mod token;

pub(crate) use import::{History, Import, ImportEvents, ReportFormat};
pub(crate) use metrics::Metrics;
pub(crate) use token::{NewToken, Token};

/// OKRs and community metrics: exact, explained, and the same over REST and GraphQL.
#[derive(Debug, Parser)]
#[command(name = "waymark", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
    /// What to log, such as `info` or `waymark_api=debug,warn`.
    #[arg(long, global = true, env = "WAYMARK_LOG")]
    pub(crate) log: Option<String>,
    /// Log as lines of JSON.
    #[arg(long, global = true, env = "WAYMARK_LOG_JSON")]
    pub(crate) log_json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where everything is kept.
#[derive(Clone, Debug, Args)]
pub(crate) struct DatabaseOptions {
    /// The directory of the SQLite database, where no database URL is given.
    #[arg(long, global = true, env = "WAYMARK_DATA", default_value = "./data")]
    pub(crate) data: PathBuf,
    /// `postgres://user:password@host/database`, for PostgreSQL.
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve both doors over HTTP.
    Serve(Serve),
    /// Bring the database's schema up to date.
    Migrate,
    /// Import OKRs from Markdown documents, or the history of a community.
    Import(Import),
    /// Print the OKRs of a cycle.
    Export(Export),
    /// Give out, rotate and revoke tokens.
    #[command(subcommand)]
    Token(Token),
    /// Create and list workspaces.
    #[command(subcommand)]
    Workspace(Workspace),
    /// Compare what metrics are read from with the events, or make it anew.
    #[command(subcommand)]
    Metrics(Metrics),
    /// Load sample data.
    Demo(Demo),
    /// Tell whether this configuration and database are fit to serve.
    Check(Check),
    /// Print the GraphQL schema.
    Schema,
    /// Print the OpenAPI document.
    Openapi,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The address to listen on. Only this machine can reach the default one.
    #[arg(long, env = "WAYMARK_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,
    /// Load sample data at the first start.
    #[arg(long)]
    pub(crate) demo: bool,
    /// An origin that browsers may call from, such as `https://okrs.example.org`; may be given several times.
    #[arg(long = "allow-origin", env = "WAYMARK_ALLOW_ORIGIN", value_delimiter = ',')]
    pub(crate) allow_origin: Vec<String>,
    /// Threads that serve; as many as there are processors when absent.
    #[arg(long, env = "WAYMARK_WORKERS")]
    pub(crate) workers: Option<String>,
    /// Requests a minute that one token may send to this process, as many of them at once; `off` for no limit. More get
    /// the status 429. Far more than scripts send: switch it off to measure throughput.
    #[arg(long, env = "WAYMARK_RATE_LIMIT", default_value = "120000")]
    pub(crate) rate_limit: String,
    /// The same for one address that sends no valid token. Behind a proxy all strangers have its address.
    #[arg(long, env = "WAYMARK_RATE_LIMIT_UNAUTHENTICATED", default_value = "6000")]
    pub(crate) rate_limit_unauthenticated: String,
    /// Seconds between two readings of the metrics that key results of a workspace are bound to, where events keep coming in.
    #[arg(long, env = "WAYMARK_REFRESH_PAUSE", default_value = "300")]
    pub(crate) refresh_pause: String,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Id or key of the cycle.
    #[arg(long)]
    pub(crate) cycle: String,
    #[arg(long, value_enum, default_value = "markdown")]
    pub(crate) format: ExportFormat,
    /// Name or id of the workspace, where there are several.
    #[arg(long)]
    pub(crate) workspace: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    Markdown,
    Json,
    Csv,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Workspace {
    /// Create a workspace and print its owner token, once.
    Create {
        #[arg(long)]
        name: String,
        /// An IANA name such as `Europe/Berlin`.
        #[arg(long, default_value = "UTC")]
        time_zone: String,
    },
    /// List the workspaces.
    List,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Name or id of the workspace, where there are several.
    #[arg(long)]
    pub(crate) workspace: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Ask a running server instead, such as `http://127.0.0.1:8080/readyz`.
    #[arg(long)]
    pub(crate) ready: Option<String>,
}

pub(crate) fn read() -> Cli {
    Cli::parse()
}

impl DatabaseOptions {
    pub(crate) fn url(&self) -> Result<DatabaseUrl, Failure> {
        match self.database_url.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => DatabaseUrl::parse(url).map_err(|problem| Failure::Configuration(format!("--database-url: {problem}"))),
            None => Ok(DatabaseUrl::Directory(self.data.clone())),
        }
    }
}

/// What `serve` needs, checked.
#[derive(Debug)]
pub(crate) struct Serving {
    pub(crate) listen: SocketAddr,
    pub(crate) origins: Vec<String>,
    pub(crate) workers: Option<usize>,
    pub(crate) rates: Rates,
    pub(crate) refresh_pause: TimeDelta,
    pub(crate) database: DatabaseUrl,
}

impl Serve {
    /// Everything that is wrong with the configuration, at once.
    pub(crate) fn checked(&self, database: &DatabaseOptions) -> Result<Serving, Failure> {
        let mut problems = Vec::new();
        let listen = self
            .listen
            .parse()
            .map_err(|_| problems.push(format!("--listen: `{}` is not an address such as `127.0.0.1:8080`", self.listen)))
            .ok();
        let workers = match self.workers.as_deref().map(str::parse::<usize>) {
            None => None,
            Some(Ok(workers)) if (1..=512).contains(&workers) => Some(workers),
            Some(_) => {
                problems.push("--workers: give a number from 1 to 512".to_owned());
                None
            }
        };
        let mut rate = |option: &str, text: &str| match text {
            "off" => None,
            _ => text.parse().map(NonZeroU32::new).unwrap_or_else(|_| {
                problems.push(format!("{option}: give the requests of a minute, or `off`"));
                None
            }),
        };
        let rates = Rates {
            token: rate("--rate-limit", &self.rate_limit),
            stranger: rate("--rate-limit-unauthenticated", &self.rate_limit_unauthenticated),
        };
        let refresh_pause = match self.refresh_pause.parse::<u16>() {
            Ok(seconds) => TimeDelta::seconds(seconds.into()),
            Err(_) => {
                problems.push("--refresh-pause: give a number of seconds from 0 to 65535".to_owned());
                TimeDelta::zero()
            }
        };
        for origin in &self.allow_origin {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            if host.is_none_or(|host| host.is_empty() || host.contains('/')) {
                problems.push(format!("--allow-origin: `{origin}` is not an origin such as `https://okrs.example.org`"));
            }
        }
        let database = database.url().map_err(|failure| problems.push(failure.to_string())).ok();
        match (listen, database) {
            (Some(listen), Some(database)) if problems.is_empty() => {
                Ok(Serving { listen, origins: self.allow_origin.clone(), workers, rates, refresh_pause, database })
            }
            _ => Err(Failure::Configuration(problems.join("\nwaymark: "))),
        }
    }
}
