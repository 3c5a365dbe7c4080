//! Evaluations: the rules of the layers, applied to the whole community as of a day.

use std::collections::{BTreeMap, HashMap};

use waymark_domain::activity::{ActivityType, BUILT_IN};
use waymark_domain::activity_class::Class;
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::layer::Layer;
use waymark_domain::layer_evaluation::{Evaluation, Movements, Person};
use waymark_domain::layer_rule::{LayerRule, Threshold};
use waymark_domain::member::{Member, MemberKind};
use waymark_domain::member_trait::Attribute;
use waymark_domain::metric::calendar::first_instant;
use waymark_domain::metric::merge::{Merge, Merges};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_domain::{Days, NaiveDate, cycle};
use waymark_persistence::{Counted, Store, TraitSpan, Transaction};

use crate::app::{App, accepted, require, today};
use crate::clock::Clock;
use crate::error::{Error, Result};

/// What an evaluation came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerEvaluation {
    pub on: NaiveDate,
    pub movements: Movements,
}

impl App {
    /// Applies the rules as of a day, today where there is none. A second evaluation of a day changes what has become
    /// different since.
    pub async fn evaluate_layers(&self, actor: &Actor, on: Option<NaiveDate>) -> Result<LayerEvaluation> {
        require(actor, Permission::EditCommunity)?;
        self.write(actor, move |tx| Box::pin(evaluate(tx, on))).await
    }
}

async fn evaluate(tx: &Transaction, on: Option<NaiveDate>) -> Result<LayerEvaluation> {
    let today = today(tx).await?.date;
    let on = on.unwrap_or(today);
    let mut check = Check::new();
    check.field("on", cycle::sensible(on));
    if on > today {
        check.refuse("on", Code::OutOfRange, format!("nobody knows yet who will do what: choose a day up to {today}"));
    }
    accepted(check, Some(()))?;
    tx.take_turn().await?;
    let layers = tx.all_layers(tx.scope()).await?;
    let people = people(tx, tx.scope(), &layers, on).await?;
    let Evaluation { movements, rearranged } = Evaluation::of(&layers, &people, on, Stamp::first(tx.now()), Clock::id);
    tx.rearrange_layers(&rearranged).await?;
    Ok(LayerEvaluation { on, movements })
}

/// Who turned out to be whom.
pub(crate) async fn merges(store: &Store, scope: WorkspaceScope) -> Result<Merges> {
    let merges = store.merges(scope).await?.into_iter().map(|(member, into)| Merge { member, into });
    Ok(Merges::new(&merges.collect::<Vec<_>>()))
}

/// Everybody whom a rule might bring somewhere, or might have brought.
async fn people(store: &Store, scope: WorkspaceScope, layers: &[Layer], on: NaiveDate) -> Result<Vec<Person>> {
    let merges = merges(store, scope).await?;
    let mut people: BTreeMap<u32, Person> = BTreeMap::new();
    let mut ids: HashMap<u32, Id<Member>> = HashMap::new();
    for (number, assignment) in store.layer_assignments_between(scope, on, None).await? {
        ids.insert(number, assignment.member);
        people.entry(merges.person(number)).or_insert_with(nobody).assignments.push(assignment);
    }
    let asked = |role: &String| layers.iter().any(|layer| matches!(&layer.rule, Some(LayerRule::Roles(roles)) if roles.contains(role)));
    for said in store.trait_spans(scope, Attribute::Role).await?.into_iter().filter(|said| holds_on(said, on) && asked(&said.value)) {
        people.entry(merges.person(said.member)).or_insert_with(nobody).roles.insert(said.value);
    }
    for (number, layer, activities) in activities(store, scope, layers, on).await? {
        let counted = &mut people.entry(merges.person(number)).or_insert_with(nobody).activities;
        let sum = counted.entry(layer).or_default();
        *sum = sum.saturating_add(activities);
    }
    let kinds = kinds(store, scope, on).await?;
    let unknown: Vec<u32> = people.keys().copied().filter(|number| !ids.contains_key(number)).collect();
    ids.extend(store.members_numbered(scope, &unknown).await?);
    let known = people.into_iter().filter_map(|(number, person)| {
        let is_community = kinds.get(&number).is_none_or(|kind| *kind == MemberKind::Community);
        Some(Person { member: *ids.get(&number)?, is_community, ..person })
    });
    Ok(known.collect())
}

/// A person of whom nothing is known yet, not even who it is.
fn nobody() -> Person {
    Person { member: Clock::id(), is_community: true, roles: Default::default(), activities: BTreeMap::new(), assignments: Vec::new() }
}

/// How much each member did of what each layer counts: one query, however many layers and members there are.
async fn activities(store: &Store, scope: WorkspaceScope, layers: &[Layer], on: NaiveDate) -> Result<Vec<(u32, Id<Layer>, u64)>> {
    let threshold = |layer: &Layer| match &layer.rule {
        Some(LayerRule::Threshold(threshold)) => Some((layer.id, *threshold)),
        _ => None,
    };
    let thresholds: Vec<(Id<Layer>, Threshold)> = layers.iter().filter_map(threshold).collect();
    if thresholds.is_empty() {
        return Ok(Vec::new());
    }
    let zone = store.workspace(scope).await?.ok_or(Error::Unauthenticated)?.time_zone;
    let own = store.own_activity_types(scope).await?;
    let rule = |(_, threshold): &(Id<Layer>, Threshold)| {
        let first = on.checked_sub_days(Days::new(threshold.days.into())).unwrap_or(on);
        Counted { activities: types_from(threshold.class, &own), since: first_instant(first, zone) }
    };
    let rules: Vec<Counted> = thresholds.iter().map(rule).collect();
    let counts = store.activity_counts(scope, &rules, first_instant(on, zone)).await?;
    let of_layers = |(number, counts): (u32, Vec<u64>)| {
        let layers = thresholds.iter().map(|(layer, _)| *layer).collect::<Vec<_>>();
        layers.into_iter().zip(counts).map(move |(layer, count)| (number, layer, count))
    };
    Ok(counts.into_iter().flat_map(of_layers).collect())
}

/// The keys of the activity types of a class or a higher one.
fn types_from(class: Class, own: &[ActivityType]) -> Vec<String> {
    let built_in = BUILT_IN.iter().filter(|built_in| built_in.class.is_some_and(|of| of >= class)).map(|built_in| built_in.key.to_owned());
    built_in.chain(own.iter().filter(|own| own.class >= class).map(|own| own.key.clone())).collect()
}

/// What members are on a day who are, or once were, not of the community.
async fn kinds(store: &Store, scope: WorkspaceScope, on: NaiveDate) -> Result<HashMap<u32, MemberKind>> {
    let mut kinds: HashMap<u32, MemberKind> = store.uncommon_kinds(scope, None).await?.into_iter().collect();
    for said in store.trait_spans(scope, Attribute::Kind).await?.into_iter().filter(|said| holds_on(said, on)) {
        kinds.insert(said.member, said.value.parse().unwrap_or_default());
    }
    Ok(kinds)
}

fn holds_on(said: &TraitSpan, day: NaiveDate) -> bool {
    said.from.is_none_or(|from| from <= day) && said.until.is_none_or(|until| day < until)
}
