//! What people say when they are asked.

use super::parameter::{QUESTION, SURVEY, WAVE, with};
use super::{
    Definition, Family, Healthy, Input, Measured, MetricKey, Parameter, ParameterKind, ParameterName, STRATEGY, Statistic, membership,
    rate, score,
};
use crate::metric::evaluation::Part;
use crate::metric::target::Comparator;

const PARAMETERS: &[Parameter] = &[SURVEY, QUESTION, WAVE];
const FURTHER: &[Measured] = &[score(Statistic::Mean), rate(Statistic::MeanPct)];
const SCALE: &str =
    "the answers to a question on a scale: the share in the top box (8 and more of 10), the mean, and the mean as a percent of the scale";
const WAVES: &str = "A figure is that of a whole wave: of the last one that ends in the window, or of the one that is named where it ends there (else NO_WAVE).";
const LAST: &str = "The last answer of a member in a wave counts, and each anonymous answer.";
const NOBODY_ANSWERED: &str = "Without an answer there is no value (NO_ANSWERS).";
const FEW: &str =
    "Fewer than 5 answers are suppressed, and with them a figure beside them that would give them away; from 5 to 29 are LOW_N.";
const PART: &str = "A segment is who was in it on the last day of the wave; it is suppressed where the rest, or another segment beside it, would tell of fewer than 5.";
/// How well the framework works.
const FRAMEWORK: &str = "OKR framework, metrics for success";
const NINETY: Healthy =
    Healthy { statistic: Statistic::TopBox, comparator: Comparator::AtLeast, value: 90, per: None, guardrail: None, source: FRAMEWORK };

pub(super) static NPS: Definition = Definition {
    key: MetricKey::Nps,
    version: 1,
    name: "Net Promoter Score",
    family: Family::Survey,
    formula: "100 * (promoters - detractors) / answers: promoters answer 9 or 10, detractors 0 to 6, passives 7 or 8",
    inputs: &[Input::SurveyAnswers],
    edge_rules: &[
        WAVES,
        LAST,
        NOBODY_ANSWERED,
        FEW,
        PART,
        "Weighed by layer (LAYER), each layer counts as much as it has members on the last day of the wave; answers of others are left out.",
        "The correction for a finite population is by that of the wave, by the members of the segment, or by those of each layer.",
        "The 95 % interval is by adjusted Wald: 3 answers more, 3/4 of them promoters, 3/4 detractors and 3/2 passives, clipped to 100 and -100.",
    ],
    value: score(Statistic::Value),
    further: &[],
    parts: &[Part::Promoters, Part::Passives, Part::Detractors],
    parameters: &[
        SURVEY,
        QUESTION,
        WAVE,
        with(ParameterName::Weights, ParameterKind::Weights),
        with(ParameterName::PopulationCorrection, ParameterKind::Flag),
    ],
    segments: membership::SEGMENTS,
    healthy: &[],
    sources: &["Mozilla Reps goals of 2017, objective 1, KR 3 and 4", STRATEGY],
};

pub(super) static SATISFACTION: Definition = Definition {
    key: MetricKey::Satisfaction,
    version: 1,
    name: "Satisfaction",
    family: Family::Survey,
    formula: SCALE,
    inputs: &[Input::SurveyAnswers],
    edge_rules: &[WAVES, LAST, NOBODY_ANSWERED, FEW, PART],
    value: rate(Statistic::TopBox),
    further: FURTHER,
    parts: &[],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[],
    sources: &["community OKR template, KR 3.1"],
};

pub(super) static BELONGING: Definition = Definition {
    key: MetricKey::Belonging,
    version: 1,
    name: "Belonging and inclusion",
    family: Family::Survey,
    formula: SCALE,
    inputs: &[Input::SurveyAnswers],
    edge_rules: &[WAVES, LAST, NOBODY_ANSWERED, FEW, PART],
    value: rate(Statistic::TopBox),
    further: FURTHER,
    parts: &[],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[],
    sources: &[STRATEGY],
};

pub(super) static LEARNING: Definition = Definition {
    key: MetricKey::Learning,
    version: 1,
    name: "Learning and development",
    family: Family::Survey,
    formula: SCALE,
    inputs: &[Input::SurveyAnswers],
    edge_rules: &[WAVES, LAST, NOBODY_ANSWERED, FEW, PART],
    value: rate(Statistic::TopBox),
    further: FURTHER,
    parts: &[],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[],
    sources: &[STRATEGY],
};

pub(super) static CAREER_IMPACT: Definition = Definition {
    key: MetricKey::CareerImpact,
    version: 1,
    name: "Career impact",
    family: Family::Survey,
    formula: SCALE,
    inputs: &[Input::SurveyAnswers],
    edge_rules: &[WAVES, LAST, NOBODY_ANSWERED, FEW, PART],
    value: rate(Statistic::TopBox),
    further: FURTHER,
    parts: &[],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[],
    sources: &[STRATEGY],
};

pub(super) static ALIGNMENT: Definition = Definition {
    key: MetricKey::Alignment,
    version: 1,
    name: "Team alignment",
    family: Family::Survey,
    formula: SCALE,
    inputs: &[Input::SurveyAnswers],
    edge_rules: &[WAVES, LAST, NOBODY_ANSWERED, FEW, PART],
    value: rate(Statistic::TopBox),
    further: FURTHER,
    parts: &[],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[NINETY],
    sources: &[FRAMEWORK],
};

pub(super) static STAKEHOLDER_SATISFACTION: Definition = Definition {
    key: MetricKey::StakeholderSatisfaction,
    version: 1,
    name: "Stakeholder satisfaction",
    family: Family::Survey,
    formula: SCALE,
    inputs: &[Input::SurveyAnswers],
    edge_rules: &[WAVES, LAST, NOBODY_ANSWERED, FEW, PART],
    value: rate(Statistic::TopBox),
    further: FURTHER,
    parts: &[],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[NINETY],
    sources: &[FRAMEWORK],
};
