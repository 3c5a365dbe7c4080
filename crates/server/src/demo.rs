//! `demo`: sample data around today, and what to try with it.

use waymark_application::App;
use waymark_domain::actor::Actor;

use crate::config::{DatabaseOptions, Demo};
use crate::demo_data;
use crate::failure::Failure;
use crate::output::say;
use crate::serve::open_migrated;

pub(crate) async fn load(database: &DatabaseOptions, demo: Demo) -> Result<(), Failure> {
    let app = open_migrated(database).await?;
    let is_new = load_into(&app, demo.workspace.as_deref()).await?;
    say!("{}", if is_new { "sample data loaded" } else { "the sample data is there already" })?;
    Ok(())
}

/// Loads the sample data, unless it is there. Tells whether it is new.
pub(crate) async fn load_into(app: &App, workspace: Option<&str>) -> Result<bool, Failure> {
    let actor = app.operator(workspace).await?;
    if app.team(&actor, demo_data::COMMUNITY).await.is_ok() {
        return Ok(false);
    }
    demo_data::load(app, &actor).await?;
    Ok(true)
}

/// What a newcomer can paste into a shell.
pub(crate) async fn hint(app: &App, url: &str, token: &str) -> Result<String, Failure> {
    let actor: Actor = app.operator(None).await?;
    let cycle = demo_data::cycle_key(app.today(&actor).await?);
    Ok(format!(
        r#"
Try, in another shell:

  export URL={url} T={token}
  curl -H "Authorization: Bearer $T" "$URL/v1/community/health?format=csv"
  curl -H "Authorization: Bearer $T" "$URL/v1/metrics/first_response_time?granularity=MONTH&format=csv"
  curl -H "Authorization: Bearer $T" "$URL/v1/cycles/{cycle}/scores?format=csv"
  curl -H "Authorization: Bearer $T" $URL/v1/key-results/{cycle}.community.O1-KR1/score
  curl -H "Authorization: Bearer $T" -H "Content-Type: application/json" -d '{{"keyResult":"{cycle}.community.O1-KR1","value":1350,"confidence":"ON_TRACK","evidence":"forum statistics"}}' $URL/v1/check-ins
  curl -H "Authorization: Bearer $T" -H "Content-Type: application/json" -d '{{"query":"{{ cycle(id: \"{cycle}\") {{ key score {{ value }} objectives {{ nodes {{ address title score {{ value }} keyResults {{ nodes {{ number title score {{ value }} }} }} }} }} }} }}"}}' $URL/graphql

The explorers are at {url}/docs and {url}/graphiql.
"#
    ))
}
