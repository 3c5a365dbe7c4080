//! What the whole document says about its parts: which sections hold OKRs, and what stands below what.

use std::collections::{HashMap, HashSet};

use super::cycle_text;
use super::mark::Mark;
use super::outline::CycleName;
use super::section::{self, Exclusion};
use super::tree::{Form, Node};

/// What stands directly below a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Below {
    /// Items without a mark, a field or a bare link.
    pub(super) items: usize,
    /// Of those, the ones with nothing below them.
    pub(super) leaves: usize,
    pub(super) checkboxes: usize,
    pub(super) key_results: usize,
    pub(super) key_result_labels: usize,
    pub(super) objectives: usize,
    pub(super) any: usize,
    /// The items and leaves directly below the headings directly below it.
    pub(super) second_items: usize,
    pub(super) second_leaves: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub(super) exclusion: Exclusion,
    pub(super) exclusion_itself: Exclusion,
    /// It says that OKRs stand below: by its words, or by naming a cycle.
    pub(super) is_data: bool,
    /// This very heading says so.
    pub(super) is_data_itself: bool,
    pub(super) cycle: Option<CycleName>,
}

#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) below: Vec<Below>,
    /// What stands below no heading.
    pub(super) root: Below,
    /// Of each node its section; of a heading its own.
    pub(super) sections: HashMap<usize, Section>,
    /// It speaks of OKRs or key results, or marks both objectives and key results.
    pub(super) is_about_okrs: bool,
    /// It marks objectives or key results by word, so that nothing has to be inferred from its layout.
    pub(super) is_explicit: bool,
    /// It explains OKRs: headings that ask or define, and none that names a cycle.
    pub(super) is_guide: bool,
    /// It writes `CEO KR:`.
    pub(super) uses_owners: bool,
    owners: HashSet<String>,
}

pub(super) fn evidence(source: &str, nodes: &[Node], hint: Option<&CycleName>) -> Evidence {
    let lower = source.to_lowercase();
    let sections = sections(nodes, hint);
    let (below, root) = below(nodes);
    let is_counted = |node: &&Node| {
        let section = node.heading.and_then(|heading| sections.get(&heading));
        section.is_none_or(|section| section.exclusion != Exclusion::All)
    };
    let has = |wanted: fn(&Mark) -> bool| nodes.iter().filter(is_counted).any(|node| wanted(&node.marked.mark));
    let marks_objectives = has(|mark| matches!(mark, Mark::Objective(_)));
    let marks_key_results = has(|mark| matches!(mark, Mark::KeyResult(_)));
    let labels = has(|mark| matches!(mark, Mark::KeyResults(_)));
    let lists = |wanted: fn(&Mark) -> bool| nodes.iter().zip(&below).any(|(node, below)| wanted(&node.marked.mark) && below.items > 0);
    let lists_key_results = lists(|mark| matches!(mark, Mark::KeyResults(_)));
    let lists_objectives = marks_objectives || lists(|mark| matches!(mark, Mark::Objectives));
    let speaks = ["okr", "objectives and key results", "objectives & key results"].iter().any(|word| lower.contains(word));
    let mut owners: HashMap<String, usize> = HashMap::new();
    let mut uses_owners = false;
    for node in nodes {
        if let (Some(owner), Mark::KeyResult(_)) = (&node.marked.owner, &node.marked.mark) {
            uses_owners = true;
            *owners.entry(base(owner)).or_default() += 2;
        }
        if let Some(prefix) = node.marked.prefix.as_deref().filter(|_| node.field.is_none()) {
            *owners.entry(base(prefix)).or_default() += 1;
        }
    }
    let talks = sections.values().filter(|section| section.exclusion_itself != Exclusion::None).count();
    let is_guide = talks > 1 && hint.is_none() && sections.values().all(|section| section.cycle.is_none());
    Evidence {
        below,
        root,
        sections,
        is_about_okrs: speaks || marks_objectives && marks_key_results || lists_objectives && lists_key_results,
        is_explicit: marks_objectives || marks_key_results || labels,
        is_guide,
        uses_owners,
        owners: owners.into_iter().filter(|(_, count)| *count > 1).map(|(owner, _)| owner).collect(),
    }
}

/// `Sales` of `Sales (Closing Deals)`.
fn base(owner: &str) -> String {
    owner.split('(').next().unwrap_or_default().trim().to_lowercase()
}

const ROLES: [&str; 12] = ["ceo", "cto", "cfo", "cmo", "coo", "cpo", "cro", "cio", "ciso", "cco", "vpe", "chro"];

impl Evidence {
    pub(super) fn section(&self, nodes: &[Node], node: usize) -> Section {
        let heading = match nodes.get(node).map(|node| (node.form, node.heading)) {
            Some((Form::Heading(_), _)) => Some(node),
            Some((_, heading)) => heading,
            None => None,
        };
        heading.and_then(|heading| self.sections.get(&heading)).cloned().unwrap_or_default()
    }

    pub(super) fn below(&self, node: usize) -> Below {
        self.below.get(node).copied().unwrap_or_default()
    }

    /// Whether what stands before a colon is an owner and not the start of the title.
    pub(super) fn is_owner(&self, prefix: &str) -> bool {
        let base = base(prefix);
        let is_role = ROLES.contains(&base.as_str()) || base.starts_with("vp ") || base.starts_with("head of ");
        is_role || self.uses_owners && self.owners.contains(&base) || self.uses_owners && prefix.ends_with(')')
    }
}

fn sections(nodes: &[Node], hint: Option<&CycleName>) -> HashMap<usize, Section> {
    let mut found: HashMap<usize, Section> = HashMap::new();
    let mut year = hint.map(|cycle| chrono::Datelike::year(&cycle.start));
    let mut is_title = true;
    // A heading that only names a quarter says something about OKRs where the document is about them.
    let speaks_of_okrs = nodes.iter().any(|node| matches!(node.form, Form::Heading(_)) && section::holds_okrs(&node.plain.text));
    for (index, node) in nodes.iter().enumerate() {
        let Form::Heading(_) = node.form else { continue };
        let above = node.parent.and_then(|parent| found.get(&parent)).cloned().unwrap_or_default();
        let text = node.plain.text.as_str();
        let is_marked = matches!(node.marked.mark, Mark::Objective(_) | Mark::KeyResult(_));
        let holds_okrs = section::holds_okrs(text);
        let own = match section::exclusion(text, is_title) {
            Exclusion::Unmarked if holds_okrs => Exclusion::None,
            own => own,
        };
        let own = if is_marked { Exclusion::None } else { own };
        let names_cycle = !is_marked && (holds_okrs || cycle_text::names_cycle(text));
        let cycle = if names_cycle { cycle_text::find(text, year, node.line + 1) } else { None };
        year = cycle.as_ref().map(|cycle| chrono::Datelike::year(&cycle.start)).or(year);
        let is_data_itself = own == Exclusion::None && !is_marked && (cycle.is_some() && speaks_of_okrs || holds_okrs);
        let inherited = if is_data_itself && above.exclusion != Exclusion::All { Exclusion::None } else { above.exclusion };
        let exclusion = own.max(inherited);
        is_title = false;
        found.insert(
            index,
            Section {
                exclusion,
                exclusion_itself: own,
                is_data: exclusion == Exclusion::None && (is_data_itself || above.is_data),
                is_data_itself,
                cycle: cycle.or(above.cycle),
            },
        );
    }
    found
}

fn below(nodes: &[Node]) -> (Vec<Below>, Below) {
    let mut root = Below::default();
    let mut below = vec![Below::default(); nodes.len()];
    for (index, node) in nodes.iter().enumerate().rev() {
        let own = below.get(index).copied().unwrap_or_default();
        let above = node.parent.and_then(|parent| below.get_mut(parent)).unwrap_or(&mut root);
        above.any += 1;
        if matches!(node.form, Form::Heading(_)) {
            above.second_items += own.items;
            above.second_leaves += own.leaves;
        }
        match node.marked.mark {
            Mark::KeyResult(_) => above.key_results += 1,
            Mark::KeyResults(_) => above.key_result_labels += 1,
            Mark::Objective(_) | Mark::Objectives => above.objectives += 1,
            Mark::None if node.form == Form::Item && node.field.is_none() && !node.plain.is_link => {
                above.items += 1;
                above.leaves += usize::from(own.any == 0);
                above.checkboxes += usize::from(node.checked.is_some());
            }
            Mark::None => {}
        }
    }
    (below, root)
}
