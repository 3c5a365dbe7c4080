//! What each field of the schema leads to, and how often: read from the schema itself, so that no
//! list can be forgotten.

use std::collections::HashMap;

use async_graphql::Value;
use async_graphql::parser::types::{BaseType, FieldDefinition, OperationType, Type, TypeDefinition, TypeKind, TypeSystemDefinition};
use async_graphql::parser::{self, parse_schema};

/// The introspection types, which the SDL of a schema leaves out.
const INTROSPECTION_TYPES: &str = include_str!("introspection_types.graphql");

#[derive(Debug)]
pub(super) struct Shapes {
    types: HashMap<String, HashMap<String, Shape>>,
    roots: [String; 3],
}

#[derive(Debug)]
pub(super) struct Shape {
    pub(super) ty: String,
    pub(super) repeats: Repeats,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeats {
    Once,
    /// A list without `first` and `last`, as long as the list it was asked with.
    List {
        usual: u64,
    },
    /// A list that takes `first` or `last`.
    Page {
        usual: u64,
    },
    /// An object whose `edges` and `nodes` come as often as the page is long.
    Connection {
        usual: u64,
    },
    /// The `edges` and `nodes` of a connection: as many as the page of the connection above.
    Item,
}

impl Shapes {
    pub(super) fn read(sdl: &str, usual: u64) -> Result<Self, parser::Error> {
        let mut roots = ["Query".to_owned(), "Mutation".to_owned(), "Subscription".to_owned()];
        let mut definitions = Vec::new();
        for definition in parse_schema(sdl)?.definitions.into_iter().chain(parse_schema(INTROSPECTION_TYPES)?.definitions) {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    let named = [schema.node.query, schema.node.mutation, schema.node.subscription];
                    for (root, named) in roots.iter_mut().zip(named) {
                        named.into_iter().for_each(|name| *root = name.node.to_string());
                    }
                }
                TypeSystemDefinition::Type(definition) => definitions.push(definition.node),
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        let mut shapes = Self { types: shapes_of(&definitions, usual), roots };
        shapes.add_introspection(&Averages::of(&definitions));
        Ok(shapes)
    }

    pub(super) fn root(&self, operation: OperationType) -> &str {
        let [query, mutation, subscription] = &self.roots;
        match operation {
            OperationType::Query => query,
            OperationType::Mutation => mutation,
            OperationType::Subscription => subscription,
        }
    }

    pub(super) fn knows(&self, ty: &str) -> bool {
        self.types.contains_key(ty)
    }

    pub(super) fn field(&self, ty: &str, field: &str) -> Option<&Shape> {
        self.types.get(ty)?.get(field)
    }

    fn add_introspection(&mut self, averages: &Averages) {
        let [query, ..] = &self.roots;
        let entrances = [("__schema", "__Schema"), ("__type", "__Type")];
        if let Some(root) = self.types.get_mut(query) {
            root.extend(entrances.map(|(field, ty)| (field.to_owned(), Shape { ty: ty.to_owned(), repeats: Repeats::Once })));
        }
        for (ty, fields) in self.types.iter_mut().filter(|(ty, _)| ty.starts_with("__")) {
            for (field, shape) in fields.iter_mut().filter(|(_, shape)| shape.repeats != Repeats::Once) {
                shape.repeats = Repeats::List { usual: averages.length(ty, field) };
            }
        }
    }
}

fn shapes_of(definitions: &[TypeDefinition], usual: u64) -> HashMap<String, HashMap<String, Shape>> {
    let connections: Vec<&str> =
        definitions.iter().filter(|definition| is_connection(definition)).map(|definition| definition.name.node.as_str()).collect();
    let mut types: HashMap<String, HashMap<String, Shape>> = HashMap::new();
    for definition in definitions {
        let name = definition.name.node.as_str();
        let fields = types.entry(name.to_owned()).or_default();
        for field in fields_of(definition) {
            let ty = named(&field.ty.node);
            let repeats = if connections.contains(&name) && is_list(field) {
                Repeats::Item
            } else {
                repeats(field, connections.contains(&ty), usual)
            };
            fields.insert(field.name.node.to_string(), Shape { ty: ty.to_owned(), repeats });
        }
    }
    types
}

fn repeats(field: &FieldDefinition, is_connection: bool, usual: u64) -> Repeats {
    let mut arguments = field.arguments.iter().map(|argument| &argument.node);
    let page = arguments.find(|argument| is_page_argument(&argument.name.node));
    let default = page.and_then(|argument| match &argument.default_value.as_ref()?.node {
        Value::Number(number) => number.as_u64(),
        _ => None,
    });
    let usual = default.unwrap_or(usual);
    match (is_connection, is_list(field), page) {
        (true, _, _) => Repeats::Connection { usual },
        (false, true, Some(_)) => Repeats::Page { usual },
        (false, true, None) => Repeats::List { usual },
        (false, false, _) => Repeats::Once,
    }
}

pub(super) fn is_page_argument(name: &str) -> bool {
    matches!(name, "first" | "last")
}

fn is_connection(definition: &TypeDefinition) -> bool {
    let fields = fields_of(definition);
    fields.iter().any(|field| field.name.node == "pageInfo") && fields.iter().any(|field| field.name.node == "edges" && is_list(field))
}

fn fields_of(definition: &TypeDefinition) -> Vec<&FieldDefinition> {
    match &definition.kind {
        TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
        TypeKind::Interface(interface) => interface.fields.iter().map(|field| &field.node).collect(),
        _ => Vec::new(),
    }
}

fn is_list(field: &FieldDefinition) -> bool {
    matches!(field.ty.node.base, BaseType::List(_))
}

fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}

/// How long the lists of the introspection are on average, rounded up.
#[derive(Debug)]
struct Averages {
    types: u64,
    fields: u64,
    arguments: u64,
    values: u64,
    inputs: u64,
}

impl Averages {
    fn of(definitions: &[TypeDefinition]) -> Self {
        let mean = |lengths: Vec<usize>| {
            let total: usize = lengths.iter().sum();
            total.checked_div(lengths.len()).unwrap_or(0).saturating_add(1) as u64
        };
        let kinds = || definitions.iter().map(|definition| &definition.kind);
        let fields = || definitions.iter().map(fields_of).filter(|fields| !fields.is_empty());
        Self {
            types: definitions.len() as u64,
            fields: mean(fields().map(|fields| fields.len()).collect()),
            arguments: mean(fields().flatten().map(|field| field.arguments.len()).collect()),
            values: mean(kinds().filter_map(|kind| if let TypeKind::Enum(kind) = kind { Some(kind.values.len()) } else { None }).collect()),
            inputs: mean(
                kinds().filter_map(|kind| if let TypeKind::InputObject(kind) = kind { Some(kind.fields.len()) } else { None }).collect(),
            ),
        }
    }

    fn length(&self, ty: &str, field: &str) -> u64 {
        match (ty, field) {
            ("__Schema", "types") => self.types,
            ("__Type", "fields") => self.fields,
            (_, "args") => self.arguments,
            (_, "enumValues") => self.values,
            (_, "inputFields") => self.inputs,
            _ => 4,
        }
    }
}
