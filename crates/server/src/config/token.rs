//! The subcommands of `waymark token`.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Print a new token, once.
    Create(NewToken),
    /// List the tokens of a workspace, without their secrets.
    List {
        /// Name or id of the workspace, where there are several.
        #[arg(long)]
        workspace: Option<String>,
    },
    /// Print a new secret for a token, once. Those before it work on for a while.
    Rotate {
        /// The token's id, `tok_…`.
        id: String,
        /// How long the secrets before work on, such as `12h`, at most `7d`; `0h` is not at all.
        #[arg(long, default_value = "24h")]
        grace: String,
        /// Name or id of the workspace, where there are several.
        #[arg(long)]
        workspace: Option<String>,
    },
    /// From now on the token opens nothing.
    Revoke {
        /// The token's id, `tok_…`.
        id: String,
        /// Name or id of the workspace, where there are several.
        #[arg(long)]
        workspace: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct NewToken {
    /// owner, admin, editor, contributor, viewer or ingest.
    #[arg(long)]
    pub(crate) role: String,
    /// What the token is for; the author of what it writes.
    #[arg(long)]
    pub(crate) name: String,
    /// A permission of the role to which the token is narrowed, such as `READ` or `RECORD_PROGRESS`; may be given several
    /// times.
    #[arg(long = "scope", value_delimiter = ',')]
    pub(crate) scopes: Vec<String>,
    /// How long it works, such as `90d` or `12h`; for ever when absent.
    #[arg(long)]
    pub(crate) expires: Option<String>,
    /// Name or id of the workspace, where there are several.
    #[arg(long)]
    pub(crate) workspace: Option<String>,
}
