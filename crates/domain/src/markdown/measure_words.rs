//! The words by which a title says which way its numbers go and what they count.

use crate::unit::{Unit, UnitKind};

pub(super) const PRODUCE: &[&str] = &[
    "publish",
    "run",
    "ship",
    "launch",
    "write",
    "hold",
    "host",
    "organize",
    "organise",
    "create",
    "deliver",
    "release",
    "conduct",
    "train",
    "onboard",
    "interview",
    "complete",
    "close",
    "hire",
    "add",
    "recruit",
    "sign",
    "feature",
    "build",
    "develop",
    "document",
    "make",
    "give",
    "record",
    "post",
    "generate",
    "identify",
    "elevate",
    "amplify",
    "merge",
    "fix",
    "resolve",
    "integrate",
    "migrate",
    "establish",
    "produce",
    "perform",
    "present",
    "speak",
    "celebrate",
    "describe",
    "implement",
    "open",
    "acquire",
    "win",
    "start",
    "draft",
    "film",
    "send",
    "visit",
    "teach",
    "mentor",
    "graduate",
    "translate",
    "form",
    "collect",
    "gather",
    "finish",
    "read",
    "submit",
    "support",
    "design",
    "test",
    "certify",
];

pub(super) const CHANGE: &[&str] = &[
    "increase",
    "grow",
    "improve",
    "raise",
    "boost",
    "expand",
    "lift",
    "scale",
    "double",
    "reduce",
    "decrease",
    "lower",
    "cut",
    "shorten",
    "shrink",
    "minimize",
    "drop",
    "decline",
    "increased",
    "reduced",
    "reduction",
    "growth",
    "faster",
    "fewer",
];

pub(super) const LOWER: &[&str] = &["reduce", "decrease", "lower", "cut", "shorten", "shrink", "minimize", "drop"];

pub(super) const LOWER_IS_BETTER: &[&str] = &[
    "churn",
    "latency",
    "response time",
    "error rate",
    "downtime",
    "time to ",
    "lead time",
    "cycle time",
    "build time",
    "bounce",
    "false positive",
    "failure",
    "complaint",
    "attrition",
    "turnover",
    "defect",
    "incident",
    "bugs",
    "cost",
    "load time",
    "mttr",
];

pub(super) const LEVELS: &[&str] = &[
    "users",
    "members",
    "customers",
    "subscribers",
    "followers",
    "stars",
    "views",
    "downloads",
    "visitors",
    "visits",
    "contributors",
    "installs",
    "mau",
    "dau",
    "sessions",
    "signups",
];

pub(super) const NUMBER_WORDS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A count of the things named behind a number: the words up to the first plural.
pub(super) fn count(text: &str, end: usize) -> Unit {
    let after = text.get(end..).unwrap_or_default().trim_start_matches('+');
    let mut label = Vec::new();
    for word in after.split_whitespace().take(4) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
        let is_word = bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '/' | '\'')) && !bare.is_empty();
        if !is_word || matches!(bare, "of" | "with" | "and" | "in" | "per" | "for" | "to" | "by" | "on" | "at" | "from") {
            break;
        }
        label.push(bare);
        if bare.len() > 2 && bare.ends_with('s') && !bare.ends_with("ss") && !matches!(bare, "this" | "has" | "was" | "is" | "plus") {
            return Unit::new(UnitKind::Count, Some(&label.join(" "))).unwrap_or(Unit::plain(UnitKind::Count));
        }
        if bare.len() < word.len() {
            break;
        }
    }
    Unit::plain(if label.is_empty() { UnitKind::Number } else { UnitKind::Count })
}
