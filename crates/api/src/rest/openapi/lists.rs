//! Lists in the document: what each can be sorted by, its fields, and its formats.

use strum::VariantArray;
use utoipa::openapi::path::{Operation, Parameter, ParameterStyle};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{Components, Content, RefOr, Response};
use waymark_application::ChangeSort;
use waymark_domain::activity::ActivityTypeSort;
use waymark_domain::channel::ChannelSort;
use waymark_domain::check_in::CheckInSort;
use waymark_domain::custom_metric::CustomMetricSort;
use waymark_domain::cycle::CycleSort;
use waymark_domain::erasure::ErasureSort;
use waymark_domain::event::EventSort;
use waymark_domain::initiative::InitiativeSort;
use waymark_domain::key_result::KeyResultSort;
use waymark_domain::layer::LayerSort;
use waymark_domain::layer_assignment::LayerAssignmentSort;
use waymark_domain::member::MemberSort;
use waymark_domain::metric_reading::MetricReadingSort;
use waymark_domain::metric_target::MetricTargetSort;
use waymark_domain::objective::ObjectiveSort;
use waymark_domain::platform::PlatformSort;
use waymark_domain::question::QuestionSort;
use waymark_domain::response::ResponseSort;
use waymark_domain::scoring::list::ScoreSort;
use waymark_domain::survey::SurveySort;
use waymark_domain::team::TeamSort;
use waymark_domain::token::TokenSort;
use waymark_domain::wave::WaveSort;

use super::schemas::LISTED;
use crate::rest::expand::{OF_KEY_RESULTS, OF_OBJECTIVES};

/// The words an item is sorted by, the first of them unless asked otherwise.
fn sorts(item: &str) -> Option<Vec<String>> {
    Some(match item {
        "ActivityType" => words::<ActivityTypeSort>(),
        "Change" => words::<ChangeSort>(),
        "Channel" => words::<ChannelSort>(),
        "CheckIn" => words::<CheckInSort>(),
        "CustomMetric" => words::<CustomMetricSort>(),
        "Cycle" => words::<CycleSort>(),
        "Erasure" => words::<ErasureSort>(),
        "Event" => words::<EventSort>(),
        "Initiative" => words::<InitiativeSort>(),
        "KeyResult" => words::<KeyResultSort>(),
        "Layer" => words::<LayerSort>(),
        "LayerAssignment" => words::<LayerAssignmentSort>(),
        "Member" => words::<MemberSort>(),
        "MetricReading" => words::<MetricReadingSort>(),
        "MetricTarget" => words::<MetricTargetSort>(),
        "Objective" => words::<ObjectiveSort>(),
        "Platform" => words::<PlatformSort>(),
        "Question" => words::<QuestionSort>(),
        "Response" => words::<ResponseSort>(),
        "ScoreRow" => words::<ScoreSort>(),
        "Survey" => words::<SurveySort>(),
        "Team" => words::<TeamSort>(),
        "Token" => words::<TokenSort>(),
        "Wave" => words::<WaveSort>(),
        _ => return None,
    })
}

/// `UPDATED_AT` as `updatedAt`.
fn words<Key: VariantArray + Copy + Into<&'static str>>() -> Vec<String> {
    Key::VARIANTS.iter().map(|key| super::operations::camel(&Into::<&str>::into(*key).to_ascii_lowercase())).collect()
}

/// Completes a list; anything else stays as it is.
pub(super) fn complete(operation: &mut Operation, components: &Components) {
    let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200") else { return };
    let Some(item) = item(response) else { return };
    for (media_type, description) in [
        ("application/x-ndjson", "One item a line, each a JSON object; all items where no `limit` is given."),
        ("text/csv", "A line of column names, then one item a line; all items where no `limit` is given."),
    ] {
        let text = ObjectBuilder::new().schema_type(Type::String).description(Some(description)).build();
        response.content.insert(media_type.to_owned(), Content::new(Some(text)).into());
    }
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        match parameter.name.as_str() {
            "sort" => sorted(parameter, &item),
            "fields" => selected(parameter, components, &item),
            "expand" => expanded(parameter, &item),
            _ => not_empty(parameter),
        }
    }
}

/// What the list is of.
pub(super) fn item(response: &Response) -> Option<String> {
    let RefOr::T(content) = response.content.get("application/json")? else { return None };
    let Some(RefOr::Ref(schema)) = &content.schema else { return None };
    schema.ref_location.strip_prefix("#/components/schemas/")?.strip_prefix(LISTED).map(str::to_owned)
}

fn sorted(parameter: &mut Parameter, item: &str) {
    let Some(words) = sorts(item) else { return };
    let usual = words.first().cloned().unwrap_or_default();
    parameter.description = Some(format!("The field to sort by, with `-` in front for descending; `{usual}` when absent."));
    let both = words.iter().flat_map(|word| [word.clone(), format!("-{word}")]);
    parameter.schema = Some(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(both)).build().into());
}

fn selected(parameter: &mut Parameter, components: &Components, item: &str) {
    let Some(RefOr::T(Schema::Object(object))) = components.schemas.get(item) else { return };
    let names = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(object.properties.keys().cloned())).build();
    parameter.style = Some(ParameterStyle::Form);
    parameter.explode = Some(false);
    parameter.schema = Some(RefOr::T(Schema::Array(ArrayBuilder::new().items(names).min_items(Some(1)).build())));
}

fn expanded(parameter: &mut Parameter, item: &str) {
    let words: &[&str] = if item == "Objective" { &OF_OBJECTIVES } else { &OF_KEY_RESULTS };
    let paths = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied())).build();
    parameter.style = Some(ParameterStyle::Form);
    parameter.explode = Some(false);
    parameter.schema = Some(RefOr::T(Schema::Array(ArrayBuilder::new().items(paths).min_items(Some(1)).build())));
}

/// Values separated by commas: an absent parameter means any, an empty one nothing.
fn not_empty(parameter: &mut Parameter) {
    if let Some(RefOr::T(Schema::Array(array))) = &mut parameter.schema {
        array.min_items = Some(1);
    }
}
