//! Measures an operation as if all its fragments were written out, visiting each fragment once.

use std::collections::HashMap;

use async_graphql::Variables;
use async_graphql::parser::types::{Field, FragmentDefinition, InlineFragment, OperationDefinition, Selection, SelectionSet};

use super::shapes::{Repeats, Shape, Shapes, is_page_argument};
use super::values::{Argument, Given, arguments};
use super::{Limits, Refusal};

/// Values in arguments that weigh as much as one field.
const VALUES_PER_FIELD: u64 = 64;

/// What a selection holds with its fragments written out. All sums saturate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    pub(super) depth: u64,
    pub(super) nesting: u64,
    pub(super) fields: u64,
    pub(super) aliases: u64,
    pub(super) directives: u64,
    /// Fields on the outermost level.
    pub(super) roots: u64,
    pub(super) cost: u64,
    /// The part of a connection that comes once per entry of its page.
    item_cost: u64,
    /// Work to compare the fields of one selection set with each other.
    comparisons: u64,
    pub(super) introspection: Introspection,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Introspection {
    pub(super) depth: u64,
    pub(super) fields: u64,
    /// Values in the answer.
    pub(super) cost: u64,
}

impl Measure {
    fn beside(self, other: Self) -> Self {
        let (own, others) = (self.introspection, other.introspection);
        Self {
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            roots: self.roots.saturating_add(other.roots),
            cost: self.cost.saturating_add(other.cost),
            item_cost: self.item_cost.saturating_add(other.item_cost),
            comparisons: self.comparisons.saturating_add(other.comparisons),
            introspection: Introspection {
                depth: own.depth.max(others.depth),
                fields: own.fields.saturating_add(others.fields),
                cost: own.cost.saturating_add(others.cost),
            },
        }
    }

    /// The same selection as a part of one that has `directives` of its own.
    fn within(self, directives: usize) -> Self {
        Self { directives: self.directives.saturating_add(directives as u64), ..self }
    }
}

#[derive(Debug)]
pub(super) struct Scale<'a> {
    limits: &'a Limits,
    shapes: &'a Shapes,
    given: Given<'a>,
    fragments: HashMap<&'a str, Measure>,
    unknown: Vec<&'a str>,
    comparisons: u64,
    values: u64,
}

impl<'a> Scale<'a> {
    pub(super) fn new(limits: &'a Limits, shapes: &'a Shapes, operation: &'a OperationDefinition, variables: &'a Variables) -> Self {
        let given = Given::new(operation, variables);
        let values = given.size();
        Self { limits, shapes, given, fragments: HashMap::new(), unknown: Vec::new(), comparisons: 0, values }
    }

    /// Measures a fragment; those it spreads come first.
    pub(super) fn fragment(&mut self, name: &'a str, fragment: &'a FragmentDefinition) -> Result<(), Refusal> {
        let on = &fragment.type_condition.node.on.node;
        let measure = self.selection_set(&fragment.selection_set.node, Some(on))?;
        self.fragments.insert(name, measure.within(fragment.directives.len()));
        Ok(())
    }

    pub(super) fn operation(&mut self, operation: &'a OperationDefinition, root: &'a str) -> Result<Measure, Refusal> {
        let measure = self.selection_set(&operation.selection_set.node, Some(root))?;
        let on_variables = operation.variable_definitions.iter().map(|definition| definition.node.directives.len()).sum::<usize>();
        Ok(measure.within(operation.directives.len().saturating_add(on_variables)))
    }

    fn selection_set(&mut self, set: &'a SelectionSet, ty: Option<&'a str>) -> Result<Measure, Refusal> {
        let mut all = Measure::default();
        for selection in &set.items {
            all = all.beside(match &selection.node {
                Selection::Field(field) => self.field(&field.node, ty)?,
                Selection::InlineFragment(inline) => self.inline_fragment(&inline.node, ty)?,
                Selection::FragmentSpread(spread) => {
                    let measure = self.fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default();
                    measure.within(spread.node.directives.len())
                }
            });
        }
        // The validation collects the fields of every selection set, those of its fragments included.
        self.comparisons = self.comparisons.saturating_add(all.comparisons);
        Refusal::unless("QUERY_TOO_COMPLEX", "comparisons of fields", self.limits.comparisons, self.comparisons)?;
        Ok(Measure { nesting: all.nesting.saturating_add(1), ..all })
    }

    fn inline_fragment(&mut self, inline: &'a InlineFragment, ty: Option<&'a str>) -> Result<Measure, Refusal> {
        let on = inline.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
        let measure = self.selection_set(&inline.selection_set.node, on.or(ty))?;
        Ok(measure.within(inline.directives.len()))
    }

    fn field(&mut self, field: &'a Field, ty: Option<&'a str>) -> Result<Measure, Refusal> {
        let shape = self.shape(field, ty)?;
        let given = arguments(field, &self.given);
        Refusal::unless("TOO_MANY_ARGUMENTS", "arguments on one field", self.limits.arguments, given.len() as u64)?;
        let held = given.iter().fold(0, |sum: u64, argument| sum.saturating_add(argument.size));
        self.values = self.values.saturating_add(held);
        Refusal::unless("TOO_MANY_VALUES", "values in variables and arguments", self.limits.values, self.values)?;

        let inner = self.selection_set(&field.selection_set.node, shape.map(|shape| shape.ty.as_str()))?;
        let below = match shape {
            Some(shape) => self.below(field, shape, &given, &inner)?,
            None => inner.cost,
        };
        let cost = (held / VALUES_PER_FIELD).saturating_add(1).saturating_add(below);
        let outer = Measure {
            depth: inner.depth.saturating_add(1),
            fields: inner.fields.saturating_add(1),
            aliases: inner.aliases.saturating_add(u64::from(field.alias.is_some())),
            roots: 1,
            cost,
            item_cost: 0,
            comparisons: (given.len() as u64).saturating_pow(2).saturating_add(1),
            ..inner
        };
        Ok(book(outer, &inner, field, shape).within(field.directives.len()))
    }

    /// The shape of a field; a few names that the schema lacks are left to the validation, which
    /// looks for similar ones.
    fn shape(&mut self, field: &'a Field, ty: Option<&'a str>) -> Result<Option<&'a Shape>, Refusal> {
        let shapes: &'a Shapes = self.shapes;
        let name = field.name.node.as_str();
        let shape = ty.and_then(|ty| shapes.field(ty, name));
        if shape.is_none() && name != "__typename" && ty.is_some_and(|ty| shapes.knows(ty)) {
            self.unknown.push(name);
            if self.unknown.len() > self.limits.unknown_fields {
                return Err(Refusal::unknown_fields(&self.unknown));
            }
        }
        Ok(shape)
    }

    /// What is selected below a field, as often as it comes at most.
    fn below(&self, field: &Field, shape: &Shape, given: &[Argument<'_>], inner: &Measure) -> Result<u64, Refusal> {
        Ok(match shape.repeats {
            Repeats::Once | Repeats::Item => inner.cost.saturating_add(inner.item_cost),
            Repeats::List { usual } => {
                let length = given.iter().filter_map(|argument| argument.length).fold(usual, u64::max);
                inner.cost.saturating_mul(length)
            }
            Repeats::Page { usual } => inner.cost.saturating_mul(self.page(field, given)?.unwrap_or(usual)),
            Repeats::Connection { usual } => {
                let page = self.page(field, given)?.unwrap_or(usual);
                inner.item_cost.saturating_mul(page).saturating_add(inner.cost)
            }
        })
    }

    fn page(&self, field: &Field, given: &[Argument<'_>]) -> Result<Option<u64>, Refusal> {
        let mut asked = None;
        for argument in given.iter().filter(|argument| is_page_argument(argument.name)) {
            let Some(integer) = argument.integer else { continue };
            // Also where nothing is found that would have a page, so that the resolver is never asked.
            let Ok(size) = u64::try_from(integer) else {
                return Err(Refusal::negative_page(&field.name.node, argument.name, integer));
            };
            if size > self.limits.page {
                return Err(Refusal::page(&field.name.node, argument.name, self.limits.page, size));
            }
            asked = asked.max(Some(size));
        }
        Ok(asked)
    }
}

/// Books a field under the page it belongs to, under the introspection, or as it is.
fn book(outer: Measure, inner: &Measure, field: &Field, shape: Option<&Shape>) -> Measure {
    if shape.is_some_and(|shape| shape.repeats == Repeats::Item) {
        return Measure { cost: 0, item_cost: outer.cost, ..outer };
    }
    if !matches!(field.name.node.as_str(), "__schema" | "__type") {
        return outer;
    }
    let introspection = Introspection { depth: outer.depth, fields: outer.fields, cost: inner.cost.saturating_add(1) };
    Measure { depth: 1, cost: 1, introspection, ..outer }
}
