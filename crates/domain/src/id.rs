//! Typed identifiers: a UUIDv7 behind a prefix that says what it names.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

use crate::rejection::{Code, Violation};

/// A kind of thing that has an id; the prefix is part of every id's text.
pub trait Named {
    /// Lower-case letters, given once and never changed: it stands in clients' databases.
    const PREFIX: &'static str;
    /// The word people use for it in messages, such as `key result`.
    const WORD: &'static str;
}

/// The id of a `T`, written `kr_01h455vb4pex5vsknk084sn02q`.
pub struct Id<T> {
    uuid: Uuid,
    of: PhantomData<fn() -> T>,
}

impl<T: Named> Id<T> {
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }

    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<T: Named> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&written(T::PREFIX, self.uuid), f)
    }
}

impl<T: Named> FromStr for Id<T> {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        match parts(text) {
            Some((prefix, uuid)) if prefix == T::PREFIX => Ok(Self::from_uuid(uuid)),
            _ => Err(Violation::new(
                Code::InvalidId,
                format!("`{text}` is not the id of a {}: it should look like `{}_01h455vb4pex5vsknk084sn02q`", T::WORD, T::PREFIX),
            )),
        }
    }
}

/// The text of an id whose kind is known only at run time.
pub fn written(prefix: &str, uuid: Uuid) -> String {
    match DynamicType::new(prefix) {
        Ok(tag) => TypeSafeId::from_type_and_uuid(tag, uuid).to_string(),
        Err(_) => uuid.to_string(),
    }
}

/// The prefix and the UUID of an id of any kind, or nothing where the text is not an id.
pub fn parts(text: &str) -> Option<(String, Uuid)> {
    // The parser cuts the prefix at byte 63, and panics where a letter of several bytes stands there.
    if !text.is_ascii() {
        return None;
    }
    let id: TypeSafeId<DynamicType> = text.parse().ok()?;
    Some((id.type_prefix().to_owned(), id.uuid()))
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<T: Named> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing;

    impl Named for Thing {
        const PREFIX: &'static str = "kr";
        const WORD: &'static str = "thing";
    }

    #[test]
    fn what_is_no_id_is_refused_whatever_its_letters() {
        assert_eq!(parts(&format!("{}é_", "a".repeat(62))), None);
    }

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = Id::<Thing>::from_uuid(Uuid::from_u128(0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881));

        assert_eq!(id.to_string(), "kr_01h2xcejqtf2nbrexx3vqjhp41");
        assert_eq!("kr_01h2xcejqtf2nbrexx3vqjhp41".parse::<Id<Thing>>(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused_with_the_form_it_should_have() {
        let refused = "obj_01h2xcejqtf2nbrexx3vqjhp41".parse::<Id<Thing>>().map_err(|violation| violation.detail);

        assert_eq!(
            refused,
            Err("`obj_01h2xcejqtf2nbrexx3vqjhp41` is not the id of a thing: it should look like `kr_01h455vb4pex5vsknk084sn02q`".to_owned())
        );
    }
}
