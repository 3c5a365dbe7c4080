//! The whole catalogue of a workspace: what is built in, then what is its own.

use uuid::{Builder, Uuid};

use super::{ActivityType, ActivityTypeFilter, ActivityTypeSort, BUILT_IN, BuiltIn, Need, Role};
use crate::activity_class::{Class, Knowledge};
use crate::id::Id;
use crate::page::{Page, Placed, Position, Slice, Sort};

/// One activity type of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    BuiltIn(&'static BuiltIn),
    Own(ActivityType),
}

impl BuiltIn {
    /// Follows from the key alone, so that it is the same in every workspace and every version.
    pub fn id(&self) -> Id<ActivityType> {
        const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        // FNV-1a in 128 bits; a UUID of version 8 holds whatever its maker likes.
        let hash = self.key.bytes().fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
        Id::from_uuid(Builder::from_custom_bytes(hash.to_be_bytes()).into_uuid())
    }

    pub fn with_id(id: Id<ActivityType>) -> Option<&'static Self> {
        BUILT_IN.iter().find(|built_in| built_in.id() == id)
    }
}

impl Entry {
    pub fn id(&self) -> Id<ActivityType> {
        match self {
            Self::BuiltIn(built_in) => built_in.id(),
            Self::Own(own) => own.id,
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::BuiltIn(built_in) => built_in.name,
            Self::Own(own) => &own.name,
        }
    }

    /// None where an event says nothing of what its member does in the community.
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::BuiltIn(built_in) => built_in.class,
            Self::Own(own) => Some(own.class),
        }
    }

    pub fn knowledge(&self) -> Option<Knowledge> {
        match self {
            Self::BuiltIn(built_in) => built_in.knowledge,
            Self::Own(own) => own.knowledge,
        }
    }

    pub fn role(&self) -> Role {
        match self {
            Self::BuiltIn(built_in) => built_in.role,
            Self::Own(_) => Role::Deed,
        }
    }

    /// Whether an event has to have a member, a parent and a value.
    pub fn needs(&self) -> (Need, Need, Need) {
        match self {
            Self::BuiltIn(built_in) => (built_in.member, built_in.parent, built_in.value),
            Self::Own(_) => (Need::Required, Need::Optional, Need::Optional),
        }
    }

    fn is_taken_by(&self, filter: &ActivityTypeFilter) -> bool {
        let ActivityTypeFilter { classes, built_in, updated_since } = filter;
        let is_of_class = classes.is_empty() || self.class().is_some_and(|class| classes.contains(&class));
        let is_since = updated_since.is_none_or(|instant| matches!(self, Self::Own(own) if own.stamp.updated_at >= instant));
        let is_built_in = matches!(self, Self::BuiltIn(_));
        is_of_class && is_since && built_in.is_none_or(|wanted| wanted == is_built_in)
    }

    /// What is built in was there before anything else, and never changes.
    fn position(&self, number: usize, sort: ActivityTypeSort) -> Position {
        let sorted_by = match (sort, self) {
            (ActivityTypeSort::Name, entry) => entry.name().to_owned(),
            (_, Self::BuiltIn(_)) => format!("{number:03}"),
            (ActivityTypeSort::CreatedAt, Self::Own(_)) => "own".to_owned(),
            (ActivityTypeSort::UpdatedAt, Self::Own(own)) => format!("own{:020}", own.stamp.updated_at.timestamp_micros()),
        };
        Position { sorted_by, id: self.id().uuid() }
    }
}

/// A page of the catalogue; `own` are all types of the workspace's own.
pub fn page(own: Vec<ActivityType>, filter: &ActivityTypeFilter, sort: Sort<ActivityTypeSort>, page: &Page) -> Slice<Entry> {
    let entries = BUILT_IN.iter().map(Entry::BuiltIn).chain(own.into_iter().map(Entry::Own));
    let placed = entries.enumerate().map(|(number, item)| Placed { at: item.position(number, sort.key), item });
    Slice::cut(placed.filter(|placed| placed.item.is_taken_by(filter)).collect(), sort.descending, page)
}

/// The entries with these ids among what is built in; the other ids may be of the workspace's own.
pub fn told_apart(ids: &[Id<ActivityType>]) -> (Vec<Entry>, Vec<Id<ActivityType>>) {
    let (mut built_in, mut others) = (Vec::new(), Vec::new());
    for id in ids {
        match BuiltIn::with_id(*id) {
            Some(found) => built_in.push(Entry::BuiltIn(found)),
            None => others.push(*id),
        }
    }
    (built_in, others)
}

/// Whether this is the id of something built in, whatever kind of thing it is thought to be of.
pub fn is_built_in(id: Uuid) -> bool {
    BuiltIn::with_id(Id::from_uuid(id)).is_some()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::{DateTime, Utc};

    use super::*;
    use crate::activity::ActivityTypeDraft;
    use crate::page::LIMIT;
    use crate::stamp::Stamp;

    fn own(number: u128, key: &str) -> ActivityType {
        let draft =
            ActivityTypeDraft { key: key.to_owned(), name: key.to_owned(), class: Class::Leadership, knowledge: None, external_id: None };
        ActivityType::new(Id::from_uuid(Uuid::from_u128(number)), Stamp::first(DateTime::<Utc>::UNIX_EPOCH), draft).unwrap()
    }

    fn keys(slice: &Slice<Entry>) -> Vec<String> {
        let key = |entry: &Entry| match entry {
            Entry::BuiltIn(built_in) => built_in.key.to_owned(),
            Entry::Own(own) => own.key.clone(),
        };
        slice.items.iter().map(|placed| key(&placed.item)).collect()
    }

    #[test]
    fn what_is_built_in_has_ids_and_keys_of_its_own() {
        let ids: HashSet<Id<ActivityType>> = BUILT_IN.iter().map(BuiltIn::id).collect();
        let keys: HashSet<&str> = BUILT_IN.iter().map(|built_in| built_in.key).collect();

        assert_eq!((ids.len(), keys.len()), (BUILT_IN.len(), BUILT_IN.len()));
        assert_eq!(BuiltIn::with_id(BUILT_IN[3].id()), Some(&BUILT_IN[3]));
        // It stands in clients' databases: another one would be another thing.
        assert_eq!(BuiltIn::of("visit").unwrap().id().to_string(), "act_6zxvhhqe43h57v10bfa43cm7fm");
    }

    #[test]
    fn the_catalogue_begins_with_what_is_built_in() {
        let sort = Sort { key: ActivityTypeSort::CreatedAt, descending: false };
        let all = page(vec![own(2, "b"), own(1, "a")], &ActivityTypeFilter::default(), sort, &Page::first(LIMIT));

        let expected: Vec<&str> = BUILT_IN.iter().map(|built_in| built_in.key).chain(["a", "b"]).collect();
        assert_eq!(keys(&all), expected);
    }

    #[test]
    fn a_filter_tells_what_is_built_in_from_what_is_not_and_classes_from_each_other() {
        let sort = Sort { key: ActivityTypeSort::Name, descending: true };
        let listed = |filter| keys(&page(vec![own(1, "a")], &filter, sort, &Page::first(LIMIT)));
        let leading = |built_in| ActivityTypeFilter { classes: vec![Class::Leadership], built_in, ..ActivityTypeFilter::default() };

        assert_eq!(listed(leading(Some(false))), ["a"]);
        assert_eq!(listed(leading(None)), ["a", "talk", "moderation", "mentoring_session", "event_organised"]);
        let since = ActivityTypeFilter { updated_since: Some(DateTime::<Utc>::UNIX_EPOCH), ..ActivityTypeFilter::default() };
        assert_eq!(listed(since), ["a"]);
    }
}
