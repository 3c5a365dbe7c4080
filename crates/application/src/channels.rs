//! Channels: the rooms of a platform.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::channel::{Channel, ChannelDraft, ChannelFilter, ChannelSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::platform::Platform;
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Result};
use crate::naming::{self, Names};
use crate::writing::{Create, Delete, Put, Shared, Update};

/// Which channels to list; the platform is named by id or key.
#[derive(Clone, Debug, Default)]
pub struct ChannelQuery {
    pub platform: Option<String>,
    /// Everything but the platform.
    pub filter: ChannelFilter,
}

impl App {
    /// By id, or by the key of the platform and its own, such as `forum/help`.
    pub async fn channel(&self, actor: &Actor, named: &str) -> Result<Channel> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.channel(named).await
    }

    pub async fn channels_by_id(&self, actor: &Actor, ids: &[Id<Channel>]) -> Result<Vec<Channel>> {
        require(actor, Permission::Read)?;
        Ok(self.store.channels_by_id(actor.scope, ids).await?)
    }

    /// The channels of these platforms, in the order they were created.
    pub async fn channels_of(&self, actor: &Actor, platforms: &[Id<Platform>]) -> Result<Vec<Channel>> {
        require(actor, Permission::Read)?;
        Ok(self.store.channels_of(actor.scope, platforms).await?)
    }

    pub async fn channels(&self, actor: &Actor, query: ChannelQuery, sort: Sort<ChannelSort>, page: Page) -> Result<Slice<Channel>> {
        require(actor, Permission::Read)?;
        let names = Names { store: &self.store, scope: actor.scope };
        let mut check = Check::new();
        let platform =
            naming::optional(&mut check, "platform", query.platform.as_deref(), async |named| names.platform(named).await).await?;
        accepted(check, Some(()))?;
        let filter = ChannelFilter { platform: platform.map(|platform| platform.id), ..query.filter };
        Ok(self.store.channels(actor.scope, &filter, sort, &page).await?)
    }
}

impl Shared for Channel {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Channel(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.channel(named).await
    }
}

impl Create for Channel {
    type New = ChannelDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: ChannelDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Channel {
    type Draft = ChannelDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> ChannelDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: ChannelDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Channel {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.channel_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut ChannelDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: ChannelDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while anything belongs to the channel.
impl Delete for Channel {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_channel(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&Channel>, draft: ChannelDraft) -> Result<Channel> {
    let mut check = Check::new();
    let platform = naming::field(&mut check, "platform", Names { store: tx, scope: tx.scope() }.platform(&draft.platform).await)?;
    let (id, stamp) = match existing {
        Some(channel) => (channel.id, channel.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    if existing.is_some_and(|channel| channel.key != draft.key.trim()) {
        check.refuse("key", Code::InvalidTransition, "a key is given once, as events name their channel by it: it cannot change");
    }
    if existing.zip(platform.as_ref()).is_some_and(|(channel, platform)| channel.platform != platform.id) {
        check.refuse("platform", Code::InvalidTransition, "a channel stays with its platform: make another one there");
    }
    // Checked also where the platform is refused, so that one answer names everything; then it is never saved.
    let platform = platform.map_or_else(Clock::id, |platform| platform.id);
    let channel = check.part(Channel::new(id, stamp, draft, platform));
    let channel = accepted(check, channel)?;
    match existing {
        Some(before) if channel.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_channel(&channel).await?,
        None => tx.insert_channel(&channel).await?,
    }
    Ok(channel)
}
