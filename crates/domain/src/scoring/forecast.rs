//! The forecast for the due date: where the trend of the readings leads.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::allowed::Allowed;
use super::arithmetic::quantity_rounded;
use super::readings::Readings;
use super::score::{self, Facts, Reason, not_counted};
use super::trend::{self, Point};
use super::worked::Standing;
use super::{allowed, reach};
use crate::key_result::KeyResult;
use crate::measure::{Measure, Policy, Zones};
use crate::number::Quantity;

/// Most readings a trend is taken from: the newest ones.
pub const MOST_POINTS: usize = 60;
/// Fewest readings a trend is taken from.
pub const FEWEST_POINTS: usize = 5;
/// Fewest different days they lie on.
pub const FEWEST_DAYS: usize = 3;

/// The Theil–Sen line through the readings from start to due date, with a 95 % interval.
///
/// The interval is that of the trend, by Sen's rank method for its slope: single readings scatter around
/// it more widely. It says where the value goes if it goes on as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    pub expected: Option<Projection>,
    /// The bounds by value: for a key result that goes down, `low` is the better one.
    pub low: Option<Projection>,
    pub high: Option<Projection>,
    /// Change of the value per day, to 12 decimals.
    pub slope: Option<Decimal>,
    /// Readings that were used, at most [`MOST_POINTS`].
    pub points: u32,
    /// Why there is no forecast.
    pub reason: Option<Reason>,
}

/// A value on the due date, and what it would mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Projection {
    /// Rounded to 12 decimals.
    pub value: Decimal,
    /// The raw ratio of this value.
    pub raw: Decimal,
    /// The score of this value, from 0 to 1.
    pub score: Decimal,
}

/// The forecast for the due date from what is known at the end of `day`.
///
/// There is one for `REACH` and for thresholds by the `LATEST` policy: only there one value at the due
/// date decides. Readings from before the start tell about another time and are not used.
pub fn of(facts: &Facts<'_>, day: NaiveDate) -> Forecast {
    match forecast(facts, day) {
        Ok(forecast) => forecast,
        Err((reason, points)) => {
            let points = u32::try_from(points).unwrap_or(u32::MAX);
            Forecast { expected: None, low: None, high: None, slope: None, points, reason: Some(reason) }
        }
    }
}

/// Or why there is none, with the number of readings that could have been used.
fn forecast(facts: &Facts<'_>, day: NaiveDate) -> Result<Forecast, (Reason, usize)> {
    let key_result = facts.key_result;
    let decided = Decided::of(key_result, day).map_err(|reason| (reason, 0))?;
    let since_start = |on: NaiveDate| Decimal::from((on - key_result.start).num_days());
    let readings = Readings::of(facts, day);
    let used = readings.used.iter().filter(|measured| measured.check_in.on >= key_result.start);
    let all: Vec<Point> = used.map(|measured| (since_start(measured.check_in.on), measured.amount)).collect();
    let points = all.get(all.len().saturating_sub(MOST_POINTS)..).unwrap_or_default();
    let days = points.chunk_by(|one, other| one.0 == other.0).count();
    let too_few = (Reason::TooFewPoints, points.len());
    if points.len() < FEWEST_POINTS || days < FEWEST_DAYS {
        return Err(too_few);
    }
    let trend = trend::of(points).ok_or(too_few)?;
    let projection = |slope: Decimal| {
        let value = quantity_rounded(trend::projected(points, slope, since_start(key_result.due))?);
        let standing = decided.standing(value);
        let (score, _) = score::value(&key_result.measure, standing);
        Some(Projection { value, raw: standing.raw()?, score: score? })
    };
    Ok(Forecast {
        expected: projection(trend.slope),
        low: projection(trend.low),
        high: projection(trend.high),
        slope: Some(quantity_rounded(trend.slope)),
        points: u32::try_from(points.len()).unwrap_or(u32::MAX),
        reason: None,
    })
}

/// A measure of which one value decides.
#[derive(Clone, Copy)]
enum Decided<'a> {
    Way { baseline: Decimal, target: Decimal, zones: &'a Zones },
    Threshold { allowed: Allowed, baseline: Option<Quantity> },
}

impl<'a> Decided<'a> {
    /// Or why there is nothing that one value on the due date could decide.
    fn of(key_result: &'a KeyResult, day: NaiveDate) -> Result<Self, Reason> {
        if let Some(reason) = not_counted(key_result.status) {
            return Err(reason);
        }
        let decided = match &key_result.measure {
            Measure::Reach { baseline, target, zones } => {
                let (baseline, target) = reach::ends(*baseline, *target)?;
                Self::Way { baseline, target, zones }
            }
            measure @ (Measure::Threshold { policy: Policy::Latest, baseline, .. }
            | Measure::Between { policy: Policy::Latest, baseline, .. }) => {
                Self::Threshold { allowed: allowed::of(measure).ok_or(Reason::NoTarget)?, baseline: *baseline }
            }
            _ => return Err(Reason::NoTrend),
        };
        if day > key_result.due { Err(Reason::PastDue) } else { Ok(decided) }
    }

    fn standing(&self, value: Decimal) -> Standing {
        match self {
            Self::Way { baseline, target, zones } => reach::standing(*baseline, *target, zones, value),
            Self::Threshold { allowed, baseline } => allowed::standing(allowed, *baseline, value),
        }
    }
}
