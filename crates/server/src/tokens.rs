//! `token` and `workspace`: what only the operator does.

use chrono::TimeDelta;
use waymark_domain::Weekday;
use waymark_domain::authorization::Role;
use waymark_domain::workspace::WorkspaceDraft;

use crate::config::{DatabaseOptions, Token, Workspace};
use crate::failure::Failure;
use crate::serve::open_migrated;

pub(crate) async fn token(database: &DatabaseOptions, token: Token) -> Result<(), Failure> {
    let app = open_migrated(database).await?;
    match token {
        Token::Create { role, name, expires, workspace } => {
            let role = role.to_uppercase().parse::<Role>();
            let role =
                role.map_err(|_| Failure::Configuration("--role: one of owner, admin, editor, contributor, viewer, ingest".to_owned()))?;
            let lifetime = expires.as_deref().map(lifetime).transpose()?;
            let actor = app.operator(workspace.as_deref()).await?;
            let (_, secret) = app.create_token_for(&actor, name, role, lifetime).await?;
            println!("{}", secret.reveal());
        }
        Token::List { workspace } => {
            let actor = app.operator(workspace.as_deref()).await?;
            for token in app.tokens(&actor).await? {
                let state = match (token.revoked_at, token.expires_at) {
                    (Some(at), _) => format!("revoked {at:?}"),
                    (None, Some(at)) => format!("expires {at:?}"),
                    (None, None) => "does not expire".to_owned(),
                };
                let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {at:?}"));
                println!("{}\t{}\t{}\t{state}\t{used}", token.id, <&str>::from(token.role).to_lowercase(), token.name);
            }
        }
        Token::Revoke { id, workspace } => {
            let id = id.parse().map_err(|violation: waymark_domain::rejection::Violation| Failure::Configuration(violation.detail))?;
            let actor = app.operator(workspace.as_deref()).await?;
            app.revoke_token(&actor, id).await?;
            println!("revoked {id}");
        }
    }
    Ok(())
}

pub(crate) async fn workspace(database: &DatabaseOptions, workspace: Workspace) -> Result<(), Failure> {
    let app = open_migrated(database).await?;
    match workspace {
        Workspace::Create { name, time_zone } => {
            let (workspace, secret) = app.create_workspace(WorkspaceDraft { name, time_zone, week_start: Weekday::Mon }).await?;
            println!("workspace: {}", workspace.id);
            println!("owner token: {}", secret.reveal());
        }
        Workspace::List => {
            for workspace in app.workspaces().await? {
                println!("{}\t{}\t{}", workspace.id, workspace.name, workspace.time_zone);
            }
        }
    }
    Ok(())
}

/// `90d`, `12h` or `30min`.
fn lifetime(text: &str) -> Result<TimeDelta, Failure> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: i64 = digits.parse().unwrap_or(0);
    let lifetime = match text.get(digits.len()..) {
        Some("d") => TimeDelta::try_days(number),
        Some("h") => TimeDelta::try_hours(number),
        Some("min") => TimeDelta::try_minutes(number),
        _ => None,
    };
    let ten_years = TimeDelta::days(3_660);
    lifetime.filter(|lifetime| *lifetime > TimeDelta::zero() && *lifetime <= ten_years).ok_or_else(|| {
        Failure::Configuration("--expires: a number of days, hours or minutes up to ten years, such as `90d`, `12h` or `30min`".to_owned())
    })
}
