//! Cursors: opaque, bound to their list and workspace, and not to be made by anyone else.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::page::Position;
use waymark_domain::text::TITLE_LIMIT;

/// Bytes of the code that shows who made a cursor.
const MAC_LENGTH: usize = 12;
const ID_LENGTH: usize = 16;
/// Most characters of a cursor: it holds at most a title, each character of which has up to four bytes.
pub(crate) const LONGEST: usize = (MAC_LENGTH + ID_LENGTH + 4 * TITLE_LIMIT) * 4 / 3 + 4;

/// Writes and reads cursors with a secret that all processes on one database share.
#[derive(Clone)]
pub(crate) struct Cursors {
    secret: Vec<u8>,
}

/// A list that cursors belong to: its name and everything that filters and sorts it.
#[derive(Clone, Debug)]
pub(crate) struct List {
    digest: [u8; 32],
}

impl List {
    pub(crate) fn new(scope: WorkspaceScope, name: &str, conditions: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(scope.workspace().uuid().as_bytes());
        digest.update(name.as_bytes());
        digest.update([0]);
        digest.update(conditions.as_bytes());
        Self { digest: digest.finalize().into() }
    }
}

impl Cursors {
    pub(crate) fn new(secret: Vec<u8>) -> Self {
        Self { secret }
    }

    pub(crate) fn write(&self, list: &List, position: &Position) -> String {
        let mut bytes = self.mac(list, position);
        bytes.extend_from_slice(position.id.as_bytes());
        bytes.extend_from_slice(position.sorted_by.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position, unless the cursor is of another list or not ours at all.
    pub(crate) fn read(&self, list: &List, cursor: &str) -> Option<Position> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (mac, rest) = bytes.split_at_checked(MAC_LENGTH)?;
        let (id, sorted_by) = rest.split_at_checked(ID_LENGTH)?;
        let position = Position { id: Uuid::from_slice(id).ok()?, sorted_by: String::from_utf8(sorted_by.to_vec()).ok()? };
        let expected = self.mac(list, &position);
        subtle::ConstantTimeEq::ct_eq(expected.as_slice(), mac).unwrap_u8().eq(&1).then_some(position)
    }

    fn mac(&self, list: &List, position: &Position) -> Vec<u8> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else { return Vec::new() };
        mac.update(&list.digest);
        mac.update(position.id.as_bytes());
        mac.update(position.sorted_by.as_bytes());
        mac.finalize().into_bytes().into_iter().take(MAC_LENGTH).collect()
    }
}

impl std::fmt::Debug for Cursors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cursors")
    }
}
