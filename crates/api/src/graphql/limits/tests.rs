use async_graphql::Variables;
use serde_json::{Value, json};

use super::{Budget, Limits, Refusal, STANDARD_INTROSPECTION};

const SDL: &str = r#"
type Objective { id: ID! title: String tags: [String!]! parent: Objective keyResults(first: Int, last: Int): KeyResultConnection! }
type KeyResult { id: ID! checkIns(first: Int! = 5): [CheckIn!]! initiatives: [CheckIn!]! }
type CheckIn { id: ID! objective: Objective }
type KeyResultEdge { node: KeyResult! cursor: String! }
type KeyResultConnection { edges: [KeyResultEdge!]! nodes: [KeyResult!]! pageInfo: PageInfo! totalCount: Int! }
type PageInfo { hasNextPage: Boolean! }
type Root { objective(id: ID): Objective nodes(ids: [ID!]!): [Objective!]! search(filter: Filter): Objective }
input Filter { text: [String!] }
schema { query: Root }
"#;

fn weigh(query: &str, variables: Value) -> Result<u64, Refusal> {
    let budget = Budget::new(Limits::default(), SDL).unwrap();
    let document = budget.parse(query)?;
    let operation = &document.operations.iter().next().unwrap().1.node;
    budget.weigh(&document, operation, &Variables::from_json(variables))
}

fn cost(query: &str) -> u64 {
    weigh(query, json!({})).unwrap()
}

fn refusal(query: &str) -> (&'static str, u64, u64) {
    let refusal = weigh(query, json!({})).unwrap_err();
    let (limit, actual) = refusal.exceeded.unwrap_or_default();
    (refusal.code, limit, actual)
}

#[test]
fn a_field_costs_one_and_what_is_below_it() {
    assert_eq!(cost("{ objective { id title tags } }"), 4);
}

#[test]
fn only_the_entries_of_a_connection_come_once_per_entry() {
    let page = "pageInfo { hasNextPage } totalCount edges { node { id } }";

    assert_eq!(cost(&format!("{{ objective {{ keyResults(first: 20) {{ {page} }} }} }}")), 1 + 1 + 2 + 1 + 20 * 3);
    assert_eq!(cost(&format!("{{ objective {{ keyResults(last: 3) {{ {page} }} }} }}")), 1 + 1 + 2 + 1 + 3 * 3);
    assert_eq!(cost(&format!("{{ objective {{ keyResults {{ {page} }} }} }}")), 1 + 1 + 2 + 1 + 10 * 3);
}

#[test]
fn the_entries_count_the_same_through_fragments() {
    let query =
        "{ objective { keyResults(first: 20) { ...page } } } fragment page on KeyResultConnection { ... { edges { node { id } } } }";

    assert_eq!(cost(query), 1 + 1 + 20 * 3);
}

#[test]
fn a_list_multiplies_by_its_argument_its_default_or_what_is_usual() {
    let below = |field: &str| format!("{{ objective {{ keyResults(first: 1) {{ nodes {{ {field} {{ id }} }} }} }} }}");

    assert_eq!(cost(&below("checkIns(first: 7)")), 4 + 7);
    assert_eq!(cost(&below("checkIns")), 4 + 5);
    assert_eq!(cost(&below("initiatives")), 4 + 10);
}

#[test]
fn a_page_in_a_variable_or_its_default_counts() {
    let query = "query($n: Int = 4) { objective { keyResults(first: $n) { nodes { id } } } }";

    assert_eq!(weigh(query, json!({})).unwrap(), 2 + 4 * 2);
    assert_eq!(weigh(query, json!({ "n": 30 })).unwrap(), 2 + 30 * 2);
    assert_eq!(weigh(query, json!({ "n": null })).unwrap(), 2 + 10 * 2);
    assert_eq!(weigh(query, json!({ "n": 101 })).unwrap_err().code, "PAGE_TOO_LARGE");
    assert_eq!(weigh(query, json!({ "n": -1 })).unwrap_err().code, "OUT_OF_RANGE");
}

#[test]
fn a_list_of_ids_counts_each_of_them() {
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";

    assert_eq!(weigh(query, json!({ "ids": vec!["x"; 20] })).unwrap(), 1 + 20);
}

#[test]
fn large_arguments_cost_too() {
    let query = "query($f: Filter) { search(filter: $f) { id } }";

    assert!(weigh(query, json!({ "f": { "text": vec!["x"; 1_000] } })).unwrap() > 40);
    assert_eq!(weigh(query, json!({ "f": { "text": vec!["x"; 40_000] } })).unwrap_err().code, "TOO_MANY_VALUES");
}

#[test]
fn a_refusal_says_which_limit_and_by_how_much() {
    let deep = |levels: usize| format!("{{ objective {{ {} title {} }} }}", "parent {".repeat(levels), "}".repeat(levels));

    assert!(weigh(&deep(10), json!({})).is_ok());
    assert_eq!(refusal(&deep(11)), ("QUERY_TOO_DEEP", 12, 13));
    let message = weigh(&deep(11), json!({})).unwrap_err().message;
    assert_eq!(message, "the query has 13 levels of fields, the limit is 12: 1 too many");
}

#[test]
fn each_limit_has_its_code() {
    let aliases: String = (0..31).map(|i| format!("a{i}: id ")).collect();
    let page = "keyResults(first: 100) { nodes { checkIns(first: 100) { objective { id title tags parent { id } } } } }";
    for (query, expected) in [
        (format!("{{ objective {{ {aliases} }} }}"), ("TOO_MANY_ALIASES", 30, 31)),
        ("{ ".to_owned() + &"objective { id } ".repeat(21) + "}", ("TOO_MANY_ROOT_FIELDS", 20, 21)),
        ("{ objective { id ".to_owned() + &"@skip(if: false) ".repeat(51) + "} }", ("TOO_MANY_DIRECTIVES", 50, 51)),
        ("{ objective { ".to_owned() + &"id ".repeat(2_000) + "} }", ("TOO_MANY_FIELDS", 2_000, 2_001)),
        (format!("{{ objective {{ {page} }} }}"), ("QUERY_TOO_COMPLEX", 50_000, 1 + 1 + 100 * (1 + 1 + 100 * 6))),
        ("{ ".to_owned() + &"x ".repeat(4_999) + "}", ("TOO_MANY_TOKENS", 5_000, 5_001)),
        (" ".repeat(65_537), ("QUERY_TOO_LARGE", 65_536, 65_537)),
        (format!("{{ {} }}", "a".repeat(201)), ("NAME_TOO_LONG", 200, 201)),
    ] {
        assert_eq!(refusal(&query), expected);
    }
}

#[test]
fn strings_and_comments_are_one_token_and_none() {
    let tokens = |query: &str| super::tokens::check(query, &Limits { tokens: 0, ..Limits::default() }).unwrap_err().exceeded.unwrap().1;

    assert_eq!(tokens("{ a(b: \"{ \\\" }\", c: \"\"\" { \\\"\"\" \" \"\"\", d: -1.5e3) ...f @x } # {{{ \"\n"), 19);
}

#[test]
fn a_document_of_operations_is_checked_as_a_whole() {
    let deep = "query Deep { objective { parent { parent { parent { parent { parent { parent { parent { parent { parent { \
                parent { parent { id } } } } } } } } } } } } }";

    assert_eq!(refusal(&format!("query Small {{ objective {{ id }} }} {deep}")).0, "QUERY_TOO_DEEP");
}

#[test]
fn fragments_in_a_circle_are_named() {
    let circle = "{ objective { ...a } } fragment a on Objective { parent { ...b } } fragment b on Objective { ...a }";

    assert_eq!(weigh(circle, json!({})).unwrap_err().message, "fragment `a` spreads itself");
}

#[test]
fn introspection_has_a_budget_of_its_own() {
    let circle = |rounds: usize| {
        let (open, close) = ("fields { type { ".repeat(rounds), "} }".repeat(rounds));
        format!("{{ __schema {{ types {{ {open} name {close} }} }} }}")
    };

    assert_eq!(cost(STANDARD_INTROSPECTION), 1);
    assert_eq!(cost(&circle(1)), 1);
    assert_eq!(refusal(&circle(6)).0, "QUERY_TOO_COMPLEX");
    assert_eq!(refusal(&circle(7)).0, "QUERY_TOO_DEEP");
    assert_eq!(refusal(&format!("{{ __schema {{ types {{ {} }} }} }}", "name ".repeat(300))), ("QUERY_TOO_COMPLEX", 300, 302));
}
