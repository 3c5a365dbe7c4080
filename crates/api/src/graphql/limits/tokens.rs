//! One pass over the text before it is parsed: its size, its tokens, how deep its brackets nest.
//!
//! The parser recurses per bracket and reads a broken block string as several strings, so what is
//! counted here must be what it sees: strings that do not end are refused on the spot.

use std::iter::Peekable;
use std::str::CharIndices;

use async_graphql::parser::Pos;

use super::{Limits, Refusal};

pub(super) fn check(query: &str, limits: &Limits) -> Result<(), Refusal> {
    Refusal::unless("QUERY_TOO_LARGE", "bytes", limits.bytes, query.len() as u64)?;
    let mut scan = Scan { text: query, chars: query.char_indices().peekable() };
    let (mut tokens, mut directives, mut depth, mut deepest) = (0_u64, 0_u64, 0_u64, 0_u64);
    while let Some((at, character)) = scan.chars.next() {
        match character {
            ' ' | '\t' | ',' | '\n' | '\r' | '\u{feff}' => continue,
            '#' => {
                scan.skip_while(|next| next != '\n' && next != '\r');
                continue;
            }
            '{' | '[' | '(' => depth = depth.saturating_add(1),
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            '"' => scan.string(at)?,
            '@' => directives = directives.saturating_add(1),
            '.' => scan.skip_while(|next| next == '.'),
            '0'..='9' => scan.skip_while(|next| is_word(next) || next == '.'),
            first if is_word(first) => {
                let length = scan.skip_word().saturating_sub(at) as u64;
                Refusal::unless("NAME_TOO_LONG", "characters in one name", limits.name_length, length)?;
            }
            _ => {}
        }
        tokens = tokens.saturating_add(1);
        deepest = deepest.max(depth);
    }
    Refusal::unless("TOO_MANY_TOKENS", "tokens", limits.tokens, tokens)?;
    Refusal::unless("TOO_MANY_DIRECTIVES", "directives", limits.directives, directives)?;
    Refusal::unless("QUERY_TOO_DEEP", "levels of brackets", limits.brackets, deepest)
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

struct Scan<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl Scan<'_> {
    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.chars.next_if(|&(_, next)| wanted(next)).is_some() {}
    }

    fn skip_word(&mut self) -> usize {
        self.skip_while(is_word);
        self.chars.peek().map_or(self.text.len(), |&(at, _)| at)
    }

    fn rest(&self, from: usize) -> &str {
        self.text.get(from..).unwrap_or_default()
    }

    fn string(&mut self, start: usize) -> Result<(), Refusal> {
        let is_block = self.rest(start).starts_with("\"\"\"");
        let ended = if is_block { self.block_string() } else { self.plain_string() };
        if ended {
            return Ok(());
        }
        Err(Refusal::unreadable("a string is not closed", self.position(start)))
    }

    /// Called behind the first quote of the opening three.
    fn block_string(&mut self) -> bool {
        self.chars.next();
        self.chars.next();
        while let Some((at, character)) = self.chars.next() {
            let quotes = match character {
                '\\' if self.rest(at).starts_with("\\\"\"\"") => 3,
                '"' if self.rest(at).starts_with("\"\"\"") => 2,
                _ => continue,
            };
            for _ in 0..quotes {
                self.chars.next();
            }
            if character == '"' {
                return true;
            }
        }
        false
    }

    fn plain_string(&mut self) -> bool {
        while let Some((_, character)) = self.chars.next() {
            match character {
                '"' => return true,
                '\n' | '\r' => return false,
                '\\' => {
                    self.chars.next_if(|&(_, next)| next != '\n' && next != '\r');
                }
                _ => {}
            }
        }
        false
    }

    fn position(&self, at: usize) -> Pos {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.lines().count().max(1);
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count());
        Pos { line, column: column.saturating_add(1) }
    }
}
