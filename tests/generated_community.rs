//! A community with churn, rejoins, bots, staff and people with two accounts, told out of order and twice, against a
//! straightforward calculation of its months in three time zones.

mod calculation;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::harness::{App, Client, both};
use calculation::{Account, Deed, Event, Month, What, figures};

both![months_are_what_a_straightforward_calculation_says];

const PEOPLE: u32 = 60;
const ZONES: [&str; 3] = ["UTC", "Asia/Tokyo", "America/New_York"];
const DEEDS: [Deed; 4] = [
    Deed { activity: "visit", is_contribution: false },
    Deed { activity: "reply", is_contribution: false },
    Deed { activity: "code_contribution", is_contribution: true },
    Deed { activity: "talk", is_contribution: true },
];

/// From November 2025 to May 2026, to the second.
fn instant(dice: &mut Dice) -> DateTime<Utc> {
    let first: DateTime<Utc> = "2025-11-01T00:00:00Z".parse().expect("an instant");
    first + seconds(dice, 181 * 86_400)
}

fn seconds(dice: &mut Dice, limit: usize) -> TimeDelta {
    TimeDelta::seconds(i64::try_from(dice.below(limit)).expect("few seconds"))
}

async fn months_are_what_a_straightforward_calculation_says(app: App) {
    let mut dice = Dice(2026);
    let accounts: Vec<Account> = (0..PEOPLE).flat_map(accounts).collect();
    let events = community(&accounts, &mut dice);
    send(&app, &events, &accounts, &mut dice).await;
    merge(&app, &accounts).await;

    for zone in ZONES {
        for month in figures(&accounts, &events, zone) {
            let Month { start, end, .. } = &month;
            let asked = format!("from={start}&to={end}&granularity=MONTH&timeZone={zone}");

            let told = told(&app, &asked).await;

            assert_eq!(told, month, "{zone}");
        }
    }
}

/// One or two accounts of a person: of two, the second is on another platform, under another name.
fn accounts(person: u32) -> Vec<Account> {
    let kind = match person {
        person if person % 10 == 0 => "STAFF",
        person if person % 15 == 1 => "BOT",
        _ => "COMMUNITY",
    };
    let first = Account { person, platform: "forum", name: format!("person-{person}"), kind };
    let second = Account { person, platform: "git", name: format!("{person}@example.org"), kind };
    if person.is_multiple_of(3) { vec![first, second] } else { vec![first] }
}

/// What all of them did: half of them join first, a third leave, and some of these come back.
fn community(accounts: &[Account], dice: &mut Dice) -> Vec<Event> {
    let mut events = Vec::new();
    for account in 0..accounts.len() {
        let mut tell = |at, what| events.push(Event { account, at, what });
        if dice.below(2) == 0 {
            tell(instant(dice), What::Joined);
        }
        if dice.below(3) == 0 {
            let left = instant(dice);
            tell(left, What::Left);
            if dice.below(2) == 0 {
                tell(left + TimeDelta::seconds(7) + seconds(dice, 40 * 86_400), What::Joined);
            }
        }
        for _ in 0..dice.below(12) {
            tell(instant(dice), What::Did(DEEDS[dice.below(DEEDS.len())]));
        }
    }
    events
}

/// In any order, and every fifth event twice.
async fn send(client: &Client, events: &[Event], accounts: &[Account], dice: &mut Dice) {
    let mut lines: Vec<Value> = Vec::new();
    for (place, event) in events.iter().enumerate() {
        let account = &accounts[event.account];
        let line = json!({
            "platform": account.platform, "sourceId": format!("e{place}"), "type": event.what.activity(), "occurredAt": event.at,
            "member": {"type": "username", "value": account.name}, "memberKind": account.kind,
        });
        lines.extend(std::iter::repeat_n(line, if place % 5 == 0 { 2 } else { 1 }));
    }
    for place in (1..lines.len()).rev() {
        lines.swap(place, dice.below(place + 1));
    }
    for some in lines.chunks(100) {
        let answer = client.post("/v1/events/batch", json!(some)).await.expect(200);
        assert_eq!(answer["rejected"], json!(0), "{:?}", answer.json());
    }
}

/// Makes one person of the members who have two accounts. An account that nothing was told of has no member.
async fn merge(client: &Client, accounts: &[Account]) {
    for pair in accounts.windows(2).filter(|pair| pair[0].person == pair[1].person) {
        let (Some((into, _)), Some((member, etag))) = (found(client, &pair[0]).await, found(client, &pair[1]).await) else { continue };
        let request = client.request(reqwest::Method::POST, &format!("/v1/members/{member}/merge"));
        client.send(request.header("if-match", etag).json(&json!({"into": into}))).await.expect(200);
    }
}

async fn found(client: &Client, account: &Account) -> Option<(String, String)> {
    let found = client.get(&format!("/v1/members?identity={}/USERNAME/{}", account.platform, account.name)).await.expect(200);
    let id = found["items"][0]["id"].as_str()?.to_owned();
    let member = client.get(&format!("/v1/members/{id}")).await.expect(200);
    Some((id, member.etag().to_owned()))
}

async fn told(client: &Client, asked: &str) -> Month {
    let point = async |metric: &str| {
        let series = client.get(&format!("/v1/metrics/{metric}?{asked}")).await.expect(200);
        assert_eq!(series["points"].as_array().map(Vec::len), Some(1));
        series["points"][0].clone()
    };
    let (active, rate) = (point("active_members").await, point("active_rate").await);
    let (engagement, growth) = (point("engagement_rate").await, point("growth_rate").await);
    let number = |value: &Value| value.as_i64().expect("a whole number");
    let part = |name: &str| {
        let parts = growth["parts"].as_array().expect("parts");
        number(&parts.iter().find(|part| part["part"] == name).expect("a part")["value"])
    };
    Month {
        start: rate["start"].as_str().expect("a day").to_owned(),
        end: rate["end"].as_str().expect("a day").to_owned(),
        active: number(&active["value"]),
        active_members: number(&rate["numerator"]),
        contributing_members: number(&engagement["numerator"]),
        members: number(&rate["denominator"]),
        members_before: part("START"),
        joined: part("JOINED"),
        left: part("LEFT"),
    }
}
