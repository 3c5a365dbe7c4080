//! REST and GraphQL show one model: what is written at one door is read at the other.

mod names;
mod order;
mod readings;
mod refusals;
mod shapes;

use serde_json::{Value, json};

use self::shapes::Shapes;
use crate::harness::{App, both};
use crate::world::World;

both![
    a_workspace_is_the_same_at_both_doors,
    a_team_is_the_same_at_both_doors,
    a_cycle_is_the_same_at_both_doors,
    an_objective_is_the_same_at_both_doors,
    a_key_result_of_each_kind_is_the_same_at_both_doors,
    a_milestone_step_is_the_same_at_both_doors,
    a_check_in_is_the_same_at_both_doors,
    an_initiative_is_the_same_at_both_doors,
    a_survey_is_the_same_at_both_doors,
    a_question_is_the_same_at_both_doors,
    a_wave_is_the_same_at_both_doors,
    a_custom_metric_is_the_same_at_both_doors,
    a_metric_target_is_the_same_at_both_doors,
    a_contribution_is_the_same_at_both_doors,
    a_grade_is_the_same_at_both_doors,
    a_token_is_the_same_at_both_doors,
    a_platform_is_the_same_at_both_doors,
    a_channel_is_the_same_at_both_doors,
    an_activity_type_is_the_same_at_both_doors,
    a_member_is_the_same_at_both_doors,
    an_identity_is_the_same_at_both_doors,
    a_trait_is_the_same_at_both_doors,
];

/// What GraphQL shows at `field` is what REST showed, field for field.
pub(crate) async fn assert_shown(app: &App, field: &str, shown: &Value) {
    let selected = Shapes::of(app).await.under("Query", field, shown);
    let answer = app.graphql(&format!("{{ it: {field} {selected} }}"), json!({})).await;

    assert_eq!(&answer.data()["it"], shown, "{field}");
}

/// The fields of the input that the resource has too.
#[track_caller]
fn assert_kept(input: &Value, shown: &Value) {
    for (name, given) in input.as_object().expect("an input is an object") {
        if let Some(kept) = shown.get(name) {
            assert_eq!(kept, given, "{name}");
        }
    }
}

/// How one kind of thing is written and read.
struct Resource {
    path: &'static str,
    field: &'static str,
    create: &'static str,
    input: &'static str,
}

impl Resource {
    async fn check(&self, app: &App, [first, second]: [Value; 2]) {
        let made = app.post(self.path, first.clone()).await.expect(201);
        assert_kept(&first, made.json());
        assert_shown(app, &format!("{}(id: {})", self.field, made["id"]), made.json()).await;

        let selected = Shapes::of(app).await.under("Query", self.field, made.json());
        let Self { create, field, input, .. } = self;
        let query =
            format!("mutation($input: {input}!) {{ {create}(input: $input) {{ {field} {selected} userErrors {{ message path }} }} }}");
        let answer = app.graphql(&query, json!({"input": second})).await;
        let payload = &answer.data()[create];
        assert_eq!(payload["userErrors"], json!([]));
        assert_kept(&second, &payload[field]);
        let shown = app.get(&format!("{}/{}", self.path, payload[field]["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!(shown.json(), &payload[field]);
    }
}

async fn a_workspace_is_the_same_at_both_doors(app: App) {
    let changes = json!({"name": "Acme", "timeZone": "Europe/Berlin", "weekStart": "SUNDAY"});
    let changed = app.patch("/v1/workspace", "\"1\"", changes.clone()).await.expect(200);
    assert_kept(&changes, changed.json());
    assert_shown(&app, "workspace", changed.json()).await;

    let changes = json!({"name": "Umbrella", "timeZone": "Asia/Tokyo", "weekStart": "SATURDAY"});
    let query = "mutation($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { userErrors { message } } }";
    app.graphql(query, json!({"input": {"version": 2, "changes": changes.clone()}})).await.data();

    let shown = app.get("/v1/workspace").await.expect(200);
    assert_kept(&changes, shown.json());
    assert_shown(&app, "workspace", shown.json()).await;
}

async fn a_team_is_the_same_at_both_doors(app: App) {
    app.post("/v1/teams", json!({"key": "acme", "name": "Acme", "kind": "COMPANY"})).await.expect(201);
    let teams = Resource { path: "/v1/teams", field: "team", create: "createTeam", input: "NewTeam" };

    let first = json!({"key": "devrel", "name": "DevRel \"Ω\"", "kind": "GROUP", "parent": "acme", "externalId": "hr-1"});
    let second = json!({"key": "ada", "name": "Ada", "kind": "INDIVIDUAL", "parent": "devrel", "externalId": "hr-2"});
    teams.check(&app, [first, second]).await;
}

async fn a_cycle_is_the_same_at_both_doors(app: App) {
    app.post("/v1/cycles", json!({"key": "2025", "start": "2025-01-01", "end": "2025-12-31"})).await.expect(201);
    let cycles = Resource { path: "/v1/cycles", field: "cycle", create: "createCycle", input: "NewCycle" };

    let first = json!({"key": "2025-Q1", "name": "Spring", "start": "2025-01-01", "end": "2025-03-31", "status": "ACTIVE", "parent": "2025", "externalId": "a"});
    let second = json!({"key": "2025-Q2", "start": "2025-04-01", "end": "2025-06-30", "status": "GRADING"});
    cycles.check(&app, [first, second]).await;
}

async fn an_objective_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let objectives = Resource { path: "/v1/objectives", field: "objective", create: "createObjective", input: "NewObjective" };

    let full = |external: &str| {
        json!({
            "cycle": "2025-Q4", "team": "devrel", "title": "Developers succeed", "kind": "ENABLER", "status": "PARKED",
            "whyNow": "The API is new", "pillar": "Trust", "owner": "devrel", "weight": 2.5, "parent": world.id("objective"),
            "alignments": [world.id("keyResult")], "externalId": external,
        })
    };
    objectives.check(&app, [full("a"), full("b")]).await;
    let bare = json!({"cycle": "2025-Q4", "team": "devrel", "title": "Bare"});
    objectives.check(&app, [bare.clone(), bare]).await;
}

async fn a_key_result_of_each_kind_is_the_same_at_both_doors(app: App) {
    World::made_by(&app).await;
    let key_results = Resource { path: "/v1/key-results", field: "keyResult", create: "createKeyResult", input: "NewKeyResult" };
    let kinds = [
        json!({
            "kind": "REACH", "baseline": 120, "target": 200.5, "commit": 150, "stretch": 300, "unit": "COUNT", "unitLabel": "members",
            "start": "2025-10-02", "due": "2025-12-30", "indicator": "LEADING", "weight": 0.5, "owner": "devrel", "measurement": "By survey",
            "measurementLinks": ["https://example.org/board"], "proxyFor": "Loyalty", "assumption": "They answer", "isGuardrail": true,
            "checkpoints": [{"on": "2025-11-01", "value": 130}],
        }),
        json!({"kind": "AT_LEAST", "target": 99.9, "unit": "PERCENT", "policy": "SHARE"}),
        json!({"kind": "AT_MOST", "target": 5, "strict": true, "unit": "DURATION", "unitLabel": "min"}),
        json!({"kind": "BETWEEN", "lower": 1, "upper": 2}),
        json!({"kind": "RATE", "baseline": 1, "target": 3, "period": "WEEK"}),
        json!({"kind": "ORDINAL", "commitWords": "a draft", "targetWords": "a page", "stretchWords": "a book"}),
        json!({"kind": "TEST", "target": 0.5, "sampleSize": 100, "passSide": "AT_MOST"}),
        json!({"kind": "MILESTONE", "status": "EXCLUDED", "statusReason": "Later"}),
    ];

    for mut input in kinds {
        input["objective"] = json!("2025-Q4.devrel.O1");
        input["title"] = json!("A result");
        key_results.check(&app, [input.clone(), input]).await;
    }
}

async fn a_milestone_step_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let input = json!({"title": "Beta", "weight": 3, "due": "2025-12-01", "doneOn": "2025-11-01"});
    let made = app.post(&world.filled("/v1/key-results/{milestone}/milestone-steps"), input.clone()).await.expect(201);
    assert_kept(&input, made.json());
    assert_shown(&app, &format!("milestoneStep(id: {})", made["id"]), made.json()).await;

    let query = "mutation($input: UpdateMilestoneStepInput!) { updateMilestoneStep(input: $input) { userErrors { message } } }";
    let changes = json!({"title": "Gamma", "weight": 0.5, "due": null, "doneOn": null});
    app.graphql(query, json!({"input": {"id": made["id"], "version": 1, "changes": changes.clone()}})).await.data();

    let shown = app.get(&format!("/v1/milestone-steps/{}", made["id"].as_str().expect("an id"))).await.expect(200);
    assert_kept(&changes, shown.json());
    assert_shown(&app, &format!("milestoneStep(id: {})", made["id"]), shown.json()).await;
}

async fn a_check_in_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let check_ins = Resource { path: "/v1/check-ins", field: "checkIn", create: "recordCheckIn", input: "NewCheckIn" };

    let first = json!({
        "keyResult": world.id("keyResult"), "on": "2025-10-20", "value": 155.25, "confidence": "OFF_TRACK", "evidence": "A board",
        "risks": "Rain", "blockers": "Snow", "nextActions": "Wait", "externalId": "a",
    });
    let second = json!({"keyResult": "2025-Q4.devrel.O1-KR1", "on": "2025-10-27", "confidence": "AT_RISK"});
    check_ins.check(&app, [first, second]).await;
}

async fn an_initiative_is_the_same_at_both_doors(app: App) {
    World::made_by(&app).await;
    let initiatives = Resource { path: "/v1/initiatives", field: "initiative", create: "createInitiative", input: "NewInitiative" };

    let first = json!({
        "title": "Mentors", "team": "devrel", "owner": "devrel", "status": "IN_PROGRESS", "start": "2025-10-01", "end": "2025-11-01",
        "category": "MENTORSHIP", "externalId": "a",
    });
    initiatives.check(&app, [first, json!({"title": "Bare", "team": "devrel"})]).await;
}

async fn a_survey_is_the_same_at_both_doors(app: App) {
    let surveys = Resource { path: "/v1/surveys", field: "survey", create: "createSurvey", input: "NewSurvey" };

    let first = json!({"key": "reps-2017q1", "title": "How are the Reps?", "status": "CLOSED", "externalId": "a"});
    surveys.check(&app, [first, json!({"key": "bare", "title": "Bare"})]).await;
}

async fn a_question_is_the_same_at_both_doors(app: App) {
    World::made_by(&app).await;
    let questions = Resource { path: "/v1/questions", field: "question", create: "createQuestion", input: "NewQuestion" };

    let first = json!({
        "survey": "reps", "key": "belong", "text": "Do you belong?", "kind": "BELONGING", "lowest": 1, "highest": 5, "externalId": "a",
    });
    questions.check(&app, [first, json!({"survey": "reps", "key": "bare", "text": "Bare?", "kind": "OTHER"})]).await;
}

async fn a_wave_is_the_same_at_both_doors(app: App) {
    World::made_by(&app).await;
    let waves = Resource { path: "/v1/waves", field: "wave", create: "createWave", input: "NewWave" };

    let first = json!({"survey": "reps", "key": "a", "start": "2026-04-01", "end": "2026-04-30", "population": 100, "externalId": "a"});
    waves.check(&app, [first, json!({"survey": "reps", "key": "b", "start": "2026-07-01", "end": "2026-07-01"})]).await;
}

async fn a_custom_metric_is_the_same_at_both_doors(app: App) {
    let metrics = Resource { path: "/v1/custom-metrics", field: "customMetric", create: "createCustomMetric", input: "NewCustomMetric" };

    let first = json!({
        "key": "revenue", "name": "Revenue", "description": "Of advocates", "formula": "what deals bring in", "unit": "CURRENCY",
        "unitLabel": "EUR", "higherIsBetter": false, "aggregation": "SUM", "isNorthStar": true, "inputs": ["active_rate"], "externalId": "a",
    });
    metrics.check(&app, [first, json!({"key": "bare", "name": "Bare", "formula": "counted"})]).await;
}

async fn a_metric_target_is_the_same_at_both_doors(app: App) {
    let targets = Resource { path: "/v1/metric-targets", field: "metricTarget", create: "createMetricTarget", input: "NewMetricTarget" };

    let first = json!({
        "metric": "first_response_time", "statistic": "P90", "granularity": "MONTH", "comparator": "BELOW", "value": 7_200.5,
        "guardrail": "active_rate", "why": "Newcomers leave", "externalId": "a",
    });
    targets.check(&app, [first, json!({"metric": "active_rate", "comparator": "AT_LEAST", "value": 30, "why": "We are few"})]).await;
}

async fn a_contribution_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let links = world.filled("/v1/initiatives/{initiative}/contributions");
    let said = json!({"expectedContribution": "Half of it", "evidence": "A survey"});
    app.put(&world.filled("/v1/initiatives/{initiative}/contributions/{milestone}"), None, said.clone()).await.expect(200);
    let shown = app.get(&links).await.expect(200);
    assert_kept(&said, &shown["items"][1]);
    assert_shown(&app, &world.filled(r#"initiative(id: "{initiative}")"#), &json!({"contributions": shown["items"]})).await;

    let query = "mutation($input: LinkInitiativeInput!) { linkInitiative(input: $input) { userErrors { message } } }";
    let input = json!({"initiative": world.id("initiative"), "keyResult": "2026-Q1.nobody.O1-KR1", "evidence": "None yet"});
    app.graphql(query, json!({"input": input})).await.data();

    let shown = app.get(&links).await.expect(200);
    assert_eq!(shown["items"][2]["named"], "2026-Q1.nobody.O1-KR1");
    assert_eq!(shown["items"][2]["keyResultId"], json!(null));
    assert_shown(&app, &world.filled(r#"initiative(id: "{initiative}")"#), &json!({"contributions": shown["items"]})).await;
}

async fn a_grade_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let (path, field) = (world.filled("/v1/key-results/{keyResult}"), world.filled(r#"keyResult(id: "{keyResult}")"#));
    let graded = app.put(&format!("{path}/grade"), "\"1\"", json!({"grade": 0.7, "reason": "Close"})).await.expect(200);
    assert_shown(&app, &field, graded.json()).await;

    let query = "mutation($input: GradeKeyResultInput!) { gradeKeyResult(input: $input) { userErrors { message } } }";
    let input = json!({"id": world.id("keyResult"), "version": 2, "grade": 0.25, "reason": "Not so close"});
    app.graphql(query, json!({"input": input})).await.data();

    let shown = app.get(&path).await.expect(200);
    assert_eq!(shown["version"], 3);
    assert_shown(&app, &field, shown.json()).await;
}

async fn a_token_is_the_same_at_both_doors(app: App) {
    let input = json!({"name": "nightly sync", "role": "EDITOR", "scopes": ["READ", "EDIT_OKRS"], "expiresAt": "2999-01-01T00:00:00Z"});
    let made = app.post("/v1/tokens", input.clone()).await.expect(201);
    assert_kept(&input, made.json());
    let shown = app.get(&format!("/v1/tokens/{}", made["id"].as_str().expect("an id"))).await.expect(200);
    assert_shown(&app, &format!("token(id: {})", made["id"]), shown.json()).await;

    let input = json!({"name": "bare", "role": "INGEST"});
    let selected = Shapes::of(&app).await.under("Query", "token", shown.json());
    let query = format!("mutation($input: NewToken!) {{ createToken(input: $input) {{ token {selected} userErrors {{ message }} }} }}");
    let token = app.graphql(&query, json!({"input": input.clone()})).await.data()["createToken"]["token"].clone();
    assert_kept(&input, &token);
    let shown = app.get(&format!("/v1/tokens/{}", token["id"].as_str().expect("an id"))).await.expect(200);
    assert_eq!(shown.json(), &token);
}

async fn a_platform_is_the_same_at_both_doors(app: App) {
    let platforms = Resource { path: "/v1/platforms", field: "platform", create: "createPlatform", input: "NewPlatform" };

    let first = json!({"key": "forum", "name": "Forum", "kind": "FORUM", "active": false, "externalId": "a"});
    let second = json!({"key": "git", "name": "Git", "kind": "CODE_HOST"});
    platforms.check(&app, [first, second]).await;
}

async fn a_channel_is_the_same_at_both_doors(app: App) {
    app.post("/v1/platforms", json!({"key": "chat", "name": "Chat", "kind": "CHAT"})).await.expect(201);
    let channels = Resource { path: "/v1/channels", field: "channel", create: "createChannel", input: "NewChannel" };

    let first = json!({"platform": "chat", "key": "#help / first steps", "name": "Help", "active": false, "externalId": "a"});
    let second = json!({"platform": "chat", "key": "#news", "name": "News"});
    channels.check(&app, [first, second]).await;
}

async fn an_activity_type_is_the_same_at_both_doors(app: App) {
    let types = Resource { path: "/v1/activity-types", field: "activityType", create: "createActivityType", input: "NewActivityType" };

    let first = json!({"key": "bug_triaged", "name": "Triage", "class": "CONTRIBUTION", "knowledge": "CREATED", "externalId": "a"});
    let second = json!({"key": "waved", "name": "Waved", "class": "PASSIVE"});
    types.check(&app, [first, second]).await;
    let answer = app.get("/v1/activity-types/answer").await.expect(200);
    assert_shown(&app, "activityType(id: \"answer\")", answer.json()).await;
}

async fn a_member_is_the_same_at_both_doors(app: App) {
    let members = Resource { path: "/v1/members", field: "member", create: "createMember", input: "NewMember" };

    members.check(&app, [json!({"kind": "BOT", "name": "Robot", "externalId": "a"}), json!({})]).await;
}

async fn an_identity_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let input = json!({"platform": "forum", "type": "USER_ID", "value": "Ω-1"});
    let made = app.post(&world.filled("/v1/members/{member}/identities"), input.clone()).await.expect(201);
    assert_kept(&input, made.json());
    assert_shown(&app, &format!("identity(id: {})", made["id"]), made.json()).await;

    let query = "mutation($input: AddIdentityInput!) { addIdentity(input: $input) { identity { id } userErrors { message } } }";
    let input = json!({"member": world.id("into"), "platform": world.id("platform"), "type": "NAME", "value": "Ada"});
    let id = app.graphql(query, json!({ "input": input })).await.data()["addIdentity"]["identity"]["id"].clone();

    let shown = app.get(&world.filled("/v1/members/{into}/identities")).await.expect(200);
    assert_eq!((&shown["items"][0]["id"], &shown["items"][0]["type"]), (&id, &json!("NAME")));
    assert_shown(&app, &world.filled(r#"member(id: "{into}")"#), &json!({"identities": shown["items"]})).await;
}

async fn a_trait_is_the_same_at_both_doors(app: App) {
    let world = World::made_by(&app).await;
    let input = json!({"attribute": "PROPERTY", "name": "country", "value": "NL", "from": "2026-01-01", "until": "2026-02-01"});
    let made = app.post(&world.filled("/v1/members/{into}/traits"), input.clone()).await.expect(201);
    assert_kept(&input, made.json());
    assert_shown(&app, &format!("memberTrait(id: {})", made["id"]), made.json()).await;

    let query = "mutation($input: UpdateMemberTraitInput!) { updateMemberTrait(input: $input) { userErrors { message } } }";
    let changes = json!({"value": "BE", "from": null, "until": null});
    app.graphql(query, json!({"input": {"id": made["id"], "version": 1, "changes": changes.clone()}})).await.data();

    let shown = app.get(&world.filled("/v1/members/{into}/traits")).await.expect(200);
    assert_kept(&changes, &shown["items"][0]);
    assert_shown(&app, &world.filled(r#"member(id: "{into}")"#), &json!({"traits": shown["items"]})).await;
}
