//! Lengths of time: as programs write them, by ISO 8601, and as people type them at a command line.

use chrono::TimeDelta;
use jiff::fmt::temporal::SpanParser;
use jiff::{Span, SpanRelativeTo};

use crate::rejection::{Code, Violation};

/// By ISO 8601, such as `PT24H` or `P7D`. A month or a year is no length of time, and a negative one no length.
pub fn iso(text: &str) -> Result<TimeDelta, Violation> {
    SpanParser::new().parse_span(text).ok().and_then(length).ok_or_else(|| {
        let detail = format!("`{text}` is not a duration such as `PT24H` or `P7D`, in weeks, days, hours, minutes and seconds");
        Violation::new(Code::InvalidTime, detail)
    })
}

/// As [`iso`], or such as `90d`, `12h` and `30min`.
pub fn typed(text: &str) -> Result<TimeDelta, Violation> {
    text.parse().ok().and_then(length).ok_or_else(|| {
        let detail = format!("`{text}` is not a number of weeks, days, hours or minutes, such as `90d`, `12h` or `30min`");
        Violation::new(Code::InvalidTime, detail)
    })
}

/// Days have 24 hours.
fn length(span: Span) -> Option<TimeDelta> {
    let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    let length = TimeDelta::new(length.as_secs(), u32::try_from(length.subsec_nanos()).ok()?)?;
    (length >= TimeDelta::zero()).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_read_by_iso_8601() {
        for (text, seconds) in [("PT0S", 0), ("PT24H", 86_400), ("P7D", 604_800), ("P1W", 604_800), ("P1DT1H1M1.5S", 90_061)] {
            assert_eq!(iso(text).map(|length| length.num_seconds()), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_refused() {
        for text in ["", "24h", "P1M", "P1Y", "-PT1H", "PT", "P7D ", "PT1e3S", "PT99999999999999H"] {
            assert_eq!(iso(text).map_err(|violation| violation.code), Err(Code::InvalidTime), "{text}");
        }
    }

    #[test]
    fn people_may_type_less() {
        for (text, seconds) in [("90d", 7_776_000), ("12h", 43_200), ("30min", 1_800), ("2w", 1_209_600), ("PT1H", 3_600)] {
            assert_eq!(typed(text).map(|length| length.num_seconds()), Ok(seconds), "{text}");
        }
        assert!(typed("soon").is_err() && typed("90").is_err() && typed("-1h").is_err());
    }
}
