//! Who the members are, and who of them counts for a question.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::member::MemberKind;
use waymark_domain::member_trait::Attribute;
use waymark_domain::metric::kinds::{KindSpan, uncommon_days};
use waymark_domain::metric::merge::Merge;
use waymark_domain::metric::population::{Census, Including, Population, Spell};
use waymark_domain::metric::roll::Holding;
use waymark_domain::platform::Platform;
use waymark_domain::spell::{Mark, spells};
use waymark_domain::{DateTime, NaiveDate, Tz, Utc};
use waymark_persistence::{Place, Store, TraitSpan};

use crate::error::Result;

/// Most populations that are kept beside each other: those of dashboards, which ask for the same again and again.
const KEPT: usize = 64;

/// Everybody who is, or was, a member.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(super) spells: HashMap<Id<Platform>, Vec<Spell>>,
    pub(super) kinds: Vec<(MemberKind, Holding)>,
    /// What the kinds are made of: what members are by themselves, and what is said of them.
    pub(super) by_themselves: BTreeMap<u32, MemberKind>,
    pub(super) said: Vec<TraitSpan>,
    pub(super) merges: Vec<Merge>,
    /// By their keys.
    pub(crate) roles: BTreeMap<String, Vec<Holding>>,
    pub(crate) organisations: BTreeMap<String, Vec<Holding>>,
    /// By their ids.
    pub(crate) layers: BTreeMap<String, Vec<Holding>>,
    /// By name, then by value.
    pub(crate) properties: BTreeMap<String, BTreeMap<String, Vec<Holding>>>,
    pub(super) populations: Mutex<HashMap<Members, Arc<Population>>>,
}

/// Most members who are looked up one by one: of more, everybody is read anew.
const MOVED: usize = 5_000;

/// When a member was first active on a platform, and when they joined and left.
type Seen = (Option<DateTime<Utc>>, Vec<(DateTime<Utc>, Mark)>);

/// Who of the people is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Members {
    pub(crate) zone: Tz,
    pub(crate) including: Including,
    /// Members of one platform alone.
    pub(crate) platform: Option<Id<Platform>>,
    /// Those who hold something, by its name.
    pub(crate) segment: Option<String>,
}

impl People {
    pub(crate) async fn read(store: &Store, scope: WorkspaceScope) -> Result<Self> {
        let said = store.trait_spans(scope, Attribute::Kind).await?;
        let by_themselves: BTreeMap<u32, MemberKind> = store.uncommon_kinds(scope, None).await?.into_iter().collect();
        let merges = store.merges(scope).await?.into_iter().map(|(member, into)| Merge { member, into }).collect();
        let mut properties: BTreeMap<String, BTreeMap<String, Vec<Holding>>> = BTreeMap::new();
        for span in store.trait_spans(scope, Attribute::Property).await? {
            let values = properties.entry(span.name.clone().unwrap_or_default()).or_default();
            values.entry(span.value.clone()).or_default().push(holding(&span));
        }
        Ok(Self {
            spells: spells_of(store, scope, None).await?,
            kinds: kinds(&by_themselves, &said),
            by_themselves,
            said,
            merges,
            roles: by_value(store.trait_spans(scope, Attribute::Role).await?),
            layers: by_value(store.layer_spans(scope).await?),
            organisations: by_value(store.trait_spans(scope, Attribute::Organisation).await?),
            properties,
            populations: Mutex::default(),
        })
    }

    /// The same people, after some of them were first active, joined or left at other times, or were not known before. Nothing
    /// else has changed.
    pub(crate) async fn moved(&self, store: &Store, scope: WorkspaceScope, members: &[u32]) -> Result<Self> {
        if members.len() > MOVED {
            return Self::read(store, scope).await;
        }
        let is_other = |spell: &&Spell| members.binary_search(&spell.member).is_err();
        let rest = |spells: &Vec<Spell>| spells.iter().filter(is_other).copied().collect();
        let mut spells: HashMap<Id<Platform>, Vec<Spell>> = self.spells.iter().map(|(platform, known)| (*platform, rest(known))).collect();
        for (platform, of_members) in spells_of(store, scope, Some(members)).await? {
            spells.entry(platform).or_default().extend(of_members);
        }
        let mut by_themselves = self.by_themselves.clone();
        by_themselves.extend(store.uncommon_kinds(scope, Some(members)).await?);
        Ok(Self {
            spells,
            kinds: kinds(&by_themselves, &self.said),
            by_themselves,
            said: self.said.clone(),
            merges: self.merges.clone(),
            roles: self.roles.clone(),
            layers: self.layers.clone(),
            organisations: self.organisations.clone(),
            properties: self.properties.clone(),
            populations: Mutex::default(),
        })
    }

    /// The population of those who are asked for. `holdings` are those of the segment.
    pub(crate) fn population(&self, members: &Members, holdings: Option<&[Holding]>) -> Arc<Population> {
        let mut kept = self.populations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(population) = kept.get(members) {
            return population.clone();
        }
        let population = Arc::new(Population::new(members.zone, &self.census(members.platform), members.including, holdings));
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(members.clone(), population.clone());
        population
    }

    /// What a member is on a day.
    pub(crate) fn kinds(&self) -> HashMap<u32, Vec<(MemberKind, Holding)>> {
        let mut by_member: HashMap<u32, Vec<(MemberKind, Holding)>> = HashMap::new();
        self.kinds.iter().for_each(|(kind, holding)| by_member.entry(holding.member).or_default().push((*kind, *holding)));
        by_member
    }

    fn census(&self, platform: Option<Id<Platform>>) -> Census {
        let spells = match platform {
            Some(platform) => self.spells.get(&platform).cloned().unwrap_or_default(),
            None => self.spells.values().flatten().copied().collect(),
        };
        Census { spells, kinds: self.kinds.clone(), merges: self.merges.clone() }
    }
}

/// When members belong to each platform; these members, or all.
async fn spells_of(store: &Store, scope: WorkspaceScope, members: Option<&[u32]>) -> Result<HashMap<Id<Platform>, Vec<Spell>>> {
    let mut joined: HashMap<Place, Seen> = HashMap::new();
    for (place, first) in store.first_activities(scope, members).await? {
        joined.entry(place).or_default().0 = Some(first);
    }
    for (place, at, mark) in store.membership_marks(scope, members).await? {
        joined.entry(place).or_default().1.push((at, mark));
    }
    let mut by_platform: HashMap<Id<Platform>, Vec<Spell>> = HashMap::new();
    for ((member, platform), (first, marks)) in joined {
        let of_member = spells(first, &marks).into_iter().map(|spell| Spell { member, start: spell.start, end: spell.end });
        by_platform.entry(platform).or_default().extend(of_member);
    }
    Ok(by_platform)
}

fn kinds(by_themselves: &BTreeMap<u32, MemberKind>, said: &[TraitSpan]) -> Vec<(MemberKind, Holding)> {
    let mut members: BTreeMap<u32, (MemberKind, Vec<KindSpan>)> = BTreeMap::new();
    for (member, kind) in by_themselves {
        members.entry(*member).or_default().0 = *kind;
    }
    for TraitSpan { member, value, from, until, .. } in said {
        let kind = value.parse().unwrap_or_default();
        members.entry(*member).or_default().1.push(KindSpan { kind, from: *from, until: *until });
    }
    members.into_iter().flat_map(|(member, (kind, said))| uncommon_days(member, kind, said)).collect()
}

fn by_value(spans: Vec<TraitSpan>) -> BTreeMap<String, Vec<Holding>> {
    let mut values: BTreeMap<String, Vec<Holding>> = BTreeMap::new();
    spans.iter().for_each(|span| values.entry(span.value.clone()).or_default().push(holding(span)));
    values
}

fn holding(span: &TraitSpan) -> Holding {
    Holding { member: span.member, from: span.from, until: span.until }
}

/// What somebody is on a day, by what is known of them.
pub(crate) fn kind_on(kinds: &HashMap<u32, Vec<(MemberKind, Holding)>>, member: u32, day: NaiveDate) -> MemberKind {
    let held = kinds.get(&member).into_iter().flatten().find(|(_, holding)| holding.is_on(day));
    held.map_or(MemberKind::Community, |(kind, _)| *kind)
}
