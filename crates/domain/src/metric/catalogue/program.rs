//! Who takes part in programmes, who comes to their end, and what they are worth to them.

use super::parameter::{BOTS, MIN_CLASS, STAFF, activities};
use super::{Definition, Family, Input, KINDS, MERGED, MetricKey, SegmentKind, Statistic, count, rate, score};
use crate::metric::evaluation::Part;

/// Everything that is done can be narrowed to, and the kind of programme.
const SEGMENTS: &[SegmentKind] = &[
    SegmentKind::Platform,
    SegmentKind::Channel,
    SegmentKind::Layer,
    SegmentKind::Organisation,
    SegmentKind::Property,
    SegmentKind::Tag,
    SegmentKind::Initiative,
    SegmentKind::Category,
];
/// What a programme is, in words.
const PROGRAMS: &str = "Programmes are the initiatives of the categories ONBOARDING, MENTORSHIP, RECOGNITION, EVENT, LEARNING, CONTENT and ADVOCACY; an initiative or a category that is named counts whatever it is.";
/// Who says so.
const MANAGEMENT: &str = "community engagement strategy, program management";
/// When, in words.
const THEN: &str = "An initiative has the category that it has when the question is answered, or had as of the instant that is asked for.";

pub(super) static PROGRAM_PARTICIPANTS: Definition = Definition {
    key: MetricKey::ProgramParticipants,
    version: 1,
    name: "Programme participants",
    family: Family::Programs,
    formula: "the people who did something in the window that belongs to a programme",
    inputs: &[Input::Activities, Input::Initiatives, Input::Kinds],
    edge_rules: &[PROGRAMS, THEN, MERGED, KINDS, "Whoever takes part in several programmes counts once."],
    value: count("members"),
    further: &[],
    parts: &[],
    parameters: &[MIN_CLASS, activities(&[]), STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[],
    sources: &[MANAGEMENT],
};

pub(super) static PROGRAM_COMPLETIONS: Definition = Definition {
    key: MetricKey::ProgramCompletions,
    version: 1,
    name: "Programme completions",
    family: Family::Programs,
    formula: "the people who completed a programme in the window (program_completed); the completion rate is 100 * completions / participants",
    inputs: &[Input::Activities, Input::Initiatives, Input::Kinds],
    edge_rules: &[
        PROGRAMS,
        THEN,
        MERGED,
        KINDS,
        "Participants are those of the same window, and a part. Without one the rate has no value (ZERO_DENOMINATOR).",
    ],
    value: count("members"),
    further: &[rate(Statistic::CompletionRate)],
    parts: &[Part::Participants],
    parameters: &[STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[],
    sources: &[MANAGEMENT],
};

pub(super) static PROGRAM_SATISFACTION: Definition = Definition {
    key: MetricKey::ProgramSatisfaction,
    version: 1,
    name: "Programme satisfaction",
    family: Family::Programs,
    formula: "the ratings of programmes from 1 to 10 that were given in the window (program_rated): the share of 8 and more, the mean, and the mean as a percent of the scale",
    inputs: &[Input::Ratings, Input::Initiatives, Input::Kinds],
    edge_rules: &[
        PROGRAMS,
        THEN,
        "The last rating of a person of a programme in the window counts, and each rating by nobody known.",
        "Without a rating there is no value (NO_ANSWERS).",
        "Ratings of fewer than 5 people are suppressed; from 5 to 29 are LOW_N.",
        MERGED,
        KINDS,
        "Ratings by nobody known count, but in no segment of members.",
    ],
    value: rate(Statistic::TopBox),
    further: &[score(Statistic::Mean), rate(Statistic::MeanPct)],
    parts: &[],
    parameters: &[STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[],
    sources: &[MANAGEMENT],
};
