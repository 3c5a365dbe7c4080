//! Single lines: marks, scores, statuses, measures and dates.

use super::*;
use crate::key_result::KeyResultStatus;
use crate::measure::Kind;
use crate::unit::UnitKind;

/// The one key result of a document with this line.
fn key_result(line: &str) -> OutlinedKeyResult {
    let mut outline = read(&format!("# 2020-Q1 OKRs\n\n## Objective: Do well\n\n{line}\n"));
    let found = outline.objectives.remove(0).key_results;
    assert_eq!(found.len(), 1, "{line}");
    found.into_iter().next().unwrap()
}

/// Kind, baseline, target, and whether the target itself does not count.
fn measure(title: &str) -> (Kind, Option<String>, Option<String>, bool) {
    let found = key_result(&format!("- KR: {title}"));
    let shown = |value: Option<crate::number::Quantity>| value.map(|value| value.to_string());
    (found.measure.kind, shown(found.measure.baseline), shown(found.measure.target), found.measure.strict == Some(true))
}

#[test]
fn marks_of_many_kinds_are_taken_off_the_title() {
    for line in [
        "- KR: Ship it",
        "- **KR 1.1**: Ship it",
        "* **KR1: Ship it**",
        "1. KR 1 - Ship it",
        "- O1-KR2: Ship it",
        "- [KR] Ship it",
        "- [Key Result 1] Ship it",
        "### KR 1: Ship it",
        "**Key Result 1.2:** Ship it",
        "KR #3 Ship it",
        "- ✅ KR1: Ship it",
        "- Ship it",
        "- VP Eng KR: Ship it",
        "> - KR2: Ship it",
        "- KR 1 (Jane): Ship it",
    ] {
        assert_eq!(key_result(line).title, "Ship it", "{line}");
    }
}

#[test]
fn stated_scores_are_kept_as_stated() {
    for (line, value) in [
        ("- KR: Ship (0.45)", "0.45"),
        ("- KR: Ship -- (0.9)", "0.9"),
        ("- KR: Ship (7/10)", "0.7"),
        ("- KR: Ship - 66%", "0.66"),
        ("- KR: Ship [0.7]", "0.7"),
        ("- KR: Ship. Score: 0.7", "0.7"),
        ("- KR: Ship\n  - Score: 40%", "0.4"),
    ] {
        assert_eq!(key_result(line).score.map(|score| score.value.to_string()).as_deref(), Some(value), "{line}");
    }
}

#[test]
fn numbers_within_a_title_are_no_scores() {
    for line in
        ["- KR: Reach 66%", "- KR: Grow by 10", "- KR: Fix issue (4260)", "- KR: Use 7/10 of the budget well", "- KR: Pass rate of 0.9"]
    {
        assert_eq!(key_result(line).score, None, "{line}");
    }
}

#[test]
fn statuses_in_words_signs_boxes_and_strikes_are_read() {
    for (line, progress) in [
        ("- KR: WIP Ship it", Progress::InProgress),
        ("- KR: DONE: Ship it", Progress::Done),
        ("- KR: Ship it (Dropped)", Progress::Dropped),
        ("- KR: Ship it - Deferred", Progress::Deferred),
        ("- [x] KR: Ship it", Progress::Done),
        ("- KR: Ship it 🟡", Progress::AtRisk),
        ("- KR: ~~Ship it~~", Progress::Dropped),
        ("- KR: ❌ Ship it", Progress::Missed),
    ] {
        let found = key_result(line);
        assert_eq!((found.title.as_str(), found.stated_status.map(|status| status.progress)), ("Ship it", Some(progress)), "{line}");
    }
    assert_eq!(key_result("- KR: Ship it (NA)").status, Some(KeyResultStatus::NotApplicable));
}

#[test]
fn measures_are_read_from_titles() {
    let some = |text: &str| Some(text.to_owned());
    for (title, expected) in [
        ("Grow from 5,000 to 8,000 users", (Kind::Reach, some("5000"), some("8000"), false)),
        ("200k views a month (current is 125k)", (Kind::Reach, some("125000"), some("200000"), false)),
        ("Publish 5 blog posts", (Kind::Reach, some("0"), some("5"), false)),
        ("Hire two engineers", (Kind::Reach, some("0"), some("2"), false)),
        ("At least 50 people answer", (Kind::AtLeast, None, some("50"), false)),
        ("More than 11.5 NPS", (Kind::AtLeast, None, some("11.5"), true)),
        ("Uptime of 99.9%+", (Kind::AtLeast, None, some("99.9"), false)),
        ("Pages load in under 2s on 80k sites", (Kind::AtMost, None, some("2"), true)),
        ("Answer within 4 h", (Kind::AtMost, None, some("4"), false)),
        ("Messages are <= 2x the blocks", (Kind::AtMost, None, some("2"), false)),
        ("Reach $1.2M ARR", (Kind::AtLeast, None, some("1200000"), false)),
        ("Increase use by 25%", (Kind::Reach, None, None, false)),
        ("Increase use by 25% (currently 200)", (Kind::Reach, some("200"), some("250"), false)),
        ("Scale to C1 and RFC 42 by Q4 2020", (Kind::Milestone, None, None, false)),
        ("Fix #4260, #5547 for Tier 1", (Kind::Milestone, None, None, false)),
    ] {
        assert_eq!(measure(title), expected, "{title}");
    }
}

#[test]
fn a_band_has_two_bounds() {
    let found = key_result("- KR: Keep the rating between 4 and 5");

    assert_eq!((found.measure.kind, found.measure.lower, found.measure.upper), (Kind::Between, "4".parse().ok(), "5".parse().ok()));
}

#[test]
fn fields_beside_a_key_result_fill_it() {
    let found = key_result(
        "- KR: Happier people\n  - *Measurement*: a survey\n  - Baseline: 20%\n  - Target: 35%\n  - Owner: @jane\n  - Due: March 15\n  - [x] Ask (weight 2)\n  - [ ] Ask again",
    );

    assert_eq!(found.measure.kind, Kind::Reach);
    assert_eq!(found.unit.kind(), UnitKind::Percent);
    assert_eq!((found.owner.as_deref(), found.measurement.as_deref()), (Some("jane"), Some("a survey")));
    assert_eq!(found.due.map(|due| due.to_string()).as_deref(), Some("2020-03-15"));
    assert_eq!(
        found.steps.iter().map(|step| (step.title.as_str(), step.is_done)).collect::<Vec<_>>(),
        [("Ask", true), ("Ask again", false)]
    );
}

#[test]
fn dates_take_their_year_from_the_cycle() {
    for (title, due) in [
        ("Ship by 2020-02-03", "2020-02-03"),
        ("Ship by March 15", "2020-03-15"),
        ("Ship by the end of February", "2020-02-29"),
        ("Ship by EOY", "2020-12-31"),
        ("Ship by end of Q2", "2020-06-30"),
        ("Ship by EOQ", "2020-03-31"),
    ] {
        assert_eq!(key_result(&format!("- KR: {title}")).due.map(|due| due.to_string()).as_deref(), Some(due), "{title}");
    }
}

#[test]
fn numbers_that_cannot_be_kept_exactly_are_left_out_with_a_finding() {
    let outline = read("# OKRs\n## Objective: a\n- KR: Reach 12345678901234567890 users\n");

    assert_eq!(outline.objectives[0].key_results[0].measure.target, None);
    assert!(outline.findings.iter().any(|finding| finding.code == FindingCode::NumberOutOfRange));
}

#[test]
fn odd_characters_are_findings_and_no_failures() {
    let outline = read("# OKRs\n## Objective: caf\u{0}e\n- KR:\u{a0}5\u{a0}talks üé® \n");

    let codes: Vec<FindingCode> = outline.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [FindingCode::InvalidText, FindingCode::WronglyDecoded]);
    assert_eq!(outline.objectives[0].title, "cafe");
}

#[test]
fn nesting_without_end_is_a_finding_and_no_crash() {
    for text in [
        ">".repeat(50_000),
        "- ".repeat(50_000),
        "[".repeat(50_000),
        "**a".repeat(20_000),
        format!("|{}", "a|".repeat(100_000)),
        "`".repeat(50_000),
    ] {
        let outline = read(&text);

        assert_eq!(outline.lines.len(), 1);
    }
    assert!(read(&">".repeat(70)).findings.iter().any(|finding| finding.code == FindingCode::TooDeep));
}
