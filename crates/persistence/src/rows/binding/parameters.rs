//! Parameters of metrics in rows of bindings.

use serde::{Deserialize, Serialize};
use waymark_domain::metric::setting::Given;

use crate::error::Error;
use crate::rows::{parsed_option, spelled};

/// Parameters as they are kept, by their wire names.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Parameters {
    #[serde(skip_serializing_if = "Option::is_none")]
    min_class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activities: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_staff: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_bots: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    least_activities: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    least_members: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sla_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trained: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    survey: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wave: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population_correction: Option<bool>,
}

impl Parameters {
    pub(super) fn of(given: &Given) -> Self {
        let Given {
            min_class,
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights,
            population_correction,
        } = given.clone();
        Self {
            min_class: min_class.map(spelled),
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights: weights.map(spelled),
            population_correction,
        }
    }

    pub(super) fn given(self) -> Result<Given, Error> {
        let Self {
            min_class,
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights,
            population_correction,
        } = self;
        Ok(Given {
            min_class: parsed_option("min_class", min_class.as_deref())?,
            activities,
            include_staff,
            include_bots,
            least_activities,
            least_members,
            sla_seconds,
            roles,
            trained,
            properties,
            tag,
            survey,
            question,
            wave,
            weights: parsed_option("weights", weights.as_deref())?,
            population_correction,
        })
    }
}
