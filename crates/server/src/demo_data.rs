//! The sample data: a small company whose community team has a quarter of ups and downs.

mod community;
mod driven;
mod key_results;

use chrono::{Datelike, Days, Months};
use waymark_application::{App, Error, NewCheckIn, NewKeyResult, NewObjective};
use waymark_domain::NaiveDate;
use waymark_domain::actor::Actor;
use waymark_domain::check_in::{CheckIn, CheckInDraft, Confidence};
use waymark_domain::cycle::{Cycle, CycleDraft, CycleStatus};
use waymark_domain::initiative::{Category, ContributionDraft, Initiative, InitiativeDraft, InitiativeStatus};
use waymark_domain::key_result::{Indicator, KeyResult, KeyResultStatus, MeasurementPlan};
use waymark_domain::measure::MeasureDraft;
use waymark_domain::number::Quantity;
use waymark_domain::objective::{Objective, ObjectiveDraft, ObjectiveKind, ObjectiveStatus};
use waymark_domain::team::{Team, TeamDraft, TeamKind};
use waymark_domain::unit::UnitKind;

use crate::failure::Failure;

pub(crate) const COMMUNITY: &str = "community";
/// By which their events name two of the initiatives.
const WELCOME: &str = "welcome-tour";
const MENTORING: &str = "mentoring-pilot";

/// The key of the quarter a day lies in.
pub(crate) fn cycle_key(today: NaiveDate) -> String {
    format!("{}-Q{}", today.year(), today.month0() / 3 + 1)
}

pub(crate) async fn load(app: &App, actor: &Actor) -> Result<(), Failure> {
    let demo = Sample { app, actor, today: app.today(actor).await? };
    demo.teams().await?;
    demo.cycle().await?;
    let company = demo.objective("company", "Developers choose us because they trust each other", None).await?;
    let community = demo.objective(COMMUNITY, "Newcomers find help and stay", Some(company)).await?;
    let platform = demo.objective("platform", "The platform is boringly reliable", None).await?;
    demo.community_key_results(&community).await?;
    demo.platform_key_results(&platform).await?;
    demo.initiatives(&community).await?;
    community::load(app, actor, demo.today).await?;
    demo.driven_key_results().await
}

struct Sample<'a> {
    app: &'a App,
    actor: &'a Actor,
    today: NaiveDate,
}

/// Measure, unit, title and the weekly values of a key result; the newest value is last.
pub(super) struct Told<'a> {
    title: &'a str,
    measure: MeasureDraft,
    unit: (UnitKind, Option<&'a str>),
    indicator: Indicator,
    plan: &'a str,
    values: &'a [&'a str],
}

fn quantity(text: &str) -> Option<Quantity> {
    text.parse().ok()
}

impl Sample<'_> {
    /// The first day of the quarter, and its last.
    fn quarter(&self) -> (NaiveDate, NaiveDate) {
        let month = self.today.month0() / 3 * 3 + 1;
        let start = NaiveDate::from_ymd_opt(self.today.year(), month, 1).unwrap_or(self.today);
        (start, start + Months::new(3) - Days::new(1))
    }

    async fn teams(&self) -> Result<(), Failure> {
        let teams = [
            ("company", "Northwind", TeamKind::Company, None),
            (COMMUNITY, "Community", TeamKind::Team, Some("company")),
            ("platform", "Platform", TeamKind::Team, Some("company")),
            ("ada", "Ada", TeamKind::Individual, Some(COMMUNITY)),
        ];
        for (key, name, kind, parent) in teams {
            let draft =
                TeamDraft { key: key.to_owned(), name: name.to_owned(), kind, parent: parent.map(str::to_owned), external_id: None };
            self.app.create::<Team>(self.actor, draft).await?;
        }
        Ok(())
    }

    async fn cycle(&self) -> Result<(), Failure> {
        let (start, end) = self.quarter();
        let key = cycle_key(self.today);
        if let Err(Error::NotFound { .. }) = self.app.cycle(self.actor, &key).await {
            let draft = CycleDraft { key, name: None, start, end, status: CycleStatus::Active, parent: None, external_id: None };
            self.app.create::<Cycle>(self.actor, draft).await?;
        }
        Ok(())
    }

    async fn objective(&self, team: &str, title: &str, parent: Option<String>) -> Result<String, Failure> {
        let draft = ObjectiveDraft {
            title: title.to_owned(),
            kind: if team == "platform" { ObjectiveKind::Enabler } else { ObjectiveKind::Impact },
            status: ObjectiveStatus::Published,
            why_now: Some("Support tickets doubled while forum answers stood still.".to_owned()),
            pillar: Some("Trust".to_owned()),
            owner: (team == COMMUNITY).then(|| "ada".to_owned()),
            weight: Quantity::ONE,
            parent,
            alignments: Vec::new(),
            external_id: None,
        };
        let new = NewObjective { cycle: cycle_key(self.today), team: team.to_owned(), draft };
        Ok(self.app.create::<Objective>(self.actor, new).await?.id.to_string())
    }

    async fn key_result(&self, objective: &str, told: Told<'_>) -> Result<String, Failure> {
        let new = NewKeyResult {
            objective: objective.to_owned(),
            title: told.title.to_owned(),
            measure: told.measure,
            unit: told.unit.0,
            unit_label: told.unit.1.map(str::to_owned),
            start: None,
            due: None,
            indicator: Some(told.indicator),
            weight: Quantity::ONE,
            owner: None,
            measurement: MeasurementPlan { text: Some(told.plan.to_owned()), links: Vec::new() },
            proxy_for: None,
            assumption: None,
            is_guardrail: false,
            checkpoints: Vec::new(),
            status: KeyResultStatus::Active,
            status_reason: None,
            external_id: None,
        };
        let key_result = self.app.create::<KeyResult>(self.actor, new).await?.id.to_string();
        for (week, value) in told.values.iter().enumerate() {
            let draft = CheckInDraft { value: quantity(value), confidence: Some(confidence(week)), ..CheckInDraft::default() };
            self.check_in(&key_result, week, draft).await?;
        }
        Ok(key_result)
    }

    /// A check-in at the end of a week of the quarter, unless that lies ahead.
    async fn check_in(&self, key_result: &str, week: usize, draft: CheckInDraft) -> Result<(), Failure> {
        let days = u64::try_from(week * 7 + 3).unwrap_or_default();
        let on = self.quarter().0 + Days::new(days);
        if on <= self.today {
            let new = NewCheckIn { key_result: key_result.to_owned(), on: Some(on), external_id: None, draft };
            self.app.create::<CheckIn>(self.actor, new).await?;
        }
        Ok(())
    }

    async fn initiatives(&self, objective: &str) -> Result<(), Failure> {
        let address = self.app.objective(self.actor, objective).await?.address;
        let work = [
            ("Welcome tour for new members", WELCOME, Category::Onboarding, InitiativeStatus::InProgress, Some("KR1")),
            ("Office hours on Tuesdays", "office-hours", Category::Support, InitiativeStatus::InProgress, Some("KR2")),
            ("Mentoring pilot", MENTORING, Category::Mentorship, InitiativeStatus::InProgress, Some("KR4")),
            ("Advocates' summit", "summit", Category::Event, InitiativeStatus::Planned, Some("KR9")),
            ("Sticker redesign", "stickers", Category::Other, InitiativeStatus::Planned, None),
        ];
        for (title, external_id, category, status, key_result) in work {
            let draft = InitiativeDraft {
                title: title.to_owned(),
                team: COMMUNITY.to_owned(),
                owner: None,
                status,
                start: None,
                end: None,
                category,
                external_id: Some(external_id.to_owned()),
            };
            let initiative = self.app.create::<Initiative>(self.actor, draft).await?;
            if let Some(key_result) = key_result.map(|number| format!("{address}-{number}")) {
                let link =
                    ContributionDraft { key_result, expected: Some("Weekly numbers move within a month".to_owned()), evidence: None };
                self.app.link_initiative(self.actor, initiative.id.to_string(), link, None).await?;
            }
        }
        Ok(())
    }
}

/// Two doubtful weeks in the middle of the quarter.
fn confidence(week: usize) -> Confidence {
    match week {
        2 | 4 => Confidence::AtRisk,
        3 => Confidence::OffTrack,
        _ => Confidence::OnTrack,
    }
}
