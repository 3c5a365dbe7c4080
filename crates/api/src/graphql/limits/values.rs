//! How much the arguments of a field hold, and the page size they ask for.

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::types::{Field, OperationDefinition};
use async_graphql::{Name, Value, Variables};

/// Bytes of text that weigh as much as one value.
const BYTES_PER_VALUE: usize = 64;

/// The variables of one operation: those that were sent, else their defaults.
#[derive(Debug)]
pub(super) struct Given<'a> {
    values: HashMap<&'a str, (&'a Value, u64)>,
}

impl<'a> Given<'a> {
    pub(super) fn new(operation: &'a OperationDefinition, variables: &'a Variables) -> Self {
        let defaults = operation.variable_definitions.iter().filter_map(|definition| {
            let default = definition.node.default_value.as_ref()?;
            Some((definition.node.name.node.as_str(), &default.node))
        });
        let sent = variables.iter().map(|(name, value)| (name.as_str(), value));
        Self { values: defaults.chain(sent).map(|(name, value)| (name, (value, size(value)))).collect() }
    }

    /// The size of everything that was sent, used or not.
    pub(super) fn size(&self) -> u64 {
        self.values.values().fold(0, |sum, (_, size)| sum.saturating_add(*size))
    }

    fn get(&self, name: &Name) -> Option<(&'a Value, u64)> {
        self.values.get(name.as_str()).copied()
    }
}

#[derive(Debug)]
pub(super) struct Argument<'a> {
    pub(super) name: &'a str,
    pub(super) size: u64,
    pub(super) integer: Option<i64>,
    /// How many entries a list has.
    pub(super) length: Option<u64>,
}

pub(super) fn arguments<'a>(field: &'a Field, given: &Given<'_>) -> Vec<Argument<'a>> {
    let mut arguments = Vec::with_capacity(field.arguments.len());
    for (name, value) in &field.arguments {
        let mut variables = Vec::new();
        let Ok(literal) = value.node.clone().into_const_with(|variable| {
            variables.push(variable);
            Ok::<_, Infallible>(Value::Null)
        });
        let used = variables.iter().filter_map(|variable| given.get(variable));
        let size = used.fold(size(&literal), |sum, (_, size)| sum.saturating_add(size));
        let whole = match literal {
            Value::Null => variables.first().and_then(|variable| given.get(variable)).map_or(&literal, |(value, _)| value),
            _ => &literal,
        };
        arguments.push(Argument { name: &name.node, size, integer: integer(whole), length: length(whole) });
    }
    arguments
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}

fn length(value: &Value) -> Option<u64> {
    match value {
        Value::List(entries) => Some(entries.len() as u64),
        _ => None,
    }
}

/// Counts a value once for every level it lies below: reading an input object copies what is in it,
/// level by level. Recurses as deep as the value nests, which the parsers of JSON and GraphQL limit.
fn size(value: &Value) -> u64 {
    weigh(value, 1)
}

fn weigh(value: &Value, level: u64) -> u64 {
    let below = level.saturating_add(1);
    match value {
        Value::List(entries) => entries.iter().fold(level, |sum, entry| sum.saturating_add(weigh(entry, below))),
        Value::Object(fields) => {
            fields.iter().fold(level, |sum, (name, field)| sum.saturating_add(text(name)).saturating_add(weigh(field, below)))
        }
        Value::String(string) => text(string).saturating_add(level),
        _ => level,
    }
}

fn text(text: &str) -> u64 {
    (text.len() / BYTES_PER_VALUE) as u64
}
