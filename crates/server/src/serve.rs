//! `serve` and `migrate`.

use std::net::TcpListener;

use waymark_api::Options;
use waymark_application::{App, Clock};
use waymark_domain::Weekday;
use waymark_domain::workspace::WorkspaceDraft;

use crate::config::{DatabaseOptions, Serve};
use crate::demo;
use crate::failure::Failure;
use crate::keeping;
use crate::output::say;

pub(crate) async fn open(database: &DatabaseOptions) -> Result<App, Failure> {
    Ok(App::open(&database.url()?, Clock::system()).await?)
}

/// As [`open`], with the schema of this version.
pub(crate) async fn open_migrated(database: &DatabaseOptions) -> Result<App, Failure> {
    let app = open(database).await?;
    app.migrate().await?;
    Ok(app)
}

pub(crate) async fn migrate(database: &DatabaseOptions) -> Result<(), Failure> {
    open_migrated(database).await?;
    say!("the schema is up to date")?;
    Ok(())
}

pub(crate) async fn serve(database: &DatabaseOptions, serve: Serve) -> Result<(), Failure> {
    let serving = serve.checked(database)?;
    let listener = TcpListener::bind(serving.listen).map_err(|error| Failure::File { path: serving.listen.to_string(), error })?;
    let address = listener.local_addr().map_err(|error| Failure::File { path: serving.listen.to_string(), error })?;
    let app = App::open(&serving.database, Clock::system()).await?;
    app.migrate().await?;
    let first = app.create_first_workspace(first_workspace()).await?;
    let token = first.map(|(_, secret)| secret);
    if let Some(token) = &token {
        say!("owner token: {}", token.reveal())?;
        say!("It is shown this once; `waymark token create` gives out others.")?;
    }
    if serve.demo {
        demo::load_into(&app, None).await?;
    }
    say!("listening on http://{address}")?;
    if let (Some(token), true) = (&token, serve.demo) {
        say!("{}", demo::hint(&app, &format!("http://{address}"), token.reveal()).await?)?;
    }
    let options = Options { allowed_origins: serving.origins, workers: serving.workers, rates: serving.rates };
    tokio::select! {
        served = waymark_api::serve(app.clone(), listener, options) => served.map_err(Failure::Serving),
        never = keeping::keep(app, serving.refresh_pause) => match never {},
    }
}

fn first_workspace() -> WorkspaceDraft {
    WorkspaceDraft { name: "Waymark".to_owned(), time_zone: "UTC".to_owned(), week_start: Weekday::Mon }
}
