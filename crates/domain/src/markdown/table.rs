//! Tables: rows that are objectives and key results, or columns that hold them.

use super::columns::{Column, Row, cells, columns, fill, has_marks, is_delimiter, is_group, take_people};
use super::evidence::Section;
use super::field::{self, Field};
use super::guard;
use super::inline::{self, Plain};
use super::mark::{self, Id, Mark, Marked};

use super::reader::{Reader, Role, Target};
use super::report::{Became, OutlinedLine};
use super::title;
use super::tree::{Form, Node};

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
