//! What is written reads back as the same OKRs, whatever the titles and texts hold.

use super::tests_dice::Dice;
use super::*;

use crate::key_result::{KeyResultStatus, MeasurementPlan};

use crate::number::Quantity;

/// The export that an outline amounts to.
fn exported(outline: Outline) -> Export {
    let cycle = outline.cycle.unwrap();
    let mut teams: Vec<ExportedTeam> = outline
        .teams
        .into_iter()
        .map(|team| ExportedTeam { key: team.key, name: team.name, kind: team.kind.unwrap(), parent: team.parent, objectives: Vec::new() })
        .collect();
    for objective in outline.objectives {
        let team = teams.iter_mut().find(|team| Some(&team.key) == objective.team.as_ref()).unwrap();
        team.objectives.push(ExportedObjective {
            number: objective.number.unwrap(),
            title: objective.title,
            kind: objective.kind.unwrap(),
            status: objective.status.unwrap(),
            owner: objective.owner,
            pillar: objective.pillar,
            why_now: objective.why_now,
            weight: objective.weight.unwrap_or(Quantity::ONE),
            parent: objective.supports.map(|address| address.parse().unwrap()),
            alignments: objective.alignments.iter().map(|address| address.parse().unwrap()).collect(),
            key_results: objective.key_results.into_iter().map(key_result).collect(),
        });
    }
    Export {
        cycle: ExportedCycle { name: cycle.name.unwrap_or_else(|| cycle.key.clone()), key: cycle.key, start: cycle.start, end: cycle.end },
        teams,
    }
}

fn key_result(found: OutlinedKeyResult) -> ExportedKeyResult {
    ExportedKeyResult {
        number: found.number.unwrap(),
        title: found.title,
        measure: found.measure.check().unwrap(),
        unit: found.unit,
        start: found.start.unwrap(),
        due: found.due.unwrap(),
        weight: found.weight.unwrap_or(Quantity::ONE),
        owner: found.owner,
        indicator: found.indicator,
        measurement: MeasurementPlan { text: found.measurement, links: found.links },
        proxy_for: found.proxy_for,
        assumption: found.assumption,
        is_guardrail: found.is_guardrail.unwrap_or(false),
        status: found.status.unwrap_or(KeyResultStatus::Active),
        status_reason: found.status_reason,
        checkpoints: found.checkpoints,
        steps: found.steps,
        grade: found.grade,
        check_ins: found.check_ins,
    }
}

#[test]
fn what_is_written_reads_back_as_the_same_okrs() {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    for round in 0..400 {
        let export = dice.export();
        let written = write(&export);

        let outline = read(&written);

        assert_eq!(outline.lines.len(), written.lines().count(), "{written}");
        assert_eq!(exported(outline), export, "round {round}:\n{written}");
    }
}

#[test]
fn what_was_read_and_written_again_does_not_change() {
    let mut dice = Dice(99);
    for _ in 0..50 {
        let written = write(&dice.export());

        assert_eq!(write(&exported(read(&written))), written);
    }
}

proptest::proptest! {
    #[test]
    fn any_title_survives(title in "\\PC{1,60}|[ -~]{1,80}|[\\x01-\\x7f]{1,40}") {
        let trimmed = title.trim();
        proptest::prop_assume!(!trimmed.is_empty());
        let mut export = Dice(7).export();
        for team in &mut export.teams {
            team.name = trimmed.to_owned();
            for objective in &mut team.objectives {
                objective.title = trimmed.to_owned();
                objective.why_now = Some(trimmed.to_owned());
                for key_result in &mut objective.key_results {
                    key_result.title = trimmed.to_owned();
                    key_result.steps.iter_mut().for_each(|step| step.title = trimmed.to_owned());
                }
            }
        }

        proptest::prop_assert_eq!(exported(read(&write(&export))), export);
    }

    #[test]
    fn no_text_makes_it_fail(text in "(\\PC|[\\n\\t #*|>-]|KR 1: |Objective: |OKR|\\| a \\|){0,200}") {
        let outline = read(&text);

        proptest::prop_assert_eq!(outline.lines.len(), text.lines().count());
        for key_result in outline.objectives.iter().flat_map(|objective| &objective.key_results) {
            proptest::prop_assert!(key_result.measure.clone().check().is_ok());
        }
    }
}
