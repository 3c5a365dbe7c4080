//! Lengths of time.

use super::*;

/// A length of time by ISO 8601, `PT24H`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub chrono::TimeDelta);

impl FromStr for Duration {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        waymark_domain::duration::iso(text).map(Self).map_err(|violation| violation.detail)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

string_scalar!(Duration, KnownFormat::Duration, "PT24H");

/// A length of time by ISO 8601, in weeks, days, hours, minutes and seconds: `PT24H`, `P7D`.
#[Scalar(name = "Duration", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#appendix-A")]
impl ScalarType for Duration {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value)
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}
