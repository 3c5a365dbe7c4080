//! How a caller becomes an actor: the only place where a scope is granted.

use std::collections::HashMap;
use std::sync::Mutex;

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::{Grant, Permission, Role};
use waymark_domain::id::Id;
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::token::Token;
use waymark_domain::workspace::Workspace;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::Opened;

use crate::app::{App, require};
use crate::error::{Error, Result};
use crate::secret::Secret;

/// A token's last use is written down at most this often, in seconds.
const USE_NOTED_EVERY: i64 = 60;

/// When this process last wrote down the use of each token.
#[derive(Debug, Default)]
pub(crate) struct RecentlySeen(Mutex<HashMap<Id<Token>, DateTime<Utc>>>);

impl App {
    /// The caller with this token. A token that is unknown, expired, rotated away or revoked opens nothing, and none of
    /// these can be told from the others.
    pub async fn authenticate(&self, token: &str, request: Option<String>) -> Result<Actor> {
        let secret = Secret::parse(token).ok_or(Error::Unauthenticated)?;
        let now = self.clock.now();
        let is_open = |opened: &Opened| opened.token.is_valid(now) && opened.works_until.is_none_or(|end| now < end);
        let opened = self.store.token_by_secret(&secret.hash()).await?.filter(is_open);
        let Opened { workspace, token, works_until: _ } = opened.ok_or(Error::Unauthenticated)?;
        let scope = WorkspaceScope::granted(workspace);
        self.note_use(scope, &token);
        Ok(Actor { scope, grant: token.grant, name: token.name, token: Some(token.id), request })
    }

    /// Who the caller is.
    pub fn me(&self, actor: &Actor) -> Result<Actor> {
        require(actor, Permission::Introspect)?;
        Ok(actor.clone())
    }

    /// The operator at the command line, who holds the database in hand and so may do everything in a workspace:
    /// the one that is named, or the only one there is.
    pub async fn operator(&self, workspace: Option<&str>) -> Result<Actor> {
        let all = self.store.workspaces().await?;
        let none = || "there is none yet: `waymark workspace create` makes one, and so does the first start of `waymark serve`".to_owned();
        let chosen: std::result::Result<&Workspace, String> = match (workspace, all.as_slice()) {
            (_, []) => Err(none()),
            (None, [only]) => Ok(only),
            (None, _) => Err("there are several: name one of them".to_owned()),
            (Some(named), _) => {
                let is_it = |workspace: &&Workspace| workspace.name == named || workspace.id.to_string() == named;
                all.iter().find(is_it).ok_or_else(|| format!("there is none with the name or id `{named}`"))
            }
        };
        let chosen = chosen.map_err(|detail| Violation::new(Code::NotFound, detail).at("workspace"))?;
        Ok(operator(chosen.id))
    }

    /// In the background: nobody waits for it, and losing one loses a minute of a timestamp.
    fn note_use(&self, scope: WorkspaceScope, token: &Token) {
        let now = self.clock.now();
        let is_due = |last: &DateTime<Utc>| (now - *last).num_seconds() >= USE_NOTED_EVERY;
        let Ok(mut seen) = self.recently_seen.0.lock() else { return };
        if !seen.get(&token.id).or(token.last_used_at.as_ref()).is_none_or(is_due) {
            return;
        }
        seen.insert(token.id, now);
        let (app, token) = (self.clone(), token.id);
        tokio::spawn(async move {
            if let Err(error) = app.store.token_was_used(scope, token, now).await {
                tracing::debug!(%error, "a token's last use was not written down");
            }
        });
    }
}

/// Whoever holds the database in hand may do everything in a workspace.
pub(crate) fn operator(workspace: Id<Workspace>) -> Actor {
    named("operator", workspace)
}

/// The server itself, which reads the metrics that key results are bound to.
pub(crate) fn reader_of_metrics(workspace: Id<Workspace>) -> Actor {
    named("metrics", workspace)
}

fn named(name: &str, workspace: Id<Workspace>) -> Actor {
    Actor { scope: WorkspaceScope::granted(workspace), grant: Grant::whole(Role::Owner), name: name.to_owned(), token: None, request: None }
}
