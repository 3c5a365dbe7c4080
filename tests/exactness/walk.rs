//! What happens to a community, one thing after the other, by chance that repeats itself.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::erasures::forget;
use crate::given::text;
use crate::harness::Client;

const PLATFORMS: [&str; 3] = ["forum", "git", "chat"];
const ACTIVITIES: [&str; 14] = [
    "visit",
    "reply",
    "talk",
    "code_contribution",
    "content_published",
    "content_viewed",
    "content_shared",
    "topic_opened",
    "question_opened",
    "answer",
    "question_resolved",
    "mention",
    "member_joined",
    "member_left",
];
const PEOPLE: usize = 14;

/// A time zone by two of its names.
#[derive(Clone, Copy)]
pub(super) struct Zone {
    pub(super) name: &'static str,
    pub(super) also: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Action {
    Tell,
    TellAgain,
    TellOtherwise,
    TakeBack,
    Merge,
    Unmerge,
    SayOfSomebody,
    Forget,
    TakeInAgain,
    ChangeClocks,
}

/// Some are more frequent than others.
const ACTIONS: [Action; 15] = [
    Action::Tell,
    Action::Tell,
    Action::Tell,
    Action::TellAgain,
    Action::TellOtherwise,
    Action::TakeBack,
    Action::Merge,
    Action::Unmerge,
    Action::SayOfSomebody,
    Action::SayOfSomebody,
    Action::SayOfSomebody,
    Action::Forget,
    Action::Forget,
    Action::TakeInAgain,
    Action::ChangeClocks,
];

pub(super) struct Walk {
    dice: Dice,
    zones: Vec<Zone>,
    zone: Zone,
    told: Vec<Value>,
    /// The number of the event that was made last.
    next: usize,
    members: BTreeSet<String>,
    done: Vec<Action>,
}

impl Walk {
    pub(super) async fn begin(client: &Client, seed: u64, zones: &[Zone]) -> Self {
        let (dice, zone) = (Dice(seed), zones[0]);
        let mut walk = Self { dice, zones: zones.to_vec(), zone, told: Vec::new(), next: 0, members: BTreeSet::new(), done: Vec::new() };
        walk.change_clocks(client).await;
        for _ in 0..3 {
            walk.act(client, Action::Tell).await;
        }
        walk
    }

    pub(super) async fn step(&mut self, client: &Client) {
        let action = ACTIONS[self.dice.below(ACTIONS.len())];
        self.act(client, action).await;
    }

    async fn act(&mut self, client: &Client, action: Action) {
        self.done.push(action);
        match action {
            Action::Tell => self.tell(client).await,
            Action::TellAgain => self.tell_again(client).await,
            Action::TellOtherwise => self.tell_otherwise(client).await,
            Action::TakeBack => self.take_back(client).await,
            Action::Merge => self.merge(client).await,
            Action::Unmerge => self.unmerge(client).await,
            Action::SayOfSomebody => self.say(client).await,
            Action::Forget => self.forget(client).await,
            Action::TakeInAgain => take_in_again(client).await,
            Action::ChangeClocks => self.change_clocks(client).await,
        }
    }

    pub(super) fn zone(&self) -> Zone {
        self.zone
    }

    pub(super) fn events(&self) -> usize {
        self.told.len()
    }

    /// Some of the questions, other ones each time.
    pub(super) fn some(&mut self, questions: &[Value], count: usize) -> Vec<Value> {
        (0..count).map(|_| questions[self.dice.below(questions.len())].clone()).collect()
    }

    /// What has happened so far, to be found again.
    pub(super) fn told(&self) -> String {
        format!("{} events in {} after {:?}", self.told.len(), self.zone.name, self.done)
    }

    /// Events of any time, late ones among them: some of them twice in one batch.
    async fn tell(&mut self, client: &Client) {
        let mut events: Vec<Value> = (0..40 + self.dice.below(60)).map(|_| self.event()).collect();
        let again = events[self.dice.below(events.len())].clone();
        events.push(again);
        self.send(client, &events).await;
    }

    async fn tell_again(&mut self, client: &Client) {
        let events: Vec<Value> = (0..30).map(|_| self.one_of_the_told()).collect();
        self.send(client, &events).await;
    }

    /// Of another time, member and type, under the same id.
    async fn tell_otherwise(&mut self, client: &Client) {
        let mut events = Vec::new();
        for _ in 0..12 {
            let (known, mut event) = (self.one_of_the_told(), self.event());
            for field in ["platform", "sourceId"] {
                event[field] = known[field].clone();
            }
            if self.dice.below(2) == 0 {
                event["type"] = known["type"].clone();
                event["member"] = known["member"].clone();
                event["parent"] = known["parent"].clone();
            }
            events.push(event);
        }
        self.send(client, &events).await;
    }

    async fn take_back(&mut self, client: &Client) {
        let mut events = Vec::new();
        for number in 0..8 {
            let known = self.one_of_the_told();
            let kind = if number % 4 == 0 { "content_retracted" } else { "retraction" };
            let mut event = self.event();
            event["platform"] = known["platform"].clone();
            event["type"] = json!(kind);
            event["parent"] = known["sourceId"].clone();
            event["member"] = Value::Null;
            events.push(event);
        }
        self.send(client, &events).await;
    }

    async fn merge(&mut self, client: &Client) {
        for _ in 0..3 {
            let (Some(member), Some(into)) = (self.somebody(), self.somebody()) else { return };
            let request = client.request(Method::POST, &format!("/v1/members/{member}/merge")).header("if-match", "*");
            let answer = client.send(request.json(&json!({"into": into}))).await;
            assert!([200, 422].contains(&answer.status), "{answer:?}");
        }
    }

    async fn unmerge(&mut self, client: &Client) {
        for _ in 0..4 {
            let Some(member) = self.somebody() else { return };
            let request = client.request(Method::POST, &format!("/v1/members/{member}/unmerge")).header("if-match", "*");
            client.send(request).await.expect(200);
        }
    }

    /// What somebody is for a time that begins and ends in the midst of months.
    async fn say(&mut self, client: &Client) {
        for _ in 0..3 {
            let Some(member) = self.somebody() else { return };
            let (from, until) = (self.day(), self.day());
            let said = match self.dice.below(4) {
                0 => json!({"attribute": "KIND", "value": self.dice.one(&["STAFF", "BOT", "COMMUNITY"])}),
                1 => json!({"attribute": "ORGANISATION", "value": self.dice.one(&["Acme", "Initech"])}),
                2 => json!({"attribute": "ROLE", "value": "champion"}),
                _ => json!({"attribute": "PROPERTY", "name": "watches", "value": self.dice.one(&["both", "one"])}),
            };
            let mut said = said;
            said["from"] = json!(from.clone().min(until.clone()));
            said["until"] = json!(from.max(until));
            let answer = client.post(&format!("/v1/members/{member}/traits"), said).await;
            assert!([201, 409, 422].contains(&answer.status), "{answer:?}");
        }
    }

    /// Somebody is erased with all that they did, and somebody else is cut off from it. What they do from now on is refused.
    async fn forget(&mut self, client: &Client) {
        for how in ["erase", "anonymise"] {
            let Some(member) = self.somebody() else { return };
            // Not of those who count as somebody else.
            let answer = forget(client, how, &member).await;
            assert!([201, 422].contains(&answer.status), "{answer:?}");
            self.meet(client).await;
        }
    }

    async fn change_clocks(&mut self, client: &Client) {
        self.zone = self.zones[self.dice.below(self.zones.len())];
        client.patch("/v1/workspace", "*", json!({"timeZone": self.zone.name})).await.expect(200);
    }

    fn event(&mut self) -> Value {
        let activity = self.dice.one(&ACTIVITIES);
        let person = self.dice.below(PEOPLE);
        let needs_parent = ["answer", "question_resolved"].contains(&activity);
        // What it is about: something that was told, or that has not been told yet.
        let about = (needs_parent || self.dice.below(5) == 0).then(|| match self.told.len() {
            0 => (self.dice.one(&PLATFORMS).to_owned(), "e7".to_owned()),
            _ => {
                let known = self.one_of_the_told();
                (text(&known["platform"]), text(&known["sourceId"]))
            }
        });
        let platform = about.as_ref().map_or_else(|| self.dice.one(&PLATFORMS).to_owned(), |(platform, _)| platform.clone());
        let channel = format!("{platform}-{}", self.dice.below(3));
        self.next += 1;
        json!({
            "platform": platform, "sourceId": format!("e{}", self.next), "type": activity, "occurredAt": self.instant(),
            "member": (activity != "mention").then(|| json!({"type": "username", "value": format!("user-{person}")})),
            "memberKind": if person == 0 { "STAFF" } else if person == 1 { "BOT" } else { "COMMUNITY" },
            "channel": (self.dice.below(4) > 0).then_some(channel), "parent": about.map(|(_, parent)| parent),
            "tags": if self.dice.below(4) == 0 { json!(["priority"]) } else { json!([]) },
        })
    }

    /// A third within hours of a midnight that clocks change at, the rest at any time of a winter.
    fn instant(&mut self) -> String {
        if self.dice.below(3) == 0 {
            let day = self.dice.one(&["2018-11-03", "2018-11-04", "2019-02-16", "2019-02-17", "2019-03-10", "2018-10-28"]);
            return format!("{day}T{:02}:{:02}:00Z", self.dice.below(24), 15 * self.dice.below(4));
        }
        format!("{}T{:02}:{:02}:{:02}Z", self.day(), self.dice.below(24), self.dice.below(60), self.dice.below(60))
    }

    fn day(&mut self) -> String {
        let month = self.dice.one(&["2018-09", "2018-10", "2018-11", "2018-12", "2019-01", "2019-02", "2019-03"]);
        format!("{month}-{:02}", 1 + self.dice.below(28))
    }

    fn one_of_the_told(&mut self) -> Value {
        self.told[self.dice.below(self.told.len())].clone()
    }

    fn somebody(&mut self) -> Option<String> {
        let place = self.dice.below(self.members.len().max(1));
        self.members.iter().nth(place).cloned()
    }

    async fn send(&mut self, client: &Client, events: &[Value]) {
        let answer = client.post("/v1/events/batch", json!(events)).await.expect(200);
        let outcomes = answer["items"].as_array().expect("items");
        let taken = events.iter().zip(outcomes).filter(|(_, outcome)| outcome["status"] != "REJECTED");
        self.told.extend(taken.map(|(event, _)| event.clone()));
        self.meet(client).await;
    }

    /// Those who are there now.
    async fn meet(&mut self, client: &Client) {
        let page = client.get("/v1/members?limit=100").await.expect(200);
        self.members = page["items"].as_array().expect("items").iter().map(|member| text(&member["id"])).collect();
    }
}

/// Who was erased may come back.
async fn take_in_again(client: &Client) {
    let page = client.get("/v1/erasures").await.expect(200);
    for erasure in page["items"].as_array().expect("items") {
        let lifted = client.post(&format!("/v1/erasures/{}/lift", text(&erasure["id"])), Value::Null).await;
        assert_eq!(lifted.status, 200, "{lifted:?}");
    }
}
