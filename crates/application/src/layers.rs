//! Layers: how close members stand to the core of the community.

use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::layer::{self, Layer, LayerDraft, LayerFilter, LayerSort};
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code};
use waymark_domain::stamp::Stamp;
use waymark_persistence::{Store, Transaction};

use crate::app::{App, accepted, require};
use crate::clock::Clock;
use crate::error::{Current, Error, Result};
use crate::naming::Names;
use crate::writing::{Create, Delete, Put, Shared, Update};

impl App {
    /// By id or key.
    pub async fn layer(&self, actor: &Actor, named: &str) -> Result<Layer> {
        require(actor, Permission::Read)?;
        Names { store: &self.store, scope: actor.scope }.layer(named).await
    }

    pub async fn layers_by_id(&self, actor: &Actor, ids: &[Id<Layer>]) -> Result<Vec<Layer>> {
        require(actor, Permission::Read)?;
        Ok(self.store.layers_by_id(actor.scope, ids).await?)
    }

    pub async fn layers(&self, actor: &Actor, filter: LayerFilter, sort: Sort<LayerSort>, page: Page) -> Result<Slice<Layer>> {
        require(actor, Permission::Read)?;
        Ok(layer::page(self.store.all_layers(actor.scope).await?, &filter, sort, &page))
    }

    /// Makes the default set. Refused where one of its keys or positions is taken.
    pub async fn create_default_layers(&self, actor: &Actor) -> Result<Vec<Layer>> {
        require(actor, Permission::EditCommunity)?;
        self.write(actor, |tx| Box::pin(create_default_set(tx))).await
    }
}

async fn create_default_set(tx: &Transaction) -> Result<Vec<Layer>> {
    tx.take_turn().await?;
    let others = tx.all_layers(tx.scope()).await?;
    let set = layer::default_set().map(|draft| Layer::new(Clock::id(), Stamp::first(tx.now()), draft));
    let set: Vec<Layer> = set.into_iter().collect::<std::result::Result<_, _>>()?;
    let is_taken = |other: &&Layer| set.iter().any(|new| new.key == other.key || new.position == other.position);
    let mut check = Check::new();
    for other in others.iter().filter(is_taken) {
        let detail = format!("the layer `{}` has a key or a position of the default set: delete or move it first", other.key);
        check.refuse("", Code::AlreadyExists, detail);
    }
    check.finish(Some(())).map_err(Error::Conflict)?;
    tx.insert_layers(&set).await?;
    Ok(set)
}

impl Shared for Layer {
    fn version(&self) -> u32 {
        self.stamp.version
    }

    fn current(self) -> Current {
        Current::Layer(self)
    }

    async fn find(store: &Store, scope: WorkspaceScope, named: &str) -> Result<Self> {
        Names { store, scope }.layer(named).await
    }
}

impl Create for Layer {
    type New = LayerDraft;
    const CREATE: Permission = Permission::EditCommunity;

    async fn create(tx: &Transaction, new: LayerDraft) -> Result<Self> {
        write(tx, None, new).await
    }
}

impl Update for Layer {
    type Draft = LayerDraft;
    const UPDATE: Permission = Permission::EditCommunity;

    fn draft(&self) -> LayerDraft {
        self.draft()
    }

    async fn update(self, tx: &Transaction, draft: LayerDraft) -> Result<Self> {
        write(tx, Some(&self), draft).await
    }
}

impl Put for Layer {
    async fn find_external(store: &Store, scope: WorkspaceScope, external_id: &str) -> Result<Option<Self>> {
        Ok(store.layer_by_external_id(scope, external_id).await?)
    }

    fn external_id(new: &mut LayerDraft) -> &mut Option<String> {
        &mut new.external_id
    }

    async fn equalise(self, tx: &Transaction, new: LayerDraft) -> Result<Self> {
        self.update(tx, new).await
    }
}

/// Refused while anybody is in the layer, or once was.
impl Delete for Layer {
    const DELETE: Permission = Permission::EditCommunity;

    async fn delete(&self, tx: &Transaction) -> Result<()> {
        Ok(tx.remove_layer(self).await?)
    }
}

async fn write(tx: &Transaction, existing: Option<&Layer>, draft: LayerDraft) -> Result<Layer> {
    // Two at once could come to one position, or both be the last there is room for.
    tx.take_turn().await?;
    let mut check = Check::new();
    let (id, stamp) = match existing {
        Some(layer) => (layer.id, layer.stamp.next(tx.now())),
        None => (Clock::id(), Stamp::first(tx.now())),
    };
    if existing.is_some_and(|layer| layer.key != draft.key) {
        check.refuse("key", Code::InvalidTransition, "a key is given once, as metrics name their layers by it: it cannot change");
    }
    let layer = check.part(Layer::new(id, stamp, draft));
    if let Some(layer) = &layer {
        check.part(layer.beside(&tx.all_layers(tx.scope()).await?));
    }
    let layer = accepted(check, layer)?;
    match existing {
        Some(before) if layer.is_as(before) => return Ok(before.clone()),
        Some(_) => tx.replace_layer(&layer).await?,
        None => tx.insert_layers(std::slice::from_ref(&layer)).await?,
    }
    Ok(layer)
}
