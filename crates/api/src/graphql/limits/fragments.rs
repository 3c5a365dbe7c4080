//! The fragments of a document, each after those it spreads, found without recursion: a chain of
//! some hundred fragments must not cost stack.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet};

use super::Refusal;

/// # Errors
/// When a fragment spreads itself, directly or through others.
pub(super) fn in_order_of_use(document: &ExecutableDocument) -> Result<Vec<(&str, &FragmentDefinition)>, Refusal> {
    let mut waiting_for = HashMap::new();
    let mut spread_by: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut ready = Vec::new();
    for (name, fragment) in &document.fragments {
        let mut spreads = Vec::new();
        collect_spreads(&fragment.node.selection_set.node, &mut spreads);
        spreads.retain(|spread| document.fragments.contains_key(*spread));
        if spreads.is_empty() {
            ready.push(name.as_str());
        }
        waiting_for.insert(name.as_str(), spreads.len());
        for spread in spreads {
            spread_by.entry(spread).or_default().push(name);
        }
    }

    let mut order = Vec::with_capacity(document.fragments.len());
    while let Some(name) = ready.pop() {
        waiting_for.remove(name);
        order.extend(definition(document, name).map(|fragment| (name, fragment)));
        for user in spread_by.get(name).into_iter().flatten() {
            if let Some(count) = waiting_for.get_mut(user) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(user);
                }
            }
        }
    }
    waiting_for.keys().min().map_or(Ok(order), |name| Err(Refusal::cycle(name)))
}

fn definition<'a>(document: &'a ExecutableDocument, name: &str) -> Option<&'a FragmentDefinition> {
    document.fragments.get(name).map(|fragment| &fragment.node)
}

/// Recurses per bracket only, which the token scan has limited.
fn collect_spreads<'a>(set: &'a SelectionSet, spreads: &mut Vec<&'a str>) {
    for Positioned { node: selection, .. } in &set.items {
        match selection {
            Selection::Field(field) => collect_spreads(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => collect_spreads(&inline.node.selection_set.node, spreads),
            Selection::FragmentSpread(spread) => spreads.push(&spread.node.fragment_name.node),
        }
    }
}
