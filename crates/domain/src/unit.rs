//! What the numbers of a key result count.

use crate::rejection::{Code, Violation};
use crate::text;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitKind {
    Number,
    Percent,
    Currency,
    Duration,
    Score,
    Count,
    Custom,
}

/// The label of a duration's values: `4` with the label `h` is four hours.
pub const DURATION_LABELS: [&str; 6] = ["ms", "s", "min", "h", "d", "w"];

/// A unit whose label fits its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    kind: UnitKind,
    label: Option<String>,
}

impl Unit {
    /// Currency takes an ISO 4217 code, duration one of [`DURATION_LABELS`], custom any short label;
    /// count takes one if it has one (`members`), and the others none.
    pub fn new(kind: UnitKind, label: Option<&str>) -> Result<Self, Violation> {
        let label = text::optional_label(label)?;
        let fits = match (kind, label.as_deref()) {
            (UnitKind::Currency, Some(code)) => iso_currency::Currency::from_code(code).is_some(),
            (UnitKind::Duration, Some(label)) => DURATION_LABELS.contains(&label),
            (UnitKind::Custom, label) => label.is_some(),
            (UnitKind::Count, _) => true,
            (UnitKind::Currency | UnitKind::Duration, None) => false,
            (UnitKind::Number | UnitKind::Percent | UnitKind::Score, label) => label.is_none(),
        };
        if fits { Ok(Self { kind, label }) } else { Err(Violation::new(Code::InvalidValue, remedy(kind))) }
    }

    pub const fn plain(kind: UnitKind) -> Self {
        Self { kind, label: None }
    }

    pub fn kind(&self) -> UnitKind {
        self.kind
    }

    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }
}

fn remedy(kind: UnitKind) -> String {
    match kind {
        UnitKind::Currency => "the unit CURRENCY needs an ISO 4217 code such as `EUR` as its label".to_owned(),
        UnitKind::Duration => format!("the unit DURATION needs one of {} as its label", DURATION_LABELS.join(", ")),
        UnitKind::Custom => "the unit CUSTOM needs a label".to_owned(),
        UnitKind::Number | UnitKind::Percent | UnitKind::Score | UnitKind::Count => {
            "this unit has no label: leave it out, or use CUSTOM".to_owned()
        }
    }
}
