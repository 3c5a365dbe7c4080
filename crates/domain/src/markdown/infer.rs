//! Objectives and key results that nothing but their place gives away.

use super::evidence::Section;
use super::mark::Mark;
use super::measure_field;
use super::outline::{Progress, Step};
use super::reader::{Reader, Role, Target};
use super::report::Became;
use super::section::{self, Exclusion};
use super::status_text;
use super::title;
use super::tree::{Form, Node};
use crate::number::Quantity;

impl Reader<'_> {
    /// A heading with key results right below it, or, in documents that mark nothing, with a list below it
    /// in a part that holds OKRs.
    pub(super) fn is_objective_heading(&self, index: usize, node: &Node, section: &Section) -> bool {
        let below = self.evidence.below(index);
        let is_candidate =
            !section.is_data_itself && section.exclusion == Exclusion::None && below.objectives_within == 0 && node.plain.text.len() > 3;
        if !is_candidate || !self.evidence.is_about_okrs {
            return false;
        }
        if below.key_results + below.key_result_labels > 0 {
            return !(below.key_result_labels > 0 && self.has_objective_list_above(node));
        }
        let above = node.parent.map(|parent| self.evidence.section(self.nodes, parent)).unwrap_or_default();
        let is_sentence = node.plain.text.ends_with([':', '?', '：']);
        let is_led = node.marked.prefix.as_deref().is_some_and(|prefix| self.evidence.is_owner(prefix));
        if is_led && below.items > 0 {
            return true;
        }
        // Without a cycle anywhere, only what stands right below a heading about OKRs is taken for one.
        if above.cycle.is_none() && self.cycle.is_none() && !above.is_data_itself {
            return false;
        }
        !self.evidence.is_explicit
            && !self.evidence.is_guide
            && above.is_data
            && below.items > 0
            && !is_sentence
            && self.leaves_prevail(node)
    }

    /// In documents of headings alone: the title below `Objective 1`, and each key result below `Key Results`.
    pub(super) fn heading_below(&mut self, index: usize, node: &Node, section: &Section) -> Option<Role> {
        let below = self.evidence.below(index);
        let is_bare = below.items + below.key_results == 0 && section.exclusion == Exclusion::None;
        match self.role(node.parent) {
            Role::Objective(objective) if self.untitled == Some(objective) && below.key_results == 0 => {
                Some(self.title_of(objective, node))
            }
            Role::KeyResults(Some(objective)) if is_bare && below.key_result_labels + below.objectives_within == 0 => {
                Some(self.key_result(node, objective, None, &node.marked.rest.clone(), None))
            }
            _ => None,
        }
    }

    /// A label `Key Results` beside a list `Objectives` belongs to that list and makes no objective of the heading above both.
    fn has_objective_list_above(&self, node: &Node) -> bool {
        self.current.is_some() && node.parent.is_some_and(|parent| matches!(self.role(Some(parent)), Role::Objective(_)))
    }

    /// Whether the headings beside this one stand over plain lists (of key results) rather than over nested ones
    /// (of objectives with key results).
    fn leaves_prevail(&self, node: &Node) -> bool {
        let above = node.parent.map_or(self.evidence.root, |parent| self.evidence.below(parent));
        above.second_leaves * 2 >= above.second_items
    }

    /// An item or paragraph that stands over key results, or over a list in a part that holds OKRs.
    pub(super) fn is_objective_text(&self, index: usize, node: &Node, section: &Section) -> bool {
        let below = self.evidence.below(index);
        if node.is_quoted || node.plain.is_link || !self.evidence.is_about_okrs || section.exclusion == Exclusion::All {
            return false;
        }
        let text = node.plain.text.trim_end();
        let announces = text.ends_with([':', '：']) && !node.plain.is_bold();
        if below.key_results > 0 && below.objectives == 0 && !announces {
            return true;
        }
        if section.exclusion != Exclusion::None {
            return false;
        }
        if below.key_result_labels > 0 && below.objectives == 0 && !announces {
            return true;
        }
        let is_owned = node.marked.prefix.as_deref().is_some_and(|prefix| self.evidence.is_owner(prefix));
        let is_sentence = text.ends_with([':', '?', '：']);
        if self.evidence.is_explicit {
            return node.form == Form::Item && self.evidence.uses_owners && (below.items > 0 || is_owned);
        }
        let is_placed = section.cycle.is_some() || self.cycle.is_some() || section.is_data_itself;
        if self.evidence.is_guide || !is_placed {
            return false;
        }
        let stands_over_list = below.items > 0 && below.items >= below.any.saturating_sub(2);
        match node.form {
            Form::Item => section.is_data && (stands_over_list && !is_sentence || self.has_sibling_over_list(node)),
            Form::Paragraph => section.is_data && stands_over_list && !is_sentence && text.chars().count() <= 200,
            Form::Heading(_) | Form::Table => false,
        }
    }

    /// A numbered list some of whose items stand over lists of their own is a list of objectives.
    fn has_sibling_over_list(&self, node: &Node) -> bool {
        let Some(parent) = node.parent.filter(|_| node.ordinal.is_some()) else { return false };
        let below = self.evidence.below(parent);
        below.leaves < below.items && below.items <= 12
    }

    pub(super) fn below_objective(&mut self, index: usize, node: &Node, objective: usize, section: &Section) -> Role {
        let target = Target { objective, key_result: None };
        let above = node.parent.map(|parent| self.evidence.below(parent)).unwrap_or_default();
        let below = self.evidence.below(index);
        let is_owned = node.marked.prefix.as_deref().is_some_and(|prefix| self.evidence.is_owner(prefix));
        if below.key_results + below.key_result_labels > 0 || self.evidence.uses_owners && is_owned && node.plain.is_bold() {
            return self.objective(index, node, None, &node.marked.rest.clone(), None);
        }
        if node.form == Form::Paragraph {
            let is_list_head = below.items > 0 && !node.plain.text.trim_end().ends_with([':', '：']);
            if is_list_head && section.exclusion == Exclusion::None && !self.evidence.is_explicit {
                return self.objective(index, node, None, &node.marked.rest.clone(), None);
            }
            return self.keep_note(node, target);
        }
        if above.key_results + above.key_result_labels > 0 || self.with_marks.contains(&objective) {
            if above.key_results > 0 {
                return self.ambiguous(node, "stands among key results that are marked, without a mark");
            }
            return self.keep_note(node, target);
        }
        if below.items > 0 && self.names_owner(node) {
            self.note(node, Became::Heading, Some(target), "names who owns the key results below it");
            return Role::KeyResults(Some(objective));
        }
        if is_announcement(node) && below.items == 0 {
            return self.keep_note(node, target);
        }
        if below.items > 0 && is_announcement(node) && below.checkboxes == below.items {
            self.note(node, Became::Heading, Some(target), "");
            return Role::KeyResults(Some(objective));
        }
        self.key_result(node, objective, None, &node.marked.rest.clone(), None)
    }

    /// An item that is only the name of a role: `VP Eng`.
    fn names_owner(&self, node: &Node) -> bool {
        let text = node.plain.text.trim_end_matches(':').trim();
        node.form == Form::Item && text.split_whitespace().count() <= 3 && self.evidence.is_owner(text)
    }

    /// A bold line over some of the key results of a list.
    pub(super) fn is_category(&self, index: usize, node: &Node) -> bool {
        let text = node.plain.text.trim_end();
        let is_title = node.plain.is_bold() && !text.ends_with([':', '：']) && section::exclusion(text, false) == Exclusion::None;
        node.form == Form::Paragraph && self.evidence.below(index).items > 0 && is_title
    }

    pub(super) fn below_label(&mut self, index: usize, node: &Node, objective: usize) -> Role {
        let below = self.evidence.below(index);
        let is_category = below.items > 0 && below.checkboxes == below.items && node.checked.is_none();
        if is_category {
            self.note(node, Became::Heading, Some(Target { objective, key_result: None }), "groups the key results below it");
            return Role::KeyResults(Some(objective));
        }
        let owner = node
            .parent
            .and_then(|parent| self.nodes.get(parent))
            .filter(|above| self.names_owner(above))
            .map(|above| above.plain.text.clone());
        self.key_result(node, objective, None, &node.marked.rest.clone(), owner)
    }

    /// Boxes below a key result are its steps; anything else is a note to it.
    pub(super) fn below_key_result(&mut self, node: &Node, target: Target) -> Role {
        let Some(checked) = node.checked else { return self.keep_note(node, target) };
        let mut step = Step { title: String::new(), weight: Quantity::ONE, due: None, done_on: None, is_done: checked };
        let stated = title::title(measure_field::step(&node.plain.text, &mut step));
        step.is_done |= step.done_on.is_some() || stated.status.as_ref().is_some_and(|status| status.progress == Progress::Done);
        step.title = stated.title;
        if let Some(found) = self.key_result_at(target) {
            found.steps.push(step);
        }
        self.note(node, Became::Metadata, Some(target), "a step");
        Role::Note(target)
    }

    /// The first text below an objective that only its mark announced.
    pub(super) fn title_of(&mut self, objective: usize, node: &Node) -> Role {
        self.untitled = None;
        self.empty.retain(|empty| *empty != objective);
        let target = Target { objective, key_result: None };
        let stated = title::title(&node.plain.text);
        self.entitle(objective, node, stated);
        self.note(node, Became::Objective, Some(target), "the title of the objective above");
        if node.marked.mark == Mark::None { Role::Objective(objective) } else { Role::Open }
    }

    /// A value below a field that had none on its own line.
    pub(super) fn field_value(&mut self, node: &Node, target: Target, field: super::field::Field) {
        let text = node.plain.text.clone();
        self.apply(node, target, field, &text);
    }
}

fn is_announcement(node: &Node) -> bool {
    node.plain.text.trim_end().ends_with([':', '：']) || status_text::whole(&node.plain.text).is_some()
}
