//! What the server does by itself, again and again, beside serving.

use std::convert::Infallible;
use std::time::Duration;

use waymark_application::App;

/// How long it rests when everything is done.
const REST: Duration = Duration::from_secs(1);
/// How long it waits after a failure, as when the database cannot be reached.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Folds the days whose events have changed, so that whoever reads metrics has less to count. Any number of processes may do
/// so on one database: they take turns.
pub(crate) async fn keep(app: App) -> Infallible {
    loop {
        let rest = match app.fold().await {
            Ok(_) => REST,
            Err(error) => {
                tracing::warn!(%error, "days could not be folded: trying again");
                AFTER_FAILURE
            }
        };
        tokio::time::sleep(rest).await;
    }
}
