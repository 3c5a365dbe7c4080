//! Metrics on the wire: what is asked about them, and their figures.

mod params;
mod query;
mod series;

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::metric::{calendar, catalogue, change, evaluation, target};
use waymark_domain::survey::nps;

pub(crate) use params::MetricParams;
pub use query::{MetricBatch, MetricQuery};
pub use series::{MetricChange, MetricPoint, MetricProvenance, MetricSeries, PartNumber, StatisticFigure};

/// Which number of a metric is meant, where it has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "catalogue::Statistic")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Statistic {
    /// The one number of a metric that has no other.
    Value,
    Mean,
    /// As a percent of the way from the lowest to the highest value of the scale.
    MeanPct,
    /// The share of answers of 8 and more.
    TopBox,
    /// The median.
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

/// A named whole number of a metric that has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "evaluation::Part")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetricPart {
    /// Members when the window began.
    Start,
    Joined,
    /// Those who joined after having left.
    Rejoined,
    /// Those who joined by a change of kind or segment.
    TurnedIn,
    Left,
    /// Those who left by a change of kind or segment.
    TurnedOut,
    /// Members when the window ended.
    End,
    /// Active for the first time of all.
    New,
    /// Active as in the window before.
    Returning,
    /// Active again, after a window without.
    Resurrected,
    /// Active in the window before, and no more.
    Dormant,
    /// Deeds that created knowledge.
    Created,
    /// Deeds that passed knowledge on.
    Shared,
    /// Deeds that took knowledge in.
    Consumed,
    /// Champions who are trained.
    Trained,
    /// Champions who did something in the window.
    Active,
    /// Champions who are trained and did something in the window.
    TrainedAndActive,
    /// Active platforms, by the same measure as channels.
    Platforms,
    /// Deeds of class contribution or higher.
    Contributions,
    /// Those who did them.
    Contributors,
    /// Pieces that were published.
    Published,
    /// Those of them that were retracted.
    Retracted,
    /// Those who took part in a programme.
    Participants,
    /// Answers of 9 and 10.
    Promoters,
    /// Answers of 7 and 8.
    Passives,
    /// Answers of 0 to 6.
    Detractors,
}

/// By what the answers to a survey weigh, where not each weighs alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "nps::Weights")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Weights {
    /// Each layer weighs as much as it has members on the last day of the wave.
    Layer,
}

/// A calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "calendar::Granularity")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Granularity {
    Day,
    /// Seven days from the workspace's first day of the week.
    Week,
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    Year,
}

/// What each figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "waymark_application::Compare")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Compare {
    /// The period before.
    Previous,
    /// The same period a year before.
    Year,
}

/// What the value of a change counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "change::ChangeUnit")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeUnit {
    /// Of rates: from 40 % to 50 % are 10.
    PercentagePoints,
    /// Of scores, which have no zero that a percent could be taken of.
    Points,
    /// Of everything else: from 40 people to 50 are 25.
    Percent,
}

/// On which side of a target a figure should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "target::Comparator")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Comparator {
    AtLeast,
    Above,
    AtMost,
    Below,
}

/// How a figure stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "target::Verdict")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    Met,
    /// Met, but the target lies in the interval of the figure: chance alone could have met it.
    MetNotSignificant,
    NotMet,
    /// There is no value, or none that may be shown.
    Unknown,
}
