//! Comparisons around a number: `at least`, `>`, `or more`.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast { strict: bool },
    AtMost { strict: bool },
}

pub(super) const MORE: &[(&str, bool)] = &[
    (">=", false),
    ("≥", false),
    ("=>", false),
    (">", true),
    ("at least", false),
    ("minimum of", false),
    ("a minimum", false),
    ("min", false),
    ("no less than", false),
    ("not less than", false),
    ("no fewer than", false),
    ("more than", true),
    ("over", true),
    ("above", true),
    ("exceeds", true),
    ("exceed", true),
    ("exceeding", true),
    ("greater than", true),
    ("higher than", true),
    ("mindestens", false),
    ("au moins", false),
    ("al menos", false),
    ("über", true),
];

pub(super) const LESS: &[(&str, bool)] = &[
    ("<=", false),
    ("≤", false),
    ("<", true),
    ("at most", false),
    ("maximum of", false),
    ("max", false),
    ("no more than", false),
    ("not more than", false),
    ("no longer than", false),
    ("up to", false),
    ("less than", true),
    ("fewer than", true),
    ("lower than", true),
    ("under", true),
    ("below", true),
    ("within", false),
    ("höchstens", false),
    ("unter", true),
];

/// The comparison that stands right before a number, and where it starts.
pub(super) fn bound_before(before: &str, at: usize) -> (Option<Bound>, usize) {
    let trimmed = before.trim_end().trim_end_matches(['$', '€', '£', '~', '+']).trim_end();
    let lower = trimmed.get(trimmed.char_indices().rev().nth(20).map_or(0, |(at, _)| at)..).unwrap_or_default().to_lowercase();
    let (more, less) = (longest(MORE, &lower), longest(LESS, &lower));
    let (word, bound) = match (more, less) {
        (Some((more, strict)), less) if less.is_none_or(|(less, _)| less.len() < more.len()) => (more, Bound::AtLeast { strict }),
        (_, Some((less, strict))) => (less, Bound::AtMost { strict }),
        _ => return (None, at),
    };
    (Some(bound), trimmed.len().saturating_sub(word.len()))
}

/// The longest of the words that a text ends with.
pub(super) fn longest(words: &'static [(&'static str, bool)], text: &str) -> Option<(&'static str, bool)> {
    let ends = |word: &str| {
        text.strip_suffix(word).is_some_and(|rest| !word.starts_with(char::is_alphabetic) || !rest.ends_with(char::is_alphanumeric))
    };
    words.iter().filter(|(word, _)| ends(word)).max_by_key(|(word, _)| word.len()).copied()
}

pub(super) fn bound_after(after: &str) -> Option<Bound> {
    let at_least = Bound::AtLeast { strict: false };
    if after.starts_with('+') {
        return Some(at_least);
    }
    let lower: String = after.trim_start().chars().take(14).collect::<String>().to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if starts(&["or more", "or higher", "or above", "or greater", "or better", "plus ", "이상"]) {
        return Some(at_least);
    }
    starts(&["or less", "or fewer", "or lower", "or below", "이내", "이하"]).then_some(Bound::AtMost { strict: false })
}
