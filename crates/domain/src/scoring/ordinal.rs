//! `ORDINAL`: commit, target and stretch described in words are worth 0.3, 0.7 and 1.

use rust_decimal::Decimal;

use super::readings::Readings;
use super::worked::{Standing, Worked};
use crate::check_in::{Reading, Zone};

pub(super) fn worked(readings: &Readings<'_>) -> Worked {
    let Some((newest, Reading::Zone(zone))) = readings.newest().map(|newest| (newest, newest.reading)) else {
        return Worked::no_check_in();
    };
    let standing = Standing::Measured { raw: newest.amount, met: zone >= Zone::Target, zone };
    Worked::of(standing, format!("{}: {}", word(zone), newest.amount)).with_inputs(vec![newest.input()])
}

/// What a zone is worth.
pub(super) fn ratio(zone: Zone) -> Decimal {
    match zone {
        Zone::None => Decimal::ZERO,
        Zone::Commit => Decimal::new(3, 1),
        Zone::Target => Decimal::new(7, 1),
        Zone::Stretch => Decimal::ONE,
    }
}

fn word(zone: Zone) -> &'static str {
    match zone {
        Zone::None => "none",
        Zone::Commit => "commit",
        Zone::Target => "target",
        Zone::Stretch => "stretch",
    }
}
