//! `metrics`: what metrics are read from, compared with the events and made anew.

use crate::config::{DatabaseOptions, Metrics};
use crate::failure::Failure;
use crate::output::say;
use crate::serve::open_migrated;

/// Days that are compared where it is not said how many.
const DAYS: usize = 100;

pub(crate) async fn metrics(database: &DatabaseOptions, metrics: Metrics) -> Result<(), Failure> {
    let app = open_migrated(database).await?;
    match metrics {
        Metrics::Verify { days, all, workspace } => {
            let actor = app.operator(workspace.as_deref()).await?;
            let most = (!all).then(|| days.unwrap_or(DAYS));
            let verification = app.verify_metrics(&actor, most).await?;
            say!("compared {} days with their events; {} more wait to be folded", verification.days, verification.waiting)?;
            for difference in &verification.differences {
                let (day, kept, counted) = (difference.day, difference.kept, difference.counted);
                say!("{day}: {kept} deeds are kept, {counted} are in the events")?;
            }
            match verification.differences.len() {
                0 => Ok(()),
                different => Err(Failure::Different(different)),
            }
        }
        Metrics::Rebuild { workspace } => {
            let actor = app.operator(workspace.as_deref()).await?;
            say!("made {} days anew", app.rebuild_metrics(&actor).await?)?;
            Ok(())
        }
    }
}
