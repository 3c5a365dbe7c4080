//! Values both doors write the same way: decimals, days, instants and ids.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::SecondsFormat;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{KnownFormat, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use waymark_domain::number::{self, Quantity};
use waymark_domain::rejection::Code;

/// A decimal number of at most 15 significant digits, so that no client's float changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub waymark_domain::Decimal);

/// A calendar day, `2026-10-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub waymark_domain::NaiveDate);

/// An instant in UTC, `2026-10-01T09:30:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub waymark_domain::DateTime<waymark_domain::Utc>);

/// Any JSON value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Json(pub serde_json::Value);

impl Decimal {
    /// Computed numbers have up to 28 digits; clients get 15 of them.
    fn shown(self) -> waymark_domain::Decimal {
        self.0.round_sf(15).unwrap_or(self.0).normalize()
    }

    /// The quantity that was entered; the nearest one of a computed number.
    pub(crate) fn entered(self) -> Quantity {
        Quantity::nearest(self.0)
    }

    fn json(self) -> serde_json::Number {
        use rust_decimal::prelude::ToPrimitive;
        let shown = self.shown();
        match shown.to_i64() {
            Some(whole) if shown.is_integer() => whole.into(),
            _ => shown.to_f64().and_then(serde_json::Number::from_f64).unwrap_or_else(|| 0.into()),
        }
    }
}

impl FromStr for Decimal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse::<Quantity>().map(Self::from).map_err(|violation| violation.detail)
    }
}

impl From<Quantity> for Decimal {
    fn from(quantity: Quantity) -> Self {
        Self(quantity.value())
    }
}

impl TryFrom<Decimal> for Quantity {
    type Error = waymark_domain::rejection::Violation;

    fn try_from(decimal: Decimal) -> Result<Self, Self::Error> {
        Self::new(decimal.0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown().fmt(f)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        number.to_string().parse().map_err(D::Error::custom)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // chrono also reads `2026-1-1`, which nobody else would sort right.
        match text.parse() {
            Ok(date) if text.len() == 10 => Ok(Self(date)),
            _ => Err(format!("`{text}` is not a day such as `2026-10-01`")),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Ends what is said of an instant that can be read and is not kept.
const BEYOND_TIME: &str = "lies outside the years 1900 to 2999";

impl FromStr for DateTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let instant = waymark_domain::DateTime::parse_from_rfc3339(text).map(|instant| instant.to_utc());
        let instant = instant.map_err(|_| format!("`{text}` is not an instant such as `2026-10-01T09:30:00Z`"))?;
        if (1900..3000).contains(&chrono::Datelike::year(&instant)) { Ok(Self(instant)) } else { Err(format!("`{text}` {BEYOND_TIME}")) }
    }
}

/// How the domain refuses what is no length of time.
const NO_DURATION: &str = " is not a duration such as ";

/// The code of a number or instant that is well-formed and beyond what is kept, by the message it was refused with: serde
/// hands on nothing else.
pub(crate) fn beyond(detail: &str) -> Option<Code> {
    if detail.ends_with(BEYOND_TIME) {
        return Some(Code::OutOfRange);
    }
    let is_refused = detail.ends_with(number::LIMITS);
    let text = detail.strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(text, _)| text);
    // Years and months are well-formed by ISO 8601, and no length of time.
    let is_duration =
        |text: &str| text.starts_with('P') && text.chars().all(|letter| "PYMWDTHS.".contains(letter) || letter.is_ascii_digit());
    if detail.contains(NO_DURATION) && text.is_some_and(is_duration) {
        return Some(Code::OutOfRange);
    }
    let is_number = text.is_some_and(|text| serde_json::from_str::<serde_json::Number>(text).is_ok());
    (is_refused && is_number).then_some(Code::InvalidNumber)
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// Scalars that are strings on the wire.
macro_rules! string_scalar {
    ($scalar:ident, $format:expr, $example:literal) => {
        impl Serialize for $scalar {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $scalar {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }

        impl PartialSchema for $scalar {
            fn schema() -> RefOr<Schema> {
                let format = SchemaFormat::KnownFormat($format);
                ObjectBuilder::new().schema_type(Type::String).format(Some(format)).examples([$example]).into()
            }
        }

        impl ToSchema for $scalar {}
    };
}

mod duration;
mod month;

pub(crate) use duration::Duration;
pub(crate) use month::Month;

string_scalar!(Date, KnownFormat::Date, "2026-10-01");
string_scalar!(DateTime, KnownFormat::DateTime, "2026-10-01T09:30:00Z");

impl PartialSchema for Decimal {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Number).examples([0.7]).into()
    }
}

impl ToSchema for Decimal {}

impl PartialSchema for Json {
    fn schema() -> RefOr<Schema> {
        serde_json::Value::schema()
    }
}

impl ToSchema for Json {}

/// A decimal number of at most 15 significant digits, as a JSON number.
#[Scalar(name = "Decimal", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259#section-6")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::Number(number) => number.to_string().parse().map_err(InputValueError::custom),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(self.json())
    }
}

/// A calendar day, `YYYY-MM-DD`.
#[Scalar(name = "Date", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value)
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// An instant in UTC by RFC 3339, ending in `Z`.
#[Scalar(name = "DateTime", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value)
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// Any JSON value: null, a number, a text, a list or an object.
#[Scalar(name = "JSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value.into_json()?))
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

fn text<T: ScalarType + InputType + FromStr<Err = String>>(value: Value) -> InputValueResult<T> {
    match value {
        Value::String(text) => text.parse().map_err(InputValueError::custom),
        other => Err(InputValueError::expected_type(other)),
    }
}
