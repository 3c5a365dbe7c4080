//! Tables: rows that are objectives and key results, or columns that hold them.

use super::evidence::Section;
use super::field::{self, Field};
use super::guard;
use super::inline::{self, Plain};
use super::mark::{self, Id, Mark, Marked};
use super::outline::{Became, OutlinedKeyResult, OutlinedLine, StatedScore};
use super::reader::{Reader, Role, Target};
use super::title;
use super::tree::{Form, Node};
use super::{apply, build, date_text, measure_text, score_text, status_text};

/// Most columns that are looked at.
const COLUMN_LIMIT: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Objective,
    KeyResult,
    /// A key result's id, or what kind of row it is.
    Mark,
    Field(Field),
    Final,
    Actual,
    Unknown,
}

struct Row {
    line: usize,
    cells: Vec<Plain>,
}

impl Reader<'_> {
    pub(super) fn table(&mut self, _index: usize, node: &Node, section: &Section) -> Role {
        let rows: Vec<Row> = std::iter::once(&node.line).chain(&node.more).filter_map(|line| self.row(*line)).collect();
        let Some((head, body)) = rows.split_first() else { return self.out(node, "an empty table") };
        let columns = columns(&head.cells);
        let explains = head.cells.iter().any(|cell| {
            matches!(cell.text.to_lowercase().as_str(), "definition" | "characteristics" | "example" | "meaning" | "description of term")
        });
        if explains {
            return self.other_table(node, &rows);
        }
        let is_okr_table = columns.contains(&Column::KeyResult) || self.is_grouped(&columns, body, section) || has_marks(body);
        if !is_okr_table || !self.evidence.is_about_okrs {
            return self.other_table(node, &rows);
        }
        self.row_note(head.line, Became::Heading, None, "the names of the columns");
        let mut last_objective = None;
        for row in body {
            if is_delimiter(row) {
                self.row_note(row.line, Became::Heading, None, "");
                continue;
            }
            last_objective = self.table_row(node, row, &columns, last_objective);
        }
        Role::Open
    }

    fn row(&self, line: usize) -> Option<Row> {
        let text = &self.lines.get(line)?.text;
        Some(Row { line, cells: cells(text).iter().map(|cell| inline::plain(cell.trim())).collect() })
    }

    /// A table such as people paste from a sheet: bold rows are objectives, with their key results below.
    fn is_grouped(&self, columns: &[Column], body: &[Row], section: &Section) -> bool {
        let has_columns =
            columns.iter().any(|column| matches!(column, Column::Field(Field::Owner | Field::Priority) | Column::Final | Column::Actual));
        let bold = body.iter().filter(|row| is_group(row)).count();
        has_columns && bold > 0 && section.is_data
    }

    fn other_table(&mut self, node: &Node, rows: &[Row]) -> Role {
        for row in rows {
            let field = row.cells.first().and_then(|cell| field::known(&cell.text));
            let value = row.cells.get(1).map(|cell| cell.text.clone()).unwrap_or_default();
            let above = self.above(node.parent);
            match (field, above) {
                (Some(Field::Cycle), None) if self.set_document_cycle(node, &value) => {
                    self.row_note(row.line, Became::Metadata, None, "the cycle")
                }
                _ => self.row_note(row.line, Became::Ignored, None, "a table without objectives or key results"),
            }
        }
        Role::Open
    }

    fn table_row(&mut self, node: &Node, row: &Row, columns: &[Column], last: Option<usize>) -> Option<usize> {
        let used = row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
        if used == 0 {
            self.row_note(row.line, Became::Blank, None, "");
            return last;
        }
        let row_node = |cell: &Plain, marked: Marked| Node {
            line: row.line,
            more: Vec::new(),
            form: Form::Table,
            parent: node.parent,
            heading: node.heading,
            plain: cell.clone(),
            marked,
            field: None,
            is_quoted: false,
            checked: None,
            ordinal: None,
        };
        let mut objective = last;
        let by_column = columns.contains(&Column::KeyResult);
        let title_at = columns.iter().position(|column| *column == Column::Objective);
        if let Some(cell) = title_at.and_then(|at| row.cells.get(at)).filter(|cell| by_column && !cell.text.is_empty()) {
            objective = self.objective_cell(&row_node(cell, mark::marked(&cell.text)), cell);
        }
        let key_result_at = columns.iter().position(|column| *column == Column::KeyResult).unwrap_or(0);
        let Some(cell) = row.cells.get(key_result_at) else {
            self.row_note(row.line, Became::Ignored, None, "a row without this column");
            return objective;
        };
        let (text, marked) = titled(row, key_result_at, columns);
        let row_node = row_node(cell, marked.clone());
        if !by_column && (is_group(row) || matches!(marked.mark, Mark::Objective(_))) {
            return self.objective_row(&row_node, row, &marked, &text);
        }
        let is_grouped =
            columns.iter().any(|column| matches!(column, Column::Field(Field::Owner | Field::Priority) | Column::Final | Column::Actual));
        if !by_column && !is_grouped && !matches!(marked.mark, Mark::KeyResult(_) | Mark::KeyResults(_)) {
            self.row_note(row.line, Became::Ignored, None, "a row without the mark of a key result");
            return objective;
        }
        if let Some(known) = self.known_key_result(&row_node, &marked, by_column) {
            self.row_note(row.line, Became::Ignored, Some(known), "refers to this key result");
            return objective;
        }
        let Some(objective) = objective.or_else(|| self.objective_of(&row_node, id_of(&marked).and_then(|id| id.objective))) else {
            self.ambiguous(&row_node, "a key result without an objective above it");
            return None;
        };
        if text.trim().is_empty() {
            let target = Target { objective, key_result: None };
            self.row_note(row.line, if by_column { Became::Objective } else { Became::Ignored }, Some(target), "no key result in this row");
            return Some(objective);
        }
        let line_break = guard::guarded('\n');
        for part in text.split(line_break).map(str::trim).filter(|part| !part.is_empty()) {
            let part = part.trim_start_matches(['-', '•', '*', ' ']);
            let inner = mark::marked(part);
            let (id, rest) = match (id_of(&marked), id_of(&inner)) {
                (_, Some(id)) => (Some(id), inner.rest.clone()),
                (Some(id), None) => (Some(id), part.to_owned()),
                (None, None) => (None, part.to_owned()),
            };
            let stated = title::title(&without_ordinal(&rest));
            let mut found = self.key_result_of(&row_node, objective, id, None, stated);
            fill(&mut found, row, columns);
            self.add_key_result(&row_node, objective, found);
        }
        Some(objective)
    }

    /// The key result with the id of this row, when the row only refers to it.
    fn known_key_result(&self, node: &Node, marked: &Marked, by_column: bool) -> Option<Target> {
        let Mark::KeyResult(id) = &marked.mark else { return None };
        let (objective, _) = self.current.filter(|_| !by_column)?;
        let found = self.outline.objectives.get(objective)?;
        let label = guard::reveal(&id.label);
        let earlier = found
            .key_results
            .iter()
            .take(100)
            .position(|known| known.label.as_deref() == Some(label.as_str()) && known.line < node.line)?;
        let is_same = marked.rest.is_empty() || id.objective.is_some();
        let has_text = node.plain.text.len() > id.label.len() + 2;
        (is_same && !has_text && id.objective.is_some()).then_some(Target { objective, key_result: Some(earlier) })
    }

    fn objective_cell(&mut self, node: &Node, cell: &Plain) -> Option<usize> {
        let title = title::title(&node.marked.rest).title;
        let repeats = |index: &usize| self.outline.objectives.get(*index).is_some_and(|found| found.title == title);
        if let Some(known) = (0..self.outline.objectives.len()).rev().take(20).find(repeats) {
            return Some(known);
        }
        let rest = if node.marked.rest.is_empty() { cell.text.clone() } else { node.marked.rest.clone() };
        self.new_objective(node, &rest)
    }

    fn objective_row(&mut self, node: &Node, row: &Row, marked: &Marked, text: &str) -> Option<usize> {
        let is_total = !text.chars().any(char::is_alphabetic);
        if is_total {
            self.row_note(row.line, Became::Score, None, "totals of the table");
            return None;
        }
        let title =
            if matches!(marked.mark, Mark::Objective(_)) && !marked.rest.is_empty() { marked.rest.clone() } else { text.to_owned() };
        let objective = self.new_objective(node, &without_ordinal(&title))?;
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        if let Some(found) = self.outline.objectives.get_mut(objective) {
            found.number = found.number.or(digits.parse().ok());
            take_people(&mut found.title, &mut found.people);
        }
        Some(objective)
    }

    fn new_objective(&mut self, node: &Node, rest: &str) -> Option<usize> {
        let id = id_of(&node.marked).filter(|_| matches!(node.marked.mark, Mark::Objective(_)));
        let index = self.roles.len();
        match self.objective(index, node, id, rest, None) {
            Role::Objective(objective) => Some(objective),
            _ => None,
        }
    }

    fn row_note(&mut self, line: usize, became: Became, target: Option<Target>, why: &str) {
        self.outline.lines.push(OutlinedLine {
            line: line + 1,
            became,
            objective: target.map(|target| target.objective),
            key_result: target.and_then(|target| target.key_result),
            note: Some(why.to_owned()).filter(|why| !why.is_empty()),
        });
    }
}

/// The cells of a row, without the pipes; an escaped pipe is text.
fn cells(text: &str) -> Vec<String> {
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

fn columns(head: &[Plain]) -> Vec<Column> {
    head.iter().map(|cell| column(&guard::reveal(&cell.text).trim().to_lowercase())).collect()
}

fn column(name: &str) -> Column {
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

fn is_delimiter(row: &Row) -> bool {
    row.cells.iter().all(|cell| cell.text.chars().all(|c| matches!(c, '-' | ':' | ' ')))
        && row.cells.iter().any(|cell| cell.text.contains('-'))
}

/// A bold first cell and nothing but scores beside it.
fn is_group(row: &Row) -> bool {
    let Some((first, others)) = row.cells.split_first() else { return false };
    let is_stars = first.text.chars().all(|c| c == '*') && !first.text.is_empty();
    let is_alone = others.iter().all(|cell| cell.text.is_empty() || score_text::score(&cell.text).is_some());
    (first.is_bold() && is_alone) || is_stars
}

fn has_marks(body: &[Row]) -> bool {
    body.iter().any(|row| row.cells.iter().take(2).any(|cell| matches!(mark::marked(&cell.text).mark, Mark::KeyResult(_))))
}

fn id_of(marked: &Marked) -> Option<Id> {
    match &marked.mark {
        Mark::Objective(id) | Mark::KeyResult(id) => Some(id.clone()),
        _ => None,
    }
}

/// The text of a row's title and its mark, which may stand in a cell of its own before the title.
fn titled(row: &Row, at: usize, columns: &[Column]) -> (String, Marked) {
    let cell = row.cells.get(at).map(|cell| cell.text.clone()).unwrap_or_default();
    let marked = mark::marked(&cell);
    let is_label = matches!(marked.mark, Mark::Objectives | Mark::KeyResults(_));
    let is_bare = is_label || id_of(&marked).is_some() && marked.rest.is_empty();
    if is_bare {
        let is_text = |index: usize| {
            !matches!(
                columns.get(index),
                Some(Column::Field(Field::Owner | Field::Status | Field::Due)) | Some(Column::Final | Column::Actual)
            )
        };
        let next = (at + 1..row.cells.len())
            .find(|index| is_text(*index) && row.cells.get(*index).is_some_and(|cell| cell.text.chars().any(char::is_alphabetic)));
        let text = next.and_then(|index| row.cells.get(index)).map(|cell| cell.text.clone()).unwrap_or_default();
        return (text, marked);
    }
    if let Some(mark_cell) = columns.iter().position(|column| *column == Column::Mark).and_then(|at| row.cells.get(at)) {
        let by_mark = mark::marked(&mark_cell.text);
        if id_of(&by_mark).is_some() && id_of(&marked).is_none() {
            return (cell, Marked { rest: String::new(), ..by_mark });
        }
    }
    let text = if id_of(&marked).is_some() { marked.rest.clone() } else { cell };
    (text, marked)
}

/// `1 Ship it` and `1. Ship it` without the number.
fn without_ordinal(text: &str) -> String {
    let trimmed = text.trim_start();
    let digits = trimmed.chars().take_while(char::is_ascii_digit).count();
    let rest = trimmed.get(digits..).unwrap_or_default();
    let is_ordinal = (1..=2).contains(&digits)
        && (rest.starts_with(". ") || rest.starts_with(") ") || rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase));
    if is_ordinal { rest.trim_start_matches(['.', ')', ' ']).to_owned() } else { trimmed.to_owned() }
}

/// Names in brackets at the end of an objective's title: `(Alan, Steven)`.
fn take_people(title: &mut String, people: &mut Vec<String>) {
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

fn fill(found: &mut OutlinedKeyResult, row: &Row, columns: &[Column]) {
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
                    build::append(&mut found.notes, &shown);
                }
                found.score = stated.or(found.score.take());
            }
            Column::Field(Field::Status) => found.stated_status = status_text::status(&shown).or(found.stated_status.take()),
            Column::Field(Field::Confidence) => found.confidence = apply::confidence(&shown),
            Column::Field(Field::Due | Field::End) => found.due = date_text::day(&shown, None).or(found.due),
            Column::Field(Field::Measurement) => build::append(&mut found.measurement, &shown),
            Column::Field(field @ (Field::Target | Field::Baseline | Field::Current)) => {
                if shown != found.title
                    && let Some(left) = measure_text::state(found, *field, &shown)
                {
                    build::append(&mut found.notes, &left);
                }
            }
            Column::Field(Field::Result) => build::append(&mut found.result, &shown),
            Column::Field(Field::Note) => build::append(&mut found.notes, &shown),
            _ => {}
        }
    }
    found.score = found.score.take().or(actual);
    found.status = found.stated_status.as_ref().and_then(|status| build::key_result_status(status.progress)).or(found.status);
}
