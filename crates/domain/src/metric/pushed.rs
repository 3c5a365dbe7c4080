//! Figures of custom metrics: the readings of a window, which were pushed.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use super::figure::{Figure, Reason, Status};
use super::rounding::hundredths;
use super::window::Window;
use crate::custom_metric::Aggregation;
use crate::metric_reading::MetricReading;
use crate::number::Quantity;

/// The readings of one metric by the clocks of a zone, in the order of their times; of one time in that of their recording.
#[derive(Clone, Debug)]
pub struct Readings<'a> {
    zone: Tz,
    ordered: Vec<(DateTime<Utc>, &'a MetricReading)>,
}

impl<'a> Readings<'a> {
    /// Those that were not taken back.
    pub fn new(readings: impl IntoIterator<Item = &'a MetricReading>, zone: Tz) -> Self {
        let standing = readings.into_iter().filter(|reading| !reading.is_retracted);
        let mut ordered: Vec<_> = standing.map(|reading| (reading.pushed.at.instant(zone), reading)).collect();
        ordered.sort_by_key(|(at, reading)| (*at, reading.recorded_at, reading.id));
        Self { zone, ordered }
    }

    /// How many lie in a window.
    pub fn count(&self, window: Window) -> usize {
        self.within(window).len()
    }

    /// The last one of a window.
    pub fn last(&self, window: Window) -> Option<&'a MetricReading> {
        self.within(window).last().map(|(_, reading)| *reading)
    }

    /// What they come to in a window.
    pub fn figure(&self, window: Window, aggregation: Aggregation) -> Figure {
        let Some(last) = self.last(window) else { return Figure::missing(Status::NoData, Reason::NoEvents) };
        let within = self.within(window);
        let sum: Decimal = within.iter().map(|(_, reading)| reading.pushed.amount.value()).sum();
        match aggregation {
            Aggregation::Last => last.pushed.amount.figure(),
            Aggregation::Sum => Figure::value(Quantity::nearest(sum).value()),
            Aggregation::Mean => Figure::value(hundredths(sum / Decimal::from(within.len()))),
        }
    }

    fn within(&self, window: Window) -> &[(DateTime<Utc>, &'a MetricReading)] {
        let (start, end) = window.instants(self.zone);
        let before = |instant| self.ordered.partition_point(|(at, _)| *at < instant);
        self.ordered.get(before(start)..before(end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::Id;
    use crate::metric_reading::{Amount, Moment, Pushed};

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn reading(source: &str, at: Moment, value: &str, recorded_at: &str) -> MetricReading {
        let pushed = Pushed {
            metric: Id::from_uuid(Uuid::nil()),
            source_id: source.to_owned(),
            at,
            amount: Amount::Value(value.parse().expect("a number")),
            evidence: Some("seen".to_owned()),
            evidence_url: None,
        };
        MetricReading::pushed(None, pushed, instant(recorded_at), "crm".to_owned())
    }

    fn march() -> Window {
        Window { start: "2026-03-01".parse().expect("a day"), end: "2026-04-01".parse().expect("a day") }
    }

    /// Three of March by the clocks of UTC: on the 10th, as a whole day on the 31st, and right before its end.
    fn readings() -> Vec<MetricReading> {
        vec![
            reading("c", Moment::At(instant("2026-03-31T23:30:00Z")), "7", "2026-04-01T00:00:00Z"),
            reading("a", Moment::At(instant("2026-03-10T12:00:00Z")), "2.5", "2026-04-02T00:00:00Z"),
            reading("b", Moment::Day("2026-03-31".parse().expect("a day")), "4", "2026-04-02T00:00:00Z"),
            reading("d", Moment::At(instant("2026-04-01T00:00:00Z")), "100", "2026-04-01T00:00:00Z"),
        ]
    }

    #[test]
    fn a_window_has_its_last_reading_their_sum_or_their_mean() {
        let readings = readings();
        let of = Readings::new(&readings, Tz::UTC);
        let value = |aggregation| of.figure(march(), aggregation).value.map(|value| value.to_string());

        assert_eq!(of.count(march()), 3);
        assert_eq!(value(Aggregation::Last).as_deref(), Some("4"));
        assert_eq!(value(Aggregation::Sum).as_deref(), Some("13.5"));
        assert_eq!(value(Aggregation::Mean).as_deref(), Some("4.5"));
    }

    #[test]
    fn a_day_is_the_same_day_in_every_zone_and_an_instant_is_not() {
        let readings = readings();
        let of = Readings::new(&readings, Tz::Europe__Berlin);

        assert_eq!(of.count(march()), 2);
        assert_eq!(of.last(march()).map(|reading| reading.pushed.source_id.as_str()), Some("b"));
    }

    #[test]
    fn of_one_time_what_was_recorded_later_is_the_last() {
        let at = Moment::At(instant("2026-03-10T12:00:00Z"));
        let readings = [reading("z", at, "1", "2026-03-11T00:00:00Z"), reading("a", at, "2", "2026-03-12T00:00:00Z")];

        assert_eq!(Readings::new(&readings, Tz::UTC).figure(march(), Aggregation::Last).value, Some(Decimal::TWO));
    }

    #[test]
    fn what_was_taken_back_leaves_no_value_behind() {
        let taken_back = readings()[1].retracted(instant("2026-04-03T00:00:00Z"), "crm".to_owned());

        let figure = Readings::new([&taken_back], Tz::UTC).figure(march(), Aggregation::Last);

        assert_eq!((figure.value, figure.status, figure.reason), (None, Status::NoData, Some(Reason::NoEvents)));
    }
}
