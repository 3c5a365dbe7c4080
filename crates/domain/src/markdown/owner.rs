//! Who answers for OKRs, as headings say it: `Marketing Team OKRs`, `## Engineering`.

use super::cycle_text;
use super::words::words;

const OKR_WORDS: &[&str] = &["okr", "okrs", "objectives", "objective", "and", "key", "results", "goals", "for", "of", "the", "our", "the"];
const EMPTY_WORDS: &[&str] = &[
    "quarterly",
    "annual",
    "yearly",
    "strategic",
    "draft",
    "proposed",
    "current",
    "new",
    "previous",
    "past",
    "next",
    "this",
    "quarter",
    "year",
    "goals",
    "level",
    "set",
    "mvp",
    "high",
    "status",
    "overall",
    "overview",
    "q",
    "main",
    "top",
    "list",
    "public",
    "team",
    "teams",
    "mvp",
    "committed",
    "aspirational",
    "stretch",
    "shared",
    "individual",
    "definitions",
    "cy",
    "fy",
];
const TEAM_WORDS: &[&str] =
    &["team", "group", "department", "dept", "squad", "chapter", "guild", "committee", "wg", "division", "company", "org", "organization"];
const DEPARTMENTS: &[&str] = &[
    "engineering",
    "marketing",
    "sales",
    "product",
    "design",
    "support",
    "finance",
    "people",
    "hr",
    "operations",
    "ops",
    "legal",
    "data",
    "security",
    "infrastructure",
    "community",
    "growth",
    "platform",
    "devrel",
    "customer success",
    "developer relations",
    "research",
    "recruiting",
    "it",
    "qa",
    "mobile",
    "web",
    "backend",
    "frontend",
    "content",
    "partnerships",
    "business development",
    "leadership",
];

/// The team that a guarded heading names. `is_over_objectives` where objectives stand right below it.
pub(super) fn team(heading: &str, is_data: bool, is_over_objectives: bool) -> Option<String> {
    let heading = heading.trim_start_matches(|c: char| !c.is_alphanumeric()).trim();
    if !is_data {
        let lower = heading.to_lowercase();
        let words = words(heading);
        let names_team = words.iter().any(|word| TEAM_WORDS.contains(&word.lower.as_str())) || DEPARTMENTS.contains(&lower.as_str());
        return (names_team && is_over_objectives && words.len() <= 5).then(|| heading.to_owned());
    }
    let found = words(heading);
    let is_name = |index: &usize| {
        let Some(word) = found.get(*index) else { return false };
        let cut: String = heading.get(word.start..word.end).unwrap_or_default().to_owned();
        let names_cycle = cycle_text::find(&format!("{cut} 2020"), None, 0).is_some_and(|cycle| cycle.key != "2020")
            || cycle_text::find(&cut, None, 0).is_some();
        !names_cycle && !OKR_WORDS.contains(&word.lower.as_str()) && word.text.chars().any(char::is_alphabetic)
    };
    let kept: Vec<usize> = (0..found.len()).filter(is_name).collect();
    let (first, last) = (found.get(*kept.first()?)?, found.get(*kept.last()?)?);
    let name = heading.get(first.start..last.end)?.trim();
    let is_run = kept.last()? - kept.first()? + 1 == kept.len();
    let says_something = kept.iter().filter_map(|index| found.get(*index)).any(|word| !EMPTY_WORDS.contains(&word.lower.as_str()));
    (is_run && says_something && kept.len() <= 5 && !name.contains(['?', ':'])).then(|| name.to_owned())
}
