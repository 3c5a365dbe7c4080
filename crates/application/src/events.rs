//! Events, as they were told last.

use std::collections::BTreeSet;

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::event::{Event, EventFilter, EventSort, TYPE_COUNT};
use waymark_domain::id::{Id, Named};
use waymark_domain::initiative::Initiative;
use waymark_domain::member::Member;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::platform::Platform;
use waymark_domain::rejection::{Check, Code};
use waymark_persistence::Store;

use crate::app::{App, accepted, require};
use crate::error::{Error, Result};
use crate::naming::{self, Names};

/// Which events to list; what they are filtered by is named by id or key.
#[derive(Clone, Debug, Default)]
pub struct EventQuery {
    pub platform: Option<String>,
    /// By id, or by the keys of its platform and its own, such as `forum/help`.
    pub channel: Option<String>,
    /// By id; with the events of all who turned out to be the same person.
    pub member: Option<String>,
    /// Id or external id.
    pub initiative: Option<String>,
    /// Id, or the id that the platform gives it where the platform is named.
    pub parent: Option<String>,
    /// The id that the platform gives it, which has to be named.
    pub source_id: Option<String>,
    /// Everything that is not named.
    pub filter: EventFilter,
}

/// An event, and who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventBy {
    pub event: Event,
    pub member: Option<Id<Member>>,
}

impl App {
    pub async fn event(&self, actor: &Actor, named: &str) -> Result<EventBy> {
        require(actor, Permission::Read)?;
        let missing = || Error::not_found(Event::WORD, named);
        let id: Id<Event> = named.parse().map_err(|_| missing())?;
        by_id(&self.store, actor.scope, &[id]).await?.pop().ok_or_else(missing)
    }

    pub async fn events_by_id(&self, actor: &Actor, ids: &[Id<Event>]) -> Result<Vec<EventBy>> {
        require(actor, Permission::Read)?;
        by_id(&self.store, actor.scope, ids).await
    }

    pub async fn events(&self, actor: &Actor, query: EventQuery, sort: Sort<EventSort>, page: Page) -> Result<Slice<EventBy>> {
        require(actor, Permission::Read)?;
        let filter = self.filter(actor.scope, query).await?;
        let found = self.store.events(actor.scope, &filter, sort, &page).await?;
        let members = self.store.members_numbered(actor.scope, &numbers(found.items.iter().map(|placed| &placed.item))).await?;
        Ok(found.map(|event| EventBy { member: event.told.member.and_then(|number| members.get(&number).copied()), event }))
    }

    async fn filter(&self, scope: WorkspaceScope, query: EventQuery) -> Result<EventFilter> {
        let names = Names { store: &self.store, scope };
        let mut check = Check::new();
        let platform =
            naming::optional(&mut check, "platform", query.platform.as_deref(), async |named| names.platform(named).await).await?;
        let platform = platform.map(|platform| platform.id);
        let channel = naming::optional(&mut check, "channel", query.channel.as_deref(), async |named| names.channel(named).await).await?;
        let members =
            naming::optional(&mut check, "member", query.member.as_deref(), async |named| self.person(names, named).await).await?;
        let initiative =
            naming::optional(&mut check, "initiative", query.initiative.as_deref(), async |named| self.work(scope, named).await).await?;
        let id = query.source_id.as_deref().and_then(|source| on(&mut check, "sourceId", platform, source));
        let parent = query.parent.as_deref().and_then(|named| named.parse().ok().or_else(|| on(&mut check, "parent", platform, named)));
        let channel = channel.map(|channel| channel.id);
        if query.filter.activities.len() > TYPE_COUNT {
            check.refuse("type", Code::TooMany, format!("name at most {TYPE_COUNT} activity types"));
        }
        accepted(check, Some(EventFilter { id, platform, channel, members, initiative, parent, ..query.filter }))
    }

    /// The numbers of a member and of all who turned out to be the same person.
    async fn person(&self, names: Names<'_>, named: &str) -> Result<Vec<u32>> {
        let member = names.member(named).await?;
        Ok(self.store.numbers_of(names.scope, member.id).await?)
    }

    async fn work(&self, scope: WorkspaceScope, named: &str) -> Result<Id<Initiative>> {
        let found = self.store.initiative_ids(scope, &[named]).await?.remove(named);
        found.ok_or_else(|| Error::not_found(Initiative::WORD, named))
    }
}

/// What a platform calls by this id. Without the platform nobody knows.
fn on(check: &mut Check, field: &str, platform: Option<Id<Platform>>, source: &str) -> Option<Id<Event>> {
    if platform.is_none() && check.is_clean() {
        check.refuse(field, Code::Required, "an id that a platform gives needs the `platform` beside it");
    }
    Some(Event::id_of(platform?, source.trim()))
}

/// Events by their ids, each with who did it: two queries however many there are.
pub(crate) async fn by_id(store: &Store, scope: WorkspaceScope, ids: &[Id<Event>]) -> Result<Vec<EventBy>> {
    let events = store.events_by_id(scope, ids).await?;
    let members = store.members_numbered(scope, &numbers(events.iter())).await?;
    let by = |event: Event| EventBy { member: event.told.member.and_then(|number| members.get(&number).copied()), event };
    Ok(events.into_iter().map(by).collect())
}

fn numbers<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<u32> {
    events.filter_map(|event| event.told.member).collect::<BTreeSet<u32>>().into_iter().collect()
}
