//! A secret is in one answer, and nowhere else.

use serde_json::json;

use super::{a_token, holder, path};
use crate::given::text;
use crate::harness::{App, Backend, both};

both![a_secret_is_in_one_answer_that_nobody_keeps, a_secret_is_not_logged_and_not_stored];

async fn a_secret_is_in_one_answer_that_nobody_keeps(app: App) {
    let made = a_token(&app, json!({})).await.expect(201);
    let rotated = app.post(&format!("{}/rotations", path(&made)), json!({})).await.expect(201);

    for issued in [&made, &rotated] {
        assert_eq!(issued.header("cache-control"), "no-store");
        let secret = text(&issued["secret"]);
        assert!(secret.starts_with("wmk_") && !issued.etag().contains("wmk_"), "{secret}");
    }
    let later = [
        app.get(&path(&made)).await.expect(200).text,
        app.get("/v1/tokens").await.expect(200).text,
        app.get("/v1/tokens?format=csv").await.expect(200).text,
        app.get(&format!("{}/history", path(&made))).await.expect(200).text,
        holder(&app, &rotated).get("/v1/me").await.expect(200).text,
    ];
    for shown in later {
        assert!(!shown.contains("wmk_") && !shown.contains("hash") && !shown.contains("secret"), "{shown}");
    }
}

async fn a_secret_is_not_logged_and_not_stored(backend: Backend) {
    let app = App::start(backend, &["--log", "trace"]).await;
    let made = a_token(&app, json!({})).await.expect(201);
    let rotated = app.post(&format!("{}/rotations", path(&made)), json!({})).await.expect(201);
    holder(&app, &made).get("/v1/me").await.expect(200);
    let query = format!("mutation {{ rotateToken(input: {{id: {}}}) {{ secret }} }}", made["id"]);
    let third = text(&app.graphql(&query, json!({})).await.data()["rotateToken"]["secret"]);

    let secrets = [text(&made["secret"]), text(&rotated["secret"]), third];
    let log = app.server.log();
    assert!(log.contains("TRACE") || log.contains("DEBUG"), "the log is silent:\n{log}");
    let mut kept = vec![("log".to_owned(), log.into_bytes())];
    for entry in walk(app.server.database.folder()) {
        let bytes = std::fs::read(&entry).unwrap_or_default();
        kept.push((entry.display().to_string(), bytes));
    }
    for (place, bytes) in kept {
        for secret in &secrets {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "a secret stands in {place}");
        }
    }
}

/// All files below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());

    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
