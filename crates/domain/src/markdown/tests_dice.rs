//! Exports at random, with all that could be mistaken for a mark in their texts.

use chrono::{Days, NaiveDate};

use super::*;
use crate::address::{Address, Number};
use crate::check_in::{Confidence, Reading, Zone};
use crate::checkpoint::Checkpoint;
use crate::key_result::{Indicator, KeyResultStatus, MeasurementPlan};
use crate::measure::{Kind, Measure, MeasureDraft, Period, Policy, Side};
use crate::number::Quantity;
use crate::objective::{ObjectiveKind, ObjectiveStatus};
use crate::team::TeamKind;
use crate::unit::{Unit, UnitKind};

/// A small generator, so that every run tries the same documents.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap() % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(3) == 0).then(|| make(self))
    }

    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "Grow",
            "KR:",
            "KR 1.1",
            "O1-KR2",
            "Objective 2:",
            "=>",
            "-->",
            "→",
            "(0.7)",
            "[x]",
            "[ ]",
            "- 66%",
            "80%+",
            "WIP",
            "DONE",
            "✅",
            "🟢",
            "@jane",
            "(@a, @b)",
            "P0",
            "P0 -",
            "**bold**",
            "_it_",
            "snake_case",
            "`code`",
            "~~gone~~",
            "<br>",
            "<!-- hidden",
            "-->",
            "&amp;",
            "&nbsp;",
            "\\",
            "|",
            "#",
            "##",
            "1.",
            "2)",
            "-",
            "+",
            ">",
            "[text](http://x.y)",
            "[X]",
            "TBD",
            "Owner: me",
            "Score: 0.7",
            "Example:",
            "C#",
            "\n",
            "  ",
            "\t",
            "\u{a0}",
            "\u{200b}",
            "\u{F0041}",
            "\u{10FFFD}",
            "é",
            "日本",
            "🎯",
            "(weight 2)",
            "(NA)",
            "n/a",
            "by March 15",
            "```",
            "---",
            "Key Results",
            "https://a.b/c_d",
            "{#id}",
            "\"quoted\"",
            "'",
            ":",
            "…",
            "–",
            "[^1]",
            "![i](u)",
            "$5M",
            "from 10 to 20",
            "e\u{301}",
            "\u{85}",
            "\r",
            ",",
            ";",
            "for example:",
            "*",
            "**",
            "_",
            "Dropped:",
            "- DONE",
            "(Done)",
        ];
        let length = 1 + self.roll(6);
        let mut text = String::new();
        for _ in 0..length {
            text.push_str(PIECES[self.roll(PIECES.len())]);
            text.push_str(self.pick(&["", " ", " ", " "]));
        }
        let trimmed = text.trim();
        if trimmed.is_empty() { "x".to_owned() } else { trimmed.to_owned() }
    }

    fn day(&mut self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(u64::try_from(self.roll(700)).unwrap())
    }

    fn quantity(&mut self) -> Quantity {
        self.pick(&["0", "1", "-3.5", "11.5", "125000", "0.000001", "999999999999999", "42", "7"]).parse().unwrap()
    }

    fn measure(&mut self) -> Measure {
        use Kind::{AtLeast, AtMost, Between, Milestone, Ordinal, Rate, Reach, Test};
        loop {
            let kind = self.pick(&[Reach, AtLeast, AtMost, Between, Rate, Milestone, Ordinal, Test]);
            let mut draft = MeasureDraft::of(kind);
            let numeric = matches!(kind, Reach | AtLeast | AtMost | Rate);
            draft.baseline = self.maybe(Self::quantity).filter(|_| numeric || kind == Between);
            draft.target = self.maybe(Self::quantity).filter(|_| numeric || kind == Test);
            draft.commit = self.maybe(Self::quantity).filter(|_| numeric);
            draft.stretch = self.maybe(Self::quantity).filter(|_| numeric);
            draft.lower = self.maybe(Self::quantity).filter(|_| kind == Between);
            draft.upper = self.maybe(Self::quantity).filter(|_| kind == Between);
            draft.strict = self.maybe(|dice| dice.roll(2) == 0).filter(|_| matches!(kind, AtLeast | AtMost | Test));
            draft.policy =
                self.maybe(|dice| dice.pick(&[Policy::Latest, Policy::Share])).filter(|_| matches!(kind, AtLeast | AtMost | Between));
            draft.period = self.maybe(|dice| dice.pick(&[Period::Week, Period::Month])).filter(|_| kind == Rate);
            draft.commit_words = self.maybe(Self::text).filter(|_| kind == Ordinal);
            draft.target_words = self.maybe(Self::text).filter(|_| kind == Ordinal);
            draft.stretch_words = self.maybe(Self::text).filter(|_| kind == Ordinal);
            draft.sample_size = self.maybe(|_| 100).filter(|_| kind == Test);
            draft.pass_side = self.maybe(|dice| dice.pick(&[Side::AtLeast, Side::AtMost])).filter(|_| kind == Test);
            if let Ok(measure) = draft.check() {
                return measure;
            }
        }
    }

    fn unit(&mut self) -> Unit {
        let label = self.text();
        let units = [
            Ok(Unit::plain(UnitKind::Number)),
            Ok(Unit::plain(UnitKind::Percent)),
            Ok(Unit::plain(UnitKind::Score)),
            Unit::new(UnitKind::Currency, Some("EUR")),
            Unit::new(UnitKind::Duration, Some("h")),
            Unit::new(UnitKind::Count, None),
            Unit::new(UnitKind::Count, Some(&label)),
            Unit::new(UnitKind::Custom, Some(&label)),
        ];
        self.pick(&units).unwrap()
    }

    fn address(&mut self) -> Address {
        let number = self.pick(&[Number::objective(3), Number::key_result(2, 5)]);
        Address { cycle: "2026-Q4".to_owned(), team: self.pick(&["dev-rel", "a_b_c", "X1"]).to_owned(), number }
    }

    fn check_in(&mut self) -> CheckInNote {
        let readings = [
            Reading::Value(self.quantity()),
            Reading::Zone(Zone::Commit),
            Reading::Zone(Zone::None),
            Reading::Sample { value: self.quantity(), size: 40 },
        ];
        CheckInNote {
            on: self.day(),
            reading: self.maybe(|dice| dice.pick(&readings)),
            confidence: self.maybe(|dice| dice.pick(&[Confidence::OffTrack, Confidence::AtRisk, Confidence::OnTrack])),
            evidence: self.maybe(Self::text),
            risks: self.maybe(Self::text),
            blockers: self.maybe(Self::text),
            next_actions: self.maybe(Self::text),
        }
    }

    fn step(&mut self) -> Step {
        let done_on = self.maybe(Self::day);
        Step {
            title: self.text(),
            weight: self.pick(&[Quantity::ONE, Quantity::ZERO]),
            due: self.maybe(Self::day),
            is_done: done_on.is_some() || self.roll(2) == 0,
            done_on,
        }
    }

    fn key_result(&mut self, number: u32) -> ExportedKeyResult {
        ExportedKeyResult {
            number,
            title: self.text(),
            measure: self.measure(),
            unit: self.unit(),
            start: self.day(),
            due: self.day(),
            weight: self.pick(&[Quantity::ONE, Quantity::ZERO, Quantity::from(3)]),
            owner: self.maybe(|_| "jane-doe".to_owned()),
            indicator: self.maybe(|dice| dice.pick(&[Indicator::Leading, Indicator::Lagging])),
            measurement: MeasurementPlan {
                text: self.maybe(Self::text),
                links: self.maybe(|_| vec!["https://a.b/c?d=e&f=(g)_h*i*".to_owned(), "http://x/[1]".to_owned()]).unwrap_or_default(),
            },
            proxy_for: self.maybe(Self::text),
            assumption: self.maybe(Self::text),
            is_guardrail: self.roll(2) == 0,
            status: self.pick(&[
                KeyResultStatus::Active,
                KeyResultStatus::Cancelled,
                KeyResultStatus::Excluded,
                KeyResultStatus::NotApplicable,
            ]),
            status_reason: self.maybe(Self::text),
            checkpoints: self.maybe(|dice| vec![Checkpoint { on: dice.day(), value: dice.quantity() }]).unwrap_or_default(),
            steps: (0..self.roll(3)).map(|_| self.step()).collect(),
            grade: self.maybe(|dice| StatedGrade { value: "0.7".parse().unwrap(), reason: dice.maybe(Self::text) }),
            check_ins: (0..self.roll(3)).map(|_| self.check_in()).collect(),
        }
    }

    fn objective(&mut self, number: u32) -> ExportedObjective {
        ExportedObjective {
            number,
            title: self.text(),
            kind: self.pick(&[ObjectiveKind::Impact, ObjectiveKind::Enabler]),
            status: self.pick(&[
                ObjectiveStatus::Draft,
                ObjectiveStatus::Published,
                ObjectiveStatus::Parked,
                ObjectiveStatus::Cancelled,
                ObjectiveStatus::Closed,
            ]),
            owner: self.maybe(|_| "devrel".to_owned()),
            pillar: self.maybe(Self::text),
            why_now: self.maybe(Self::text),
            weight: self.pick(&[Quantity::ONE, Quantity::from(2)]),
            parent: self.maybe(Self::address),
            alignments: self.maybe(|dice| vec![dice.address(), dice.address()]).unwrap_or_default(),
            key_results: (1..=u32::try_from(self.roll(4)).unwrap()).map(|number| self.key_result(number * 2)).collect(),
        }
    }

    pub(super) fn export(&mut self) -> Export {
        let team = |dice: &mut Self, key: &str| ExportedTeam {
            key: key.to_owned(),
            name: dice.text(),
            kind: dice.pick(&[TeamKind::Company, TeamKind::Group, TeamKind::Team, TeamKind::Individual]),
            parent: dice.maybe(|_| "company".to_owned()),
            objectives: (1..=u32::try_from(dice.roll(4)).unwrap()).map(|number| dice.objective(number + 1)).collect(),
        };
        let cycle = ExportedCycle {
            key: self.pick(&["2026-Q4", "example-1", "CY19-Q4"]).to_owned(),
            name: self.text(),
            start: self.day(),
            end: self.day(),
        };
        Export { cycle, teams: vec![team(self, "company"), team(self, "dev-rel"), team(self, "jane")] }
    }
}
