use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::binding::reading::{Guard, Reading};
use waymark_domain::id::Id;
use waymark_domain::metric::figure::{Figure, Interval};
use waymark_domain::metric::window::Window;

use crate::error::Error;
use crate::rows::{integer, parsed, parsed_option, spelled, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "readings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) binding_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) binding_version: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) start_on: Date,
    /// The day after the last.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) end_on: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) is_partial: bool,
    pub(crate) value: Option<String>,
    pub(crate) numerator: Option<i64>,
    pub(crate) denominator: Option<i64>,
    pub(crate) low: Option<String>,
    pub(crate) high: Option<String>,
    pub(crate) status: String,
    pub(crate) reason: Option<String>,
    pub(crate) guard_value: Option<String>,
    pub(crate) guard_before: Option<String>,
    /// Null where the binding has no guardrail.
    pub(crate) guard_verdict: Option<String>,
    pub(crate) watermark: i64,
    pub(crate) definition_version: i32,
    pub(crate) check_in_id: Option<Uuid>,
    pub(crate) taken_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, reading: &Reading) -> Self {
        let Reading {
            binding,
            binding_version,
            window,
            revision,
            is_partial,
            figure,
            guard,
            watermark,
            definition_version,
            check_in,
            taken_at,
        } = reading;
        let Figure { value, numerator, denominator, interval, status, reason } = figure;
        Self {
            workspace_id: scope.workspace().uuid(),
            binding_id: binding.uuid(),
            binding_version: integer(*binding_version),
            start_on: window.start,
            end_on: window.end,
            revision: integer(*revision),
            is_partial: *is_partial,
            value: value.map(|value| value.to_string()),
            numerator: *numerator,
            denominator: *denominator,
            low: interval.map(|interval| interval.low.to_string()),
            high: interval.map(|interval| interval.high.to_string()),
            status: spelled(*status),
            reason: reason.map(spelled),
            guard_value: guard.and_then(|guard| guard.value).map(|value| value.to_string()),
            guard_before: guard.and_then(|guard| guard.before).map(|value| value.to_string()),
            guard_verdict: guard.map(|guard| spelled(guard.verdict)),
            watermark: i64::try_from(*watermark).unwrap_or(i64::MAX),
            definition_version: integer(*definition_version),
            check_in_id: check_in.map(Id::uuid),
            taken_at: *taken_at,
        }
    }
}

impl TryFrom<Model> for Reading {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let interval = number("low", row.low.as_deref())?.zip(number("high", row.high.as_deref())?);
        let figure = Figure {
            value: number("value", row.value.as_deref())?,
            numerator: row.numerator,
            denominator: row.denominator,
            interval: interval.map(|(low, high)| Interval { low, high }),
            status: parsed("status", &row.status)?,
            reason: parsed_option("reason", row.reason.as_deref())?,
        };
        let (value, before) = (number("guard_value", row.guard_value.as_deref())?, number("guard_before", row.guard_before.as_deref())?);
        let verdict = parsed_option("guard_verdict", row.guard_verdict.as_deref())?;
        Ok(Self {
            binding: Id::from_uuid(row.binding_id),
            binding_version: whole("binding_version", row.binding_version)?,
            window: Window { start: row.start_on, end: row.end_on },
            revision: whole("revision", row.revision)?,
            is_partial: row.is_partial,
            figure,
            guard: verdict.map(|verdict| Guard { value, before, verdict }),
            watermark: u64::try_from(row.watermark).map_err(|_| Error::corrupt("watermark", row.watermark))?,
            definition_version: whole("definition_version", row.definition_version)?,
            check_in: row.check_in_id.map(Id::from_uuid),
            taken_at: row.taken_at,
        })
    }
}

fn number(column: &'static str, text: Option<&str>) -> Result<Option<Decimal>, Error> {
    text.map(|text| Decimal::from_str_exact(text).map_err(|_| Error::corrupt(column, text))).transpose()
}
