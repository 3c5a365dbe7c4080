//! Which line stands below which: headings by level, items and paragraphs by indentation.

use super::field::{self, Field};
use super::inline::{self, Plain};
use super::mark::{Mark, Marked, marked};
use super::scan::{Line, NESTING_LIMIT, Shape};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Heading(usize),
    Item,
    Paragraph,
    Table,
}

#[derive(Debug)]
pub(super) struct Node {
    /// The index of its first line.
    pub(super) line: usize,
    /// The indexes of the lines that go on with it: wrapped text, or the rows of a table.
    pub(super) more: Vec<usize>,
    pub(super) form: Form,
    pub(super) parent: Option<usize>,
    /// The heading it stands under; its own parent for a heading.
    pub(super) heading: Option<usize>,
    pub(super) plain: Plain,
    pub(super) marked: Marked,
    pub(super) field: Option<Field>,
    pub(super) is_quoted: bool,
    pub(super) checked: Option<bool>,
    pub(super) ordinal: Option<String>,
}

#[derive(Default)]
struct Assembly {
    nodes: Vec<Node>,
    headings: Vec<(usize, usize)>,
    stack: Vec<Open>,
    /// The node that the next line may go on with, and its text so far.
    open_text: Option<usize>,
    texts: Vec<String>,
    table: Option<usize>,
    uses_owners: bool,
    quotes: usize,
}

/// A node that may still get children.
#[derive(Clone, Copy)]
struct Open {
    node: usize,
    indent: usize,
    is_item: bool,
    /// A paragraph whose list has begun.
    has_list: bool,
    last_line: usize,
}

pub(super) fn assemble(lines: &[Line<'_>]) -> Vec<Node> {
    let marks: Vec<(Plain, Marked)> = lines.iter().map(read_marks).collect();
    let uses_owners = marks.iter().any(|(_, marked)| marked.owner.is_some() && matches!(marked.mark, Mark::KeyResult(_)));
    let mut assembly = Assembly { uses_owners, ..Assembly::default() };
    for (index, line) in lines.iter().enumerate() {
        if let Some(marks) = marks.get(index) {
            assembly.place(index, line, marks);
        }
    }
    let Assembly { mut nodes, texts, .. } = assembly;
    for (node, text) in nodes.iter_mut().zip(texts) {
        if node.form != Form::Table && !node.more.is_empty() {
            node.plain = inline::plain(&text);
            node.marked = marked(&node.plain.text);
        }
        node.field = field::field(&node.plain.text).map(|(field, _)| field).filter(|_| node.marked.mark == Mark::None);
    }
    nodes
}

fn read_marks(line: &Line<'_>) -> (Plain, Marked) {
    if !matches!(line.shape, Shape::Heading(_) | Shape::Item | Shape::Paragraph) {
        return (Plain::default(), Marked::default());
    }
    let plain = inline::plain(&line.text);
    let marked = marked(&plain.text);
    (plain, marked)
}

impl Assembly {
    fn place(&mut self, index: usize, line: &Line<'_>, marks: &(Plain, Marked)) {
        if line.quotes != self.quotes && line.shape != Shape::Blank {
            self.stack.clear();
            self.open_text = None;
            self.quotes = line.quotes;
        }
        if line.shape != Shape::Row {
            self.table = None;
        }
        match line.shape {
            Shape::Heading(level) => {
                while self.headings.last().is_some_and(|(above, _)| *above >= level) {
                    self.headings.pop();
                }
                self.stack.clear();
                let parent = self.headings.last().map(|(_, node)| *node);
                let node = self.add(index, line, Form::Heading(level), parent, marks);
                self.headings.push((level, node));
                self.open_text = None;
            }
            Shape::Item => {
                let parent = self.parent_of(index, line.indent, true);
                let node = self.add(index, line, Form::Item, parent, marks);
                self.open(node, index, line.indent, true);
            }
            Shape::Paragraph => match self.open_text {
                Some(node) if !self.starts_anew(&marks.0, &marks.1) => self.go_on(node, index, line),
                _ => {
                    let parent = self.parent_of(index, line.indent, false);
                    let node = self.add(index, line, Form::Paragraph, parent, marks);
                    self.open(node, index, line.indent, false);
                }
            },
            Shape::Row => match self.table {
                Some(table) => self.nodes.get_mut(table).into_iter().for_each(|node| node.more.push(index)),
                None => {
                    let parent = self.parent_of(index, line.indent, true);
                    self.table = Some(self.add(index, line, Form::Table, parent, marks));
                    self.open_text = None;
                }
            },
            Shape::Rule => {
                self.stack.clear();
                self.open_text = None;
            }
            Shape::Blank | Shape::FrontMatter | Shape::Code | Shape::Comment | Shape::Underline => self.open_text = None,
        }
    }

    fn add(&mut self, line: usize, from: &Line<'_>, form: Form, parent: Option<usize>, marks: &(Plain, Marked)) -> usize {
        let heading = self.headings.last().map(|(_, node)| *node);
        self.nodes.push(Node {
            line,
            more: Vec::new(),
            form,
            parent: parent.or(heading),
            heading,
            plain: marks.0.clone(),
            marked: marks.1.clone(),
            field: None,
            is_quoted: from.quotes > 0,
            checked: from.checked,
            ordinal: from.ordinal.clone(),
        });
        self.texts.push(from.text.clone());
        self.nodes.len() - 1
    }

    fn open(&mut self, node: usize, last_line: usize, indent: usize, is_item: bool) {
        if self.stack.len() < NESTING_LIMIT {
            self.stack.push(Open { node, indent, is_item, has_list: false, last_line });
        }
        self.open_text = Some(node);
    }

    /// A line that says what it is does not go on with the text above it.
    fn starts_anew(&self, plain: &Plain, marked: &Marked) -> bool {
        let is_owned = self.uses_owners && marked.prefix.is_some();
        let label = plain.text.get(..plain.bold).unwrap_or_default();
        let after = plain.text.get(plain.bold..).unwrap_or_default();
        let is_label = plain.bold > 0 && (label.trim_end().ends_with(':') || after.starts_with(':'));
        marked.mark != Mark::None || is_owned || is_label || field::field(&plain.text).is_some() || plain.is_bold()
    }

    fn go_on(&mut self, node: usize, index: usize, line: &Line<'_>) {
        if let (Some(known), Some(text)) = (self.nodes.get_mut(node), self.texts.get_mut(node)) {
            known.more.push(index);
            let separator = if text.ends_with('\\') { "" } else { " " };
            text.push_str(separator);
            text.push_str(&line.text);
        }
        if let Some(open) = self.stack.last_mut().filter(|open| open.node == node) {
            open.last_line = index;
        }
    }

    /// Closes what the new line does not stand in, and answers what it does.
    fn parent_of(&mut self, index: usize, indent: usize, is_item: bool) -> Option<usize> {
        while let Some(top) = self.stack.last().copied() {
            let is_inside = if top.is_item || !is_item {
                indent >= top.indent + 2
            } else {
                indent >= top.indent && (top.has_list || self.leads(&top, index))
            };
            if is_inside {
                self.stack.last_mut().into_iter().for_each(|top| top.has_list = is_item);
                return Some(top.node);
            }
            self.stack.pop();
        }
        None
    }

    /// Whether a paragraph stands over a list as its heading would.
    fn leads(&self, paragraph: &Open, item: usize) -> bool {
        let gap = item - paragraph.last_line;
        let Some(node) = self.nodes.get(paragraph.node) else { return false };
        let text = node.plain.text.trim_end();
        let is_marked = node.marked.mark != Mark::None || node.plain.is_bold() || text.ends_with([':', '：']);
        gap == 1 || gap == 2 && (is_marked || field::field(text).is_some()) || node.marked.mark != Mark::None
    }
}
