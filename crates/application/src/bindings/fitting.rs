//! Whether metrics and the key results that they drive fit each other, whichever of the two changes.

use waymark_domain::binding::{self, Binding, Gauge};
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::id::Id;
use waymark_domain::key_result::{KeyResult, KeyResultDraft};
use waymark_domain::metric::Metric;
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::unit::Unit;
use waymark_persistence::Transaction;

use crate::error::Result;

/// A gauge with its metric as it is now: one of the workspace's own neither goes nor changes before this is written.
pub(super) async fn held(tx: &Transaction, gauge: Gauge) -> Result<Gauge> {
    let Some(own) = gauge.metric.own() else { return Ok(gauge) };
    tx.take_turn().await?;
    let missing = || Violation::new(Code::NotFound, format!("there is no metric `{}` any more", own.key)).at("metric");
    let metric = tx.custom_metrics_by_id(tx.scope(), &[own.id]).await?.pop().ok_or_else(missing)?;
    Ok(Gauge { metric: Metric::Own(metric.into()), ..gauge })
}

/// A key result that a metric drives keeps a kind and a unit that the metric can be told in.
pub(crate) async fn refuse_unfit(tx: &Transaction, check: &mut Check, key_result: &KeyResult, draft: &KeyResultDraft) -> Result<()> {
    let Some(binding) = tx.bindings_of(tx.scope(), &[key_result.id]).await?.pop() else { return Ok(()) };
    let Ok(unit) = Unit::new(draft.unit, draft.unit_label.as_deref()) else { return Ok(()) };
    if let Err(rejection) = binding::fit(&binding.gauge, binding.comparator, draft.measure.kind, &unit) {
        for violation in rejection.into_violations() {
            let detail = format!("a metric drives this key result: {}, or unbind it first", violation.detail);
            check.field::<()>(
                if draft.measure.kind == key_result.measure.kind() { "unit" } else { "kind" },
                Err(Violation::new(Code::InUse, detail)),
            );
        }
    }
    Ok(())
}

/// A metric that drives a key result keeps a unit that the key result can be told in.
pub(crate) async fn refuse_unfit_metric(tx: &Transaction, check: &mut Check, metric: &CustomMetric) -> Result<()> {
    let bound: Vec<Binding> =
        tx.bindings(tx.scope()).await?.into_iter().filter(|binding| binding.gauge.metric.key() == metric.key).collect();
    let ids: Vec<Id<KeyResult>> = bound.iter().map(|binding| binding.key_result).collect();
    for key_result in tx.key_results_by_id(tx.scope(), &ids).await? {
        let Some(binding) = bound.iter().find(|binding| binding.key_result == key_result.id) else { continue };
        let gauge = Gauge { metric: Metric::Own(metric.clone().into()), ..binding.gauge.clone() };
        if binding::fit(&gauge, binding.comparator, key_result.measure.kind(), &key_result.unit).is_err() {
            let detail =
                format!("it drives the key result {}, whose unit it would not fit any more: unbind that first", key_result.address);
            check.refuse("unit", Code::InUse, detail);
        }
    }
    Ok(())
}
