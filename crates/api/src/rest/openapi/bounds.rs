//! How long texts may be and how large numbers, for everything that is sent: the limits of the domain, by the name of the
//! field. One name means the same everywhere, so one line holds for all schemas and parameters that have it.

use utoipa::Modify;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{ArrayItems, Object, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Content, OpenApi, PathItem, Ref, RefOr};
use waymark_application::{DOCUMENT_COUNT, DOCUMENT_LIMIT, METRIC_COUNT, PATH_LIMIT};
use waymark_domain::authorization::SCOPE_COUNT;
use waymark_domain::checkpoint::CHECKPOINT_COUNT;
use waymark_domain::custom_metric::INPUT_COUNT;
use waymark_domain::event::{BATCH_COUNT, TAG_COUNT, TYPE_COUNT};
use waymark_domain::identity::{IDENTITY_COUNT, LINE_LIMIT};
use waymark_domain::key_result::LINK_COUNT;
use waymark_domain::layer::{BAND_LIMIT, POSITION_LIMIT};
use waymark_domain::layer_rule::{ACTIVITY_LIMIT, ROLE_COUNT, WINDOW_LIMIT};
use waymark_domain::measure::SAMPLE_LIMIT;
use waymark_domain::metric::setting::KEY_COUNT;
use waymark_domain::metric::window::Rolling;
use waymark_domain::number::SIZE_LIMIT;
use waymark_domain::objective::{ALIGNMENT_LIMIT, WEIGHT_LIMIT};
use waymark_domain::survey::scale::HIGHEST;
use waymark_domain::text::{KEY_LIMIT, KEY_PATTERN, LABEL_LIMIT, LINK_LIMIT, PROSE_LIMIT, TITLE_LIMIT};
use waymark_domain::wave::POPULATION_LIMIT;

use super::schemas::inputs;
use crate::cursor;
use crate::rest::body::batch::BATCH_LIMIT;

/// The key of a channel is whatever its platform calls it.
fn is_free_key(of: &str, field: &str) -> bool {
    (of, field) == ("NewChannel", "key")
}

/// Most characters of a text. Whatever names something else is at most as long as a label.
fn longest(of: &str, field: &str) -> Option<usize> {
    Some(match field {
        "text" if of != "SourceDocument" => TITLE_LIMIT,
        "key" if is_free_key(of, field) => LABEL_LIMIT,
        "key" => KEY_LIMIT,
        "channel" if of == "NewEvent" => LABEL_LIMIT,
        "channel" => KEY_LIMIT + 1 + LABEL_LIMIT,
        "property" => 2 * LABEL_LIMIT + 1,
        "activities" | "guardrail" | "inputs" | "metric" | "properties" | "roles" | "tag" | "trained" => LABEL_LIMIT,
        "name" | "externalId" | "organisation" | "pillar" | "role" | "sourceId" | "tags" | "type" | "unitLabel" | "timeZone" | "value" => {
            LABEL_LIMIT
        }
        "activityType" | "alignments" | "checkIn" | "customMetric" | "cycle" | "erasure" | "event" | "id" | "initiative" | "into"
        | "keyResult" | "layer" | "layerAssignment" | "member" | "memberTrait" | "metricReading" | "metricTarget" | "milestoneStep"
        | "objective" | "owner" | "parent" | "platform" | "question" | "supports" | "survey" | "team" | "token" | "wave" | "with" => {
            LABEL_LIMIT
        }
        "identity" => LINE_LIMIT,
        "formula" | "title" | "why" => TITLE_LIMIT,
        "assumption"
        | "blockers"
        | "commitWords"
        | "correction"
        | "description"
        | "evidence"
        | "expectedContribution"
        | "measurement"
        | "nextActions"
        | "proxyFor"
        | "reason"
        | "risks"
        | "statusReason"
        | "stretchWords"
        | "targetWords"
        | "whyNow" => PROSE_LIMIT,
        "evidenceUrl" | "measurementLinks" => LINK_LIMIT,
        "path" => PATH_LIMIT,
        "text" => DOCUMENT_LIMIT,
        "cursor" => cursor::LONGEST,
        _ => return None,
    })
}

/// Most entries of a list.
fn most(field: &str) -> Option<usize> {
    Some(match field {
        "activities" | "properties" => KEY_COUNT,
        "alignments" => ALIGNMENT_LIMIT,
        "checkpoints" => CHECKPOINT_COUNT,
        "documents" => DOCUMENT_COUNT,
        "identities" => IDENTITY_COUNT,
        "inputs" => INPUT_COUNT,
        "measurementLinks" => LINK_COUNT,
        "metrics" => METRIC_COUNT,
        "roles" => ROLE_COUNT,
        "scopes" => SCOPE_COUNT,
        "tags" => TAG_COUNT,
        "type" => TYPE_COUNT,
        _ => return None,
    })
}

/// Smallest and largest value of a number.
fn range(of: &str, field: &str) -> (i64, i64) {
    match (of, field) {
        (_, "grade") => (0, 1),
        (_, "denominator") => (1, SIZE_LIMIT),
        (_, "leastActivities" | "leastMembers") => (1, 1_000_000),
        (_, "minWatermark") => (0, SIZE_LIMIT),
        (_, "rolling") => (1, i64::from(Rolling::MOST_DAYS)),
        ("NewLayer" | "LayerPatch", "position") => (1, i64::from(POSITION_LIMIT)),
        ("NewLayer" | "LayerPatch", "least" | "most") => (0, i64::from(BAND_LIMIT)),
        ("NewLayerThreshold", "days") => (1, i64::from(WINDOW_LIMIT)),
        ("NewLayerThreshold", "enter" | "stay") => (1, i64::from(ACTIVITY_LIMIT)),
        (_, "weight") => (0, i64::from(WEIGHT_LIMIT)),
        ("NewCheckIn" | "CheckInPatch", "sampleSize") => (0, i64::from(SAMPLE_LIMIT)),
        (_, "sampleSize") => (1, i64::from(SAMPLE_LIMIT)),
        (_, "population") => (1, i64::from(POPULATION_LIMIT)),
        (_, "lowest" | "highest") | ("NewResponse", "value") => (0, i64::from(HIGHEST)),
        _ => (-SIZE_LIMIT, SIZE_LIMIT),
    }
}

pub(super) struct Bounds;

impl Modify for Bounds {
    fn modify(&self, document: &mut OpenApi) {
        let inputs = inputs(document);
        let schemas = document.components.iter_mut().flat_map(|components| &mut components.schemas);
        for (name, schema) in schemas.filter(|(name, _)| inputs.contains(*name)) {
            let RefOr::T(Schema::Object(object)) = schema else { continue };
            object.properties.iter_mut().for_each(|(field, property)| bound(name, field, property));
        }
        for operation in document.paths.paths.values_mut().flat_map(operations) {
            bound_parameters(operation);
            bound_body(operation);
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, post, put, patch, delete, .. } = item;
    [get, post, put, patch, delete].into_iter().flatten()
}

fn bound_parameters(operation: &mut Operation) {
    let parameters = operation.parameters.iter_mut().flatten();
    for parameter in parameters {
        let RefOr::T(Parameter { name, parameter_in: ParameterIn::Path | ParameterIn::Query, schema: Some(schema), .. }) = parameter else {
            continue;
        };
        bound("", name, schema);
    }
}

/// A body that is a list or lines is a batch.
fn bound_body(operation: &mut Operation) {
    let Some(RefOr::T(body)) = &mut operation.request_body else { return };
    for content in body.content.values_mut() {
        let RefOr::T(Content { schema: Some(schema), .. }) = content else { continue };
        match schema {
            RefOr::T(Schema::Array(array)) => array.max_items = Some(BATCH_COUNT),
            RefOr::T(Schema::Object(object)) => object.max_length = Some(BATCH_LIMIT),
            _ => {}
        }
    }
}

fn bound(of: &str, field: &str, schema: &mut RefOr<Schema>) {
    if let Some(number) = decimal(schema) {
        *schema = number.into();
    }
    match schema {
        RefOr::T(Schema::Object(object)) => bound_value(of, field, object),
        RefOr::T(Schema::Array(array)) => {
            array.max_items = array.max_items.or(most(field));
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                bound(of, field, items);
            }
        }
        _ => {}
    }
}

fn bound_value(of: &str, field: &str, object: &mut Object) {
    let is = |wanted: Type| match &object.schema_type {
        SchemaType::Type(only) => *only == wanted,
        SchemaType::Array(several) => several.contains(&wanted),
        SchemaType::AnyValue => false,
    };
    if is(Type::String) && object.format.is_none() && object.enum_values.is_none() {
        object.max_length = longest(of, field);
        // Blank is as good as absent where a name can be.
        let is_optional = matches!(of, "NewMember" | "MemberPatch" | "NewMemberTrait" | "MemberTraitPatch");
        object.min_length = matches!(field, "key" | "name" | "title").then_some(1).filter(|_| !is_optional);
        object.pattern = (field == "key" && !is_free_key(of, field)).then(|| KEY_PATTERN.to_owned());
    } else if (is(Type::Number) || is(Type::Integer)) && object.minimum.is_none() {
        let (least, most) = range(of, field);
        let number = |bound: i64| isize::try_from(bound).ok().map(utoipa::Number::Int);
        (object.minimum, object.maximum) = (number(least), number(most));
    }
}

/// A decimal that is written out, as a number of its own range; also one that may be null.
fn decimal(schema: &RefOr<Schema>) -> Option<Object> {
    let written = |reference: &Ref, types: SchemaType| {
        if !reference.ref_location.ends_with("/Decimal") {
            return None;
        }
        let description = Some(&reference.description).filter(|text| !text.is_empty());
        let number = ObjectBuilder::new().schema_type(types).description(description);
        Some(number.default(reference.default.clone()).build())
    };
    match schema {
        RefOr::Ref(reference) => written(reference, Type::Number.into()),
        RefOr::T(Schema::OneOf(choice)) => choice.items.iter().find_map(|item| match item {
            RefOr::Ref(reference) => written(reference, SchemaType::from_iter([Type::Number, Type::Null])),
            RefOr::T(_) => None,
        }),
        RefOr::T(_) => None,
    }
}
