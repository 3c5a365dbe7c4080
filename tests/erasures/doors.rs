//! Erasures at both doors.

use super::*;

both![both_doors_erase_alike, a_receipt_is_read_at_both_doors];

const ERASING: &str = "mutation($input: EraseMemberInput!) { eraseMember(input: $input) {
    erasure { id kind dryRun removed { members events } } member { version } userErrors { code path } } }";

async fn both_doors_erase_alike(app: App) {
    let (member, merged) = a_community_with_zenobia(&app).await;
    let input = |id: &str, version: u32, dry_run: bool| json!({"input": {"id": id, "version": version, "dryRun": dry_run}});

    let stale = app.graphql(ERASING, input(&member, 1, false)).await.data()["eraseMember"].clone();
    let half = app.graphql(ERASING, input(&merged, 2, false)).await.data()["eraseMember"].clone();
    let tried = app.graphql(ERASING, input(&member, 2, true)).await.data()["eraseMember"]["erasure"].clone();
    let erased = app.graphql(ERASING, input(&member, 2, false)).await.data()["eraseMember"].clone();
    let again = app.graphql(ERASING, input(&member, 2, false)).await.data()["eraseMember"].clone();

    let conflict = json!([{"code": "VERSION_CONFLICT", "path": ["input", "version"]}]);
    assert_eq!((&stale["member"]["version"], &stale["userErrors"]), (&json!(2), &conflict));
    assert_eq!(half["userErrors"], json!([{"code": "INVALID_TRANSITION", "path": ["input"]}]));
    assert_eq!((&tried["dryRun"], &tried["removed"]), (&json!(true), &erased["erasure"]["removed"]));
    assert_eq!((&erased["erasure"]["kind"], &erased["userErrors"]), (&json!("ERASED"), &json!([])));
    assert_eq!(again["userErrors"], json!([{"code": "NOT_FOUND", "path": ["input"]}]));
    let ben = the_member(&app, "forum/username/ben").await.expect("ben is known");
    let anonymising = "mutation($input: AnonymiseMemberInput!) { anonymiseMember(input: $input) { erasure { kind } userErrors { code } } }";
    let anonymised = app.graphql(anonymising, json!({"input": {"id": ben, "version": 1}})).await;
    assert_eq!(anonymised.data()["anonymiseMember"], json!({"erasure": {"kind": "ANONYMISED"}, "userErrors": []}));
}

async fn a_receipt_is_read_at_both_doors(app: App) {
    let (member, _) = a_community_with_zenobia(&app).await;
    let receipt = forget(&app, "erase", &member).await.expect(201);
    let id = &receipt["id"];

    let fields = "id removed { layerAssignments } effect { metrics { metric statistic windows { start before { value } after { value } } }
        surveys { surveyId waveId questionId } } author tokenId erasedAt liftedAt watermark";
    let query = format!(
        "{{ erasure(id: {id}) {{ {fields} }} node(id: {id}) {{ ... on Erasure {{ id }} }} erasures(first: 3) {{ totalCount nodes {{ id }} }} }}"
    );
    let answer = app.graphql(&query, json!({})).await;

    let told = &answer.data()["erasure"];
    for name in ["id", "author", "tokenId", "erasedAt", "liftedAt", "watermark"] {
        assert_eq!(told[name], receipt[name], "{name}");
    }
    assert_eq!((&told["effect"]["surveys"], &told["removed"]["layerAssignments"]), (&receipt["effect"]["surveys"], &json!(1)));
    let windows = |effect: &Value| effect["metrics"][0]["windows"][0]["before"]["value"].clone();
    assert_eq!(windows(&told["effect"]), windows(&receipt["effect"]));
    assert_eq!((&answer.data()["node"]["id"], &answer.data()["erasures"]), (id, &json!({"totalCount": 1, "nodes": [{"id": id}]})));
    let lifting = "mutation($input: LiftErasureInput!) { liftErasure(input: $input) { erasure { liftedAt } userErrors { code } } }";
    let lifted = app.graphql(lifting, json!({"input": {"id": id}})).await.data()["liftErasure"].clone();
    let again = app.graphql(lifting, json!({"input": {"id": id}})).await.data()["liftErasure"].clone();
    assert!(lifted["erasure"]["liftedAt"].is_string() && lifted == again, "{lifted} {again}");
    assert_eq!(app.get(receipt.header("location")).await.expect(200)["liftedAt"], lifted["erasure"]["liftedAt"]);
}
