//! The key results of the sample: one of each kind.

use chrono::Days;
use waymark_application::NewMilestoneStep;
use waymark_domain::check_in::{CheckInDraft, Confidence, Zone};
use waymark_domain::key_result::Indicator;
use waymark_domain::measure::{Kind, MeasureDraft, Period, Policy};
use waymark_domain::milestone_step::{MilestoneStep, MilestoneStepDraft};
use waymark_domain::number::Quantity;
use waymark_domain::unit::UnitKind;

use super::{Sample, Told, quantity};
use crate::failure::Failure;

impl Sample<'_> {
    pub(super) async fn community_key_results(&self, objective: &str) -> Result<(), Failure> {
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
                    policy: Some(Policy::Share),
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

    pub(super) async fn platform_key_results(&self, objective: &str) -> Result<(), Failure> {
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
            self.app.create::<MilestoneStep>(self.actor, NewMilestoneStep { key_result: migration.clone(), draft }).await?;
        }
        Ok(())
    }
}
