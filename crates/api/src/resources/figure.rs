//! Figures on the wire: values with what they were made of, and whether they can be trusted.

use async_graphql::{Enum, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::metric::figure as domain;

use crate::scalars::Decimal;

/// A value with the whole numbers it was made from.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct Figure {
    /// Rounded half away from zero to 2 places; null with a reason.
    #[schema(example = 40)]
    pub value: Option<Decimal>,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// Where the true value lies with 95 % confidence.
    pub interval: Option<Interval>,
    pub status: FigureStatus,
    /// Why there is no value, or why it is to be read with care.
    pub reason: Option<FigureReason>,
}

/// The two ends of an interval, in the unit of the value; inclusive.
#[derive(Clone, Copy, Debug, SimpleObject, Serialize, ToSchema)]
pub struct Interval {
    pub low: Decimal,
    pub high: Decimal,
}

/// Whether a figure can be taken at its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Status")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FigureStatus {
    Ok,
    /// There is nothing to make it from.
    NoData,
    /// There is nothing to compare it with.
    NoBaseline,
    /// So few people stand behind it that it would tell of them.
    Suppressed,
    /// Made from few answers: the interval is wide.
    LowN,
    /// It is not settled yet.
    Pending,
}

/// Why a figure has no value, or is to be read with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Reason")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FigureReason {
    /// There is nobody, or nothing, to take a share of.
    ZeroDenominator,
    /// Nobody has answered.
    NoAnswers,
    /// Nobody has asked a question.
    NoQuestions,
    /// Nothing of the kind was recorded.
    NoEvents,
    /// No wave of the survey ends in the window.
    NoWave,
    /// The period to compare with has no value.
    NoPrevious,
    /// The window is not over yet.
    Partial,
    /// Fewer than 5 answers, or fewer than 30 where the status is `LOW_N`.
    FewAnswers,
    /// Fewer than 5 people stand behind it.
    FewPeople,
    /// It would give a suppressed figure beside it away.
    Sibling,
    /// Fewer than half of the questions are answered, so that there is no median.
    NotHalfAnswered,
    /// Questions that are still open could change it.
    OpenQuestions,
}

impl From<domain::Figure> for Figure {
    fn from(figure: domain::Figure) -> Self {
        let domain::Figure { value, numerator, denominator, interval, status, reason } = figure;
        Self {
            value: value.map(Decimal),
            numerator,
            denominator,
            interval: interval.map(Into::into),
            status: status.into(),
            reason: reason.map(Into::into),
        }
    }
}

impl From<domain::Interval> for Interval {
    fn from(interval: domain::Interval) -> Self {
        let domain::Interval { low, high } = interval;
        Self { low: Decimal(low), high: Decimal(high) }
    }
}
