//! What memberships are made of does not depend on the order in which events arrive.

use std::collections::{BTreeMap, BTreeSet};

use waymark_domain::event::AccountDraft;
use waymark_domain::identity::IdentityType;
use waymark_domain::member::MemberKind;
use waymark_domain::spell::Mark;
use waymark_domain::workspace::WorkspaceDraft;
use waymark_domain::{DateTime, Utc, Weekday};
use waymark_persistence::DatabaseUrl;

use super::*;
use crate::authentication::operator;
use crate::clock::Clock;

const PEOPLE: u32 = 8;
const KINDS: [&str; 6] = ["visit", "reply", "mention", "member_joined", "member_left", "code_contribution"];

/// The same sequence at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[derive(Clone)]
struct Deed {
    source: u32,
    person: u32,
    kind: &'static str,
    hour: u32,
}

impl Deed {
    fn random(dice: &mut Dice, source: u32) -> Self {
        let kind = KINDS[usize::try_from(dice.below(6)).unwrap()];
        Self { source, person: dice.below(PEOPLE), kind, hour: dice.below(2_000) }
    }

    fn at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + i64::from(self.hour) * 3_600, 0).unwrap()
    }

    fn draft(&self) -> EventDraft {
        let member = AccountDraft { kind: IdentityType::Username, value: format!("user-{}", self.person) };
        draft(&self.source.to_string(), self.kind, Some(member), None, self.at())
    }
}

fn draft(source: &str, kind: &str, member: Option<AccountDraft>, parent: Option<u32>, occurred_at: DateTime<Utc>) -> EventDraft {
    EventDraft {
        platform: "forum".to_owned(),
        source_id: source.to_owned(),
        activity: kind.to_owned(),
        member,
        member_kind: MemberKind::Community,
        channel: None,
        parent: parent.map(|parent| parent.to_string()),
        initiative: None,
        tags: Vec::new(),
        value: None,
        properties: BTreeMap::new(),
        occurred_at,
        recorded_at: None,
    }
}

/// An application on a database of its own, and who operates it.
async fn started(folder: &tempfile::TempDir) -> (App, Actor) {
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let app = App::open(&DatabaseUrl::Directory(folder.path().to_owned()), Clock::manual(now)).await.unwrap();
    app.migrate().await.unwrap();
    let draft = WorkspaceDraft { name: "Acme".to_owned(), time_zone: "UTC".to_owned(), week_start: Weekday::Mon };
    let (workspace, _) = app.create_workspace(draft).await.unwrap();
    (app, operator(workspace.id))
}

async fn tell(app: &App, actor: &Actor, events: Vec<EventDraft>) {
    let told = app.ingest(actor, Arriving { events: events.into_iter().map(Ok).collect(), atomic: true }).await.unwrap();
    assert!(told.items.iter().all(|item| item.id.is_some()));
}

#[tokio::test]
async fn memberships_do_not_depend_on_the_order_of_arrival() {
    let folder = tempfile::tempdir().unwrap();
    let (app, actor) = started(&folder).await;
    let mut dice = Dice(7);
    // Who is told of first in one batch has the numbers in the order of the names.
    let epoch = DateTime::from_timestamp(1_600_000_000, 0).unwrap();
    let account = |person| AccountDraft { kind: IdentityType::Username, value: format!("user-{person}") };
    let known = (0..PEOPLE).map(|person| draft(&format!("known-{person}"), "mention", Some(account(person)), None, epoch));
    tell(&app, &actor, known.collect()).await;
    let deeds: Vec<Deed> = (0..120).map(|source| Deed::random(&mut dice, source)).collect();
    let retracted: BTreeSet<u32> = (0..25).map(|_| dice.below(120)).collect();

    let mut tellings: Vec<(u32, EventDraft)> = Vec::new();
    for deed in &deeds {
        let at = dice.below(1_000);
        if dice.below(2) == 0 {
            // Told wrongly before it is told rightly.
            tellings.push((dice.below(at + 1), Deed::random(&mut dice, deed.source).draft()));
        }
        tellings.push((at, deed.draft()));
        tellings.push((at + dice.below(300), deed.draft()));
    }
    for source in &retracted {
        let retraction = draft(&format!("retraction-{source}"), "retraction", None, Some(*source), epoch);
        tellings.push((dice.below(1_200), retraction));
    }
    tellings.sort_by_key(|(at, _)| *at);
    let mut tellings = tellings.into_iter().map(|(_, event)| event).peekable();
    while tellings.peek().is_some() {
        let size = usize::try_from(1 + dice.below(30)).unwrap();
        tell(&app, &actor, tellings.by_ref().take(size).collect()).await;
    }

    let live = || deeds.iter().filter(|deed| !retracted.contains(&deed.source));
    let mut firsts: BTreeMap<u32, DateTime<Utc>> = BTreeMap::new();
    for deed in live().filter(|deed| ["visit", "reply", "code_contribution"].contains(&deed.kind)) {
        let first = firsts.entry(deed.person).or_insert(deed.at());
        *first = deed.at().min(*first);
    }
    let mark = |deed: &Deed| match deed.kind {
        "member_joined" => Some((deed.person, deed.at(), Mark::Joined)),
        "member_left" => Some((deed.person, deed.at(), Mark::Left)),
        _ => None,
    };
    let marks: BTreeSet<_> = live().filter_map(mark).collect();
    let found = app.store.first_activities(actor.scope, None).await.unwrap();
    assert_eq!(found.into_iter().map(|((number, _), at)| (number, at)).collect::<BTreeMap<_, _>>(), firsts);
    let found = app.store.membership_marks(actor.scope, None).await.unwrap();
    assert_eq!(found.into_iter().map(|((number, _), at, mark)| (number, at, mark)).collect::<BTreeSet<_>>(), marks);
}
