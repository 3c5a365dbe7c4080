//! How long things wait when some still do: the median by the product limit of Kaplan and Meier.

use rust_decimal::Decimal;

use super::figure::Reason;

/// One thing that waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait {
    /// Whole seconds until it ended, or so far.
    pub seconds: u64,
    /// Whether it has ended; if not, nothing is known but that it takes longer.
    pub has_ended: bool,
}

/// A product of shares may be off by this much, and one half is still one half: each step is off by 10^-28 at most.
const SLACK: Decimal = Decimal::from_parts(1, 0, 0, false, 18);

/// The median in whole seconds: the first time at which at most one half still waits.
///
/// E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of the American
/// Statistical Association 53 (1958), pages 457 to 481: the share that still waits is the product, over the times at which
/// waits ended, of `1 - ended / waiting`. What waits since exactly that long is still waiting then.
///
/// # Errors
/// `NO_QUESTIONS` for nothing that waited, `NOT_HALF_ANSWERED` where the share never comes down to one half.
pub fn median(waits: &[Wait]) -> Result<u64, Reason> {
    if waits.is_empty() {
        return Err(Reason::NoQuestions);
    }
    let mut ordered = waits.to_vec();
    ordered.sort_unstable();
    let half = Decimal::new(5, 1) + SLACK;
    let (mut waiting, mut share) = (ordered.len(), Decimal::ONE);
    for moment in ordered.chunk_by(|one, other| one.seconds == other.seconds) {
        let ended = moment.iter().filter(|wait| wait.has_ended).count();
        let left = Decimal::from(waiting.saturating_sub(ended));
        share *= left.checked_div(Decimal::from(waiting)).unwrap_or_default();
        if share <= half
            && let Some(wait) = moment.first()
        {
            return Ok(wait.seconds);
        }
        waiting = waiting.saturating_sub(moment.len());
    }
    Err(Reason::NotHalfAnswered)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn ended(seconds: u64) -> Wait {
        Wait { seconds, has_ended: true }
    }

    fn waiting(seconds: u64) -> Wait {
        Wait { seconds, has_ended: false }
    }

    #[test]
    fn without_open_waits_it_is_the_lower_median() {
        assert_eq!(median(&[ended(30), ended(10), ended(20)]), Ok(20));
        assert_eq!(median(&[ended(30), ended(10), ended(20), ended(40)]), Ok(20));
    }

    /// Remission times of the 21 patients who were given 6-mercaptopurine: the median is 23 weeks
    /// (Freireich and others, Blood 21 (1963), page 699, the example of most textbooks).
    #[test]
    fn the_textbook_example_has_its_textbook_median() {
        let ends = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        let open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        let waits: Vec<Wait> = ends.into_iter().map(ended).chain(open.into_iter().map(waiting)).collect();

        assert_eq!(median(&waits), Ok(23));
    }

    #[test]
    fn open_waits_make_the_median_longer() {
        assert_eq!(median(&[ended(10), ended(20), ended(30), waiting(5), waiting(5)]), Ok(20));
        assert_eq!(median(&[ended(10), ended(20), ended(30), waiting(25), waiting(25)]), Ok(30));
        assert_eq!(median(&[ended(10), ended(20), waiting(25), waiting(25), waiting(25)]), Err(Reason::NotHalfAnswered));
    }

    /// Of 6, 2/3 take longer than a second and 3/4 of those longer than two: a half, though 2/3 is no decimal.
    #[test]
    fn exactly_one_half_is_one_half() {
        assert_eq!(median(&[ended(1), ended(1), ended(2), waiting(9), waiting(9), waiting(9)]), Ok(2));
    }

    #[test]
    fn nothing_has_no_median() {
        assert_eq!(median(&[]), Err(Reason::NoQuestions));
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(
            (given, shuffled) in vec((0_u64..20, any::<bool>()), 1..40)
                .prop_flat_map(|drawn| (Just(drawn.clone()), Just(drawn).prop_shuffle())),
        ) {
            let waits = |drawn: &[(u64, bool)]| -> Vec<Wait> {
                drawn.iter().map(|(seconds, has_ended)| Wait { seconds: *seconds, has_ended: *has_ended }).collect()
            };

            prop_assert_eq!(median(&waits(&given)), median(&waits(&shuffled)));
        }

        #[test]
        fn without_open_waits_at_most_half_take_longer(seconds in vec(0_u64..50, 1..60)) {
            let waits: Vec<Wait> = seconds.iter().map(|seconds| ended(*seconds)).collect();
            let middle = median(&waits).unwrap();

            prop_assert!(2 * seconds.iter().filter(|seconds| **seconds > middle).count() <= seconds.len());
            prop_assert!(2 * seconds.iter().filter(|seconds| **seconds >= middle).count() > seconds.len());
        }
    }
}
