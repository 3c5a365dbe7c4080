//! Batches: what became of each item, in the order in which they were sent.

use waymark_domain::id::{Id, Named};
use waymark_domain::rejection::{Check, Rejection};

use crate::app::accepted;
use crate::error::Result;
use crate::ingest::Outcome;

/// What became of something that was sent.
#[derive(Clone, Debug)]
pub struct Item<T: Named> {
    /// None where it was refused.
    pub id: Option<Id<T>>,
    pub outcome: Outcome,
}

/// The items of a batch by their places; what is right is not known to be new before it is settled.
pub(crate) struct Items<T: Named>(Vec<Option<Item<T>>>);

impl<T: Named> Items<T> {
    pub(crate) fn new(count: usize) -> Self {
        Self(std::iter::repeat_with(|| None).take(count).collect())
    }

    pub(crate) fn settle(&mut self, place: usize, id: Id<T>, outcome: Outcome) {
        self.put(place, Item { id: Some(id), outcome });
    }

    pub(crate) fn refuse(&mut self, place: usize, rejection: Rejection) {
        self.put(place, Item { id: None, outcome: Outcome::Rejected(rejection) });
    }

    fn put(&mut self, place: usize, item: Item<T>) {
        if let Some(slot) = self.0.get_mut(place) {
            *slot = Some(item);
        }
    }

    /// Refuses the whole batch for what is wrong with any item.
    pub(crate) fn refuse_all(&self) -> Result<()> {
        let mut check = Check::new();
        for (place, item) in self.0.iter().enumerate() {
            if let Some(Item { outcome: Outcome::Rejected(rejection), .. }) = item {
                for violation in rejection.violations() {
                    check.field::<()>(&place.to_string(), Err(violation.clone()));
                }
            }
        }
        accepted(check, Some(()))
    }

    pub(crate) fn settled(self) -> Vec<Item<T>> {
        self.0.into_iter().flatten().collect()
    }
}
