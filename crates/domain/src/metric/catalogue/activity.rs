//! Who does something, where, and how much.

use super::parameter::{BOTS, MIN_CLASS, STAFF, activities, with};
use super::{
    Definition, Family, Healthy, Input, KINDS, MERGED, MetricKey, NOBODY, Parameter, ParameterKind, ParameterName, STRATEGY, SegmentKind,
    Statistic, count, rate,
};
use crate::activity_class::Class;
use crate::metric::calendar::Granularity;
use crate::metric::evaluation::Part;
use crate::metric::target::Comparator;

/// What everything that is done can be narrowed to.
pub(super) const SEGMENTS: &[SegmentKind] = &[
    SegmentKind::Platform,
    SegmentKind::Channel,
    SegmentKind::Layer,
    SegmentKind::Organisation,
    SegmentKind::Property,
    SegmentKind::Tag,
    SegmentKind::Initiative,
];
const ANY: &[Parameter] = &[MIN_CLASS, activities(&[]), STAFF, BOTS];
const CONTRIBUTIONS: &[Parameter] =
    &[with(ParameterName::MinClass, ParameterKind::Class { default: Class::Contribution }), activities(&[]), STAFF, BOTS];
const LEFT: &str = "Whoever did something and left before the end does not count.";

pub(super) static ACTIVE_MEMBERS: Definition = Definition {
    key: MetricKey::ActiveMembers,
    version: 1,
    name: "Active members",
    family: Family::Activity,
    formula: "|A|: the people who did something in the window, on any platform",
    inputs: &[Input::Activities, Input::Kinds],
    edge_rules: &[MERGED, KINDS, "Whoever does something counts, also before joining and after leaving."],
    value: count("members"),
    further: &[],
    parts: &[],
    parameters: ANY,
    segments: SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 1.1"],
};

pub(super) static ACTIVE_CHANNELS: Definition = Definition {
    key: MetricKey::ActiveChannels,
    version: 1,
    name: "Active channels",
    family: Family::Activity,
    formula: "the channels with at least m activities by at least k people in the window",
    inputs: &[Input::Activities, Input::Kinds],
    edge_rules: &[
        MERGED,
        KINDS,
        "Activities outside of channels count for their platform alone. The platforms in use, by the same measure, are a part.",
    ],
    value: count("channels"),
    further: &[],
    parts: &[Part::Platforms],
    parameters: &[
        with(ParameterName::LeastActivities, ParameterKind::Whole { least: 1, most: 1_000_000, default: Some(1) }),
        with(ParameterName::LeastMembers, ParameterKind::Whole { least: 1, most: 1_000_000, default: Some(1) }),
        MIN_CLASS,
        activities(&[]),
        STAFF,
        BOTS,
    ],
    segments: SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 1.2"],
};

pub(super) static ACTIVE_RATE: Definition = Definition {
    key: MetricKey::ActiveRate,
    version: 1,
    name: "Active rate",
    family: Family::Activity,
    formula: "100 * |A and T| / |T|: of the members at window end, those who did something in the window",
    inputs: &[Input::Activities, Input::Spells, Input::Kinds],
    edge_rules: &[NOBODY, MERGED, KINDS, LEFT],
    value: rate(Statistic::Value),
    further: &[],
    parts: &[],
    parameters: ANY,
    segments: SEGMENTS,
    healthy: &[Healthy {
        statistic: Statistic::Value,
        comparator: Comparator::AtLeast,
        value: 40,
        per: None,
        guardrail: None,
        source: STRATEGY,
    }],
    sources: &[STRATEGY],
};

pub(super) static ENGAGEMENT_RATE: Definition = Definition {
    key: MetricKey::EngagementRate,
    version: 1,
    name: "Engagement rate",
    family: Family::Activity,
    formula: "100 * |C and T| / |T|: of the members at window end, those who contributed or led in the window",
    inputs: &[Input::Activities, Input::Spells, Input::Kinds],
    edge_rules: &[NOBODY, MERGED, KINDS, LEFT],
    value: rate(Statistic::Value),
    further: &[],
    parts: &[],
    parameters: CONTRIBUTIONS,
    segments: SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 2.1"],
};

pub(super) static COMMUNITY_DISCUSSIONS: Definition = Definition {
    key: MetricKey::CommunityDiscussions,
    version: 1,
    name: "Community discussions",
    family: Family::Activity,
    formula: "the topics that were opened in the window by others than staff",
    inputs: &[Input::Activities, Input::Kinds],
    edge_rules: &[KINDS],
    value: count("topics"),
    further: &[],
    parts: &[],
    parameters: &[activities(&["topic_opened"]), STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 2.2"],
};

pub(super) static KNOWLEDGE_VELOCITY: Definition = Definition {
    key: MetricKey::KnowledgeVelocity,
    version: 1,
    name: "Knowledge velocity",
    family: Family::Activity,
    formula: "the activities in the window that created, shared or consumed knowledge",
    inputs: &[Input::Activities, Input::Kinds],
    edge_rules: &[KINDS, "Types of activity that do nothing with knowledge do not count. What created, shared and consumed it are parts."],
    value: count("activities"),
    further: &[],
    parts: &[Part::Created, Part::Shared, Part::Consumed],
    parameters: ANY,
    segments: SEGMENTS,
    healthy: &[Healthy {
        statistic: Statistic::Value,
        comparator: Comparator::AtLeast,
        value: 1000,
        per: Some(Granularity::Month),
        guardrail: None,
        source: STRATEGY,
    }],
    sources: &[STRATEGY],
};

pub(super) static SUPPORT_SHARE: Definition = Definition {
    key: MetricKey::SupportShare,
    version: 1,
    name: "Share of support",
    family: Family::Activity,
    formula: "100 * activities that carry the tag / all activities in the window",
    inputs: &[Input::Activities, Input::Tags, Input::Kinds],
    edge_rules: &[KINDS, "Without an activity there is no value (ZERO_DENOMINATOR)."],
    value: rate(Statistic::Value),
    further: &[],
    parts: &[],
    parameters: &[with(ParameterName::Tag, ParameterKind::Key), MIN_CLASS, activities(&[]), STAFF, BOTS],
    segments: &[
        SegmentKind::Platform,
        SegmentKind::Channel,
        SegmentKind::Layer,
        SegmentKind::Organisation,
        SegmentKind::Property,
        SegmentKind::Initiative,
    ],
    healthy: &[],
    sources: &["Mozilla Reps goals of 2017, objective 1, KR 2"],
};

pub(super) static CONCENTRATION: Definition = Definition {
    key: MetricKey::Concentration,
    version: 1,
    name: "Concentration",
    family: Family::Activity,
    formula: "the fewest people who made at least half of the contributions in the window",
    inputs: &[Input::Activities, Input::Kinds],
    edge_rules: &[MERGED, KINDS, "Without a contribution there is no value (NO_EVENTS)."],
    value: count("members"),
    further: &[],
    parts: &[Part::Contributions, Part::Contributors],
    parameters: CONTRIBUTIONS,
    segments: SEGMENTS,
    healthy: &[],
    sources: &["guardrail: a community that hangs on few people"],
};
