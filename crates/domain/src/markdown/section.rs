//! Which headings hold OKRs, and which hold examples, definitions, reviews and other talk about them.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exclusion {
    #[default]
    None,
    /// Only what is marked as an objective or key result counts.
    Unmarked,
    /// Nothing below counts: examples, templates, definitions.
    All,
}

const ALL_EXCLUDED: &[&str] = &[
    "example",
    "examples",
    "sample",
    "samples",
    "template",
    "templates",
    "definition",
    "definitions",
    "glossary",
    "guideline",
    "guidelines",
    "guide",
    "tips",
    "pitfalls",
    "pitfall",
    "mistakes",
    "anti-patterns",
    "antipatterns",
    "faq",
    "retrospective",
    "retro",
    "retrospectives",
    "learnings",
    "lessons",
    "scoring",
    "grading",
    "rubric",
    "instructions",
    "syntax",
    "do's",
    "don'ts",
    "dos",
    "illustrative",
    "exemple",
    "exemples",
    "ejemplo",
    "ejemplos",
    "beispiel",
    "beispiele",
    "terminology",
    "vorlage",
    "initiatives",
    "initiative",
    "mapping",
    "included",
    "alternatives",
    "사례",
    "예시",
];
const UNMARKED_EXCLUDED: &[&str] = &[
    "overview",
    "introduction",
    "intro",
    "background",
    "context",
    "process",
    "cadence",
    "references",
    "reference",
    "resources",
    "links",
    "reading",
    "appendix",
    "changelog",
    "history",
    "archive",
    "principles",
    "philosophy",
    "concepts",
    "framework",
    "checklist",
    "timeline",
    "schedule",
    "calendar",
    "notes",
    "note",
    "risks",
    "dependencies",
    "initiatives",
    "initiative",
    "projects",
    "tasks",
    "actions",
    "action",
    "todo",
    "todos",
    "metrics",
    "summary",
    "vision",
    "mission",
    "values",
    "strategy",
    "team",
    "stakeholders",
    "review",
    "reviews",
    "reflection",
    "reflections",
    "progress",
    "status",
    "updates",
    "update",
    "contents",
    "toc",
    "purpose",
    "scope",
    "about",
    "assumptions",
    "milestones",
    "roadmap",
    "backlog",
    "kpi",
    "kpis",
    "deliverables",
    "tracking",
    "quality",
    "types",
    "checks",
    "flags",
    "rules",
    "agenda",
    "meetings",
    "document",
    "control",
    "approval",
    "approvals",
    "sign-off",
    "communication",
    "health",
    "confidence",
    "tooling",
    "measurement",
    "legend",
    "ideas",
];
const QUESTIONS: &[&str] = &[
    "what",
    "why",
    "how",
    "when",
    "who",
    "writing",
    "setting",
    "creating",
    "understanding",
    "using",
    "defining",
    "managing",
    "about",
    "introducing",
];

/// What a heading says about the lines below it. `is_title` for the first heading of a document.
pub(super) fn exclusion(heading: &str, is_title: bool) -> Exclusion {
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | ')' | ',' | '/' | '"' | '?' | '!' | '–' | '—' | '&'))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let Some(first) = words.first() else { return Exclusion::None };
    let is_short = words.len() <= 6;
    let names = |list: &[&str], most: usize| list.contains(first) || words.len() <= most && words.iter().any(|word| list.contains(word));
    let is_example = words.iter().any(|word| word.starts_with("example") || *word == "illustrative") && is_short;
    let asks = lower.trim_end().ends_with('?') && is_short || QUESTIONS.contains(first);
    if is_example || !is_title && (names(ALL_EXCLUDED, 6) || asks) || lower.contains("what went") {
        return Exclusion::All;
    }
    if lower.contains("best practice") {
        return Exclusion::All;
    }
    if !is_title && names(UNMARKED_EXCLUDED, 2) { Exclusion::Unmarked } else { Exclusion::None }
}

/// A line that announces an example: `**Example:**`, `For instance:`, `A good OKR looks like this:`
pub(super) fn announces_example(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let words = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opens =
        ["example", "for example", "for instance", "e.g.", "sample", "template", "bad example", "good example", "format", "exemple"];
    let is_announcement = lower.trim_end_matches(['*', '_', ' ']).ends_with([':', '：']) && lower.chars().count() <= 120;
    let mentions =
        lower.contains("example") || lower.contains("for instance") || lower.contains("looks like") || lower.contains("look like");
    is_announcement && (mentions || opens.iter().any(|word| words.starts_with(word)))
}

/// Whether a heading says that OKRs stand below: `Team OKRs`, `Objectives and Key Results`, `OKRs for 2020`.
pub(super) fn holds_okrs(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let is_okr = |word: &str| matches!(word, "okr" | "okrs" | "objectives" | "objetivos" | "objectifs" | "ziele");
    let ends = words.last().is_some_and(|word| is_okr(word) && (*word != "okr" || words.len() > 1)) || words.ends_with(&["key", "results"]);
    let starts = words.first().is_some_and(|word| is_okr(word) && *word != "okr")
        && (words.len() <= 2 || words.get(1).is_some_and(|word| matches!(*word, "for" | "of" | "and" | "key" | "set" | "mvp")));
    ends || starts || is_dated(&lower)
}

/// `Infra OKRs 2019 Q4, final scores`: a year, half or quarter right beside the word.
fn is_dated(lower: &str) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_period = |word: &str| {
        let digits = word.trim_start_matches("fy").trim_start_matches(['q', 'h']);
        let is_short = word.len() == 2 && digits.len() == 1;
        digits.chars().all(|c| c.is_ascii_digit()) && (is_short || digits.len() == 4 && digits.starts_with("20"))
    };
    words.windows(2).any(|pair| matches!(pair, ["okrs", period] | [period, "okrs"] if is_period(period)))
}
