//! Checkpoints: the values that are expected on the way, where the way is not linear.

use chrono::NaiveDate;

use crate::measure::Kind;
use crate::number::Quantity;
use crate::rejection::{Code, Violation};

/// Most checkpoints of one key result.
pub const CHECKPOINT_COUNT: usize = 100;

/// The value that is expected on a day, where the way is not linear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub on: NaiveDate,
    pub value: Quantity,
}

/// Checkpoints stand on the way of a key result from its start to its due date, in their order.
pub fn on_the_way(checkpoints: &[Checkpoint], kind: Kind, start: NaiveDate, due: NaiveDate) -> Result<(), Violation> {
    ordered(checkpoints, kind)?;
    within(checkpoints, start, due)
}

fn ordered(checkpoints: &[Checkpoint], kind: Kind) -> Result<(), Violation> {
    if checkpoints.is_empty() {
        return Ok(());
    }
    if kind != Kind::Reach {
        return Err(Violation::new(Code::NotApplicable, "checkpoints describe the way of a REACH: other kinds have none"));
    }
    if checkpoints.len() > CHECKPOINT_COUNT {
        return Err(Violation::new(Code::TooMany, format!("a key result has at most {CHECKPOINT_COUNT} checkpoints")));
    }
    let rising = checkpoints.iter().zip(checkpoints.iter().skip(1)).all(|(earlier, later)| earlier.on < later.on);
    if rising { Ok(()) } else { Err(Violation::new(Code::WrongOrder, "checkpoints stand in the order of their days, one for a day")) }
}

/// On the first and the last day the baseline and the target are expected: a checkpoint there would never be looked at.
fn within(checkpoints: &[Checkpoint], start: NaiveDate, due: NaiveDate) -> Result<(), Violation> {
    match checkpoints.iter().position(|checkpoint| checkpoint.on <= start || due <= checkpoint.on) {
        Some(index) => {
            let detail = format!("a checkpoint lies after the start, {start}, and before the due date, {due}");
            Err(Violation::new(Code::OutOfRange, detail).at("on").at(index))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_checkpoint_lies_between_start_and_due_date() {
        let refusal = |on: &str| {
            let checkpoints = [Checkpoint { on: day(on), value: Quantity::ONE }];
            within(&checkpoints, day("2026-10-01"), day("2026-12-31")).err().map(|violation| (violation.field, violation.code))
        };

        assert_eq!(refusal("2026-10-02"), None);
        assert_eq!(refusal("2026-12-30"), None);
        for outside in ["2026-09-30", "2026-10-01", "2026-12-31", "2027-01-01"] {
            assert_eq!(refusal(outside), Some(("0.on".to_owned(), Code::OutOfRange)), "{outside}");
        }
    }
}
