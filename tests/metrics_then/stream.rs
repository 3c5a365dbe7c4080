//! A community of which nothing stays as it was told: events are told otherwise and taken back, and so are these retractions;
//! members turn out to be others, change what they are and where they belong; a type of activity changes its class.

use reqwest::Method;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::given::text;
use crate::harness::Client;

const PEOPLE: usize = 22;
const PLATFORMS: [&str; 2] = ["forum", "git"];
const CHANNELS: [&str; 3] = ["help", "news", "docs"];
const DEEDS: [&str; 18] = [
    "visit",
    "visit",
    "reply",
    "code_contribution",
    "talk",
    "content_published",
    "content_published",
    "content_viewed",
    "waved",
    "waved",
    "topic_opened",
    "question_opened",
    "question_opened",
    "member_joined",
    "member_left",
    "mention",
    "event_attended",
    "review",
];
const ABOUT: [&str; 7] =
    ["answer", "answer", "answer_accepted", "question_resolved", "question_reopened", "support_rated", "content_retracted"];

pub(super) struct Stream<'a> {
    client: &'a Client,
    dice: Dice,
    /// What each event is on, by the number in its source's id.
    events: Vec<&'static str>,
}

impl<'a> Stream<'a> {
    pub(super) async fn begin(client: &'a Client, seed: u64) -> Self {
        for (position, key) in [(1, "core"), (2, "casual")] {
            client.post("/v1/layers", json!({"key": key, "name": key, "position": position})).await.expect(201);
        }
        client.post("/v1/activity-types", json!({"key": "waved", "name": "Waved", "class": "PASSIVE"})).await.expect(201);
        client.post("/v1/platforms", json!({"key": "forum", "name": "Forum", "kind": "FORUM"})).await.expect(201);
        let platform = json!({"platform": "forum", "key": "help", "name": "Help"});
        client.post("/v1/channels", platform).await.expect(201);

        Self { client, dice: Dice(seed), events: Vec::new() }
    }

    pub(super) async fn go_on(&mut self) {
        let mut lines = Vec::new();
        for _ in 0..90 {
            let on = if self.dice.below(3) == 0 { PLATFORMS[1] } else { PLATFORMS[0] };
            self.events.push(on);
            lines.push(self.line(self.events.len() - 1));
        }
        for _ in 0..15 {
            let again = self.dice.below(self.events.len());
            lines.push(self.line(again));
        }
        for some in lines.chunks(35) {
            let answer = self.client.post("/v1/events/batch", json!(some)).await.expect(200);
            assert_eq!(answer["rejected"], json!(0), "{answer:?}");
        }
        let list = self.client.get("/v1/members?limit=200").await.expect(200);
        let members: Vec<String> = list["items"].as_array().expect("a list").iter().map(|member| text(&member["id"])).collect();
        for _ in 0..9 {
            let member = members[self.dice.below(members.len())].clone();
            let other = members[self.dice.below(members.len())].clone();
            self.change(&member, &other).await;
        }
        self.reclassify().await;
    }

    /// An event, or a retraction of one, under the id of this number.
    fn line(&mut self, number: usize) -> Value {
        let dice = &mut self.dice;
        let mut line = json!({"platform": self.events[number], "sourceId": format!("e{number}")});
        let parent = json!(format!("e{}", dice.below(self.events.len())));
        if dice.below(8) == 0 {
            (line["type"], line["parent"]) = (json!("retraction"), parent);
            line["occurredAt"] = json!("2026-03-31T12:00:00Z");
            return line;
        }
        if dice.below(3) == 0 {
            (line["type"], line["parent"]) = (json!(dice.one(&ABOUT)), parent);
            if line["type"] == "support_rated" {
                line["value"] = json!(dice.below(10) + 1);
            }
        } else {
            line["type"] = json!(dice.one(&DEEDS));
        }
        line["member"] = json!({"type": "username", "value": format!("person-{}", dice.below(PEOPLE))});
        line["memberKind"] = json!(dice.one(&["COMMUNITY", "COMMUNITY", "COMMUNITY", "STAFF", "BOT"]));
        let (month, day, hour) = (dice.below(3) + 1, dice.below(28) + 1, dice.below(24));
        line["occurredAt"] = json!(format!("2026-{month:02}-{day:02}T{hour:02}:30:00Z"));
        if dice.below(2) == 0 {
            line["channel"] = json!(dice.one(&CHANNELS));
        }
        if dice.below(3) == 0 {
            line["tags"] = json!(["priority"]);
        }
        line
    }

    /// What is refused because of what was said before changes nothing, and need not.
    async fn change(&mut self, member: &str, other: &str) {
        let day = format!("2026-0{}-10", self.dice.below(3) + 1);
        let (client, of_member) = (self.client, format!("/v1/members/{member}"));
        let said = match self.dice.below(9) {
            0 => {
                let kind = self.dice.one(&["COMMUNITY", "STAFF", "BOT"]);
                client.patch(&of_member, "*", json!({"kind": kind})).await.expect(200);
                return;
            }
            1 => json!({"attribute": "KIND", "value": self.dice.one(&["STAFF", "COMMUNITY"]), "from": day}),
            2 => json!({"attribute": "ROLE", "value": "champion", "from": day}),
            3 => json!({"attribute": "ORGANISATION", "value": self.dice.one(&["Acme", "Initech"]), "until": day}),
            4 => json!({"attribute": "PROPERTY", "name": "region", "value": self.dice.one(&["north", "south"])}),
            5 => {
                let body = json!({"member": member, "layer": self.dice.one(&["core", "casual"]), "from": day});
                client.post("/v1/layer-assignments", body).await;
                return;
            }
            6 => return self.remove(&format!("{of_member}/traits"), "/v1/traits").await,
            7 => return self.remove(&format!("/v1/layer-assignments?member={member}"), "/v1/layer-assignments").await,
            _ => {
                let (verb, body) = if self.dice.below(3) == 0 { ("unmerge", json!({})) } else { ("merge", json!({"into": other})) };
                let request = client.request(Method::POST, &format!("{of_member}/{verb}")).header("if-match", "*");
                client.send(if verb == "merge" { request.json(&body) } else { request }).await;
                return;
            }
        };
        client.post(&format!("{of_member}/traits"), said).await;
    }

    /// Removes the first of a list, where there is one.
    async fn remove(&self, list: &str, path: &str) {
        let found = self.client.get(list).await.expect(200);
        if let Some(id) = found["items"][0]["id"].as_str() {
            self.client.delete(&format!("{path}/{id}"), "*").await.expect(204);
        }
    }

    async fn reclassify(&mut self) {
        let class = self.dice.one(&["PASSIVE", "PARTICIPATION", "CONTRIBUTION", "LEADERSHIP"]);
        self.client.patch("/v1/activity-types/waved", "*", json!({"class": class, "knowledge": "SHARED"})).await.expect(200);
        let zone = self.dice.one(&["UTC", "Asia/Tokyo", "America/New_York"]);
        self.client.patch("/v1/workspace", "*", json!({"timeZone": zone})).await.expect(200);
    }
}
