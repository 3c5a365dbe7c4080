//! The columns of a table, and what a row says in them.

use super::field::{self, Field};
use super::guard;
use super::inline::Plain;
use super::mark::{self, Mark};
use super::outline::{OutlinedKeyResult, StatedScore};
use super::{account, build, date_text, measure_state, score_text, shared_field, status_text};

/// Most columns that are looked at.
pub(super) const COLUMN_LIMIT: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Objective,
    KeyResult,
    /// A key result's id, or what kind of row it is.
    Mark,
    Field(Field),
    Final,
    Actual,
    Unknown,
}

pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<Plain>,
}

/// The cells of a row, without the pipes; an escaped pipe is text.
pub(super) fn cells(text: &str) -> Vec<String> {
    let inside = text.trim().strip_prefix('|').unwrap_or(text.trim());
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in inside.chars() {
        match c {
            '|' if !is_escaped => {
                if cells.len() > COLUMN_LIMIT {
                    break;
                }
                cells.push(String::new());
            }
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if inside.ends_with('|') && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

pub(super) fn columns(head: &[Plain]) -> Vec<Column> {
    head.iter().map(|cell| column(&guard::reveal(&cell.text).trim().to_lowercase())).collect()
}

pub(super) fn column(name: &str) -> Column {
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#');
    match name {
        "objective" | "objectives" | "objective (o)" | "objetivo" | "objectif" => Column::Objective,
        "key result"
        | "key results"
        | "kr"
        | "krs"
        | "key result (kr)"
        | "key results (krs)"
        | "measurable outcome"
        | "key results / metrics" => Column::KeyResult,
        "id" | "#" | "no" | "no." | "type" | "level" | "kr #" | "kr id" | "o/kr" | "item" => Column::Mark,
        "final" | "end-q" | "end q" | "final score" | "end of quarter" | "eoq" => Column::Final,
        "score" | "grade" | "rating" | "mid-q actual" | "mid q actual" => Column::Actual,
        "by when" | "when" | "by" | "due by" => Column::Field(Field::Due),
        "who" => Column::Field(Field::Owner),
        "progress" | "% complete" | "completion" | "% done" => Column::Field(Field::Progress),
        "how" | "how measured?" => Column::Field(Field::Measurement),
        _ => field::known(name).map_or(Column::Unknown, Column::Field),
    }
}

pub(super) fn is_delimiter(row: &Row) -> bool {
    row.cells.iter().all(|cell| cell.text.chars().all(|c| matches!(c, '-' | ':' | ' ')))
        && row.cells.iter().any(|cell| cell.text.contains('-'))
}

/// A bold first cell and nothing but scores beside it.
pub(super) fn is_group(row: &Row) -> bool {
    let Some((first, others)) = row.cells.split_first() else { return false };
    let is_stars = first.text.chars().all(|c| c == '*') && !first.text.is_empty();
    let is_alone = others.iter().all(|cell| cell.text.is_empty() || score_text::score(&cell.text).is_some());
    (first.is_bold() && is_alone) || is_stars
}

pub(super) fn has_marks(body: &[Row]) -> bool {
    body.iter().any(|row| row.cells.iter().take(2).any(|cell| matches!(mark::marked(&cell.text).mark, Mark::KeyResult(_))))
}

/// Names in brackets at the end of an objective's title: `(Alan, Steven)`.
pub(super) fn take_people(title: &mut String, people: &mut Vec<String>) {
    let Some((before, inside)) = title.strip_suffix(')').and_then(|text| text.rsplit_once('(')) else { return };
    let names: Vec<&str> = inside.split([',', '/', '&']).map(str::trim).collect();
    let is_name = |name: &&str| {
        name.starts_with(char::is_uppercase)
            && name.split_whitespace().count() <= 2
            && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '.')
    };
    if names.iter().all(is_name) {
        people.extend(names.into_iter().map(|name| name.trim_start_matches('@').to_owned()));
        *title = before.trim_end().to_owned();
    }
}

pub(super) fn fill(found: &mut OutlinedKeyResult, row: &Row, columns: &[Column]) {
    let mut actual: Option<StatedScore> = None;
    for (column, cell) in columns.iter().zip(&row.cells) {
        let shown = guard::reveal(&cell.text).trim().to_owned();
        if shown.is_empty() {
            continue;
        }
        found.links.extend(cell.links.iter().filter(|link| !found.links.contains(link)).cloned().collect::<Vec<_>>());
        match column {
            Column::Final => found.score = score_text::score(&shown).or(found.score.take()),
            Column::Actual => actual = score_text::score(&shown),
            Column::Field(Field::Owner) => {
                found.owner = Some(shown.trim_start_matches('@').to_owned());
                let names = shown.split([',', '/', '&']).map(|name| name.trim().trim_start_matches('@').to_owned());
                found.people.extend(names.filter(|name| !name.is_empty()));
            }
            Column::Field(Field::Priority) => found.priority = Some(shown),
            Column::Field(Field::Score | Field::Grade | Field::Progress) => {
                let stated = score_text::score(&shown);
                if stated.is_none() && !score_text::is_no_score(&shown) {
                    account::append(&mut found.notes, &shown);
                }
                found.score = stated.or(found.score.take());
            }
            Column::Field(Field::Status) => found.stated_status = status_text::status(&shown).or(found.stated_status.take()),
            Column::Field(Field::Confidence) => found.confidence = shared_field::confidence(&shown),
            Column::Field(Field::Start) if date_text::day(&shown, None).is_some() => found.start = date_text::day(&shown, None),
            Column::Field(Field::Due | Field::End) => found.due = date_text::day(&shown, None).or(found.due),
            Column::Field(Field::Measurement) => account::append(&mut found.measurement, &shown),
            // A start that is no day is where the way to the target begins.
            Column::Field(field @ (Field::Target | Field::Baseline | Field::Current | Field::Start)) => {
                let field = if *field == Field::Start { Field::Baseline } else { *field };
                if shown != found.title
                    && let Some(left) = measure_state::state(found, field, &shown)
                {
                    account::append(&mut found.notes, &left);
                }
            }
            Column::Field(Field::Result) => account::append(&mut found.result, &shown),
            Column::Field(Field::Note) => account::append(&mut found.notes, &shown),
            _ => {}
        }
    }
    found.score = found.score.take().or(actual);
    found.status = found.stated_status.as_ref().and_then(|status| build::key_result_status(status.progress)).or(found.status);
}
