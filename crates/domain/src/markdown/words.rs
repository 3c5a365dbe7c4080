//! Words of a text with their places, for the rules that look at what stands next to a number.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) lower: String,
    /// Bytes from the start of the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Runs of letters and digits.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    split(text, |c| c.is_alphanumeric())
}

/// Runs of anything but white space.
pub(super) fn chunks(text: &str) -> Vec<Word<'_>> {
    split(text, |c| !c.is_whitespace())
}

fn split(text: &str, is_inside: impl Fn(char) -> bool) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (start, at < text.len() && is_inside(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = text.get(from..at).unwrap_or_default();
                found.push(Word { text: word, lower: word.to_lowercase(), start: from, end: at });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The same letters at the start, in any case; the rest behind them.
pub(super) fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    let rest = text.get(word.len()..)?;
    let ends = !rest.starts_with(char::is_alphanumeric);
    (head.eq_ignore_ascii_case(word) && ends).then_some(rest)
}
