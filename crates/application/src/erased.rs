//! What is left of the names of erased people: keyed hashes, by which they are known again and which tell nothing.

use std::collections::{BTreeSet, HashSet};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use waymark_domain::identity::{self, Account, IdentityType};
use waymark_domain::platform::Platform;
use waymark_domain::rejection::{Code, Violation};
use waymark_persistence::Transaction;

use crate::error::Result;

/// What a person is known by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Name<'a> {
    /// An account, on the platform with this key: a platform that is made anew has another id.
    Account { platform: &'a str, kind: IdentityType, value: &'a str },
    /// The id that the caller's own system gives them.
    ExternalId(&'a str),
}

impl<'a> Name<'a> {
    pub(crate) fn of(platform: &'a Platform, account: &'a Account) -> Self {
        Self::Account { platform: &platform.key, kind: account.kind, value: &account.value }
    }
}

/// The secret of a workspace, without which nobody makes its hashes.
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    /// None where nobody was ever erased.
    async fn known(tx: &Transaction) -> Result<Option<Self>> {
        Ok(tx.secret(&secret_name(tx)).await?.and_then(|secret| Self::new(&secret)))
    }

    /// Made where there is none. Whoever asks has the turn.
    pub(crate) async fn made(tx: &Transaction) -> Result<Option<Self>> {
        Ok(Self::new(&tx.secret_or(&secret_name(tx), rand::random()).await?))
    }

    /// A key of any length will do.
    fn new(secret: &[u8]) -> Option<Self> {
        Hmac::new_from_slice(secret).ok().map(Self)
    }

    /// No part of an account holds U+0000, so that no two names are written alike.
    pub(crate) fn hash(&self, name: Name<'_>) -> Vec<u8> {
        let mac = match name {
            Name::Account { platform, kind, value } => {
                let folded = identity::folded(value);
                let parts = ["account", platform, kind.into(), &folded];
                parts.into_iter().fold(self.0.clone(), |mac, part| mac.chain_update(part).chain_update([0]))
            }
            Name::ExternalId(id) => self.0.clone().chain_update("external id").chain_update([0]).chain_update(id),
        };
        mac.finalize().into_bytes().to_vec()
    }
}

fn secret_name(tx: &Transaction) -> String {
    format!("erased names of {}", tx.scope().workspace())
}

/// The places of those names that belonged to erased people; at most two queries for each thousand. Whoever asks has the
/// turn, so that nobody is erased in between.
pub(crate) async fn among(tx: &Transaction, names: Vec<(usize, Name<'_>)>) -> Result<BTreeSet<usize>> {
    if names.is_empty() {
        return Ok(BTreeSet::new());
    }
    let Some(key) = Key::known(tx).await? else { return Ok(BTreeSet::new()) };
    let hashes: Vec<(usize, Vec<u8>)> = names.into_iter().map(|(place, name)| (place, key.hash(name))).collect();
    let distinct: HashSet<Vec<u8>> = hashes.iter().map(|(_, hash)| hash.clone()).collect();
    let erased = tx.erased_among(tx.scope(), &distinct.into_iter().collect::<Vec<_>>()).await?;
    Ok(hashes.into_iter().filter(|(_, hash)| erased.contains(hash)).map(|(place, _)| place).collect())
}

/// The name is not repeated: a refusal may be written down where names of people should not be.
pub(crate) fn refused() -> Violation {
    let detail = "it belonged to somebody who was erased: leave it out, or lift the erasure where they have agreed to come back";
    Violation::new(Code::Erased, detail)
}
