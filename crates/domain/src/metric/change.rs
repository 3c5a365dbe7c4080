//! How a figure differs from one before it.

use rust_decimal::Decimal;

use super::figure::{Figure, Reason, Status};
use super::rounding::hundredths;
use super::share::points_between;
use crate::unit::UnitKind;

/// What the value of a change counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeUnit {
    /// Of rates: from 40 % to 50 % are 10.
    PercentagePoints,
    /// Of scores such as the NPS, which have no zero that a percent could be taken of.
    Points,
    /// Of everything else: from 40 people to 50 are 25.
    Percent,
}

impl ChangeUnit {
    pub fn of(unit: UnitKind) -> Self {
        match unit {
            UnitKind::Percent => Self::PercentagePoints,
            UnitKind::Score => Self::Points,
            UnitKind::Number | UnitKind::Currency | UnitKind::Duration | UnitKind::Count | UnitKind::Custom => Self::Percent,
        }
    }
}

/// A figure, and whether its window is whole.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    pub figure: &'a Figure,
    pub is_partial: bool,
}

/// The difference to an earlier figure, to 2 places, halves away from zero; no value with a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub value: Option<Decimal>,
    pub unit: ChangeUnit,
    pub status: Status,
    pub reason: Option<Reason>,
}

/// From an earlier figure of a metric to a later one. What is partial is compared with nothing.
pub fn change(before: Option<Compared<'_>>, now: Compared<'_>, unit: UnitKind) -> Change {
    let unit = ChangeUnit::of(unit);
    match difference(before, now, unit) {
        Ok(value) => Change { value: Some(value), unit, status: Status::Ok, reason: None },
        Err((status, reason)) => Change { value: None, unit, status, reason: Some(reason) },
    }
}

fn difference(before: Option<Compared<'_>>, now: Compared<'_>, unit: ChangeUnit) -> Result<Decimal, (Status, Reason)> {
    let value = known(now.figure).ok_or((now.figure.status, now.figure.reason.unwrap_or(Reason::NoEvents)))?;
    let before = before.ok_or((Status::NoBaseline, Reason::NoPrevious))?;
    if now.is_partial || before.is_partial {
        return Err((Status::NoBaseline, Reason::Partial));
    }
    let baseline = known(before.figure).ok_or((Status::NoBaseline, Reason::NoPrevious))?;
    match unit {
        ChangeUnit::PercentagePoints | ChangeUnit::Points => {
            points_between(before.figure, now.figure).or_else(|| value.checked_sub(baseline).map(hundredths))
        }
        ChangeUnit::Percent => relative(baseline, value),
    }
    .ok_or((Status::NoBaseline, Reason::ZeroDenominator))
}

/// A value that may be shown.
fn known(figure: &Figure) -> Option<Decimal> {
    figure.value.filter(|_| figure.status != Status::Suppressed)
}

/// In percent of the size of the baseline; none for a baseline of 0.
fn relative(baseline: Decimal, value: Decimal) -> Option<Decimal> {
    let grown = value.checked_sub(baseline)?.checked_mul(Decimal::ONE_HUNDRED)?;
    grown.checked_div(baseline.abs()).map(hundredths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(figure: &Figure) -> Compared<'_> {
        Compared { figure, is_partial: false }
    }

    fn changed(before: &Figure, now: &Figure, unit: UnitKind) -> Result<String, Option<Reason>> {
        let found = change(Some(whole(before)), whole(now), unit);
        assert_eq!(found.value.is_none(), found.reason.is_some());
        found.value.map(|value| value.to_string()).ok_or(found.reason)
    }

    #[test]
    fn rates_change_in_percentage_points_that_are_rounded_once() {
        let rate = Figure::rate;

        assert_eq!(changed(&rate(2, 5), &rate(1, 2), UnitKind::Percent), Ok("10".to_owned()));
        // Of the rounded rates, 66.67 and 33.33, it would be 33.34.
        assert_eq!(changed(&rate(1, 3), &rate(2, 3), UnitKind::Percent), Ok("33.33".to_owned()));
        assert_eq!(changed(&rate(2, 3), &rate(1, 3), UnitKind::Percent), Ok("-33.33".to_owned()));
        assert_eq!(changed(&rate(0, 0), &rate(1, 3), UnitKind::Percent), Err(Some(Reason::NoPrevious)));
    }

    #[test]
    fn counts_change_in_percent_of_what_they_were() {
        let count = Figure::count;

        assert_eq!(changed(&count(40), &count(50), UnitKind::Count), Ok("25".to_owned()));
        assert_eq!(changed(&count(800), &count(801), UnitKind::Count), Ok("0.13".to_owned()));
        assert_eq!(changed(&count(800), &count(799), UnitKind::Count), Ok("-0.13".to_owned()));
        assert_eq!(changed(&count(99_999), &count(99_998), UnitKind::Count), Ok("0".to_owned()));
        assert_eq!(changed(&count(0), &count(5), UnitKind::Count), Err(Some(Reason::ZeroDenominator)));
        assert_eq!(changed(&count(-4), &count(-2), UnitKind::Custom), Ok("50".to_owned()));
    }

    #[test]
    fn scores_change_in_points() {
        assert_eq!(changed(&Figure::rate(-1, 8), &Figure::rate(28, 70), UnitKind::Score), Ok("52.5".to_owned()));
    }

    #[test]
    fn what_is_partial_is_compared_with_nothing() {
        let figure = Figure::count(3);
        let partial = Compared { figure: &figure, is_partial: true };

        for (before, now) in [(whole(&figure), partial), (partial, whole(&figure)), (partial, partial)] {
            let found = change(Some(before), now, UnitKind::Count);
            assert_eq!((found.value, found.status, found.reason), (None, Status::NoBaseline, Some(Reason::Partial)));
        }
    }

    #[test]
    fn what_is_suppressed_is_not_given_away_by_its_change() {
        let suppressed = Figure { status: Status::Suppressed, reason: Some(Reason::FewPeople), ..Figure::count(3) };

        assert_eq!(changed(&suppressed, &Figure::count(9), UnitKind::Count), Err(Some(Reason::NoPrevious)));
        assert_eq!(changed(&Figure::count(9), &suppressed, UnitKind::Count), Err(Some(Reason::FewPeople)));
        assert_eq!(change(None, whole(&Figure::count(9)), UnitKind::Count).reason, Some(Reason::NoPrevious));
    }
}
