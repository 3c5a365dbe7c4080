//! An answer of GraphQL has its fields in the order of the question.

use serde_json::{Value, json};

use crate::harness::{App, both};
use crate::world::World;

both![
    fields_come_in_the_order_of_the_question,
    fields_of_fragments_come_where_they_are_spread,
    an_object_without_what_it_must_have_is_null,
];

/// The names of the fields of an object of the answer, as they stand in its text.
#[track_caller]
fn names<'a>(data: &'a Value, pointer: &str) -> Vec<&'a str> {
    let object = data.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("no {pointer} in {data}"));

    object.keys().map(String::as_str).collect()
}

async fn fields_come_in_the_order_of_the_question(app: App) {
    let world = World::made_by(&app).await;
    let query = "query ($id: ID!) {
        last: workspace { viewerCanEdit name id }
        keyResult(id: $id) {
            score { value }
            title
            checkIns(first: 1) { totalCount edges { node { keyResult { title id } value id } cursor } pageInfo { hasNextPage } }
            id
            objective { team { name key } title cycle { key } address }
            kind
        }
        me { role }
    }";

    let answer = app.graphql(query, json!({"id": world.id("keyResult")})).await;

    let data = answer.data();
    assert_eq!(names(data, ""), ["last", "keyResult", "me"]);
    assert_eq!(names(data, "/last"), ["viewerCanEdit", "name", "id"]);
    assert_eq!(names(data, "/keyResult"), ["score", "title", "checkIns", "id", "objective", "kind"]);
    assert_eq!(names(data, "/keyResult/checkIns"), ["totalCount", "edges", "pageInfo"]);
    assert_eq!(names(data, "/keyResult/checkIns/edges/0"), ["node", "cursor"]);
    assert_eq!(names(data, "/keyResult/checkIns/edges/0/node"), ["keyResult", "value", "id"]);
    assert_eq!(names(data, "/keyResult/objective"), ["team", "title", "cycle", "address"]);
}

async fn fields_of_fragments_come_where_they_are_spread(app: App) {
    let world = World::made_by(&app).await;
    let query = "query ($ids: [ID!]!, $no: Boolean!) {
        nodes(ids: $ids) {
            ... on KeyResult { objective { id } title hidden: kind @include(if: $no) }
            ... on Objective { title team { ...Team } keyResults(first: 1) { totalCount } }
            ... on Node { id }
            __typename
            ... on KeyResult { objective { title } address }
        }
    }
    fragment Team on Team { parent { id } ...More key }
    fragment More on Team { viewerCanEdit name }";

    let answer = app.graphql(query, json!({"ids": [world.id("objective"), world.id("keyResult")], "no": false})).await;

    let data = answer.data();
    assert_eq!(names(data, "/nodes/0"), ["title", "team", "keyResults", "id", "__typename"]);
    assert_eq!(names(data, "/nodes/0/team"), ["parent", "viewerCanEdit", "name", "key"]);
    assert_eq!(names(data, "/nodes/1"), ["objective", "title", "id", "__typename", "address"]);
    assert_eq!(names(data, "/nodes/1/objective"), ["id", "title"]);
}

async fn an_object_without_what_it_must_have_is_null(app: App) {
    let ingest = app.as_role("ingest");

    let answer = ingest.graphql("{ me { role } teams { totalCount } }", json!({})).await.expect(200);

    assert_eq!(answer["data"], Value::Null, "teams cannot be null, so the answer is: {answer:?}");
    assert_eq!(answer["errors"][0]["path"], json!(["teams"]));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let whole = ingest.graphql("{ me { role } node(id: \"team_01h455vb4pex5vsknk084sn02q\") { id } }", json!({})).await.expect(200);
    assert_eq!(whole["data"]["me"]["role"], "INGEST", "node may be null: {whole:?}");
}
