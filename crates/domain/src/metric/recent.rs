//! Sets of members that are asked for again and again.

use std::sync::{Arc, Mutex, PoisonError};

use roaring::RoaringBitmap;

/// The sets that were asked for last, by what they were asked for: each found once, as what it is found from never changes.
#[derive(Debug)]
pub(super) struct Recent<Asked, const MOST: usize>(Mutex<Vec<(Asked, Arc<RoaringBitmap>)>>);

impl<Asked, const MOST: usize> Default for Recent<Asked, MOST> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Asked: Clone + PartialEq, const MOST: usize> Recent<Asked, MOST> {
    pub(super) fn of(&self, asked: &Asked, find: impl FnOnce() -> RoaringBitmap) -> Arc<RoaringBitmap> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, members)) = kept.iter().find(|(known, _)| known == asked) {
            return members.clone();
        }
        let members = Arc::new(find());
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push((asked.clone(), members.clone()));
        members
    }
}
