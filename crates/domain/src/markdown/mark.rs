//! What a line says it is: `Objective 1:`, `KR 1.1`, `O1-KR2`, `[Key Result]`, `CEO KR:`, `Key Results`.

/// The numbers and the wording of an id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Id {
    /// As written: `KR 1.1`.
    pub(super) label: String,
    pub(super) objective: Option<u32>,
    pub(super) key_result: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    #[default]
    None,
    Objective(Id),
    KeyResult(Id),
    /// A label over a list of objectives.
    Objectives,
    /// A label over a list of key results, with the number of their objective where it has one.
    KeyResults(Option<u32>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) mark: Mark,
    /// Of `VP Eng KR: ...` the `VP Eng`.
    pub(super) owner: Option<String>,
    /// What may be an owner: of `VP Eng: ...` the `VP Eng`. It is still part of the rest.
    pub(super) prefix: Option<String>,
    pub(super) rest: String,
}

const OBJECTIVE_WORDS: &[&str] = &["objective", "objectif", "objetivo", "obj", "okr", "goal", "zielsetzung", "목표", "目标"];
const OBJECTIVES_WORDS: &[&str] = &["objectives", "our objectives", "objectifs", "objetivos", "ziele", "okrs", "目标", "목표"];
const KEY_RESULT_WORDS: &[&str] = &[
    "key result",
    "keyresult",
    "kr",
    "résultat clé",
    "résultat-clé",
    "resultado clave",
    "resultado-chave",
    "schlüsselergebnis",
    "schlüsselresultat",
    "핵심 결과",
    "关键结果",
    "关键成果",
];
const KEY_RESULTS_WORDS: &[&str] = &[
    "key results",
    "keyresults",
    "krs",
    "kr",
    "kr's",
    "key result(s)",
    "key results (krs)",
    "measurable key results",
    "résultats clés",
    "resultados clave",
    "resultados-chave",
    "schlüsselergebnisse",
    "schlüsselresultate",
    "핵심 결과",
    "key metrics",
    "关键结果",
];

/// Reads the marks at the start of a guarded line.
pub(super) fn marked(text: &str) -> Marked {
    let bare = undecorated(text);
    if let Some(mark) = label(bare) {
        return Marked { mark, ..Marked::default() };
    }
    if let Some((mark, rest)) = bracketed(bare).or_else(|| id(bare)) {
        let (owner, rest) = parenthesised_owner(rest);
        return Marked { mark, owner, prefix: None, rest: tidy(rest).to_owned() };
    }
    owned(bare).unwrap_or_else(|| Marked { rest: text.trim().to_owned(), ..Marked::default() })
}

/// The text without emoji and other ornaments before it.
pub(super) fn undecorated(text: &str) -> &str {
    text.trim_start_matches(|c: char| is_ornament(c) || c.is_whitespace())
}

pub(super) fn is_ornament(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF | 0xFE0F | 0x200D | 0x20E3 | 0x3030 | 0xE0020..=0xE007F)
        && !matches!(c, '≥' | '≤' | '≠' | '≈' | '→' | '−' | '⟶' | '➡' | '➔' | '∞' | '√' | '∑')
}

/// The prefix of the text that equals `word` in any case, as a length in bytes.
fn starts_with(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for expected in word.chars() {
        let (_, c) = rest.next()?;
        if !c.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    Some(rest.next().map_or(text.len(), |(at, _)| at))
}

fn label(text: &str) -> Option<Mark> {
    let without_ordinal = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let words = without_ordinal.trim().trim_end_matches([':', '：', '.']).trim().to_lowercase();
    if words.chars().count() > 60 {
        return None;
    }
    let (head, inside) = words.split_once(" (").map_or((words.as_str(), ""), |(head, inside)| (head.trim(), inside.trim_end_matches(')')));
    if KEY_RESULTS_WORDS.contains(&head) || KEY_RESULTS_WORDS.contains(&words.as_str()) || inside == "key results" {
        return Some(Mark::KeyResults(None));
    }
    if OBJECTIVES_WORDS.contains(&head) && head != "okrs" {
        return Some(Mark::Objectives);
    }
    for word in ["key results for ", "key results of ", "krs for ", "krs of ", "key results - ", "key results: "] {
        if let Some((Mark::Objective(id), rest)) = words.strip_prefix(word).and_then(id_in_any_case)
            && rest.is_empty()
        {
            return Some(Mark::KeyResults(id.objective));
        }
    }
    let of_objective = words.strip_suffix("key results").or_else(|| words.strip_suffix("krs"))?;
    match id_in_any_case(of_objective.trim_end_matches([' ', '-', '–', '—', ':'])) {
        Some((Mark::Objective(id), rest)) if rest.is_empty() => Some(Mark::KeyResults(id.objective)),
        _ => None,
    }
}

fn id_in_any_case(words: &str) -> Option<(Mark, String)> {
    let upper = words.trim().replacen('o', "O", usize::from(words.trim().len() <= 3));
    id(&upper).map(|(mark, rest)| (mark, tidy(rest).to_owned()))
}

/// `[Objective] ...`, `[KR 1]: ...`, `(KR2) ...`, `[O1] ...`
fn bracketed(text: &str) -> Option<(Mark, &str)> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let (inside, rest) = text.get(1..)?.split_once(close)?;
    if inside.len() > 30 {
        return None;
    }
    let (mark, after) = id(inside.trim()).or_else(|| id(&format!("{}:", inside.trim())).map(|(mark, _)| (mark, "")))?;
    after.is_empty().then_some((mark, rest))
}

/// An id with its numbers, and the rest behind it: separated by punctuation, or by a space where it has a number.
fn id(text: &str) -> Option<(Mark, &str)> {
    if let Some(found) = short_objective(text) {
        return Some(found);
    }
    let key_result = KEY_RESULT_WORDS.iter().find_map(|word| starts_with(text, word).map(|length| (length, true)));
    let (length, is_key_result) =
        key_result.or_else(|| OBJECTIVE_WORDS.iter().find_map(|word| starts_with(text, word).map(|length| (length, false))))?;
    let word = text.get(..length)?;
    let (numbers, rest) = numbers(text.get(length..)?);
    let needs_number = matches!(word.to_lowercase().as_str(), "okr" | "goal");
    if numbers.is_empty() && needs_number || !separated(rest, !numbers.is_empty()) {
        return None;
    }
    let label = text.get(..text.len() - rest.len())?.trim().to_owned();
    let first = numbers.first().copied();
    if is_key_result {
        let (objective, key_result) = if numbers.len() > 1 { (first, numbers.last().copied()) } else { (None, first) };
        return Some((Mark::KeyResult(Id { label, objective, key_result }), rest));
    }
    Some((Mark::Objective(Id { label, objective: first, key_result: None }), rest))
}

/// `O1`, `O1-KR2`, `O1.KR2`, `O1KR2`: the letter alone says nothing without its digits.
fn short_objective(text: &str) -> Option<(Mark, &str)> {
    let after = text.strip_prefix('O')?;
    let (objective, rest) =
        digits(after.strip_prefix(' ').filter(|rest| rest.len() < after.len() && !rest.starts_with(' ')).unwrap_or(after))?;
    let joined = rest.trim_start_matches(['-', '.', '_', '/', ' ', ':']);
    let of_key_result =
        starts_with(joined, "kr").and_then(|length| joined.get(length..)).map(|rest| rest.trim_start_matches(['-', '.', ' ']));
    if let Some((key_result, after)) = of_key_result.and_then(digits)
        && separated(after, true)
    {
        let label = text.get(..text.len() - after.len())?.trim().to_owned();
        return Some((Mark::KeyResult(Id { label, objective: Some(objective), key_result: Some(key_result) }), after));
    }
    if !separated(rest, true) {
        return None;
    }
    let label = text.get(..text.len() - rest.len())?.to_owned();
    Some((Mark::Objective(Id { label, objective: Some(objective), key_result: None }), rest))
}

fn digits(text: &str) -> Option<(u32, &str)> {
    let length = text.chars().take_while(char::is_ascii_digit).count();
    let number = text.get(..length)?.parse().ok().filter(|number| *number < 10_000)?;
    Some((number, text.get(length..)?))
}

/// The numbers behind a word: ` 1`, `#2`, ` 1.2`, `-3`, ` A`.
fn numbers(text: &str) -> (Vec<u32>, &str) {
    let start = text.trim_start_matches([' ', '#', '-', '.', '_', '№']);
    let mut found = Vec::new();
    let mut rest = start;
    while let Some((number, after)) = digits(rest) {
        found.push(number);
        rest = after;
        match after.strip_prefix(['.', '-']).filter(|next| next.starts_with(|c: char| c.is_ascii_digit())) {
            Some(next) if found.len() < 3 => rest = next,
            _ => break,
        }
    }
    if found.is_empty() {
        let letter = start.chars().next().filter(char::is_ascii_uppercase).filter(|_| text.starts_with([' ', '#']));
        let after = start.get(1..).unwrap_or_default();
        let place = letter.and_then(|letter| u32::from(letter).checked_sub(u32::from('A'))).map(|place| place + 1);
        if let Some(place) = place
            && after.trim_start().starts_with([':', '.', ')', '-', '–', '—'])
        {
            return (vec![place], after);
        }
        return (found, text);
    }
    (found, rest)
}

/// Words that go on with a sentence about an id: `O1 is the one that matters`.
const TALK: &[&str] = &[
    "is", "are", "was", "were", "becomes", "has", "and", "or", "should", "will", "can", "depends", "depend", "needs", "through", "because",
];

fn separated(rest: &str, has_number: bool) -> bool {
    let trimmed = rest.trim_start();
    let punctuated = trimmed.is_empty()
        || trimmed.starts_with([':', '：', '-', '–', '—', '|', ']', ')', '(', '=', '\u{2192}'])
        || rest.starts_with(". ");
    let talks = rest.starts_with(' ') && TALK.iter().any(|word| super::words::strip_word(trimmed, word).is_some());
    match has_number {
        true if talks => false,
        true => punctuated || rest.starts_with([' ', '.', ',']) || rest.starts_with(|c: char| u32::from(c) > 0x2E80),
        // A hyphen glued to the word is part of it: `KR-driven`.
        false => punctuated && (!rest.starts_with('-') || rest.starts_with("- ")),
    }
}

/// The rest behind an id without the punctuation that separates them.
fn tidy(rest: &str) -> &str {
    let rest = rest.trim_start().trim_start_matches([':', '：', '-', '–', '—', '.', '|', ']']).trim();
    rest.strip_prefix(": ").unwrap_or(rest)
}

/// `KR 1 (Jane): ...`: who stands in brackets between an id and its colon.
fn parenthesised_owner(rest: &str) -> (Option<String>, &str) {
    let Some((inside, after)) = rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')) else { return (None, rest) };
    let is_name = inside.len() <= 60 && !inside.chars().any(|c| c.is_ascii_digit() || matches!(c, '[' | '%'));
    if is_name && after.trim_start().starts_with([':', '-', '–', '—']) && !inside.trim().is_empty() {
        return (Some(inside.trim().to_owned()), after);
    }
    (None, rest)
}

/// `CEO KR: ...`, `Team O1: ...`, and `VP Eng: ...` as a guess.
fn owned(text: &str) -> Option<Marked> {
    let (before, after) = text.split_once(':')?;
    let before = before.trim();
    if before.len() > 80 || after.starts_with("//") || before.is_empty() {
        return None;
    }
    let starts: Vec<usize> = before.match_indices(' ').map(|(at, _)| at + 1).collect();
    for start in starts {
        let (Some(owner), Some(word)) = (before.get(..start), before.get(start..)) else { continue };
        let mark = match id(word) {
            Some((Mark::Objective(found), rest)) if rest.is_empty() && found.label.chars().any(|c| c.is_ascii_digit()) => {
                Mark::Objective(found)
            }
            Some((Mark::KeyResult(found), "")) => Mark::KeyResult(found),
            // Between an owner and a colon the letter needs no digits.
            None if word == "O" => Mark::Objective(Id { label: word.to_owned(), ..Id::default() }),
            _ => continue,
        };
        if is_name(owner.trim()) {
            let owner = owner.trim().trim_end_matches(['-', '–', '—']).trim().to_owned();
            return Some(Marked { mark, owner: Some(owner), prefix: None, rest: after.trim().to_owned() });
        }
    }
    let is_owner = is_name(before) && after.starts_with(' ') && !after.trim().is_empty();
    is_owner.then(|| Marked { prefix: Some(before.to_owned()), rest: text.trim().to_owned(), ..Marked::default() })
}

/// At most five words, the first capitalised, perhaps with brackets behind: `Sales (Closing Deals)`.
fn is_name(text: &str) -> bool {
    let outside = text.split('(').next().unwrap_or_default();
    let words = outside.split_whitespace().count();
    let is_plain =
        text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '(' | ')' | '&' | '/' | '-' | '.' | ',' | '\'' | '@' | '+'));
    (1..=5).contains(&words) && is_plain && text.starts_with(|c: char| c.is_uppercase() || c == '@')
}
