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
use waymark_domain::number::Quantity;

/// A decimal number of at most 15 significant digits, so that no client's float changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub waymark_domain::Decimal);

/// A calendar day, `2026-10-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub waymark_domain::NaiveDate);

/// An instant in UTC, `2026-10-01T09:30:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub waymark_domain::DateTime<waymark_domain::Utc>);

impl Decimal {
    /// Computed numbers have up to 28 digits; clients get 15 of them.
    fn shown(self) -> waymark_domain::Decimal {
        self.0.round_sf(15).unwrap_or(self.0).normalize()
    }

    /// What was entered. Whatever is read from the wire lies within the bounds of quantities already.
    pub(crate) fn quantity(self) -> Quantity {
        Quantity::try_from(self).unwrap_or(Quantity::ZERO)
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

impl FromStr for DateTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let instant = waymark_domain::DateTime::parse_from_rfc3339(text);
        let sensible =
            instant.ok().map(|instant| instant.to_utc()).filter(|instant| (1900..3000).contains(&chrono::Datelike::year(instant)));
        sensible.map(Self).ok_or_else(|| format!("`{text}` is not an instant such as `2026-10-01T09:30:00Z`"))
    }
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

string_scalar!(Date, KnownFormat::Date, "2026-10-01");
string_scalar!(DateTime, KnownFormat::DateTime, "2026-10-01T09:30:00Z");

impl PartialSchema for Decimal {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Number).examples([0.7]).into()
    }
}

impl ToSchema for Decimal {}

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

fn text<T: ScalarType + InputType + FromStr<Err = String>>(value: Value) -> InputValueResult<T> {
    match value {
        Value::String(text) => text.parse().map_err(InputValueError::custom),
        other => Err(InputValueError::expected_type(other)),
    }
}
