//! One batch, in one transaction, with as many statements as it takes for its rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use waymark_domain::activity::{BuiltIn, Role};
use waymark_domain::authorization::Permission;
use waymark_domain::channel::Channel;
use waymark_domain::event::{Arrival, Event, EventDraft, Kind, Told};
use waymark_domain::id::Id;
use waymark_domain::identity;
use waymark_domain::initiative::Initiative;
use waymark_domain::platform::Platform;
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::{DateTime, Utc};
use waymark_persistence::{AccountKey, KnownMember, Transaction};

use super::{Arriving, Ingested, Outcome};
use crate::arrivals::{self, Newcomer};
use crate::erased::{self, Name};
use crate::error::Result;
use crate::folding;
use crate::items::Items;

/// A batch that is being taken in.
pub(super) struct Batch<'a> {
    tx: &'a Transaction,
    kinds: HashMap<String, Kind>,
    /// What is right, with its place in the batch.
    drafts: Vec<(usize, EventDraft)>,
    /// By place; what is right is not known to be new yet.
    items: Items<Event>,
    initiatives: HashMap<String, Id<Initiative>>,
}

/// The places and people that the batch names.
struct Named {
    platforms: HashMap<String, Id<Platform>>,
    channels: HashMap<(Id<Platform>, String), Id<Channel>>,
    members: HashMap<AccountKey, KnownMember>,
}

/// An event before the batch, if it was there, and as the batch tells it.
struct State {
    before: Option<Event>,
    now: Event,
}

impl<'a> Batch<'a> {
    /// Looks at every event, and refuses what is wrong with it by itself.
    pub(super) async fn begin(tx: &'a Transaction, arriving: &Arriving) -> Result<Self> {
        tx.take_turn().await?;
        let own = tx.own_activity_types(tx.scope()).await?;
        let kinds = own.into_iter().map(|own| (own.key.clone(), Kind::from(&own))).collect();
        let mut batch = Self { tx, kinds, drafts: Vec::new(), items: Items::new(arriving.events.len()), initiatives: HashMap::new() };
        let arrival = Arrival { now: tx.now(), is_history: tx.actor().may(Permission::Import) };
        for (place, event) in arriving.events.iter().enumerate() {
            let checked = event.clone().and_then(|draft| draft.check(arrival, |key| batch.kind(key)));
            match checked {
                Ok(draft) => batch.drafts.push((place, draft)),
                Err(rejection) => batch.items.refuse(place, rejection),
            }
        }
        batch.find_initiatives().await?;
        batch.refuse_erased().await?;
        if arriving.atomic {
            batch.items.refuse_all()?;
        }
        Ok(batch)
    }

    fn kind(&self, key: &str) -> Option<Kind> {
        BuiltIn::of(key).map(Kind::from).or_else(|| self.kinds.get(key).copied())
    }

    async fn find_initiatives(&mut self) -> Result<()> {
        let named: BTreeSet<&str> = self.drafts.iter().filter_map(|(_, draft)| draft.initiative.as_deref()).collect();
        let named: Vec<&str> = named.into_iter().collect();
        self.initiatives = self.tx.initiative_ids(self.tx.scope(), &named).await?;
        let (drafts, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut self.drafts)
            .into_iter()
            .partition(|(_, draft)| draft.initiative.as_ref().is_none_or(|named| self.initiatives.contains_key(named)));
        self.drafts = drafts;
        for (place, _) in unknown {
            let detail = "no initiative has this id or external id: create it first, or leave it out";
            self.items.refuse(place, Violation::new(Code::NotFound, detail).at("initiative").into());
        }
        Ok(())
    }

    async fn refuse_erased(&mut self) -> Result<()> {
        let named = self.drafts.iter().filter_map(|(place, draft)| {
            let member = draft.member.as_ref()?;
            Some((*place, Name::Account { platform: &draft.platform, kind: member.kind, value: &member.value }))
        });
        let erased = erased::among(self.tx, named.collect()).await?;
        self.drafts.retain(|(place, _)| !erased.contains(place));
        erased.into_iter().for_each(|place| self.items.refuse(place, erased::refused().at("member").into()));
        Ok(())
    }

    pub(super) async fn take_in(mut self) -> Result<Ingested> {
        let named = self.named().await?;
        let told: Vec<(usize, Told, &EventDraft)> =
            self.drafts.iter().filter_map(|(place, draft)| Some((*place, self.told(draft, &named)?, draft))).collect();
        let ids: Vec<Id<Event>> = told.iter().map(|(_, told, _)| Event::id_of(told.platform, &told.source_id)).collect();
        let mut stored = self.tx.stored_events(&ids).await?;
        let mut states: BTreeMap<Id<Event>, State> = BTreeMap::new();
        let mut items = std::mem::replace(&mut self.items, Items::new(0));
        for ((place, told, draft), id) in told.into_iter().zip(ids) {
            let outcome = match states.get_mut(&id) {
                Some(state) => state.retell(told, self.tx.now()),
                None => {
                    let before = stored.remove(&id);
                    let (state, outcome) = State::of(before, told, draft.recorded_at.unwrap_or(self.tx.now()), self.tx.now());
                    states.insert(id, state);
                    outcome
                }
            };
            items.settle(place, id, outcome);
        }
        let changed: Vec<State> = states.into_values().filter(State::is_changed).collect();
        let watermark = if changed.is_empty() { self.tx.progress(self.tx.scope()).await?.watermark } else { self.write(changed).await? };
        Ok(Ingested { watermark, items: items.settled() })
    }

    async fn named(&self) -> Result<Named> {
        let keys: BTreeSet<&str> = self.drafts.iter().map(|(_, draft)| draft.platform.as_str()).collect();
        let platforms = arrivals::platforms(self.tx, &keys).await?;
        let on = |draft: &EventDraft| platforms.get(&draft.platform).copied();
        let rooms: BTreeSet<(Id<Platform>, &str)> =
            self.drafts.iter().filter_map(|(_, draft)| Some((on(draft)?, draft.channel.as_deref()?))).collect();
        let channels = arrivals::channels(self.tx, &rooms).await?;
        let mut accounts: BTreeMap<AccountKey, Newcomer<'_>> = BTreeMap::new();
        for (_, draft) in &self.drafts {
            if let Some((platform, member)) = on(draft).zip(draft.member.as_ref()) {
                let newcomer = Newcomer { value: &member.value, kind: draft.member_kind };
                accounts.entry((platform, member.kind, identity::folded(&member.value))).or_insert(newcomer);
            }
        }
        let members = arrivals::members(self.tx, &accounts).await?;
        Ok(Named { platforms, channels, members })
    }

    /// What a draft tells, now that everything it names is there.
    fn told(&self, draft: &EventDraft, named: &Named) -> Option<Told> {
        let platform = *named.platforms.get(&draft.platform)?;
        let channel = |key: &String| named.channels.get(&(platform, key.clone())).copied();
        let member = draft.member.as_ref().and_then(|member| {
            let key = (platform, member.kind, identity::folded(&member.value));
            named.members.get(&key).map(|known| known.number)
        });
        Some(Told {
            platform,
            source_id: draft.source_id.clone(),
            activity: draft.activity.clone(),
            member,
            channel: draft.channel.as_ref().and_then(channel),
            parent: draft.parent.as_deref().map(|parent| Event::id_of(platform, parent)),
            initiative: draft.initiative.as_ref().and_then(|named| self.initiatives.get(named).copied()),
            tags: draft.tags.clone(),
            value: draft.value,
            properties: draft.properties.clone(),
            occurred_at: draft.occurred_at,
        })
    }

    /// Writes what changed, and gives the watermark of it.
    async fn write(&self, changed: Vec<State>) -> Result<u64> {
        let (mut new, mut retold) = (Vec::new(), Vec::new());
        for State { before, now } in changed {
            match before {
                Some(before) => retold.push((before, now)),
                None => new.push(now),
            }
        }
        self.tx.add_events(&new).await?;
        self.tx.retell_events(&retold).await?;
        let settled = self.settle(&new, &retold).await?;
        let both = || retold.iter().flat_map(|(before, now)| [before, now]).chain(&settled);
        let moved = self.note_memberships(&new, both().collect()).await?;
        let watermark = self.tx.raise_watermark(false).await?;
        folding::follow(self.tx, &new, both(), watermark).await?;
        self.tx.touch_members(&moved, watermark).await?;
        Ok(watermark)
    }

    /// Takes back what retractions are about, whichever of them came first. Gives what has to be looked at again for it.
    async fn settle(&self, new: &[Event], retold: &[(Event, Event)]) -> Result<Vec<Event>> {
        let is_retraction = |event: &&Event| self.kind(&event.told.activity).is_some_and(|kind| kind.role == Role::Undoes);
        let both = retold.iter().flat_map(|(before, now)| [before, now]);
        let mut about: BTreeSet<Id<Event>> = new.iter().chain(both).filter(is_retraction).filter_map(|event| event.told.parent).collect();
        let ids: Vec<Id<Event>> = new.iter().map(|event| event.id).collect();
        about.extend(self.tx.retracted_among(&ids).await?);
        about.extend(retold.iter().map(|(_, now)| now.id));
        let about: Vec<Id<Event>> = about.into_iter().collect();
        self.tx.settle_retractions(&about).await?;
        Ok(self.tx.events_by_id(self.tx.scope(), &about).await?)
    }

    /// Keeps what spells of membership are made of, and tells of whom any of it changed.
    async fn note_memberships(&self, new: &[Event], retold: Vec<&Event>) -> Result<BTreeSet<u32>> {
        let mut seen = HashMap::new();
        for event in new.iter().filter(|event| self.kind(&event.told.activity).is_some_and(|kind| kind.class.is_some())) {
            if let Some(member) = event.told.member {
                let first = seen.entry((member, event.told.platform)).or_insert(event.told.occurred_at);
                *first = event.told.occurred_at.min(*first);
            }
        }
        let seen: Vec<_> = seen.into_iter().collect();
        let mut moved = self.tx.note_first_activities(&seen).await?;
        let again: BTreeSet<u32> = retold.into_iter().filter_map(|event| event.told.member).collect();
        self.tx.find_first_activities(&again.iter().copied().collect::<Vec<u32>>()).await?;
        let moves = |event: &&Event| self.kind(&event.told.activity).is_some_and(|kind| matches!(kind.role, Role::Joins | Role::Leaves));
        moved.extend(new.iter().filter(moves).filter_map(|event| event.told.member));
        moved.extend(again);
        Ok(moved)
    }
}

impl State {
    fn of(before: Option<Event>, told: Told, recorded_at: DateTime<Utc>, now: DateTime<Utc>) -> (Self, Outcome) {
        match before {
            None => (Self { before: None, now: Event::first(told, recorded_at) }, Outcome::Created),
            Some(before) => {
                let mut state = Self { now: before.clone(), before: Some(before) };
                let outcome = state.retell(told, now);
                (state, outcome)
            }
        }
    }

    fn retell(&mut self, told: Told, at: DateTime<Utc>) -> Outcome {
        if self.now.told == told {
            return Outcome::Unchanged;
        }
        self.now = match &self.before {
            Some(before) => before.retold(told, at),
            None => Event::first(told, self.now.recorded_at),
        };
        Outcome::Updated
    }

    fn is_changed(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.told != self.now.told)
    }
}
