//! Addresses: `2026-Q4.devrel.O1-KR2`, which people write in documents and which never change meaning.

use std::fmt;
use std::str::FromStr;

use crate::rejection::{Code, Violation};
use crate::text;

/// A number within a team and cycle: of an objective, or of one of its key results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    pub objective: u32,
    pub key_result: Option<u32>,
}

impl Number {
    pub const fn objective(objective: u32) -> Self {
        Self { objective, key_result: None }
    }

    pub const fn key_result(objective: u32, key_result: u32) -> Self {
        Self { objective, key_result: Some(key_result) }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key_result {
            Some(key_result) => write!(f, "O{}-KR{key_result}", self.objective),
            None => write!(f, "O{}", self.objective),
        }
    }
}

impl FromStr for Number {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        let refused = || Violation::new(Code::InvalidId, format!("`{text}` is not a number such as `O1` or `O1-KR2`"));
        let (objective, key_result) = match text.split_once('-') {
            Some((objective, key_result)) => (objective, Some(key_result)),
            None => (text, None),
        };
        let objective = counted(objective, "O").ok_or_else(refused)?;
        match key_result {
            Some(key_result) => Ok(Self::key_result(objective, counted(key_result, "KR").ok_or_else(refused)?)),
            None => Ok(Self::objective(objective)),
        }
    }
}

fn counted(text: &str, letters: &str) -> Option<u32> {
    let digits = text.strip_prefix(letters)?;
    let is_plain = digits.chars().all(|c| c.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| is_plain)
}

/// Where an objective or key result stands, or once stood.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    pub cycle: String,
    pub team: String,
    pub number: Number,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.cycle, self.team, self.number)
    }
}

impl FromStr for Address {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        let mut parts = text.split('.');
        let (Some(cycle), Some(team), Some(number), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(Violation::new(Code::InvalidId, format!("`{text}` is not an address such as `2026-Q4.devrel.O1-KR2`")));
        };
        Ok(Self { cycle: text::key(cycle)?, team: text::key(team)?, number: number.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_being_written_and_read() {
        for text in ["2026-Q4.devrel.O1-KR2", "CY19-Q4.VP-Eng.O12"] {
            assert_eq!(text.parse::<Address>().map(|address| address.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_refused() {
        for text in [
            "",
            "O1-KR2",
            "2026-Q4.devrel",
            "a.b.O0",
            "a.b.O01",
            "a.b.O1-KR",
            "a.b.c.O1",
            "a.b.O1-KR2-KR3",
            "a.b.o1",
            "a.b\u{0}.O1",
            ".b.O1",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }
}
