//! Merge patches: what is absent stays, null clears what can be cleared.

use async_graphql::MaybeUndefined;
use serde::{Deserialize, Deserializer};

/// Changes of a draft.
pub(crate) trait Patch<Draft>: Clone + Send + Sync + 'static {
    fn apply(self, draft: &mut Draft);

    /// The changes as a command takes them, which may have to make them more than once.
    fn changes(self) -> impl Fn(&mut Draft) + Clone + Send + Sync + 'static {
        move |draft| self.clone().apply(draft)
    }
}

/// A field that always has a value: there is nothing that null could mean.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Changes a field that always has a value.
pub(crate) fn replace<T>(field: &mut T, change: Option<T>) {
    if let Some(value) = change {
        *field = value;
    }
}

/// Changes a field that may have none.
pub(crate) fn clear<T>(field: &mut Option<T>, change: MaybeUndefined<T>) {
    match change {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = None,
        MaybeUndefined::Value(value) => *field = Some(value),
    }
}
