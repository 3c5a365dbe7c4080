//! Who is there, and with what.

use super::parameter::{BOTS, MIN_CLASS, STAFF, with};
use super::{
    Definition, Family, Healthy, Input, KINDS, MERGED, MetricKey, NOBODY, ParameterKind, ParameterName, STRATEGY, SegmentKind, Statistic,
    count, rate,
};
use crate::metric::calendar::Granularity;
use crate::metric::evaluation::Part;
use crate::metric::target::Comparator;

/// What members can be narrowed to.
pub(super) const SEGMENTS: &[SegmentKind] = &[SegmentKind::Layer, SegmentKind::Organisation, SegmentKind::Property];

pub(super) static GROWTH_RATE: Definition = Definition {
    key: MetricKey::GrowthRate,
    version: 1,
    name: "Growth rate",
    family: Family::Membership,
    formula: "100 * (joined - left) / S, S being the members at window start",
    inputs: &[Input::Spells, Input::Kinds],
    edge_rules: &[
        "Without a member at window start there is no value (NO_BASELINE).",
        "start + joined - left = end, always.",
        "A rejoin counts as a join and is a part. So is who begins or ceases to count by a change of kind or segment.",
        MERGED,
    ],
    value: rate(Statistic::Value),
    further: &[],
    parts: &[Part::Start, Part::Joined, Part::Rejoined, Part::TurnedIn, Part::Left, Part::TurnedOut, Part::End],
    parameters: &[STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[Healthy {
        statistic: Statistic::Value,
        comparator: Comparator::AtLeast,
        value: 25,
        per: Some(Granularity::Month),
        guardrail: Some(MetricKey::EngagementRate),
        source: STRATEGY,
    }],
    sources: &["community OKR template, KR 4.1", STRATEGY],
};

pub(super) static CHAMPIONS: Definition = Definition {
    key: MetricKey::Champions,
    version: 1,
    name: "Champions",
    family: Family::Membership,
    formula: "the members at window end with one of the roles",
    inputs: &[Input::Roles, Input::Properties, Input::Activities, Input::Spells, Input::Kinds],
    edge_rules: &[
        "Roles and training are those of the last day of the window.",
        "Those who are trained, and those who did something in the window, are parts.",
        MERGED,
        KINDS,
    ],
    value: count("members"),
    further: &[],
    parts: &[Part::Trained, Part::Active, Part::TrainedAndActive],
    parameters: &[
        with(ParameterName::Roles, ParameterKind::Keys { default: &["champion", "moderator"] }),
        with(ParameterName::Trained, ParameterKind::OptionalKey),
        MIN_CLASS,
        STAFF,
        BOTS,
    ],
    segments: SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 3.3"],
};

pub(super) static COVERAGE: Definition = Definition {
    key: MetricKey::Coverage,
    version: 1,
    name: "Coverage",
    family: Family::Membership,
    formula: "100 * members at window end with all of the properties / |T|",
    inputs: &[Input::Properties, Input::Spells, Input::Kinds],
    edge_rules: &[NOBODY, "Properties are those of the last day of the window.", MERGED, KINDS],
    value: rate(Statistic::Value),
    further: &[],
    parts: &[],
    parameters: &[with(ParameterName::Properties, ParameterKind::RequiredKeys), STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[],
    sources: &["Mozilla Reps goals of 2017, objective 2, KR 2"],
};
