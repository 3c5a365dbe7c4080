//! Answers in the order of the question: async-graphql gives the fields of an object in the order in which they are
//! ready, and the specification wants that in which they are selected.

use std::collections::{HashMap, HashSet};

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet, TypeKind,
    TypeSystemDefinition,
};
use async_graphql::parser::{self, parse_schema};
use async_graphql::{Name, Positioned, Value};

/// A field that is asked for beside what the client asks, where fragments depend on the type of an object. Names that
/// begin like this are not the client's to choose.
const KIND: &str = "__kindOfFragment";

/// The object types that belong to each interface and union.
#[derive(Debug)]
pub(super) struct Kinds(HashMap<String, HashSet<String>>);

impl Kinds {
    /// # Errors
    /// Fails when `sdl` is not a schema.
    pub(super) fn read(sdl: &str) -> Result<Self, parser::Error> {
        let mut kinds: HashMap<String, HashSet<String>> = HashMap::new();
        for definition in parse_schema(sdl)?.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => {
                    for interface in object.implements {
                        kinds.entry(interface.node.to_string()).or_default().insert(name.clone());
                    }
                }
                TypeKind::Union(union) => {
                    kinds.entry(name).or_default().extend(union.members.into_iter().map(|member| member.node.to_string()));
                }
                _ => {}
            }
        }
        Ok(Self(kinds))
    }

    fn has(&self, condition: &str, kind: &str) -> bool {
        condition == kind || self.0.get(condition).is_some_and(|members| members.contains(kind))
    }
}

/// Asks for the type of every object whose fields come from fragments.
pub(super) fn ask_for_kinds(document: &mut ExecutableDocument) {
    for fragment in document.fragments.values_mut() {
        ask_in(&mut fragment.node.selection_set.node);
    }
    match &mut document.operations {
        DocumentOperations::Single(operation) => ask_in(&mut operation.node.selection_set.node),
        DocumentOperations::Multiple(all) => all.values_mut().for_each(|operation| ask_in(&mut operation.node.selection_set.node)),
    }
}

/// Recurses as deep as the document nests, which is limited.
fn ask_in(set: &mut SelectionSet) {
    let mut place = None;
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => ask_in(&mut field.node.selection_set.node),
            Selection::InlineFragment(inline) => {
                place = Some(selection.pos);
                ask_in(&mut inline.node.selection_set.node);
            }
            Selection::FragmentSpread(_) => place = Some(selection.pos),
        }
    }
    let Some(place) = place else { return };
    let field = Field {
        alias: Some(Positioned::new(Name::new(KIND), place)),
        name: Positioned::new(Name::new("__typename"), place),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet::default(), place),
    };
    set.items.push(Positioned::new(Selection::Field(Positioned::new(field, place)), place));
}

/// What a document asks for.
pub(super) struct Question<'a> {
    kinds: &'a Kinds,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
}

/// The fields of the objects at one place of the answer, in their order. Found once, and again where the type changes.
#[derive(Default)]
struct Layout<'a> {
    kind: Option<String>,
    fields: Option<IndexMap<&'a Name, Place<'a>>>,
}

/// Where a field leads: all the selection sets that are merged there.
#[derive(Default)]
struct Place<'a> {
    sets: Vec<&'a SelectionSet>,
    layout: Box<Layout<'a>>,
}

impl<'a> Question<'a> {
    pub(super) fn new(kinds: &'a Kinds, document: &'a ExecutableDocument) -> Self {
        Self { kinds, fragments: &document.fragments }
    }

    /// The answer with all its fields in the order of `operation`.
    pub(super) fn ordered(&self, answer: Value, operation: &'a OperationDefinition) -> Value {
        self.arranged(answer, &mut Place { sets: vec![&operation.selection_set.node], layout: Box::default() })
    }

    fn arranged(&self, value: Value, place: &mut Place<'a>) -> Value {
        match value {
            Value::List(items) => Value::List(items.into_iter().map(|item| self.arranged(item, place)).collect()),
            Value::Object(mut given) => {
                let kind = given.shift_remove(KIND).and_then(|kind| if let Value::String(kind) = kind { Some(kind) } else { None });
                let fields = self.fields(place, kind);
                let mut arranged = IndexMap::with_capacity(given.len());
                for (name, below) in fields {
                    if let Some(value) = given.swap_remove(*name) {
                        arranged.insert((*name).clone(), self.arranged(value, below));
                    }
                }
                arranged.extend(given);
                Value::Object(arranged)
            }
            leaf => leaf,
        }
    }

    fn fields<'p>(&self, place: &'p mut Place<'a>, kind: Option<String>) -> &'p mut IndexMap<&'a Name, Place<'a>> {
        let Place { sets, layout } = place;
        if layout.kind != kind {
            layout.fields = None;
            layout.kind = kind;
        }
        let Layout { kind, fields } = &mut **layout;
        fields.get_or_insert_with(|| {
            let mut found = IndexMap::new();
            for set in sets {
                self.collect(set, kind.as_deref(), &mut found);
            }
            found
        })
    }

    fn collect(&self, set: &'a SelectionSet, kind: Option<&str>, found: &mut IndexMap<&'a Name, Place<'a>>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    found.entry(&field.node.response_key().node).or_default().sets.push(&field.node.selection_set.node);
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    if condition.is_none_or(|condition| self.applies(condition, kind)) {
                        self.collect(&inline.node.selection_set.node, kind, found);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let Some(fragment) = self.fragments.get(&spread.node.fragment_name.node) else { continue };
                    if self.applies(&fragment.node.type_condition.node.on.node, kind) {
                        self.collect(&fragment.node.selection_set.node, kind, found);
                    }
                }
            }
        }
    }

    fn applies(&self, condition: &str, kind: Option<&str>) -> bool {
        kind.is_none_or(|kind| self.kinds.has(condition, kind))
    }
}
