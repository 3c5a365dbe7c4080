//! The metrics as data: what each one is, how it is computed, what it needs, and when it is healthy.

mod activity;
mod content;
mod membership;
mod parameter;
mod program;
mod pushed;
mod question;
mod retention;
mod survey;

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use super::calendar::Granularity;
use super::evaluation::Part;
use super::target::{Comparator, Target};
use crate::unit::UnitKind;

pub use parameter::{Parameter, ParameterKind, ParameterName};

/// A metric's name in addresses and documents: `active_members`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum MetricKey {
    ActiveMembers,
    ActiveChannels,
    PublishedResources,
    ActiveRate,
    EngagementRate,
    CommunityDiscussions,
    FirstResponseTime,
    FirstHelpfulResponseTime,
    Satisfaction,
    SlaResolutionRate,
    Champions,
    GrowthRate,
    ContributedContent,
    ExternalMentions,
    Nps,
    KnowledgeVelocity,
    PeerSupport,
    Retention,
    Lifecycle,
    Belonging,
    Learning,
    CareerImpact,
    Alignment,
    StakeholderSatisfaction,
    SupportShare,
    Coverage,
    Concentration,
    ProgramParticipants,
    ProgramCompletions,
    ProgramSatisfaction,
    /// Readings that somebody pushes, with evidence, for what no event can show.
    Custom,
}

/// What a metric is computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Family {
    /// From what was done.
    Activity,
    /// From who is there.
    Membership,
    /// From questions, their answers and their resolution.
    Questions,
    /// From the answers to a survey.
    Survey,
    /// From pieces of content and mentions.
    Content,
    /// From what was done in programmes, and what is said of them.
    Programs,
    /// From readings that are pushed.
    Pushed,
}

/// What has to be known to compute a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Input {
    /// Who joined and left, and when.
    Spells,
    /// Who is of the community, of the staff or a bot, and since when.
    Kinds,
    /// What members did.
    Activities,
    Roles,
    Properties,
    Tags,
    /// Questions, their answers, ratings and resolutions.
    Questions,
    SurveyAnswers,
    /// Pieces published and retracted.
    Content,
    /// Which programme something belongs to, and of which kind that is.
    Initiatives,
    /// What programmes were worth to those who took part.
    Ratings,
    Readings,
}

/// What a metric can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SegmentKind {
    Platform,
    Channel,
    /// What happened by the layer of its day, members by the layer at the end.
    Layer,
    Organisation,
    Property,
    Tag,
    Initiative,
    /// All initiatives of a category.
    Category,
}

/// Which number of a metric is meant, where it has several. Named whole numbers are [`Part`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Statistic {
    /// The one number of a metric that has no other.
    Value,
    Mean,
    /// As a percent of the way from the lowest to the highest value of the scale.
    MeanPct,
    /// The share of answers of 8 and more.
    TopBox,
    P50,
    P90,
    /// The median with unanswered questions taken into account.
    CensoredMedian,
    /// The share of questions that have an answer.
    AnsweredShare,
    /// The share of support ratings that are satisfied.
    SatisfiedShare,
    /// The share of first responses that are not by staff.
    PeerShare,
    /// Those active in the window before who are active still.
    ActivityRetention,
    /// Members at the start who are members at the end.
    MembershipRetention,
    /// Those who joined together and are active later.
    CohortRetention,
    /// Those who took part in a programme and came to its end.
    CompletionRate,
}

/// One number that a metric gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    pub statistic: Statistic,
    pub unit: UnitKind,
    /// What is counted, or `s` for a duration in seconds.
    pub label: Option<&'static str>,
    /// None where it depends on what is measured.
    pub higher_is_better: Option<bool>,
}

/// Where a healthy community stands, by the source that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Healthy {
    pub statistic: Statistic,
    pub comparator: Comparator,
    /// In the unit of its statistic.
    pub value: u32,
    /// The windows that it is said of; none stands for every one.
    pub per: Option<Granularity>,
    /// The metric that has to hold its level for this one to count.
    pub guardrail: Option<MetricKey>,
    pub source: &'static str,
}

impl Healthy {
    /// Its value for figures of the windows it is said of.
    pub fn target(&self) -> Target {
        Target { comparator: self.comparator, value: Decimal::from(self.value) }
    }
}

/// Everything that is to be said of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    pub key: MetricKey,
    /// Rises when the same facts would give another figure.
    pub version: u16,
    pub name: &'static str,
    pub family: Family,
    pub formula: &'static str,
    pub inputs: &'static [Input],
    /// What happens where the formula alone does not say.
    pub edge_rules: &'static [&'static str],
    /// What is meant where no statistic is named.
    pub value: Measured,
    pub further: &'static [Measured],
    pub parts: &'static [Part],
    pub parameters: &'static [Parameter],
    pub segments: &'static [SegmentKind],
    pub healthy: &'static [Healthy],
    pub sources: &'static [&'static str],
}

impl Definition {
    /// Every number it gives, the one that is meant by default first.
    pub fn statistics(&self) -> impl Iterator<Item = &Measured> {
        std::iter::once(&self.value).chain(self.further)
    }

    pub fn measured(&self, statistic: Statistic) -> Option<&Measured> {
        self.statistics().find(|measured| measured.statistic == statistic)
    }

    pub fn parameter(&self, name: ParameterName) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

impl MetricKey {
    pub fn definition(self) -> &'static Definition {
        match self {
            Self::ActiveMembers => &activity::ACTIVE_MEMBERS,
            Self::ActiveChannels => &activity::ACTIVE_CHANNELS,
            Self::PublishedResources => &content::PUBLISHED_RESOURCES,
            Self::ActiveRate => &activity::ACTIVE_RATE,
            Self::EngagementRate => &activity::ENGAGEMENT_RATE,
            Self::CommunityDiscussions => &activity::COMMUNITY_DISCUSSIONS,
            Self::FirstResponseTime => &question::FIRST_RESPONSE_TIME,
            Self::FirstHelpfulResponseTime => &question::FIRST_HELPFUL_RESPONSE_TIME,
            Self::Satisfaction => &survey::SATISFACTION,
            Self::SlaResolutionRate => &question::SLA_RESOLUTION_RATE,
            Self::Champions => &membership::CHAMPIONS,
            Self::GrowthRate => &membership::GROWTH_RATE,
            Self::ContributedContent => &content::CONTRIBUTED_CONTENT,
            Self::ExternalMentions => &content::EXTERNAL_MENTIONS,
            Self::Nps => &survey::NPS,
            Self::KnowledgeVelocity => &activity::KNOWLEDGE_VELOCITY,
            Self::PeerSupport => &question::PEER_SUPPORT,
            Self::Retention => &retention::RETENTION,
            Self::Lifecycle => &retention::LIFECYCLE,
            Self::Belonging => &survey::BELONGING,
            Self::Learning => &survey::LEARNING,
            Self::CareerImpact => &survey::CAREER_IMPACT,
            Self::Alignment => &survey::ALIGNMENT,
            Self::StakeholderSatisfaction => &survey::STAKEHOLDER_SATISFACTION,
            Self::SupportShare => &activity::SUPPORT_SHARE,
            Self::Coverage => &membership::COVERAGE,
            Self::Concentration => &activity::CONCENTRATION,
            Self::ProgramParticipants => &program::PROGRAM_PARTICIPANTS,
            Self::ProgramCompletions => &program::PROGRAM_COMPLETIONS,
            Self::ProgramSatisfaction => &program::PROGRAM_SATISFACTION,
            Self::Custom => &pushed::CUSTOM,
        }
    }
}

/// A rate in percent.
const fn rate(statistic: Statistic) -> Measured {
    Measured { statistic, unit: UnitKind::Percent, label: None, higher_is_better: Some(true) }
}

/// A number of things.
const fn count(of: &'static str) -> Measured {
    Measured { statistic: Statistic::Value, unit: UnitKind::Count, label: Some(of), higher_is_better: Some(true) }
}

/// A time in seconds, the shorter the better.
const fn seconds(statistic: Statistic) -> Measured {
    Measured { statistic, unit: UnitKind::Duration, label: Some("s"), higher_is_better: Some(false) }
}

/// A score without a unit.
const fn score(statistic: Statistic) -> Measured {
    Measured { statistic, unit: UnitKind::Score, label: None, higher_is_better: Some(true) }
}

/// What a rate does with nobody to take it of, in words.
const NOBODY: &str = "Without a member there is no value (ZERO_DENOMINATOR).";
/// Who is left out, in words.
const KINDS: &str = "Staff and bots are left out of numerator and denominator unless they are asked for, each by the kind of the day.";
/// Who is one, in words.
const MERGED: &str = "Members that were merged count once.";

/// What a healthy community is, by the strategy that the layers come from too.
const STRATEGY: &str = "community engagement strategy, success metrics";
