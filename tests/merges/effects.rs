//! What a merge, and undoing it, would do to metrics: told before it is done.

use super::*;
use crate::erasures::{ago, assert_moved, event, figures, tell};
use crate::given::{an_answer, send};

both![
    a_preview_tells_the_figures_that_the_merge_then_moves,
    a_preview_tells_the_figures_that_unmerging_then_moves,
    who_is_not_merged_is_unmerged_without_effect,
    results_move_where_both_have_answered,
    both_doors_preview_alike,
];

/// Ada and the countess, who were both there in two months, and others. Gives the ids of the two.
async fn a_community(client: &Client) -> (String, String) {
    let mut events = Vec::new();
    for (number, name) in ["ada", "countess", "ben", "cy"].into_iter().enumerate() {
        events.push(event(&format!("r{number}"), "reply", Some(name), &ago(70), json!({})));
        events.push(event(&format!("c{number}"), "code_contribution", Some(name), &ago(40), json!({})));
    }
    events.push(event("q", "question_opened", Some("ada"), &ago(45), json!({})));
    events.push(event("a", "answer", Some("countess"), &ago(44), json!({"parent": "q"})));
    events.push(event("b", "answer", Some("ben"), &ago(43), json!({"parent": "q"})));
    tell(client, &events).await;
    let id =
        async |name: &str| text(&client.get(&format!("/v1/members?identity=forum/username/{name}")).await.expect(200)["items"][0]["id"]);
    (id("ada").await, id("countess").await)
}

fn moved(preview: &Response) -> Vec<String> {
    preview["effect"]["metrics"].as_array().expect("metrics").iter().map(|metric| text(&metric["metric"])).collect()
}

async fn a_preview_tells_the_figures_that_the_merge_then_moves(app: App) {
    let (ada, countess) = a_community(&app).await;
    let (before, watermark) = (figures(&app).await, app.get("/v1/events/watermark").await.json().clone());

    let preview = app.get(&format!("/v1/members/{countess}/merge-preview?into={ada}")).await.expect(200);

    assert_eq!((figures(&app).await, app.get("/v1/events/watermark").await.json()), (before.clone(), &watermark));
    merge(&app, &countess, &ada).await.expect(200);
    assert_moved(&before, &preview["effect"], &figures(&app).await);
    let moved = moved(&preview);
    // Nobody answers their own question: the first answer is ben's now.
    for metric in ["active_members", "first_response_time", "growth_rate", "lifecycle"] {
        assert!(moved.iter().any(|known| known == metric), "{metric} moves: {moved:?}");
    }
}

async fn a_preview_tells_the_figures_that_unmerging_then_moves(app: App) {
    let (ada, countess) = a_community(&app).await;
    let ben = text(&app.get("/v1/members?identity=forum/username/ben").await.expect(200)["items"][0]["id"]);
    merge(&app, &countess, &ada).await.expect(200);
    merge(&app, &ada, &ben).await.expect(200);
    let before = figures(&app).await;

    let preview = app.get(&format!("/v1/members/{ada}/unmerge-preview")).await.expect(200);

    assert_eq!((&preview["survivorId"], preview["identities"].as_array().map(Vec::len)), (&json!(ben), Some(2)));
    assert_eq!(figures(&app).await, before);
    unmerge(&app, &ada).await.expect(200);
    assert_moved(&before, &preview["effect"], &figures(&app).await);
    assert!(moved(&preview).iter().any(|metric| metric == "active_members"));
}

async fn who_is_not_merged_is_unmerged_without_effect(app: App) {
    let (ada, _) = a_community(&app).await;

    let preview = app.get(&format!("/v1/members/{ada}/unmerge-preview")).await.expect(200);

    assert_eq!((&preview["survivorId"], &preview["effect"]), (&json!(ada), &json!({"metrics": [], "surveys": []})));
    app.get("/v1/members/mem_01h455vb4pex5vsknk084sn02q/unmerge-preview").await.problem(404, "NOT_FOUND");
}

async fn results_move_where_both_have_answered(app: App) {
    let (ada, countess) = a_community(&app).await;
    app.post("/v1/surveys", json!({"key": "reps", "title": "How are the Reps?"})).await.expect(201);
    let question = json!({"survey": "reps", "key": "recommend", "text": "Would you recommend it?", "kind": "NPS"});
    let question = text(&app.post("/v1/questions", question).await.expect(201)["id"]);
    let wave = json!({"survey": "reps", "key": "2026-01", "start": "2026-01-01", "end": "2026-01-28"});
    app.post("/v1/waves", wave).await.expect(201);
    let preview =
        async || app.get(&format!("/v1/members/{countess}/merge-preview?into={ada}")).await.expect(200)["effect"]["surveys"].clone();
    send(&app, &[an_answer("of-ada", 9, Some("ada"))]).await;

    let of_one = preview().await;
    send(&app, &[an_answer("of-countess", 3, Some("countess"))]).await;
    let of_both = preview().await;

    assert_eq!((&of_one, &of_both[0]["questionId"]), (&json!([]), &json!(question)));
    merge(&app, &countess, &ada).await.expect(200);
    let parting = app.get(&format!("/v1/members/{countess}/unmerge-preview")).await.expect(200);
    assert_eq!(parting["effect"]["surveys"], of_both);
}

async fn both_doors_preview_alike(app: App) {
    let (ada, countess) = a_community(&app).await;
    let fields =
        "effect { metrics { metric statistic windows { start end isPartial before { value numerator } after { value numerator } } } }";
    let merging = format!("{{ mergePreview(member: \"{countess}\", into: \"{ada}\") {{ {fields} }} }}");
    let rest = app.get(&format!("/v1/members/{countess}/merge-preview?into={ada}")).await.expect(200);

    let told = app.graphql(&merging, json!({})).await.data()["mergePreview"]["effect"]["metrics"].clone();

    let short = |metrics: &Value| -> Vec<(Value, Value, Value)> {
        let of = |metric: &Value| {
            let window = &metric["windows"][0];
            (
                metric["metric"].clone(),
                metric["statistic"].clone(),
                json!([window["start"], window["before"]["value"], window["after"]["value"]]),
            )
        };
        metrics.as_array().expect("metrics").iter().map(of).collect()
    };
    assert_eq!(short(&told), short(&rest["effect"]["metrics"]));
    merge(&app, &countess, &ada).await.expect(200);
    let parting = app.graphql(&format!("{{ unmergePreview(member: \"{countess}\") {{ survivorId {fields} }} }}"), json!({})).await;
    assert_eq!(parting.data()["unmergePreview"]["survivorId"], json!(ada));
    assert_eq!(parting.data()["unmergePreview"]["effect"]["metrics"].as_array().map(Vec::len), told.as_array().map(Vec::len));
}
