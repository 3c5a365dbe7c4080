//! One walk over the nodes of a document, which decides what each of them becomes.

use std::collections::HashSet;

use super::evidence::{Evidence, Section};
use super::field::Field;
use super::guard;
use super::mark::{Id, Mark};
use super::outline::{CycleName, Outline};
use super::report::{Became, FindingCode};
use super::scan::Line;
use super::section::{self, Exclusion};
use super::tree::{Form, Node};

/// An objective, or a key result of it, by their indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) objective: usize,
    pub(super) key_result: Option<usize>,
}

/// What a node has become, for the nodes below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is no part of an OKR, and so is what stands below it.
    Out,
    /// A heading, or nothing in particular: what stands below it decides for itself.
    Open,
    /// A list of objectives follows.
    Objectives,
    /// A list of key results follows, of this objective where there is one.
    KeyResults(Option<usize>),
    Objective(usize),
    KeyResult(Target),
    /// A field whose value stands below it.
    Field(Target, Field),
    Note(Target),
}

pub(super) struct Reader<'d> {
    pub(super) lines: &'d [Line<'d>],
    pub(super) nodes: &'d [Node],
    pub(super) evidence: &'d Evidence,
    pub(super) outline: Outline,
    pub(super) roles: Vec<Role>,
    /// The objective that key results without one above them belong to, and the level of its heading.
    pub(super) current: Option<(usize, usize)>,
    /// An objective whose title has not come yet.
    pub(super) untitled: Option<usize>,
    /// The objectives whose title had not come when something else did.
    pub(super) empty: Vec<usize>,
    /// The objective or key result that was found last.
    pub(super) last: Option<Target>,
    /// The cycle of the document, from its front matter, a field or its date.
    pub(super) cycle: Option<CycleName>,
    /// The document states the first and last day of its cycle, as exports do.
    pub(super) is_cycle_exact: bool,
    pub(super) owner: Option<String>,
    /// The objectives with key results that carry marks: what stands among those without one is none.
    pub(super) with_marks: HashSet<usize>,
    /// An example has been announced, and no heading has ended it yet.
    is_example: bool,
}

impl<'d> Reader<'d> {
    pub(super) fn new(
        lines: &'d [Line<'d>],
        nodes: &'d [Node],
        evidence: &'d Evidence,
        cycle: Option<CycleName>,
        is_cycle_exact: bool,
    ) -> Self {
        Self {
            lines,
            nodes,
            evidence,
            outline: Outline::default(),
            roles: Vec::with_capacity(nodes.len()),
            current: None,
            untitled: None,
            empty: Vec::new(),
            last: None,
            is_cycle_exact,
            cycle,
            owner: None,
            with_marks: HashSet::new(),
            is_example: false,
        }
    }

    pub(super) fn walk(&mut self) {
        for (index, node) in self.nodes.iter().enumerate() {
            let section = self.evidence.section(self.nodes, index);
            let role = match node.form {
                Form::Heading(level) => self.heading(index, node, level, &section),
                Form::Table if self.is_shut(node, &section) => self.out(node, "a table in a part that holds no OKRs"),
                Form::Table => self.table(index, node, &section),
                Form::Item | Form::Paragraph => self.text(index, node, &section),
            };
            self.roles.push(role);
        }
    }

    pub(super) fn role(&self, node: Option<usize>) -> Role {
        node.and_then(|node| self.roles.get(node)).copied().unwrap_or(Role::Open)
    }

    fn is_shut(&self, node: &Node, section: &Section) -> bool {
        section.exclusion == Exclusion::All || self.is_example || self.role(node.parent) == Role::Out
    }

    fn heading(&mut self, index: usize, node: &Node, level: usize, section: &Section) -> Role {
        self.is_example = false;
        let is_mark = node.marked.mark != Mark::None;
        if self.current.is_some_and(|(_, of)| level <= of) && !matches!(node.marked.mark, Mark::KeyResult(_) | Mark::KeyResults(_)) {
            self.current = None;
            self.last = None;
            self.untitled = None;
        }
        if section.exclusion == Exclusion::All {
            self.note(node, Became::Heading, None, "examples, definitions and reviews are not OKRs");
            return Role::Out;
        }
        if is_mark {
            return self.marked(index, node, section);
        }
        if let Some(role) = self.heading_below(index, node, section) {
            return role;
        }
        if self.is_objective_heading(index, node, section) {
            return self.objective(index, node, None, &node.marked.rest.clone(), None);
        }
        self.declared_team(node);
        self.note(node, Became::Heading, None, "");
        Role::Open
    }

    fn text(&mut self, index: usize, node: &Node, section: &Section) -> Role {
        if self.is_shut(node, section) {
            return self.out(node, "in a part that holds no OKRs: an example, a definition or a review");
        }
        if node.plain.text.starts_with('[') && node.plain.text.contains("]: ") {
            return self.out(node, "the address of a link");
        }
        if node.plain.is_anchor {
            return self.out(node, "a link to a heading: a table of contents");
        }
        if node.field.is_none() && section::announces_example(&node.plain.text) && !matches!(node.marked.mark, Mark::KeyResult(_)) {
            self.is_example = true;
            return self.out(node, "announces an example");
        }
        if node.marked.mark != Mark::None {
            return self.marked(index, node, section);
        }
        self.unmarked(index, node, section)
    }

    fn marked(&mut self, index: usize, node: &Node, section: &Section) -> Role {
        match node.marked.mark.clone() {
            Mark::Objective(id) => {
                let is_quoted = node.is_quoted && id.objective.is_none();
                if is_quoted || is_definition(&id, &node.marked.rest) || !self.evidence.is_about_okrs {
                    return self.out(node, "says what an objective is, or stands in a document that is not about OKRs");
                }
                self.objective(index, node, Some(id), &node.marked.rest.clone(), node.marked.owner.clone())
            }
            Mark::KeyResult(id) => {
                if id.key_result.is_none() && (node.is_quoted || is_definition(&id, &node.marked.rest)) {
                    return self.out(node, "says what a key result is");
                }
                match self.objective_of(node, id.objective) {
                    Some(objective) => self.key_result(node, objective, Some(id), &node.marked.rest.clone(), node.marked.owner.clone()),
                    None => self.ambiguous(node, "a key result without an objective above it"),
                }
            }
            Mark::KeyResults(number) => {
                let objective = self.objective_of(node, number);
                self.untitled = None;
                let target = objective.map(|objective| Target { objective, key_result: None });
                self.note(
                    node,
                    Became::Heading,
                    target,
                    if target.is_none() { "a list of results without an objective above it" } else { "" },
                );
                Role::KeyResults(objective)
            }
            Mark::Objectives => {
                let is_list = self.evidence.is_about_okrs && section.exclusion == Exclusion::None;
                self.note(node, Became::Heading, None, "");
                if is_list { Role::Objectives } else { Role::Open }
            }
            Mark::None => Role::Open,
        }
    }

    fn unmarked(&mut self, index: usize, node: &Node, section: &Section) -> Role {
        let parent = self.role(node.parent);
        if let Some(role) = self.field_line(node, parent) {
            return role;
        }
        if let Some(objective) = self.untitled
            && self.current.is_some_and(|(current, _)| current == objective)
        {
            return self.title_of(objective, node);
        }
        match parent {
            Role::Objective(objective) => self.below_objective(index, node, objective, section),
            Role::KeyResults(Some(objective)) if node.form == Form::Item || node.marked.prefix.is_some() => {
                self.below_label(index, node, objective)
            }
            Role::KeyResults(Some(objective)) if self.is_category(index, node) => {
                self.note(node, Became::Heading, Some(Target { objective, key_result: None }), "groups the key results below it");
                Role::KeyResults(Some(objective))
            }
            Role::Objectives if node.form == Form::Item && is_definition(&Id::default(), &node.plain.text) => {
                self.out(node, "says what an objective is")
            }
            Role::Objectives if node.form == Form::Item && !node.plain.is_link => {
                self.objective(index, node, None, &node.marked.rest.clone(), None)
            }
            Role::KeyResult(target) => self.below_key_result(node, target),
            Role::Field(target, field) => {
                self.field_value(node, target, field);
                Role::Note(target)
            }
            Role::Note(target) => self.keep_note(node, target),
            Role::KeyResults(_) | Role::Objectives | Role::Open | Role::Out => self.loose(index, node, section),
        }
    }

    /// A line that no objective stands above.
    fn loose(&mut self, index: usize, node: &Node, section: &Section) -> Role {
        if self.is_objective_text(index, node, section) {
            return self.objective(index, node, None, &node.marked.rest.clone(), None);
        }
        let text = &node.plain.text;
        let is_title_like = node.form == Form::Paragraph && text.chars().count() <= 80 && !text.ends_with(['.', ':', '?', '!', '：', ',']);
        let is_inferred = !self.evidence.is_explicit && !self.evidence.is_guide && section.is_data && section.exclusion == Exclusion::None;
        let is_candidate = (node.form == Form::Item || is_title_like) && !node.plain.is_link && !node.is_quoted;
        let in_question = is_inferred && is_candidate && node.plain.links.is_empty();
        if in_question {
            return self.ambiguous(node, "stands among OKRs, and nothing marks it as an objective or a key result");
        }
        if node.plain.is_link {
            return self.out(node, "a link");
        }
        self.note(node, Became::Ignored, None, "prose");
        Role::Open
    }

    pub(super) fn out(&mut self, node: &Node, why: &str) -> Role {
        self.note(node, Became::Ignored, None, why);
        Role::Out
    }

    pub(super) fn ambiguous(&mut self, node: &Node, why: &str) -> Role {
        self.note(node, Became::Ambiguous, None, why);
        self.finding(node, FindingCode::Ambiguous, why, &guard::reveal(&node.plain.text));
        Role::Out
    }
}

/// `Objective: what we want to achieve` explains the word.
pub(super) fn is_definition(id: &Id, rest: &str) -> bool {
    let lower = rest.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let opens = [
        "what ",
        "where ",
        "how ",
        "is a",
        "is the",
        "are ",
        "should",
        "a qualitative",
        "a quantitative",
        "a measurable",
        "a statement",
        "a goal",
        "a clear",
        "a specific",
        "qualitative",
        "quantitative",
        "the what",
        "the \"what",
        "the goal",
        "measurable outcome",
        "specific, measurable",
        "high-level",
        "3-5 ",
        "2-5 ",
        "3–5 ",
        "2-4 ",
    ];
    id.objective.is_none() && id.key_result.is_none() && opens.iter().any(|word| lower.starts_with(word))
}
