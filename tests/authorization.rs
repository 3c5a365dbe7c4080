//! Every operation and every field, asked by everybody.

mod fields;
mod matrix;
mod operations;
mod walk;

use serde_json::json;

use self::fields::{MUTATIONS, QUERIES};
use self::matrix::{Permission, ROLES, may};
use self::operations::OPERATIONS;
use self::walk::{Field, Operation, anonymous, codes};
use crate::harness::{App, Client, both};
use crate::world::World;

both![
    the_table_holds_every_operation,
    the_table_holds_every_field,
    a_role_may_call_what_the_matrix_says,
    a_role_may_ask_what_the_matrix_says,
    no_operation_is_open_without_a_valid_token,
    no_field_is_open_without_a_valid_token,
    an_operation_treats_things_of_another_workspace_as_missing,
    a_field_treats_things_of_another_workspace_as_missing,
    who_records_progress_cannot_rename_a_milestone_step,
    a_link_to_a_key_result_of_another_workspace_dangles,
    a_caller_is_told_what_the_matrix_says,
];

const ROOTS: [(&str, &str, &[fields::Row]); 2] = [("query", "queryType", QUERIES), ("mutation", "mutationType", MUTATIONS)];

/// What the table says of a name; the two tests of the tables tell which are missing.
fn row(table: &[operations::Row], name: &str) -> Option<(Permission, &'static str)> {
    table.iter().find(|(known, ..)| *known == name).map(|(_, permission, input)| (*permission, *input))
}

/// A body that an operation takes, with names in braces.
pub(crate) fn body_of(operation: &str) -> &'static str {
    row(OPERATIONS, operation).map(|(_, body)| body).expect("every operation is listed")
}

#[track_caller]
fn same(table: &[operations::Row], served: impl Iterator<Item = String>) {
    let mut table: Vec<String> = table.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let mut served: Vec<String> = served.collect();
    table.sort();
    served.sort();

    let unknown: Vec<_> = served.iter().filter(|name| !table.contains(name)).collect();
    let gone: Vec<_> = table.iter().filter(|name| !served.contains(name)).collect();
    assert!(unknown.is_empty() && gone.is_empty(), "say who may: {unknown:?}; no longer served: {gone:?}");
    assert_eq!(table, served, "a name stands twice");
}

async fn the_table_holds_every_operation(app: App) {
    let operations = Operation::all(&app).await;

    same(OPERATIONS, operations.into_iter().map(|operation| operation.name));
}

async fn the_table_holds_every_field(app: App) {
    for (_, root, table) in ROOTS {
        let fields = Field::all(&app, root).await;

        same(table, fields.into_iter().map(|field| field.name));
    }
}

async fn a_role_may_call_what_the_matrix_says(app: App) {
    let world = World::made_by(&app).await;
    let operations = Operation::all(&app).await;

    for role in ROLES {
        let caller = app.as_role(role);
        for operation in &operations {
            let Some((permission, body)) = row(OPERATIONS, &operation.name) else { continue };
            let answer = operation.call(&caller, &world, body).await;
            if may(role, permission) {
                assert!(![400, 401, 403, 405, 415, 500].contains(&answer.status), "{role} may {permission:?}: {answer:?}");
            } else {
                assert!(answer.status == 403, "{role} may not {permission:?}: {answer:?}");
                answer.problem(403, "FORBIDDEN");
            }
        }
    }
}

async fn a_role_may_ask_what_the_matrix_says(app: App) {
    let world = World::made_by(&app).await;

    for (operation, root, table) in ROOTS {
        let fields = Field::all(&app, root).await;
        for role in ROLES {
            let caller = app.as_role(role);
            for field in &fields {
                let Some((permission, arguments)) = row(table, &field.name) else { continue };
                let answer = field.ask(&caller, &world, operation, arguments).await.expect(200);
                let expected: &[&str] = if may(role, permission) { &[] } else { &["FORBIDDEN"] };
                assert!(codes(&answer) == expected, "{role} and {permission:?}: {answer:?}");
            }
        }
    }
}

/// Nobody's, a nonsensical, a mistyped, a revoked and another installation's token.
async fn strangers(app: &App) -> Vec<(&'static str, Client)> {
    let database = &app.server.database;
    let revoked = database.run(&["token", "create", "--role", "owner", "--name", "revoked"]);
    let list = database.run(&["token", "list"]);
    let id = list.lines().find(|line| line.contains("\trevoked\t")).and_then(|line| line.split('\t').next());
    database.run(&["token", "revoke", id.expect("the token is listed")]);
    let end = if revoked.ends_with('a') { "b" } else { "a" };
    let mistyped = format!("{}{end}", revoked.get(..revoked.len() - 1).unwrap_or_default());
    let installation = App::start(database.backend, &[]).await;
    let foreign = installation.server.owner_token().expect("the first start prints a token");

    vec![
        ("nobody", app.anonymous()),
        ("nonsense", app.with_token("nonsense")),
        ("mistyped", app.with_token(&mistyped)),
        ("revoked", app.with_token(&revoked)),
        ("foreign", app.with_token(&foreign)),
    ]
}

async fn no_operation_is_open_without_a_valid_token(app: App) {
    let world = World::made_by(&app).await;
    let operations = Operation::all(&app).await;

    for (name, stranger) in strangers(&app).await {
        for operation in &operations {
            let body = row(OPERATIONS, &operation.name).map(|(_, body)| body).unwrap_or_default();
            let answer = operation.call(&stranger, &world, body).await;
            assert!(answer.status == 401, "{name}: {answer:?}");
            assert!(answer.header("www-authenticate").starts_with("Bearer"), "{answer:?}");
            answer.problem(401, "UNAUTHENTICATED");
        }
    }
}

async fn no_field_is_open_without_a_valid_token(app: App) {
    let world = World::made_by(&app).await;

    for (name, stranger) in strangers(&app).await {
        for (operation, root, table) in ROOTS {
            for field in Field::all(&app, root).await {
                let arguments = row(table, &field.name).map(|(_, arguments)| arguments).unwrap_or_default();
                let answer = field.ask(&stranger, &world, operation, arguments).await;
                assert!(answer.status == 401 && answer.json().get("data").is_none(), "{name}: {answer:?}");
            }
        }
    }
}

async fn an_operation_treats_things_of_another_workspace_as_missing(app: App) {
    let world = World::made_by(&app).await;
    let missing = world.missing();
    let stranger = app.elsewhere();

    for operation in Operation::all(&app).await {
        let body = row(OPERATIONS, &operation.name).map(|(_, body)| body).unwrap_or_default();
        if world.filled(&operation.path) == operation.path && world.filled(body) == body {
            continue;
        }
        let theirs = operation.call(&stranger, &world, body).await;
        let nobodys = operation.call(&stranger, &missing, body).await;
        assert_eq!(anonymous(&theirs, &world), anonymous(&nobodys, &missing), "{}", operation.name);
        let expected = if world.filled(&operation.path) == operation.path { 422 } else { 404 };
        theirs.expect(expected);
    }
}

async fn a_field_treats_things_of_another_workspace_as_missing(app: App) {
    let world = World::made_by(&app).await;
    let missing = world.missing();
    let stranger = app.elsewhere();

    for (operation, root, table) in ROOTS {
        for field in Field::all(&app, root).await {
            let Some((_, arguments)) = row(table, &field.name).filter(|(_, arguments)| world.filled(arguments) != *arguments) else {
                continue;
            };
            let theirs = field.ask(&stranger, &world, operation, arguments).await.expect(200);
            let nobodys = field.ask(&stranger, &missing, operation, arguments).await;
            assert_eq!(anonymous(&theirs, &world), anonymous(&nobodys, &missing), "{}", field.name);
            let refusals = &theirs["data"][&field.name]["userErrors"];
            assert!(operation == "query" || refusals[0]["code"] == "NOT_FOUND", "{theirs:?}");
        }
    }
}

async fn who_records_progress_cannot_rename_a_milestone_step(app: App) {
    let world = World::made_by(&app).await;
    let contributor = app.as_role("contributor");
    let path = world.filled("/v1/milestone-steps/{milestoneStep}");

    contributor.patch(&path, "\"1\"", json!({"doneOn": "2025-10-10"})).await.expect(200);

    contributor.patch(&path, "\"2\"", json!({"title": "Other"})).await.problem(403, "FORBIDDEN");
}

async fn a_link_to_a_key_result_of_another_workspace_dangles(app: App) {
    let world = World::made_by(&app).await;
    let stranger = app.elsewhere();
    stranger.post("/v1/teams", json!({"key": "theirs", "name": "Theirs", "kind": "TEAM"})).await.expect(201);
    let initiative = stranger.post("/v1/initiatives", json!({"title": "Spying", "team": "theirs"})).await.expect(201);

    let path = format!("/v1/initiatives/{}/contributions/{}", initiative["id"].as_str().expect("an id"), world.id("keyResult"));
    let link = stranger.put(&path, None, json!({})).await.expect(200);

    assert_eq!(link["keyResultId"], json!(null));
}

async fn a_caller_is_told_what_the_matrix_says(app: App) {
    use Permission::*;
    let all = [
        (Introspect, "INTROSPECT"),
        (Read, "READ"),
        (EditWorkspace, "EDIT_WORKSPACE"),
        (EditTeams, "EDIT_TEAMS"),
        (EditCycles, "EDIT_CYCLES"),
        (EditOkrs, "EDIT_OKRS"),
        (RecordProgress, "RECORD_PROGRESS"),
        (EditInitiatives, "EDIT_INITIATIVES"),
        (LinkInitiatives, "LINK_INITIATIVES"),
        (Import, "IMPORT"),
        (EditCommunity, "EDIT_COMMUNITY"),
        (Ingest, "INGEST"),
        (ReadAnswers, "READ_ANSWERS"),
        (EraseMembers, "ERASE_MEMBERS"),
        (ManageTokens, "MANAGE_TOKENS"),
    ];
    for role in ROLES {
        let me = app.as_role(role).get("/v1/me").await.expect(200);

        let allowed: Vec<&str> = all.iter().filter(|(permission, _)| may(role, *permission)).map(|(_, name)| *name).collect();
        let told = me["permissions"].as_array().expect("a list").iter().filter_map(|name| name.as_str());
        assert_eq!(told.collect::<Vec<_>>(), allowed, "{role}");
    }
}
