//! The secret of a token: random, shown once, and kept as a hash.

use std::fmt;

use rand::distr::{Alphanumeric, SampleString};
use sha2::{Digest, Sha256};
use waymark_domain::token::TOKEN_PREFIX;

/// Letters and digits of a secret: 43 of 62 hold more than 256 bits.
const SECRET_LENGTH: usize = 43;
/// Letters of the checksum, so that a mistyped token is told from a revoked one without the database.
const CHECK_LENGTH: usize = 6;

/// The text of a token, shown once. Its `Debug` tells nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn random() -> Self {
        let body = Alphanumeric.sample_string(&mut rand::rng(), SECRET_LENGTH);
        let check = checksum(&body);
        Self(format!("{TOKEN_PREFIX}{body}{check}"))
    }

    /// The text, where it has the form of a token.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(TOKEN_PREFIX)?;
        let (body, check) = rest.split_at_checked(SECRET_LENGTH)?;
        (checksum(body) == check).then(|| Self(text.to_owned()))
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// To be printed once, and never logged.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn checksum(body: &str) -> String {
    let digest = Sha256::digest(format!("{TOKEN_PREFIX}{body}").as_bytes());
    digest.iter().take(CHECK_LENGTH).map(|byte| char::from(b'a' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_back_and_a_mistyped_one_is_not() {
        let secret = Secret::random();
        let mistyped = secret.reveal().replacen(&secret.reveal()[4..5], "_", 1);

        assert_eq!(Secret::parse(secret.reveal()), Some(secret.clone()));
        assert_eq!(Secret::parse(&mistyped), None);
    }

    #[test]
    fn a_secret_does_not_show_where_it_is_debugged() {
        assert_eq!(format!("{:?}", Secret::random()), "Secret(…)");
    }
}
