//! Which windows of a key result are read.

use chrono::{NaiveDate, Weekday};

use crate::metric::calendar::Granularity;
use crate::metric::series::{Bucket, MOST_BUCKETS, Step, buckets};
use crate::metric::window::Window;

/// Most windows that are read at once: the newest. A day each for more than a year.
pub const MOST_WINDOWS: usize = 400;

/// The windows from the period that a key result starts in to its last day, or to the last day there is to read, in the order
/// of their ends. The last one may be running. Of rolling windows there is one that ends with each week.
///
/// Windows that were read before are among them, however long ago they ended: late data changes those too.
pub fn windows(step: Step, start: NaiveDate, last: NaiveDate, week_start: Weekday, read: &[Window]) -> Vec<Bucket> {
    let mut found = anew(step, start, last, week_start);
    let known: Vec<Window> = found.iter().map(|bucket| bucket.window).collect();
    let before = read.iter().filter(|window| !known.contains(window) && window.last_day() <= last);
    found.extend(before.map(|window| again(step, *window, week_start)));
    found.sort_by_key(|bucket| (bucket.window.end, bucket.window.start));
    let many = found.len().saturating_sub(MOST_WINDOWS);
    found.split_off(many)
}

fn anew(step: Step, start: NaiveDate, last: NaiveDate, week_start: Weekday) -> Vec<Bucket> {
    let granularity = match step {
        Step::Calendar(granularity) => granularity,
        Step::Rolling(_) => Granularity::Week,
    };
    let Some(end) = last.succ_opt().filter(|_| start <= last) else { return Vec::new() };
    let newest = u32::try_from(MOST_BUCKETS - 1).map_or(start, |most| granularity.earlier(granularity.first_day(last, week_start), most));
    let from = granularity.first_day(start, week_start).max(newest);
    // From the first day of a period to after its last there is at least one, and at most as many as a series may have.
    let periods = buckets(from, end, granularity, week_start).unwrap_or_default();
    match step {
        Step::Calendar(_) => periods,
        Step::Rolling(rolling) => {
            let ending = |bucket: Bucket| rolling.ending_with(bucket.window.last_day());
            periods.into_iter().map(ending).map(|window| Bucket { window, period: window, step }).collect()
        }
    }
}

/// A window that was read before, in the period that it lies in.
fn again(step: Step, window: Window, week_start: Weekday) -> Bucket {
    let period = match step {
        Step::Calendar(granularity) => {
            let start = granularity.first_day(window.start, week_start);
            Window { start, end: granularity.later(start, 1) }
        }
        Step::Rolling(_) => window,
    };
    Bucket { window, period, step }
}
