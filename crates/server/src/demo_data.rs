//! The sample data: a small company whose community team has a quarter of ups and downs.

use chrono::{Datelike, Days, Months};
use waymark_application::{App, Error, NewCheckIn, NewKeyResult, NewObjective};
use waymark_domain::NaiveDate;
use waymark_domain::actor::Actor;
use waymark_domain::check_in::{CheckInDraft, Confidence, Zone};
use waymark_domain::cycle::{CycleDraft, CycleStatus};
use waymark_domain::initiative::{Category, ContributionDraft, InitiativeDraft, InitiativeStatus};
use waymark_domain::key_result::{Indicator, KeyResultStatus, MeasurementPlan};
use waymark_domain::measure::{Kind, MeasureDraft, Period};
use waymark_domain::milestone_step::MilestoneStepDraft;
use waymark_domain::number::Quantity;
use waymark_domain::objective::{ObjectiveDraft, ObjectiveKind, ObjectiveStatus};
use waymark_domain::team::{TeamDraft, TeamKind};
use waymark_domain::unit::UnitKind;

use crate::failure::Failure;

pub(crate) const COMMUNITY: &str = "community";

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
    demo.initiatives(&community).await
}

struct Sample<'a> {
    app: &'a App,
    actor: &'a Actor,
    today: NaiveDate,
}

/// Measure, unit, title and the weekly values of a key result; the newest value is last.
struct Told<'a> {
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
            self.app.create_team(self.actor, draft).await?;
        }
        Ok(())
    }

    async fn cycle(&self) -> Result<(), Failure> {
        let (start, end) = self.quarter();
        let key = cycle_key(self.today);
        if let Err(Error::NotFound { .. }) = self.app.cycle(self.actor, &key).await {
            let draft = CycleDraft { key, name: None, start, end, status: CycleStatus::Active, parent: None, external_id: None };
            self.app.create_cycle(self.actor, draft).await?;
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
        Ok(self.app.create_objective(self.actor, new).await?.id.to_string())
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
        let key_result = self.app.create_key_result(self.actor, new).await?.id.to_string();
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
            self.app.record_check_in(self.actor, new).await?;
        }
        Ok(())
    }

    async fn community_key_results(&self, objective: &str) -> Result<(), Failure> {
        let reach =
            |baseline, target| MeasureDraft { baseline: quantity(baseline), target: quantity(target), ..MeasureDraft::of(Kind::Reach) };
        self.key_result(
            objective,
            Told {
                title: "Grow weekly active members from 900 to 1,500",
                measure: MeasureDraft { commit: quantity("1200"), stretch: quantity("1800"), ..reach("900", "1500") },
                unit: (UnitKind::Count, Some("members")),
                indicator: Indicator::Lagging,
                plan: "Members with an activity on the forum or chat in the week",
                values: &["910", "940", "1010", "1040", "1120", "1190", "1230", "1290"],
            },
        )
        .await?;
        self.key_result(
            objective,
            Told {
                title: "Answer questions within 4 hours",
                measure: MeasureDraft { baseline: quantity("11"), target: quantity("4"), ..MeasureDraft::of(Kind::AtMost) },
                unit: (UnitKind::Duration, Some("h")),
                indicator: Indicator::Leading,
                plan: "Median time from question to first answer by another person",
                values: &["10.5", "9", "7.2", "6.8", "5.5", "4.9", "4.4", "3.8"],
            },
        )
        .await?;
        self.key_result(
            objective,
            Told {
                title: "Keep member sentiment between 40 and 70",
                measure: MeasureDraft {
                    lower: quantity("40"),
                    upper: quantity("70"),
                    policy: Some(waymark_domain::measure::Policy::Share),
                    ..MeasureDraft::of(Kind::Between)
                },
                unit: (UnitKind::Custom, Some("NPS")),
                indicator: Indicator::Lagging,
                plan: "Rolling survey, question 1",
                values: &["44", "41", "38", "39", "43", "45", "47", "46"],
            },
        )
        .await?;
        let zones = MeasureDraft {
            commit_words: Some("A written plan".to_owned()),
            target_words: Some("Ten mentors matched".to_owned()),
            stretch_words: Some("Mentees mentor others".to_owned()),
            ..MeasureDraft::of(Kind::Ordinal)
        };
        let mentoring = Told {
            title: "Mentoring reaches people who ask for it",
            measure: zones,
            unit: (UnitKind::Number, None),
            indicator: Indicator::Leading,
            plan: "Review of the programme by two members",
            values: &[],
        };
        let mentoring = self.key_result(objective, mentoring).await?;
        for (week, zone) in [(1, Zone::None), (3, Zone::Commit), (6, Zone::Target)] {
            let draft = CheckInDraft { zone: Some(zone), confidence: Some(Confidence::OnTrack), ..CheckInDraft::default() };
            self.check_in(&mentoring, week, draft).await?;
        }
        Ok(())
    }

    async fn platform_key_results(&self, objective: &str) -> Result<(), Failure> {
        self.key_result(
            objective,
            Told {
                title: "Raise the monthly rate of safe releases from 10 to 17",
                measure: MeasureDraft {
                    baseline: quantity("10"),
                    target: quantity("17"),
                    period: Some(Period::Month),
                    ..MeasureDraft::of(Kind::Rate)
                },
                unit: (UnitKind::Number, None),
                indicator: Indicator::Leading,
                plan: "Releases without a rollback, by month",
                values: &["12", "12", "12", "12", "13", "13", "13", "13"],
            },
        )
        .await?;
        let assumption = MeasureDraft { target: quantity("70"), sample_size: Some(100), ..MeasureDraft::of(Kind::Test) };
        let test = Told {
            title: "70 % of 100 users find advanced filtering valuable",
            measure: assumption,
            unit: (UnitKind::Percent, None),
            indicator: Indicator::Leading,
            plan: "Interview with a scored question",
            values: &[],
        };
        let test = self.key_result(objective, test).await?;
        for (week, value, size) in [(2, "81", 20), (5, "76", 60)] {
            let draft = CheckInDraft {
                value: quantity(value),
                sample_size: Some(size),
                confidence: Some(Confidence::AtRisk),
                ..CheckInDraft::default()
            };
            self.check_in(&test, week, draft).await?;
        }
        let uptime = Told {
            title: "Keep availability at 99.9 % or more",
            measure: MeasureDraft { target: quantity("99.9"), ..MeasureDraft::of(Kind::AtLeast) },
            unit: (UnitKind::Percent, None),
            indicator: Indicator::Lagging,
            plan: "Synthetic probes from three regions",
            values: &["99.95", "99.97", "99.91", "99.99", "99.82", "99.93", "99.95", "99.96"],
        };
        self.key_result(objective, uptime).await?;
        let migration = Told {
            title: "Customers run on the new storage",
            measure: MeasureDraft::of(Kind::Milestone),
            unit: (UnitKind::Number, None),
            indicator: Indicator::Lagging,
            plan: "Steps as agreed with customer support",
            values: &[],
        };
        let migration = self.key_result(objective, migration).await?;
        let start = self.quarter().0;
        for (title, weight, days) in
            [("Dual writes in production", "1", 20), ("Half of the customers moved", "2", 50), ("Old storage switched off", "2", 85)]
        {
            let due = start + Days::new(days);
            let done_on = (due + Days::new(4) <= self.today).then(|| due + Days::new(4));
            let draft =
                MilestoneStepDraft { title: title.to_owned(), weight: quantity(weight).unwrap_or(Quantity::ONE), due: Some(due), done_on };
            self.app.create_milestone_step(self.actor, migration.clone(), draft).await?;
        }
        Ok(())
    }

    async fn initiatives(&self, objective: &str) -> Result<(), Failure> {
        let address = self.app.objective(self.actor, objective).await?.address;
        let work = [
            ("Welcome tour for new members", Category::Onboarding, InitiativeStatus::Done, Some(format!("{address}-KR1"))),
            ("Office hours on Tuesdays", Category::Support, InitiativeStatus::InProgress, Some(format!("{address}-KR2"))),
            ("Mentoring pilot", Category::Mentorship, InitiativeStatus::InProgress, Some(format!("{address}-KR4"))),
            ("Advocates' summit", Category::Event, InitiativeStatus::Planned, Some(format!("{address}-KR9"))),
            ("Sticker redesign", Category::Other, InitiativeStatus::Planned, None),
        ];
        for (title, category, status, key_result) in work {
            let draft = InitiativeDraft {
                title: title.to_owned(),
                team: COMMUNITY.to_owned(),
                owner: None,
                status,
                start: None,
                end: None,
                category,
                external_id: None,
            };
            let initiative = self.app.create_initiative(self.actor, draft).await?;
            if let Some(key_result) = key_result {
                let link =
                    ContributionDraft { key_result, expected: Some("Weekly numbers move within a month".to_owned()), evidence: None };
                self.app.link_initiative(self.actor, initiative.id.to_string(), link).await?;
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
