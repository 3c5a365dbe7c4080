//! Initiatives as programmes on the wire.

use async_graphql::{ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application as application;

use crate::resources::figure::Figure;
use crate::rest::answer::Lasting;
use crate::scalars::{Date, DateTime};

/// Who takes part in an initiative, who comes to its end, and what it is worth to them: what the metrics `program_participants`,
/// `program_completions` and `program_satisfaction` tell of it in a window of days.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Program {
    #[schema(value_type = String, example = "ini_01h455vb4pex5vsknk084sn02q")]
    pub initiative_id: ID,
    /// The first day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
    /// Whether the last day is not over yet.
    pub is_partial: bool,
    /// An IANA time zone, by whose midnights the window begins and ends.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// The people who did something that belongs to it.
    pub participants: Figure,
    /// Those of them who completed it.
    pub completions: Figure,
    /// Their share in percent.
    pub completion_rate: Figure,
    /// The share of ratings of 8 and more, in percent; nothing is told of fewer than 5 people.
    pub satisfaction: Figure,
    /// The mean of the ratings, from 1 to 10.
    pub mean_rating: Figure,
    /// The instant that was asked for with `asOf`, or else when they were made: nothing that came to be known later is in them.
    pub as_of: DateTime,
    /// Everything that was acknowledged with it is in the figures; null where they were asked for with `asOf`.
    pub watermark: Option<u64>,
}

/// The window of a programme's figures.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ProgramParams {
    /// The first day; 28 days before `to` when absent.
    #[param(required = false, nullable = false, value_type = Date)]
    pub(crate) from: Option<Date>,
    /// The day after the last; today when absent.
    #[param(required = false, nullable = false, value_type = Date)]
    pub(crate) to: Option<Date>,
    /// By what was known at this instant; by what is known now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub(crate) as_of: Option<DateTime>,
}

impl From<application::Program> for Program {
    fn from(program: application::Program) -> Self {
        let application::Program { initiative, window, is_partial, time_zone, as_of, watermark, participants, .. } = program;
        let application::Program { completions, completion_rate, satisfaction, mean_rating, .. } = program;
        Self {
            initiative_id: initiative.to_string().into(),
            start: Date(window.start),
            end: Date(window.end),
            is_partial,
            time_zone: time_zone.name().to_owned(),
            participants: participants.into(),
            completions: completions.into(),
            completion_rate: completion_rate.into(),
            satisfaction: satisfaction.into(),
            mean_rating: mean_rating.into(),
            as_of: DateTime(as_of),
            watermark,
        }
    }
}

impl Lasting for Program {
    fn lasting(&self) -> impl Serialize {
        Self { as_of: DateTime(waymark_domain::DateTime::UNIX_EPOCH), ..self.clone() }
    }
}
