//! Bindings: metrics that drive key results, and how these stand by them.

mod fitting;
mod reading;
mod recording;
mod refreshing;

use std::collections::HashMap;

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::binding::reading::Reading;
use waymark_domain::binding::standing::Standing;
use waymark_domain::binding::{self, Binding, Gauge, Guardrail, Limit};
use waymark_domain::id::{Id, Named};
use waymark_domain::key_result::KeyResult;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::Statistic;
use waymark_domain::metric::series::Step;
use waymark_domain::metric::setting::Given;
use waymark_domain::metric::target::Comparator;
use waymark_domain::metric::window::Rolling;
use waymark_domain::number::Quantity;
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::key_result_writing::home;
use crate::metrics::Segment;
use crate::naming::Names;
use crate::writing::{Shared, seen};
use fitting::held;

pub(crate) use fitting::{refuse_unfit, refuse_unfit_metric};
pub use recording::Moved;
pub use refreshing::Refreshed;

/// A metric that is to drive a key result. Without a granularity or rolling days its windows are months.
#[derive(Clone, Debug)]
pub struct NewBinding {
    pub gauge: GaugeDraft,
    pub granularity: Option<Granularity>,
    pub rolling: Option<i64>,
    pub comparator: Option<Comparator>,
    pub guardrail: Option<GuardrailDraft>,
}

/// Which number of which metric, as it is given.
#[derive(Clone, Debug, Default)]
pub struct GaugeDraft {
    /// The key of the metric.
    pub metric: String,
    /// The metric's first where it is absent.
    pub statistic: Option<Statistic>,
    pub segment: Segment,
    pub given: Given,
}

/// A metric that has to hold: on one side of a target, or, with neither, no worse than in the period before.
#[derive(Clone, Debug)]
pub struct GuardrailDraft {
    pub gauge: GaugeDraft,
    pub comparator: Option<Comparator>,
    pub target: Option<Quantity>,
}

/// A binding, and how its key result stands by it.
#[derive(Clone, Debug)]
pub struct Bound {
    pub binding: Binding,
    /// By the newest window, which may be running; none before the first reading.
    pub newest: Option<Standing>,
    /// By the newest window that is over.
    pub whole: Option<Standing>,
}

impl App {
    /// The binding of a key result, by the id or address of the key result.
    pub async fn binding(&self, actor: &Actor, key_result: &str) -> Result<Bound> {
        require(actor, Permission::Read)?;
        let binding = bound(&self.store, actor.scope, key_result).await?.1;
        self.stand(actor, vec![binding]).await?.pop().ok_or_else(|| Error::not_found(Binding::WORD, key_result))
    }

    pub async fn bindings_by_id(&self, actor: &Actor, ids: &[Id<Binding>]) -> Result<Vec<Bound>> {
        require(actor, Permission::Read)?;
        self.stand(actor, self.store.bindings_by_id(actor.scope, ids).await?).await
    }

    /// The bindings of these key results, of which each has one at most.
    pub async fn bindings_of(&self, actor: &Actor, key_results: &[Id<KeyResult>]) -> Result<Vec<Bound>> {
        require(actor, Permission::Read)?;
        self.stand(actor, self.store.bindings_of(actor.scope, key_results).await?).await
    }

    /// What was read for a key result, in the order of the windows' ends, each as it was last read.
    pub async fn readings(&self, actor: &Actor, key_result: &str) -> Result<Vec<Standing>> {
        require(actor, Permission::Read)?;
        let binding = bound(&self.store, actor.scope, key_result).await?.1;
        Ok(self.standings(actor, vec![binding]).await?.into_iter().flat_map(|(_, standings)| standings).collect())
    }

    /// What was read for these key results, of each that is bound.
    pub async fn readings_of(&self, actor: &Actor, key_results: &[Id<KeyResult>]) -> Result<Vec<(Id<KeyResult>, Vec<Standing>)>> {
        require(actor, Permission::Read)?;
        let standings = self.standings(actor, self.store.bindings_of(actor.scope, key_results).await?).await?;
        Ok(standings.into_iter().map(|(binding, standings)| (binding.key_result, standings)).collect())
    }

    /// Binds a key result to a metric, in place of the binding it has. Tells whether it had none. What its
    /// metric tells is read at once.
    pub async fn bind_metric(&self, actor: &Actor, key_result: String, version: Option<u32>, new: NewBinding) -> Result<(Bound, bool)> {
        require(actor, Permission::EditOkrs)?;
        let named = Names { store: &self.store, scope: actor.scope }.key_result(&key_result).await?;
        let wanted = self.wanted(actor, &named, new).await?;
        let (binding, made) = self
            .write(actor, move |tx| {
                let (key_result, wanted) = (key_result.clone(), wanted.clone());
                Box::pin(async move { bind(tx, &key_result, version, wanted).await })
            })
            .await?;
        if made != Made::Same
            && let Err(error) = self.read_bound(actor, binding.clone()).await
        {
            // It is bound all the same, and will be read in the background.
            tracing::warn!(%error, binding = %binding.id, "a metric was bound and could not be read");
        }
        let bound = self.stand(actor, vec![binding]).await?.pop();
        Ok((bound.ok_or_else(|| Error::not_found(Binding::WORD, named.address))?, made == Made::New))
    }

    /// Unbinds a key result; what was read and checked in stays. Gives the binding as it was.
    pub async fn unbind_metric(&self, actor: &Actor, key_result: String, version: Option<u32>) -> Result<Bound> {
        require(actor, Permission::EditOkrs)?;
        let bound = self.binding(actor, &key_result).await?;
        self.write(actor, move |tx| {
            let key_result = key_result.clone();
            Box::pin(async move {
                let (key_result, binding) = self::bound(tx, tx.scope(), &key_result).await?;
                home(tx, &key_result).await?.1.take_changes()?;
                Ok(tx.remove_binding(&seen(version, binding)?).await?)
            })
        })
        .await?;
        Ok(bound)
    }

    pub(crate) async fn binding_id(&self, actor: &Actor, key_result: &str) -> Result<Option<Id<Binding>>> {
        match bound(&self.store, actor.scope, key_result).await {
            Ok((_, binding)) => Ok(Some(binding.id)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn stand(&self, actor: &Actor, bindings: Vec<Binding>) -> Result<Vec<Bound>> {
        let bound = |(binding, mut standings): (Binding, Vec<Standing>)| {
            let whole = standings.iter().rfind(|standing| !standing.reading.is_partial).cloned();
            Bound { binding, newest: standings.pop(), whole }
        };
        Ok(self.standings(actor, bindings).await?.into_iter().map(bound).collect())
    }

    /// Two queries, however many bindings there are.
    async fn standings(&self, actor: &Actor, bindings: Vec<Binding>) -> Result<Vec<(Binding, Vec<Standing>)>> {
        let ids: Vec<Id<KeyResult>> = bindings.iter().map(|binding| binding.key_result).collect();
        let found = self.store.key_results_by_id(actor.scope, &ids).await?;
        let key_results: HashMap<Id<KeyResult>, KeyResult> = found.into_iter().map(|one| (one.id, one)).collect();
        let mut readings: HashMap<Id<Binding>, Vec<Reading>> = HashMap::new();
        for reading in self.store.readings_of(actor.scope, &bindings.iter().collect::<Vec<_>>()).await? {
            readings.entry(reading.binding).or_default().push(reading);
        }
        let standings = |binding: Binding| {
            let key_result = key_results.get(&binding.key_result)?;
            let readings = readings.remove(&binding.id).unwrap_or_default();
            let standings = readings.into_iter().map(|reading| Standing::of(&binding, key_result, reading)).collect();
            Some((binding, standings))
        };
        Ok(bindings.into_iter().filter_map(standings).collect())
    }

    /// The binding that is wanted, with everything it names found and everything that is wrong with it named.
    async fn wanted(&self, actor: &Actor, key_result: &KeyResult, new: NewBinding) -> Result<Wanted> {
        let NewBinding { gauge, granularity, rolling, comparator, guardrail } = new;
        let mut check = Check::new();
        let step = (granularity, rolling);
        let gauge = reading::checked(self, actor, &mut check, "", gauge, step).await?;
        let guardrail = match guardrail {
            Some(draft) => Some(self.guardrail(actor, &mut check, draft).await?),
            None => None,
        };
        if let Some(gauge) = &gauge {
            check.part(binding::fit(gauge, comparator, key_result.measure.kind(), &key_result.unit));
        }
        let step = match rolling {
            Some(days) => Rolling::new(days).ok().map(Step::Rolling),
            None => Some(granularity.unwrap_or_default().into()),
        };
        let wanted = gauge.zip(step).map(|(gauge, step)| Wanted { gauge, step, comparator, guardrail: guardrail.flatten() });
        accepted(check, wanted)
    }

    async fn guardrail(&self, actor: &Actor, check: &mut Check, draft: GuardrailDraft) -> Result<Option<Guardrail>> {
        let GuardrailDraft { gauge, comparator, target } = draft;
        let gauge = reading::checked(self, actor, check, "guardrail", gauge, (None, None)).await?;
        let one_of_both = "give `comparator` and `target`, or neither where it is to be no worse than in the period before";
        match (comparator, target) {
            (Some(_), None) => check.refuse("guardrail.target", Code::Required, one_of_both),
            (None, Some(_)) => check.refuse("guardrail.comparator", Code::Required, one_of_both),
            _ => {}
        }
        let target = comparator.zip(target).map(|(comparator, value)| Limit { comparator, value });
        Ok(gauge.map(|gauge| Guardrail { gauge, target }))
    }
}

/// What became of a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    New,
    Other,
    Same,
}

/// A binding before it has a place.
#[derive(Clone, Debug)]
struct Wanted {
    gauge: Gauge,
    step: Step,
    comparator: Option<Comparator>,
    guardrail: Option<Guardrail>,
}

impl Shared for Binding {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Binding(self)
    }

    /// By the id or address of its key result.
    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Ok(bound(store, scope, named).await?.1)
    }
}

async fn bind(tx: &Transaction, key_result: &str, version: Option<u32>, wanted: Wanted) -> Result<(Binding, Made)> {
    let key_result = Names { store: tx, scope: tx.scope() }.key_result(key_result).await?;
    let Wanted { gauge, step, comparator, guardrail } = wanted;
    let gauge = held(tx, gauge).await?;
    let guardrail = match guardrail {
        Some(Guardrail { gauge, target }) => Some(Guardrail { gauge: held(tx, gauge).await?, target }),
        None => None,
    };
    let mut check = Check::new();
    check.field("", home(tx, &key_result).await?.1.take_changes());
    check.part(binding::fit(&gauge, comparator, key_result.measure.kind(), &key_result.unit));
    accepted(check, Some(()))?;
    let before = tx.bindings_of(tx.scope(), &[key_result.id]).await?.pop();
    let of = |id, stamp| Binding { id, key_result: key_result.id, gauge, step, comparator, guardrail, stamp };
    let Some(before) = before else {
        if version.is_some() {
            return Err(Error::not_found(Binding::WORD, key_result.address));
        }
        let binding = of(Clock::id(), Stamp::first(tx.now()));
        tx.insert_binding(&binding).await?;
        tx.expect_refresh().await?;
        return Ok((binding, Made::New));
    };
    let before = seen(version, before)?;
    let binding = of(before.id, before.stamp.next(tx.now()));
    if binding.is_as(&before) {
        return Ok((before, Made::Same));
    }
    tx.replace_binding(&binding).await?;
    Ok((binding, Made::Other))
}

/// A key result with the binding it has.
async fn bound(store: &Store, scope: WorkspaceScope, key_result: &str) -> Result<(KeyResult, Binding)> {
    let found = Names { store, scope }.key_result(key_result).await?;
    let binding = store.bindings_of(scope, &[found.id]).await?.pop();
    Ok((found, binding.ok_or_else(|| Error::not_found("binding of the key result", key_result))?))
}
