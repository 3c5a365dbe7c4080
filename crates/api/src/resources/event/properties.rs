//! What platforms say of an event beyond what all events have.

use std::collections::BTreeMap;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use waymark_domain::event::{PROPERTY_COUNT, Property};
use waymark_domain::number::SIZE_LIMIT;
use waymark_domain::text::TITLE_LIMIT;

use crate::scalars::Decimal;

/// An object of texts, numbers and booleans, by names that the platform chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties(pub BTreeMap<String, Property>);

/// One of them.
struct Single(Property);

impl Single {
    fn of(value: serde_json::Value) -> Result<Self, String> {
        Ok(Self(match value {
            serde_json::Value::String(text) => Property::Text(text),
            serde_json::Value::Bool(flag) => Property::Flag(flag),
            serde_json::Value::Number(number) => Property::Number(number.to_string().parse::<Decimal>()?.entered()),
            _ => return Err("a property is a text, a number or a boolean".to_owned()),
        }))
    }
}

impl<'de> Deserialize<'de> for Single {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(serde_json::Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let properties = BTreeMap::<String, Single>::deserialize(deserializer)?;
        Ok(Self(properties.into_iter().map(|(name, Single(property))| (name, property)).collect()))
    }
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, property)| (name, shown(property))))
    }
}

fn shown(property: &Property) -> serde_json::Value {
    match property {
        Property::Text(text) => text.as_str().into(),
        Property::Flag(flag) => (*flag).into(),
        Property::Number(number) => serde_json::to_value(Decimal::from(*number)).unwrap_or_default(),
    }
}

impl PartialSchema for Properties {
    fn schema() -> RefOr<Schema> {
        let bounded = |number: i64| isize::try_from(number).ok();
        let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(TITLE_LIMIT));
        let number = ObjectBuilder::new().schema_type(Type::Number).minimum(bounded(-SIZE_LIMIT)).maximum(bounded(SIZE_LIMIT));
        let single = OneOfBuilder::new().item(text).item(number).item(ObjectBuilder::new().schema_type(Type::Boolean));
        ObjectBuilder::new()
            .description(Some("Texts, numbers and booleans, by names that the platform chooses."))
            .additional_properties(Some(AdditionalProperties::RefOr(RefOr::T(Schema::OneOf(single.build())))))
            .max_properties(Some(PROPERTY_COUNT))
            .examples([serde_json::json!({"url": "https://git.example.org/9fceb02"})])
            .into()
    }
}

impl ToSchema for Properties {}

/// An object of texts, numbers and booleans.
#[Scalar(name = "Properties", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259#section-4")]
impl ScalarType for Properties {
    fn parse(value: Value) -> InputValueResult<Self> {
        serde_json::from_value(value.into_json()?).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        let properties = self.0.iter().map(|(name, property)| (name.clone(), shown(property))).collect();
        Value::from_json(serde_json::Value::Object(properties)).unwrap_or_default()
    }
}
