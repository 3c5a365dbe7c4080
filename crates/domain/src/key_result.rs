//! Key results: what is measured, from where to where, and by when.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::address::Address;
use crate::check_in::Confidence;
use crate::checkpoint::{self, Checkpoint};
use crate::cycle::{self, Cycle};
use crate::grade::Grade;
use crate::id::{Id, Named};
use crate::measure::{Kind, Measure, MeasureDraft};
use crate::number::Quantity;
use crate::objective::{self, Objective};
use crate::rejection::{Check, Code, Rejection};
use crate::scoring::InputName;
use crate::stamp::Stamp;
use crate::team::Team;
use crate::text;
use crate::unit::{Unit, UnitKind};

/// Most links in a measurement plan.
pub const LINK_COUNT: usize = 20;
/// Days without a check-in after which a key result is stale: check-ins are weekly.
const FRESH_DAYS: u64 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Indicator {
    Leading,
    Lagging,
}

/// Whether a key result counts in its objective's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyResultStatus {
    Active,
    NotApplicable,
    Cancelled,
    Excluded,
}

/// How it is measured: source and event definitions, with links to dashboards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasurementPlan {
    pub text: Option<String>,
    pub links: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyResult {
    pub id: Id<KeyResult>,
    pub objective: Id<Objective>,
    /// Its number `O1-KR2` is given once and never re-used.
    pub address: Address,
    pub title: String,
    pub measure: Measure,
    pub unit: Unit,
    /// First and last day of the way from baseline to target.
    pub start: NaiveDate,
    pub due: NaiveDate,
    pub indicator: Option<Indicator>,
    pub weight: Quantity,
    pub owner: Option<Id<Team>>,
    pub measurement: MeasurementPlan,
    /// The outcome this stands in for, where that cannot be measured yet.
    pub proxy_for: Option<String>,
    /// What has to be true for it to work (the riskiest assumption).
    pub assumption: Option<String>,
    /// Guards against reaching another key result at a cost that is too high.
    pub is_guardrail: bool,
    pub checkpoints: Vec<Checkpoint>,
    pub status: KeyResultStatus,
    pub status_reason: Option<String>,
    pub grade: Option<Grade>,
    /// The numbers of the measure that came with an import and have not been changed since.
    pub imported: BTreeSet<InputName>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for KeyResult {
    const PREFIX: &'static str = "kr";
    const WORD: &'static str = "key result";
}

/// What is given to create or change a key result; what it names is given as text.
#[derive(Clone, Debug)]
pub struct KeyResultDraft {
    pub title: String,
    pub measure: MeasureDraft,
    pub unit: UnitKind,
    pub unit_label: Option<String>,
    pub start: NaiveDate,
    pub due: NaiveDate,
    pub indicator: Option<Indicator>,
    pub weight: Quantity,
    /// Id or key of a team.
    pub owner: Option<String>,
    pub measurement: MeasurementPlan,
    pub proxy_for: Option<String>,
    pub assumption: Option<String>,
    pub is_guardrail: bool,
    pub checkpoints: Vec<Checkpoint>,
    pub status: KeyResultStatus,
    pub status_reason: Option<String>,
    pub external_id: Option<String>,
}

/// Where a key result stands.
#[derive(Clone, Debug)]
pub struct KeyResultPlace {
    pub objective: Id<Objective>,
    pub address: Address,
}

impl KeyResult {
    pub fn new(
        id: Id<Self>,
        stamp: Stamp,
        place: KeyResultPlace,
        draft: KeyResultDraft,
        owner: Option<Id<Team>>,
    ) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let title = check.field("title", text::title(&draft.title));
        let kind = draft.measure.kind;
        let measure = check.part(draft.measure.check());
        let unit = check.field("unitLabel", Unit::new(draft.unit, draft.unit_label.as_deref()));
        let weight = check.field("weight", objective::weight(draft.weight));
        let measurement = check.part(plan(draft.measurement));
        let proxy_for = check.field("proxyFor", text::prose(draft.proxy_for.as_deref()));
        let assumption = check.field("assumption", text::prose(draft.assumption.as_deref()));
        let status_reason = check.field("statusReason", text::prose(draft.status_reason.as_deref()));
        let external_id = check.field("externalId", text::optional_label(draft.external_id.as_deref()));
        check.field("start", cycle::sensible(draft.start));
        check.field("due", cycle::sensible(draft.due));
        if draft.due < draft.start {
            check.refuse("due", Code::WrongOrder, "the key result is due before it starts");
        }
        check.field("checkpoints", checkpoint::on_the_way(&draft.checkpoints, kind, draft.start, draft.due));
        let built = (|| {
            Some(Self {
                id,
                objective: place.objective,
                address: place.address,
                title: title?,
                measure: measure?,
                unit: unit?,
                start: draft.start,
                due: draft.due,
                indicator: draft.indicator,
                weight: weight?,
                owner,
                measurement: measurement?,
                proxy_for: proxy_for?,
                assumption: assumption?,
                is_guardrail: draft.is_guardrail,
                checkpoints: draft.checkpoints,
                status: draft.status,
                status_reason: status_reason?,
                grade: None,
                imported: BTreeSet::new(),
                external_id: external_id?,
                stamp,
            })
        })();
        check.finish(built)
    }

    /// The same, with all numbers of its measure known to come from an import.
    #[must_use]
    pub fn imported(self) -> Self {
        Self { imported: self.measure.numbers().into_iter().filter(|(_, number)| number.is_some()).map(|(name, _)| name).collect(), ..self }
    }

    /// The key result after a change, perhaps at another place; its id and grade stay, and so does where the numbers come
    /// from that stay.
    pub fn changed(
        &self,
        now: DateTime<Utc>,
        place: KeyResultPlace,
        draft: KeyResultDraft,
        owner: Option<Id<Team>>,
    ) -> Result<Self, Rejection> {
        let changed = Self::new(self.id, self.stamp.next(now), place, draft, owner)?;
        let number =
            |of: &Self, name: InputName| of.measure.numbers().into_iter().find(|(found, _)| *found == name).and_then(|(_, number)| number);
        let stays = |name: &InputName| number(self, *name).is_some() && number(self, *name) == number(&changed, *name);
        let imported = self.imported.iter().copied().filter(stays).collect();
        Ok(Self { grade: self.grade.clone(), imported, ..changed })
    }

    pub fn draft(&self) -> KeyResultDraft {
        let Self { title, start, due, indicator, weight, measurement, proxy_for, assumption, .. } = self.clone();
        KeyResultDraft {
            title,
            measure: self.measure.draft(),
            unit: self.unit.kind(),
            unit_label: self.unit.label().map(str::to_owned),
            start,
            due,
            indicator,
            weight,
            owner: self.owner.map(|owner| owner.to_string()),
            measurement,
            proxy_for,
            assumption,
            is_guardrail: self.is_guardrail,
            checkpoints: self.checkpoints.clone(),
            status: self.status,
            status_reason: self.status_reason.clone(),
            external_id: self.external_id.clone(),
        }
    }

    /// Where it stands.
    pub fn place(&self) -> KeyResultPlace {
        KeyResultPlace { objective: self.objective, address: self.address.clone() }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }
}

fn plan(plan: MeasurementPlan) -> Result<MeasurementPlan, Rejection> {
    let mut check = Check::new();
    let text = check.field("measurement", text::prose(plan.text.as_deref()));
    let links: Vec<String> = plan
        .links
        .iter()
        .enumerate()
        .filter_map(|(index, link)| check.field(&format!("measurementLinks.{index}"), text::link(link)))
        .collect();
    if plan.links.len() > LINK_COUNT {
        check.refuse("measurementLinks", Code::TooMany, format!("a measurement plan has at most {LINK_COUNT} links"));
    }
    check.finish(text.map(|text| MeasurementPlan { text, links }))
}

/// The day from which on a check-in keeps a key result from being stale.
pub fn fresh_since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(FRESH_DAYS)).unwrap_or(today)
}

/// Which key results a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct KeyResultFilter {
    pub objective: Option<Id<Objective>>,
    pub cycle: Option<Id<Cycle>>,
    pub team: Option<Id<Team>>,
    pub owner: Option<Id<Team>>,
    pub statuses: Vec<KeyResultStatus>,
    pub kinds: Vec<Kind>,
    /// The confidence of the newest check-in that stated one.
    pub confidences: Vec<Confidence>,
    /// Without a check-in on this day or later.
    pub checked_in_before: Option<NaiveDate>,
    /// With a check-in on this day or later.
    pub checked_in_since: Option<NaiveDate>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What key results are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum KeyResultSort {
    #[default]
    CreatedAt,
    UpdatedAt,
    Title,
    Due,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_weekly_check_in_keeps_a_key_result_fresh_until_the_same_day_of_the_next_week() {
        assert_eq!(fresh_since(day("2026-10-16")), day("2026-10-09"));
    }
}
