//! A small workspace to test with: one of each thing, by the names that addresses have for them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Client;

/// The parts of addresses in braces, such as `keyResult`, and what stands for each.
pub(crate) struct World(Vec<(&'static str, String)>);

/// The path with a metric, which every workspace has.
pub(crate) fn with_metric(path: &str) -> String {
    path.replace("{metric}", "active_rate")
}

impl World {
    /// A cycle and a team, an objective with a measured key result and a milestone, a check-in, an initiative
    /// and a token; a platform with a channel, an activity type, two members of whom one has an account and a trait and the other
    /// a layer, and an event; a survey with a question and two waves; a custom metric with a reading and a target; and the receipt
    /// of somebody who was erased.
    pub(crate) async fn made_by(client: &Client) -> Self {
        let mut world = Self(Vec::new());
        let cycle = json!({"key": "2025-Q4", "start": "2025-10-01", "end": "2025-12-31", "status": "ACTIVE"});
        world.make(client, "cycle", "/v1/cycles", cycle).await;
        world.make(client, "team", "/v1/teams", json!({"key": "devrel", "name": "DevRel", "kind": "TEAM"})).await;
        let objective = json!({"cycle": "2025-Q4", "team": "devrel", "title": "Newcomers stay", "status": "PUBLISHED"});
        world.make(client, "objective", "/v1/objectives", objective).await;
        let key_result =
            json!({"objective": world.id("objective"), "title": "Grow members", "kind": "REACH", "baseline": 100, "target": 200});
        world.make(client, "keyResult", "/v1/key-results", key_result).await;
        let milestone = json!({"objective": world.id("objective"), "title": "Launch the guide", "kind": "MILESTONE"});
        world.make(client, "milestone", "/v1/key-results", milestone).await;
        let steps = world.filled("/v1/key-results/{milestone}/milestone-steps");
        world.make(client, "milestoneStep", &steps, json!({"title": "Beta"})).await;
        let check_in = json!({"keyResult": world.id("keyResult"), "on": "2025-10-10", "value": 150, "confidence": "ON_TRACK"});
        world.make(client, "checkIn", "/v1/check-ins", check_in).await;
        world.make(client, "initiative", "/v1/initiatives", json!({"title": "Mentors", "team": "devrel"})).await;
        world.make(client, "token", "/v1/tokens", json!({"name": "Dashboard", "role": "VIEWER"})).await;
        world.make(client, "platform", "/v1/platforms", json!({"key": "forum", "name": "The forum", "kind": "FORUM"})).await;
        world.make(client, "channel", "/v1/channels", json!({"platform": "forum", "key": "#help", "name": "Help"})).await;
        let triage = json!({"key": "bug_triaged", "name": "Bug triaged", "class": "CONTRIBUTION"});
        world.make(client, "activityType", "/v1/activity-types", triage).await;
        world.make(client, "into", "/v1/members", json!({"name": "Ada"})).await;
        world.make(client, "member", "/v1/members", json!({"name": "Countess"})).await;
        let account = json!({"platform": "forum", "type": "USERNAME", "value": "ada"});
        world.make(client, "identity", &world.filled("/v1/members/{member}/identities"), account).await;
        let said = json!({"attribute": "ROLE", "value": "champion"});
        world.make(client, "memberTrait", &world.filled("/v1/members/{member}/traits"), said).await;
        let event = json!({"platform": "git", "sourceId": "world", "type": "mention", "occurredAt": "2025-10-02T08:00:00Z"});
        world.make(client, "event", "/v1/events", event).await;
        world.make(client, "layer", "/v1/layers", json!({"key": "inner", "name": "Inner circle", "position": 7})).await;
        let since = json!({"member": world.id("into"), "layer": "inner", "from": "2026-01-01"});
        world.make(client, "layerAssignment", "/v1/layer-assignments", since).await;
        world.make(client, "survey", "/v1/surveys", json!({"key": "reps", "title": "How are the Reps?"})).await;
        let question = json!({"survey": "reps", "key": "recommend", "text": "Would you recommend it?", "kind": "NPS"});
        world.make(client, "question", "/v1/questions", question).await;
        for (name, key) in [("wave", "2026-01"), ("with", "2025-10")] {
            let wave = json!({"survey": "reps", "key": key, "start": format!("{key}-01"), "end": format!("{key}-28"), "population": 80});
            world.make(client, name, "/v1/waves", wave).await;
        }
        let metric = json!({"key": "deals", "name": "Deals", "formula": "won through advocates", "unit": "COUNT", "unitLabel": "deals"});
        world.make(client, "customMetric", "/v1/custom-metrics", metric).await;
        let reading = json!({"metric": "deals", "sourceId": "crm-1", "on": "2025-10-31", "value": 3, "evidence": "The list of October"});
        world.make(client, "metricReading", "/v1/metric-readings", reading).await;
        let target = json!({"metric": "deals", "comparator": "AT_LEAST", "value": 2, "why": "One a fortnight"});
        world.make(client, "metricTarget", "/v1/metric-targets", target).await;
        world.erase_somebody(client).await;
        let link = world.filled("/v1/initiatives/{initiative}/contributions/{keyResult}");
        client.put(&link, None, json!({"evidence": "A survey"})).await.expect(200);
        world
    }

    /// Names of the same form that nothing has.
    pub(crate) fn missing(&self) -> Self {
        let nobody = |(number, (name, id)): (usize, &(&'static str, String))| {
            let (prefix, _) = id.split_once('_').expect("an id has a prefix");
            (*name, format!("{prefix}_01h455vb4pex5vsknk084sn0{number:02}"))
        };

        Self(self.0.iter().enumerate().map(nobody).collect())
    }

    #[track_caller]
    pub(crate) fn id(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| *known == name);

        found.map(|(_, id)| id.as_str()).unwrap_or_else(|| panic!("the world has no {name}"))
    }

    /// The text with ids for names in braces.
    pub(crate) fn filled(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }

    /// The other way round, so that answers about different worlds can be compared.
    pub(crate) fn emptied(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, id)| text.replace(id, &format!("{{{name}}}")))
    }

    async fn erase_somebody(&mut self, client: &Client) {
        let nobody = client.post("/v1/members", json!({"name": "Nobody"})).await.expect(201);
        let path = format!("/v1/members/{}/erase", nobody["id"].as_str().expect("an id is text"));
        let erased = client.send(client.request(Method::POST, &path).header("if-match", "*")).await.expect(201);
        self.0.push(("erasure", erased["id"].as_str().expect("an id is text").to_owned()));
    }

    async fn make(&mut self, client: &Client, name: &'static str, path: &str, body: Value) {
        let made = client.post(path, body).await.expect(201);
        self.0.push((name, made["id"].as_str().expect("an id is text").to_owned()));
    }
}
