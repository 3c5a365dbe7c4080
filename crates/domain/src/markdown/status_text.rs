//! Words and signs for how far something is.

use super::guard;
use super::outline::{Progress, StatedStatus};

const WORDS: &[(&str, Progress)] = &[
    ("work in progress", Progress::InProgress),
    ("in progress", Progress::InProgress),
    ("in-progress", Progress::InProgress),
    ("inprogress", Progress::InProgress),
    ("wip", Progress::InProgress),
    ("ongoing", Progress::InProgress),
    ("started", Progress::InProgress),
    ("active", Progress::InProgress),
    ("doing", Progress::InProgress),
    ("partially achieved", Progress::InProgress),
    ("partially done", Progress::InProgress),
    ("partially complete", Progress::InProgress),
    ("partially completed", Progress::InProgress),
    ("partial", Progress::InProgress),
    ("not started", Progress::NotStarted),
    ("not yet started", Progress::NotStarted),
    ("planned", Progress::NotStarted),
    ("planning", Progress::NotStarted),
    ("pending", Progress::NotStarted),
    ("todo", Progress::NotStarted),
    ("to do", Progress::NotStarted),
    ("not done", Progress::Missed),
    ("not achieved", Progress::Missed),
    ("missed", Progress::Missed),
    ("failed", Progress::Missed),
    ("not met", Progress::Missed),
    ("incomplete", Progress::Missed),
    ("completed", Progress::Done),
    ("complete", Progress::Done),
    ("done", Progress::Done),
    ("finished", Progress::Done),
    ("achieved", Progress::Done),
    ("shipped", Progress::Done),
    ("met", Progress::Done),
    ("closed", Progress::Done),
    ("on track", Progress::OnTrack),
    ("on-track", Progress::OnTrack),
    ("ontrack", Progress::OnTrack),
    ("green", Progress::OnTrack),
    ("at risk", Progress::AtRisk),
    ("at-risk", Progress::AtRisk),
    ("yellow", Progress::AtRisk),
    ("amber", Progress::AtRisk),
    ("behind", Progress::AtRisk),
    ("delayed", Progress::AtRisk),
    ("off track", Progress::OffTrack),
    ("off-track", Progress::OffTrack),
    ("blocked", Progress::OffTrack),
    ("red", Progress::OffTrack),
    ("dropped", Progress::Dropped),
    ("cancelled", Progress::Dropped),
    ("canceled", Progress::Dropped),
    ("abandoned", Progress::Dropped),
    ("removed", Progress::Dropped),
    ("stopped", Progress::Dropped),
    ("deferred", Progress::Deferred),
    ("postponed", Progress::Deferred),
    ("parked", Progress::Deferred),
    ("on hold", Progress::Deferred),
    ("deprioritized", Progress::Deferred),
    ("de-prioritized", Progress::Deferred),
    ("not applicable", Progress::NotApplicable),
];

const SIGNS: &[(char, Progress)] = &[
    ('✅', Progress::Done),
    ('☑', Progress::Done),
    ('✔', Progress::Done),
    ('✓', Progress::Done),
    ('🎉', Progress::Done),
    ('❌', Progress::Missed),
    ('✗', Progress::Missed),
    ('✘', Progress::Missed),
    ('🟢', Progress::OnTrack),
    ('💚', Progress::OnTrack),
    ('🟡', Progress::AtRisk),
    ('🟠', Progress::AtRisk),
    ('⚠', Progress::AtRisk),
    ('💛', Progress::AtRisk),
    ('🔴', Progress::OffTrack),
    ('⛔', Progress::OffTrack),
    ('🚧', Progress::InProgress),
    ('⏳', Progress::InProgress),
    ('🔄', Progress::InProgress),
    ('🏃', Progress::InProgress),
    ('⚪', Progress::NotStarted),
    ('⬜', Progress::NotStarted),
    ('🚫', Progress::Dropped),
    ('⏸', Progress::Deferred),
];

/// The status that a whole text is or begins with, as a field states it: `ACHIEVED ✅`, `On track (mostly)`.
pub(super) fn status(text: &str) -> Option<StatedStatus> {
    let shown = guard::reveal(text).trim().to_owned();
    let words = shown.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let by_word = WORDS.iter().filter(|(word, _)| starts_with_word(&words, word)).max_by_key(|(word, _)| word.len());
    let by_sign = || SIGNS.iter().find(|(sign, _)| text.contains(*sign)).map(|(_, progress)| *progress);
    let progress = by_word.map(|(_, progress)| *progress).or_else(by_sign)?;
    Some(StatedStatus { text: shown, progress })
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A status before a title, and the title: `WIP Deliver ...`, `[DONE] ...`, `✅ ...`, `Dropped: ...`
pub(super) fn at_start(text: &str) -> Option<(StatedStatus, &str)> {
    let text = text.trim_start();
    if let Some(found) = sign(text.chars().next()?) {
        let rest = text.trim_start_matches(|c: char| sign(c).is_some() || c == '\u{fe0f}' || c == ' ');
        return Some((found, rest));
    }
    if let Some((inside, rest)) =
        text.strip_prefix('[').and_then(|text| text.split_once(']')).or_else(|| text.strip_prefix('(')?.split_once(')'))
    {
        return whole(inside).map(|status| (status, rest.trim_start_matches([':', ' ', '-', '–'])));
    }
    let lower = text.to_lowercase();
    let (word, progress) = WORDS.iter().filter(|(word, _)| starts_with_word(&lower, word)).max_by_key(|(word, _)| word.len())?;
    let (written, rest) = (text.get(..word.len())?, text.get(word.len()..)?);
    // `WIP Deliver` and `DONE: Deliver` state a status, `Done is better than perfect` does not.
    let is_shouted = written == "WIP" || written == "TODO" || written == "TO DO" || written == "DONE";
    let is_marked = rest.trim_start().starts_with([':', '-', '–', '—', '|']) && !rest.starts_with('-');
    let follows = rest.trim_start_matches([' ', ':', '-', '–', '—', '|']);
    let status = StatedStatus { text: written.to_owned(), progress: *progress };
    ((is_shouted || is_marked) && !follows.is_empty()).then_some((status, follows))
}

fn sign(c: char) -> Option<StatedStatus> {
    SIGNS.iter().find(|(sign, _)| *sign == c).map(|(sign, progress)| StatedStatus { text: sign.to_string(), progress: *progress })
}

/// The status that a whole text is and nothing more.
pub(super) fn whole(text: &str) -> Option<StatedStatus> {
    let bare = text.trim().trim_matches(['*', '_', '.', '!', ':', ' ']).to_lowercase();
    let found = WORDS.iter().find(|(word, _)| bare == *word).map(|(_, progress)| *progress);
    found.map(|progress| StatedStatus { text: text.trim().to_owned(), progress })
}

/// A status behind a title, and the title: `... - DONE`, `... (Dropped)`, `... ✅`.
pub(super) fn at_end(text: &str) -> Option<(StatedStatus, &str)> {
    let text = text.trim_end();
    if let Some(found) = text.trim_end_matches('\u{fe0f}').chars().next_back().and_then(sign) {
        let rest = text.trim_end_matches(|c: char| sign(c).is_some() || c == '\u{fe0f}' || c == ' ');
        return Some((found, without_dash(rest)));
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((before, inside)) = text.strip_suffix(close).and_then(|text| text.rsplit_once(open)) {
            return whole(inside).map(|status| (status, without_dash(before)));
        }
    }
    let (before, after) =
        [" - ", " – ", " — ", " | "].iter().filter_map(|dash| text.rsplit_once(dash)).min_by_key(|(_, after)| after.len())?;
    whole(after).map(|status| (status, before.trim_end()))
}

fn without_dash(text: &str) -> &str {
    text.trim_end().trim_end_matches(['-', '–', '—', '|']).trim_end()
}
