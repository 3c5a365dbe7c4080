//! How fast and how well questions are answered.

use super::parameter::{BOTS, STAFF, with};
use super::{
    Definition, Family, Healthy, Input, Measured, MetricKey, ParameterKind, ParameterName, STRATEGY, SegmentKind, Statistic, rate, seconds,
};
use crate::metric::target::Comparator;

const SEGMENTS: &[SegmentKind] = &[SegmentKind::Platform, SegmentKind::Channel, SegmentKind::Tag];
const FURTHER: &[Measured<'static>] =
    &[seconds(Statistic::P50), seconds(Statistic::P90), seconds(Statistic::CensoredMedian), rate(Statistic::AnsweredShare)];
const OWN: &str = "An answer by the person who asked is none.";
const NONE: &str = "Without a question there is no value (NO_QUESTIONS).";
const CENSORED: &str =
    "The censored median takes unanswered questions into account; where fewer than half are answered it has no value (NOT_HALF_ANSWERED).";
const FOUR_HOURS: Healthy =
    Healthy { statistic: Statistic::Mean, comparator: Comparator::Below, value: 4 * 60 * 60, per: None, guardrail: None, source: STRATEGY };

pub(super) static FIRST_RESPONSE_TIME: Definition = Definition {
    key: MetricKey::FirstResponseTime,
    version: 1,
    name: "First response time",
    family: Family::Questions,
    formula: "the seconds from a question to the first answer by another person, of the questions opened in the window: mean, median (P50) and P90",
    inputs: &[Input::Questions, Input::Kinds],
    edge_rules: &[OWN, NONE, "Mean, P50 and P90 are of answered questions; the answered share always stands beside them.", CENSORED],
    value: seconds(Statistic::Mean),
    further: FURTHER,
    parts: &[],
    parameters: &[STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[FOUR_HOURS],
    sources: &["community OKR template, KR 2.3", STRATEGY],
};

pub(super) static FIRST_HELPFUL_RESPONSE_TIME: Definition = Definition {
    key: MetricKey::FirstHelpfulResponseTime,
    version: 1,
    name: "First helpful response time",
    family: Family::Questions,
    formula: "the seconds from a question to the first answer by another person that was accepted or rated helpful, of the questions opened in the window: mean, median (P50) and P90",
    inputs: &[Input::Questions, Input::Kinds],
    edge_rules: &[OWN, NONE, "An answer counts from when it was given, not from when it was accepted or rated.", CENSORED],
    value: seconds(Statistic::Mean),
    further: FURTHER,
    parts: &[],
    parameters: &[STAFF, BOTS],
    segments: SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 2.3"],
};

pub(super) static SLA_RESOLUTION_RATE: Definition = Definition {
    key: MetricKey::SlaResolutionRate,
    version: 1,
    name: "Resolution within SLA",
    family: Family::Questions,
    formula: "100 * met / (met + missed), of the questions opened in the window",
    inputs: &[Input::Questions],
    edge_rules: &[
        "A question that is open and younger than the SLA is pending and in neither; the range that pending questions leave stands beside the value.",
        "A question that was reopened is judged by its last resolution.",
        "Without a question that is decided there is no value (ZERO_DENOMINATOR).",
    ],
    value: rate(Statistic::Value),
    further: &[],
    parts: &[],
    parameters: &[with(ParameterName::Sla, ParameterKind::Duration { least: 60, most: 31_622_400 })],
    segments: SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 3.2"],
};

pub(super) static PEER_SUPPORT: Definition = Definition {
    key: MetricKey::PeerSupport,
    version: 1,
    name: "Peer support",
    family: Family::Questions,
    formula: "the share of support ratings that are satisfied, the mean time to the first response, and the share of first responses that are not by staff",
    inputs: &[Input::Questions, Input::Kinds],
    edge_rules: &[OWN, NONE, "Staff count in the response time, and their share is what the peer share leaves."],
    value: rate(Statistic::SatisfiedShare),
    further: &[seconds(Statistic::Mean), rate(Statistic::PeerShare)],
    parts: &[],
    parameters: &[],
    segments: SEGMENTS,
    healthy: &[
        Healthy {
            statistic: Statistic::SatisfiedShare,
            comparator: Comparator::AtLeast,
            value: 90,
            per: None,
            guardrail: None,
            source: STRATEGY,
        },
        FOUR_HOURS,
    ],
    sources: &[STRATEGY],
};
