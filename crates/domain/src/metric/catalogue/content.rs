//! What was published, and who speaks of it.

use super::parameter::{BOTS, STAFF, activities};
use super::{Definition, Family, Input, KINDS, MetricKey, SegmentKind, activity, count};
use crate::metric::evaluation::Part;

pub(super) static PUBLISHED_RESOURCES: Definition = Definition {
    key: MetricKey::PublishedResources,
    version: 1,
    name: "Published resources",
    family: Family::Content,
    formula: "the distinct guides, documents and tutorials that were published up to window end and are not retracted",
    inputs: &[Input::Content],
    edge_rules: &["It is cumulative: what was published before the window counts.", "A piece that is retracted does not count."],
    value: count("resources"),
    further: &[],
    parts: &[Part::Published, Part::Retracted],
    parameters: &[activities(&["content_published"])],
    segments: &[SegmentKind::Platform, SegmentKind::Channel, SegmentKind::Tag, SegmentKind::Initiative],
    healthy: &[],
    sources: &["community OKR template, KR 1.3"],
};

pub(super) static CONTRIBUTED_CONTENT: Definition = Definition {
    key: MetricKey::ContributedContent,
    version: 1,
    name: "Contributed content",
    family: Family::Content,
    formula: "the pieces that members of the community published in the window",
    inputs: &[Input::Content, Input::Kinds],
    edge_rules: &[KINDS, "What was retracted does not count."],
    value: count("pieces"),
    further: &[],
    parts: &[],
    parameters: &[activities(&["content_published"]), STAFF, BOTS],
    segments: activity::SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 4.2"],
};

pub(super) static EXTERNAL_MENTIONS: Definition = Definition {
    key: MetricKey::ExternalMentions,
    version: 1,
    name: "External mentions",
    family: Family::Content,
    formula: "the distinct mentions in the window",
    inputs: &[Input::Activities, Input::Kinds],
    edge_rules: &[
        "The same mention of a platform counts once, however often it is sent.",
        "Mentions by nobody known count, but in no segment of members.",
        KINDS,
    ],
    value: count("mentions"),
    further: &[],
    parts: &[],
    parameters: &[activities(&["mention"]), STAFF, BOTS],
    segments: activity::SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 4.3"],
};
