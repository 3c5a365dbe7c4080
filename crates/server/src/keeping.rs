//! What the server does by itself, again and again, beside serving.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use waymark_application::App;
use waymark_domain::TimeDelta;

/// How long it rests at least when everything is done.
const REST: Duration = Duration::from_secs(1);
/// How much longer it rests than it took: while history is told, the same days change again and again.
const RESTS: u32 = 4;
/// How long it waits after a failure, as when the database cannot be reached.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Folds the days whose events have changed, so that whoever reads metrics has less to count. Any number of processes may do
/// so on one database: they take turns.
///
/// Then reads the metrics that key results are bound to, those of a workspace at most once in `pause`.
pub(crate) async fn keep(app: App, pause: TimeDelta) -> Infallible {
    loop {
        let began = Instant::now();
        let kept = async {
            app.fold().await?;
            app.refresh_bindings(pause).await
        };
        let rest = match kept.await {
            Ok(moved) => {
                if moved > 0 {
                    tracing::info!(moved, "bound key results moved");
                }
                REST.max(began.elapsed() * RESTS)
            }
            Err(error) => {
                tracing::warn!(%error, "metrics could not be kept up to date: trying again");
                AFTER_FAILURE
            }
        };
        tokio::time::sleep(rest).await;
    }
}
