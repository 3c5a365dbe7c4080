//! Answers in the order of the question: async-graphql gives the fields of an object in the order in which they are
//! ready, and the specification wants that in which they are selected.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    BaseType, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet, Type,
};
use async_graphql::{Name, PathSegment, Positioned, ServerError, Value};

use super::field_types::{self, Types};

/// A field that is asked for beside what the client asks, where fragments depend on the type of an object. Names that
/// begin like this are not the client's to choose.
const KIND: &str = "__kindOfFragment";

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

/// What a document asks for, and which of its fields failed.
pub(super) struct Question<'a> {
    types: &'a Types,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    failures: &'a [ServerError],
}

/// The fields of the objects at one place of the answer, in their order. Found once, and again where the type changes.
#[derive(Default)]
struct Layout<'a> {
    kind: Option<String>,
    fields: Option<IndexMap<&'a Name, Place<'a>>>,
}

/// Where a field leads: all the selection sets that are merged there.
struct Place<'a> {
    field: &'a str,
    sets: Vec<&'a SelectionSet>,
    layout: Box<Layout<'a>>,
}

/// A place in the answer, by the way that leads there. It is told in full only where something failed.
struct Path<'p> {
    above: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Field(&'p str),
    Item(usize),
}

impl Path<'_> {
    /// Whether a failure happened here, or further down.
    fn leads_to(&self, failure: &ServerError) -> bool {
        let mut steps: Vec<Step<'_>> = std::iter::successors(Some(self), |path| path.above).map(|path| path.step).collect();
        steps.reverse();
        let is_same = |(step, segment): (&Step<'_>, &PathSegment)| match (step, segment) {
            (Step::Field(name), PathSegment::Field(other)) => name == other,
            (Step::Item(index), PathSegment::Index(other)) => index == other,
            _ => false,
        };
        steps.len() <= failure.path.len() && steps.iter().zip(&failure.path).all(is_same)
    }
}

/// A null where there cannot be one: what holds it is null instead.
struct Nothing;

/// What stands where a value cannot be had.
fn absent(of: Option<&Type>) -> Result<Value, Nothing> {
    if of.is_none_or(|of| of.nullable) { Ok(Value::Null) } else { Err(Nothing) }
}

impl<'a> Question<'a> {
    pub(super) fn new(types: &'a Types, document: &'a ExecutableDocument, failures: &'a [ServerError]) -> Self {
        Self { types, fragments: &document.fragments, failures }
    }

    /// The answer with all its fields in the order of `operation`. async-graphql leaves out a field that failed:
    /// it becomes null, as the specification wants it, or what holds it does where it cannot be null.
    pub(super) fn ordered(&self, answer: Value, operation: &'a OperationDefinition) -> Value {
        let mut place = Place { field: "", sets: vec![&operation.selection_set.node], layout: Box::default() };
        self.object(answer, &mut place, Some(field_types::root(operation.ty)), None).unwrap_or_default()
    }

    fn arranged(&self, value: Value, place: &mut Place<'a>, of: Option<&Type>, path: &Path<'_>) -> Result<Value, Nothing> {
        let arranged = match (value, of.map(|of| &of.base)) {
            (Value::List(items), base) => {
                let of = base.and_then(|base| if let BaseType::List(item) = base { Some(&**item) } else { None });
                let item = |(index, item)| self.arranged(item, place, of, &Path { above: Some(path), step: Step::Item(index) });
                items.into_iter().enumerate().map(item).collect::<Result<_, _>>().map(Value::List)
            }
            (value @ Value::Object(_), Some(BaseType::Named(name))) => self.object(value, place, Some(name), Some(path)),
            (value @ Value::Object(_), _) => self.object(value, place, None, Some(path)),
            (leaf, _) => Ok(leaf),
        };
        arranged.or_else(|Nothing| absent(of))
    }

    fn object(&self, value: Value, place: &mut Place<'a>, of: Option<&str>, above: Option<&Path<'_>>) -> Result<Value, Nothing> {
        let Value::Object(mut given) = value else { return Ok(value) };
        let kind = given.shift_remove(KIND).and_then(|kind| if let Value::String(kind) = kind { Some(kind) } else { None });
        let (kind, fields) = self.fields(place, kind);
        let of = kind.or(of);
        let mut arranged = IndexMap::with_capacity(given.len());
        for (name, below) in fields {
            let path = Path { above, step: Step::Field(name) };
            let of = of.and_then(|of| self.types.field(of, below.field));
            let found = match given.swap_remove(*name) {
                Some(value) => Some(self.arranged(value, below, of, &path)?),
                None if self.failures.iter().any(|failure| path.leads_to(failure)) => Some(absent(of)?),
                None => None,
            };
            arranged.extend(found.map(|value| ((*name).clone(), value)));
        }
        arranged.extend(given);
        Ok(Value::Object(arranged))
    }

    /// The type of the object, where it was asked for, and its fields.
    fn fields<'p>(&self, place: &'p mut Place<'a>, kind: Option<String>) -> (Option<&'p str>, &'p mut IndexMap<&'a Name, Place<'a>>) {
        let Place { sets, layout, .. } = place;
        if layout.kind != kind {
            layout.fields = None;
            layout.kind = kind;
        }
        let Layout { kind, fields } = &mut **layout;
        let kind = kind.as_deref();
        let fields = fields.get_or_insert_with(|| {
            let mut found = IndexMap::new();
            for set in sets {
                self.collect(set, kind, &mut found);
            }
            found
        });
        (kind, fields)
    }

    fn collect(&self, set: &'a SelectionSet, kind: Option<&str>, found: &mut IndexMap<&'a Name, Place<'a>>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let place = found.entry(&field.response_key().node);
                    let place = place.or_insert_with(|| Place { field: &field.name.node, sets: Vec::new(), layout: Box::default() });
                    place.sets.push(&field.selection_set.node);
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
        kind.is_none_or(|kind| self.types.has(condition, kind))
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::{ErrorExtensions, Pos};

    use super::*;

    const SCHEMA: &str = "type Query { one: A, must: A!, list: [A!], holes: [A]! } type A { x: Int!, y: Int, a: A! }";

    /// The answer to a question, where the fields at these paths failed and were left out.
    fn answered(query: &str, answer: serde_json::Value, failed: &[&[&str]]) -> serde_json::Value {
        let types = Types::read(SCHEMA).expect("a schema");
        let document = parse_query(query).expect("a question");
        let DocumentOperations::Single(operation) = &document.operations else { panic!("one operation") };
        let segment = |name: &&str| name.parse().map_or_else(|_| PathSegment::Field((*name).to_owned()), PathSegment::Index);
        let failure = |path: &&[&str]| {
            let mut error = async_graphql::Error::new("failed").extend_with(|_, _| ()).into_server_error(Pos::default());
            error.path = path.iter().map(segment).collect();
            error
        };
        let failures: Vec<ServerError> = failed.iter().map(failure).collect();
        let answer = Value::from_json(answer).expect("a value");

        let ordered = Question::new(&types, &document, &failures).ordered(answer, &operation.node);

        ordered.into_json().expect("JSON")
    }

    #[test]
    fn what_cannot_be_null_and_failed_makes_null_of_what_holds_it() {
        use serde_json::json;
        let question = "{ one { y x } list { x } holes { x } }";
        let whole = json!({"one": {"x": 1, "y": 2}, "list": [{"x": 1}], "holes": [{"x": 1}, {"x": 2}]});

        assert_eq!(answered(question, whole, &[]).to_string(), r#"{"one":{"y":2,"x":1},"list":[{"x":1}],"holes":[{"x":1},{"x":2}]}"#);

        let broken = json!({"one": {"y": 2}, "list": [{"x": 1}, {}], "holes": [{}, {"x": 2}]});
        let failed: [&[&str]; 3] = [&["one", "x"], &["list", "1", "x"], &["holes", "0", "x"]];
        assert_eq!(answered(question, broken, &failed), json!({"one": null, "list": null, "holes": [null, {"x": 2}]}));
    }

    #[test]
    fn null_rises_until_something_may_be_null() {
        use serde_json::json;

        let deep = answered("{ one { y a { a { x } } } }", json!({"one": {"y": 1, "a": {"a": {}}}}), &[&["one", "a", "a", "x"]]);
        assert_eq!(deep, json!({"one": null}));

        let root = answered("{ one { y } alias: must { x } }", json!({"one": {"y": 1}, "alias": {}}), &[&["alias", "x"]]);
        assert_eq!(root, json!(null));
    }
}
