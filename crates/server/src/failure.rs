//! Why a command of the command line failed, for people.

use waymark_application::Error;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{}", told(.0))]
    Application(#[from] Error),
    #[error("{0}")]
    Configuration(String),
    #[error("{path}: {error}")]
    File { path: String, error: std::io::Error },
    #[error("{0}")]
    Serving(Box<dyn std::error::Error + Send + Sync>),
    /// What metrics are read from is not what the events tell.
    #[error("{0} days differ: `waymark metrics rebuild` makes them anew")]
    Different(usize),
    #[error("{}", not_taken_in(.0))]
    Rejected(u64),
    #[error("standard output: {0}")]
    Output(std::io::Error),
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

/// At the command line the operator sees the cause, which callers over HTTP do not.
fn told(error: &Error) -> String {
    match error {
        Error::Unavailable(source) => source.to_string(),
        Error::Internal(source) => source.to_string(),
        other => other.to_string(),
    }
}

fn not_taken_in(count: &u64) -> String {
    match count {
        1 => "1 line was rejected".to_owned(),
        more => format!("{more} lines were rejected"),
    }
}
