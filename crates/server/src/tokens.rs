//! `token` and `workspace`: what only the operator does.

use waymark_application::App;
use waymark_domain::actor::Actor;
use waymark_domain::authorization::{Permission, Role};
use waymark_domain::page::{LIMIT, Page, Sort};
use waymark_domain::token::{self, TokenDraft, TokenFilter, TokenSort};
use waymark_domain::workspace::WorkspaceDraft;
use waymark_domain::{TimeDelta, Weekday, duration};

use crate::config::{DatabaseOptions, NewToken, Token, Workspace};
use crate::failure::Failure;
use crate::output::say;
use crate::serve::open_migrated;

/// Longest lifetime of a token that has one.
const LIFETIME_LIMIT: TimeDelta = TimeDelta::days(3_660);

pub(crate) async fn token(database: &DatabaseOptions, token: Token) -> Result<(), Failure> {
    let app = open_migrated(database).await?;
    match token {
        Token::Create(new) => create(&app, new).await?,
        Token::List { workspace } => list(&app, &app.operator(workspace.as_deref()).await?).await?,
        Token::Rotate { id, grace, workspace } => {
            let grace = duration::typed(&grace).map_err(|violation| refused("--grace", &violation.detail))?;
            let actor = app.operator(workspace.as_deref()).await?;
            let (_, secret) = app.rotate_token(&actor, id, Some(grace)).await?;
            say!("{}", secret.reveal())?;
        }
        Token::Revoke { id, workspace } => {
            let actor = app.operator(workspace.as_deref()).await?;
            let token = app.revoke_token(&actor, id, None).await?;
            say!("revoked {}", token.id)?;
        }
    }
    Ok(())
}

async fn create(app: &App, new: NewToken) -> Result<(), Failure> {
    let NewToken { role, name, scopes, expires, workspace } = new;
    let role = named::<Role>("--role", &role)?;
    let scopes = scopes.iter().map(|scope| named::<Permission>("--scope", scope)).collect::<Result<Vec<_>, _>>()?;
    let lifetime = expires.as_deref().map(lifetime).transpose()?;
    let actor = app.operator(workspace.as_deref()).await?;
    let draft = TokenDraft { name, role, scopes: (!scopes.is_empty()).then_some(scopes), expires_at: None };
    let (_, secret) = match lifetime {
        Some(lifetime) => app.create_token_for(&actor, draft, lifetime).await?,
        None => app.create_token(&actor, draft).await?,
    };
    say!("{}", secret.reveal())?;
    Ok(())
}

/// Newest first, a line each.
async fn list(app: &App, actor: &Actor) -> Result<(), Failure> {
    let sort = Sort { key: TokenSort::CreatedAt, descending: true };
    let mut page = Page::first(LIMIT);
    loop {
        let slice = app.tokens(actor, TokenFilter::default(), sort, page.clone()).await?;
        for placed in &slice.items {
            say!("{}", line(&placed.item))?;
        }
        page.from = slice.items.last().map(|placed| placed.at.clone());
        if !slice.has_next {
            return Ok(());
        }
    }
}

fn line(token: &token::Token) -> String {
    let state = match (token.revoked_at, token.expires_at) {
        (Some(at), _) => format!("revoked {at:?}"),
        (None, Some(at)) => format!("expires {at:?}"),
        (None, None) => "does not expire".to_owned(),
    };
    let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {at:?}"));
    let scopes = token.grant.scopes.as_ref().map_or_else(
        || "all of the role".to_owned(),
        |scopes| scopes.iter().map(|scope| <&str>::from(*scope)).collect::<Vec<_>>().join(","),
    );
    format!("{}\t{}\t{}\t{state}\t{used}\t{scopes}", token.id, <&str>::from(token.grant.role).to_lowercase(), token.name)
}

pub(crate) async fn workspace(database: &DatabaseOptions, workspace: Workspace) -> Result<(), Failure> {
    let app = open_migrated(database).await?;
    match workspace {
        Workspace::Create { name, time_zone } => {
            let (workspace, secret) = app.create_workspace(WorkspaceDraft { name, time_zone, week_start: Weekday::Mon }).await?;
            say!("workspace: {}", workspace.id)?;
            say!("owner token: {}", secret.reveal())?;
        }
        Workspace::List => {
            for workspace in app.workspaces().await? {
                say!("{}\t{}\t{}", workspace.id, workspace.name, workspace.time_zone)?;
            }
        }
    }
    Ok(())
}

fn lifetime(text: &str) -> Result<TimeDelta, Failure> {
    let lifetime = duration::typed(text).map_err(|violation| refused("--expires", &violation.detail))?;
    if lifetime > TimeDelta::zero() && lifetime <= LIFETIME_LIMIT {
        return Ok(lifetime);
    }
    Err(refused("--expires", "more than nothing, and at most ten years"))
}

/// A role or permission as people type it: `owner`, `record-progress`, `RECORD_PROGRESS`.
fn named<T>(option: &str, text: &str) -> Result<T, Failure>
where
    T: std::str::FromStr + strum::VariantArray + Copy + Into<&'static str>,
{
    let spelled = text.trim().to_ascii_uppercase().replace('-', "_");
    spelled.parse().map_err(|_| {
        let known: Vec<&str> = T::VARIANTS.iter().map(|variant| Into::<&str>::into(*variant)).collect();
        refused(option, &format!("`{text}` is none of {}", known.join(", ").to_lowercase()))
    })
}

fn refused(option: &str, detail: &str) -> Failure {
    Failure::Configuration(format!("{option}: {detail}"))
}
