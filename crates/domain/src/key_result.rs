//! Key results: what is measured, from where to where, and by when.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::address::Address;
use crate::check_in::{Confidence, Provenance};
use crate::cycle::{self, Cycle};
use crate::id::{Id, Named};
use crate::measure::{Kind, Measure, MeasureDraft};
use crate::number::Quantity;
use crate::objective::{self, Objective};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::team::Team;
use crate::text;
use crate::unit::{Unit, UnitKind};

/// Most links in a measurement plan.
pub const LINK_COUNT: usize = 20;
/// Most checkpoints of one key result.
pub const CHECKPOINT_COUNT: usize = 100;

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

/// The value that is expected on a day, where the way is not linear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub on: NaiveDate,
    pub value: Quantity,
}

/// The final judgement of a person at the end of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// From 0 to 1.
    pub value: Quantity,
    /// Given where the grade differs from the score.
    pub reason: Option<String>,
    pub provenance: Provenance,
    pub at: DateTime<Utc>,
}

impl Grade {
    /// A grade from 0 to 1. One that differs from the score, rounded alike to 4 decimals, says why.
    pub fn new(
        value: Quantity,
        reason: Option<String>,
        score: Option<Decimal>,
        provenance: Provenance,
        at: DateTime<Utc>,
    ) -> Result<Self, Rejection> {
        let mut check = Check::new();
        if value.is_negative() || value > Quantity::ONE {
            check.refuse("grade", Code::OutOfRange, "a grade is a number from 0 to 1");
        }
        let reason = check.field("reason", text::prose(reason.as_deref()));
        let agrees = score.is_some_and(|score| score == value.value().round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero));
        if reason == Some(None) && !agrees && provenance == Provenance::Entered {
            let shown = score.map_or_else(|| "there is no score".to_owned(), |score| format!("the score is {score}"));
            check.refuse("reason", Code::ReasonRequired, format!("{shown}: a grade that differs from it needs a reason"));
        }
        check.finish(reason.map(|reason| Self { value, reason, provenance, at }))
    }
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
        check.field("checkpoints", ordered(&draft.checkpoints, kind));
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
                external_id: external_id?,
                stamp,
            })
        })();
        check.finish(built)
    }

    /// The key result after a change, perhaps at another place; its id and grade stay.
    pub fn changed(
        &self,
        now: DateTime<Utc>,
        place: KeyResultPlace,
        draft: KeyResultDraft,
        owner: Option<Id<Team>>,
    ) -> Result<Self, Rejection> {
        Ok(Self { grade: self.grade.clone(), ..Self::new(self.id, self.stamp.next(now), place, draft, owner)? })
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

fn ordered(checkpoints: &[Checkpoint], kind: Kind) -> Result<(), Violation> {
    if checkpoints.is_empty() {
        return Ok(());
    }
    if kind != Kind::Reach {
        return Err(Violation::new(Code::NotApplicable, "checkpoints describe the way of a REACH: other kinds have none"));
    }
    if checkpoints.len() > CHECKPOINT_COUNT {
        return Err(Violation::new(Code::TooMany, format!("a key result has at most {CHECKPOINT_COUNT} checkpoints")));
    }
    let rising = checkpoints.iter().zip(checkpoints.iter().skip(1)).all(|(earlier, later)| earlier.on < later.on);
    if rising { Ok(()) } else { Err(Violation::new(Code::WrongOrder, "checkpoints stand in the order of their days, one for a day")) }
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
