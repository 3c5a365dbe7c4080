//! Takes out objectives that turned out to be nothing but an empty mark: `**Objective:**` in a form nobody filled in.

use super::outline::Outline;
use super::report::{Became, Finding, FindingCode};

/// `empty` holds the indexes of objectives whose title never came.
pub(super) fn prune(outline: &mut Outline, empty: &[usize]) {
    let has_children = |index: usize| outline.objectives.iter().any(|other| other.parent == Some(index));
    let is_empty = |index: usize| {
        let found = outline.objectives.get(index);
        found.is_some_and(|found| found.key_results.is_empty() && found.label.is_none()) && !has_children(index)
    };
    let gone: Vec<usize> = empty.iter().copied().take(100).filter(|index| is_empty(*index)).collect();
    if gone.is_empty() {
        return;
    }
    let mut moved: Vec<Option<usize>> = Vec::with_capacity(outline.objectives.len());
    let mut kept = 0;
    for index in 0..outline.objectives.len() {
        let stays = !gone.contains(&index);
        moved.push(stays.then_some(kept));
        kept += usize::from(stays);
    }
    let new_index = |index: Option<usize>| index.and_then(|index| moved.get(index).copied().flatten());
    for line in &mut outline.lines {
        let was = line.objective;
        line.objective = new_index(was);
        if was.is_some() && line.objective.is_none() {
            line.became = Became::Ignored;
            line.note = Some("an objective without a title and without key results".to_owned());
        }
    }
    for index in gone.iter().rev() {
        let removed = outline.objectives.remove(*index);
        let detail = "an objective without a title and without key results: left out".to_owned();
        outline.findings.push(Finding { line: removed.line, code: FindingCode::Empty, detail, text: removed.title });
    }
    for objective in &mut outline.objectives {
        objective.parent = new_index(objective.parent);
    }
}
