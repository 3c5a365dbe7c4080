//! What of the schema an answer is put in order by.

use std::collections::{HashMap, HashSet};

use async_graphql::Positioned;
use async_graphql::parser::types::{FieldDefinition, OperationType, Type, TypeKind, TypeSystemDefinition};
use async_graphql::parser::{self, parse_schema};

/// The types of the schema.
#[derive(Debug)]
pub(super) struct Types {
    /// The object types that belong to each interface and union.
    members: HashMap<String, HashSet<String>>,
    /// The types of the fields of each object and interface.
    fields: HashMap<String, HashMap<String, Type>>,
}

impl Types {
    /// # Errors
    /// Fails when `sdl` is not a schema.
    pub(super) fn read(sdl: &str) -> Result<Self, parser::Error> {
        let mut types = Self { members: HashMap::new(), fields: HashMap::new() };
        for definition in parse_schema(sdl)?.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => {
                    for interface in object.implements {
                        types.members.entry(interface.node.to_string()).or_default().insert(name.clone());
                    }
                    types.fields.insert(name, typed(object.fields));
                }
                TypeKind::Interface(interface) => {
                    types.fields.insert(name, typed(interface.fields));
                }
                TypeKind::Union(union) => {
                    types.members.entry(name).or_default().extend(union.members.into_iter().map(|member| member.node.to_string()));
                }
                _ => {}
            }
        }
        Ok(types)
    }

    /// Whether an object of the type `kind` fits the condition of a fragment.
    pub(super) fn has(&self, condition: &str, kind: &str) -> bool {
        condition == kind || self.members.get(condition).is_some_and(|members| members.contains(kind))
    }

    /// What a field holds; nothing for those of the introspection, which are of no type of the schema.
    pub(super) fn field(&self, of: &str, name: &str) -> Option<&Type> {
        self.fields.get(of)?.get(name)
    }
}

fn typed(fields: Vec<Positioned<FieldDefinition>>) -> HashMap<String, Type> {
    fields.into_iter().map(|field| (field.node.name.node.to_string(), field.node.ty.node)).collect()
}

/// The type at the root of an operation.
pub(super) fn root(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}
