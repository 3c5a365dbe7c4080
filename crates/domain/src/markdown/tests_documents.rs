//! Whole documents in the shapes people use.

use super::*;
use crate::measure::Kind;

fn counts(outline: &Outline) -> Vec<usize> {
    outline.objectives.iter().map(|objective| objective.key_results.len()).collect()
}

fn count(outline: &Outline, became: Became) -> usize {
    outline.lines.iter().filter(|line| line.became == became).count()
}

fn placeholders(outline: &Outline) -> Vec<&str> {
    outline.findings.iter().filter(|finding| finding.code == FindingCode::Placeholder).map(|finding| finding.text.as_str()).collect()
}

#[test]
fn owners_before_colons_and_sloppy_nesting_make_a_cascade() {
    let outline = read(include_str!("fixtures/cascade.md"));

    assert_eq!(counts(&outline), [2, 1, 2, 2, 0, 2, 2, 1]);
    let owners: Vec<&str> = outline.objectives.iter().filter_map(|objective| objective.owner.as_deref()).collect();
    assert_eq!(owners, ["CEO", "CEO", "Design", "VP Eng", "Platform", "Platform", "Sales (Renewals)", "Sales (Pipeline)"]);
    let parents: Vec<Option<usize>> = outline.objectives.iter().map(|objective| objective.parent).collect();
    assert_eq!(parents, [None, None, Some(1), None, None, None, None, None]);
    assert_eq!(outline.cycle.as_ref().map(|cycle| cycle.key.as_str()), Some("2021-Q3"));
    assert_eq!(placeholders(&outline), ["Objective", "Key result", "Key result", "WIP", "TO DO", "X", "$X"]);
    assert_eq!(outline.objectives[2].title, "Make the editor a joy");
    assert_eq!(outline.objectives[2].key_results[0].result.as_deref(), Some("Done in week 4."));
}

#[test]
fn bold_paragraphs_over_lists_are_objectives_of_their_quarter() {
    let outline = read(include_str!("fixtures/bold_paragraphs.md"));

    assert_eq!(counts(&outline), [3, 1]);
    let second = &outline.objectives[0].key_results[1];
    assert_eq!(second.title, "List a folder with 1M entries in under 1 minute, with less than a second to the first");
    assert_eq!((second.priority.as_deref(), second.people.as_slice()), (Some("P1"), ["ada".to_owned()].as_slice()));
    assert_eq!(outline.cycle.map(|cycle| cycle.key), Some("2019-Q2".to_owned()));
}

#[test]
fn tables_from_sheets_have_objective_rows_with_their_key_results_below() {
    let outline = read(include_str!("fixtures/sheet.md"));

    assert_eq!(counts(&outline), [2, 1]);
    assert_eq!(outline.objectives[0].title, "Pages are found");
    assert_eq!(outline.objectives[0].people, ["Ada", "Lin"]);
    let scores: Vec<Option<&str>> = outline
        .objectives
        .iter()
        .flat_map(|objective| &objective.key_results)
        .map(|found| found.score.as_ref().map(|score| score.text.as_str()))
        .collect();
    assert_eq!(scores, [Some("0.9"), Some("0.0"), None]);
    assert_eq!(outline.objectives[0].key_results[1].people, ["lin", "ada"]);
    assert_eq!(count(&outline, Became::Score), 1, "the row of totals");
}

#[test]
fn guides_examples_and_definitions_hold_no_okrs() {
    let outline = read(include_str!("fixtures/guide.md"));

    assert_eq!(counts(&outline), Vec::<usize>::new());
    assert_eq!(outline.findings, []);
}

#[test]
fn a_template_keeps_its_plans_and_names_its_placeholders() {
    let outline = read(include_str!("fixtures/template.md"));

    assert_eq!(counts(&outline), [2]);
    let key_results = &outline.objectives[0].key_results;
    assert_eq!(key_results[0].measurement.as_deref(), Some("Monthly active members"));
    assert_eq!(key_results[0].measure.target, None);
    assert_eq!(key_results[1].unit.kind(), crate::unit::UnitKind::Percent);
    assert_eq!(placeholders(&outline), ["[X]", "[date]", "[Specific number]", "[X]", "[timeframe]"]);
}

#[test]
fn paragraphs_with_dashes_are_read_and_prose_around_them_is_not() {
    let text = "date 2017-01-26 We set OKRs last year.\n\nObjective 1 – We know why\n\nKR 1 – Mood > 11.5 NPS (Net Promoter Score)\n\nKR 2 – 100% of us read the news by the end of February.\n\nWhich of these do you like?\n";

    let outline = read(text);

    assert_eq!(counts(&outline), [2]);
    let [mood, news] = outline.objectives[0].key_results.as_slice() else { panic!("two key results") };
    assert_eq!((mood.measure.kind, mood.measure.strict), (Kind::AtLeast, Some(true)));
    assert_eq!(mood.unit.label(), Some("NPS"));
    assert_eq!(news.due.map(|due| due.to_string()).as_deref(), Some("2017-02-28"));
    assert_eq!(outline.lines.last().map(|line| line.became), Some(Became::Ignored));
}

#[test]
fn every_line_is_accounted_for_once_and_in_order() {
    for text in [
        "",
        "\n",
        "a",
        "\u{feff}# OKRs\r\n\r\n- x\r\n",
        "---\n",
        "---\na: b\n---\n# x",
        include_str!("fixtures/sheet.md"),
        include_str!("fixtures/guide.md"),
    ] {
        let outline = read(text);

        let numbers: Vec<usize> = outline.lines.iter().map(|line| line.line).collect();
        assert_eq!(numbers, (1..=text.lines().count()).collect::<Vec<_>>(), "{text:?}");
    }
}

#[test]
fn each_objective_carries_the_cycle_it_stands_under() {
    let outline = read("# Q1 2024 OKRs\n## Objective: A\n- KR: 5 talks\n# Q4 2023 OKRs\n## Objective: B [0.8]\n- KR: 12 posts [0.8]\n");

    let cycles: Vec<Option<&str>> =
        outline.objectives.iter().map(|objective| objective.cycle.as_ref().map(|cycle| cycle.key.as_str())).collect();
    assert_eq!(cycles, [Some("2024-Q1"), Some("2023-Q4")]);
    assert!(outline.findings.iter().any(|finding| finding.code == FindingCode::SeveralCycles));
}

#[test]
fn columns_name_objectives_key_results_owners_and_scores() {
    let text = "# OKRs 2023\n\n| Objective | Key Result | Owner | Score |\n|---|---|---|---|\n| O1: Delight | KR1: NPS from 20 to 40 | @ann | 0.6 |\n| | KR2: Churn below 2% | @bob | 70% |\n| O2: Grow | a<br>b | CEO | N/A |\n";

    let outline = read(text);

    assert_eq!(counts(&outline), [2, 2]);
    assert_eq!(outline.objectives[0].key_results[1].owner.as_deref(), Some("bob"));
    assert_eq!(outline.objectives[0].key_results[1].score.as_ref().map(|score| score.value.to_string()).as_deref(), Some("0.7"));
}

#[test]
fn a_form_that_nobody_filled_in_holds_no_objective() {
    let outline = read("# Team OKRs\n\n**Objective:**\n\n**Key Results:**\n\n## Objective: Be kind\n- KR: Thank 5 people\n");

    assert_eq!(counts(&outline), [1]);
    assert_eq!(outline.findings.iter().map(|finding| (finding.line, finding.code)).collect::<Vec<_>>(), [(3, FindingCode::Empty)]);
    assert_eq!(outline.lines.iter().filter_map(|line| line.objective).max(), Some(0));
}
