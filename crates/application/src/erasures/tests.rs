//! Numbers of members are given once, also where a member is gone.

use waymark_domain::member::{MemberDraft, MemberKind};
use waymark_domain::workspace::WorkspaceDraft;
use waymark_domain::{DateTime, Weekday};
use waymark_persistence::DatabaseUrl;

use super::*;
use crate::authentication::operator;
use crate::members::NewMember;

async fn a_member(app: &App, actor: &Actor) -> Member {
    let draft = MemberDraft { kind: MemberKind::Community, name: None, external_id: None };
    app.create(actor, NewMember { draft, identities: Vec::new() }).await.unwrap()
}

#[tokio::test]
async fn the_number_of_the_last_member_is_not_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let app = App::open(&DatabaseUrl::Directory(folder.path().to_owned()), Clock::manual(now)).await.unwrap();
    app.migrate().await.unwrap();
    let draft = WorkspaceDraft { name: "Acme".to_owned(), time_zone: "UTC".to_owned(), week_start: Weekday::Mon };
    let actor = operator(app.create_workspace(draft).await.unwrap().0.id);
    a_member(&app, &actor).await;
    let last = a_member(&app, &actor).await;

    app.erase_member(&actor, last.id.to_string(), None, false).await.unwrap();

    assert_eq!((last.number, a_member(&app, &actor).await.number), (1, 2));
}
