//! The list of a cycle's scores: which it holds, and in what order.

use rust_decimal::Decimal;

use super::score::Score;
use crate::check_in::Confidence;
use crate::id::Id;
use crate::key_result::{KeyResult, KeyResultStatus};
use crate::measure::Kind;
use crate::page::Position;
use crate::team::Team;

/// Which scores a list holds: all conditions together; an empty set of values means any.
#[derive(Clone, Debug, Default)]
pub struct ScoreFilter {
    /// The team whose objectives they belong to: looked at where objectives are chosen, not by [`ScoreFilter::holds`].
    pub team: Option<Id<Team>>,
    pub owner: Option<Id<Team>>,
    /// The newest stated confidence.
    pub confidences: Vec<Confidence>,
    pub statuses: Vec<KeyResultStatus>,
    pub kinds: Vec<Kind>,
    /// Bounds of the score, both included. What has no score lies in no bounds.
    pub least: Option<Decimal>,
    pub most: Option<Decimal>,
}

/// What scores are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ScoreSort {
    /// By team, and by number within it.
    #[default]
    Address,
    /// What has no score stands last, in either direction.
    Score,
    Title,
}

impl ScoreFilter {
    pub fn holds(&self, key_result: &KeyResult, score: &Score) -> bool {
        let Self { team: _, owner, confidences, statuses, kinds, least, most } = self;
        let stated = score.confidence.map(|stated| stated.level);
        owner.is_none_or(|owner| key_result.owner == Some(owner))
            && (confidences.is_empty() || stated.is_some_and(|level| confidences.contains(&level)))
            && (statuses.is_empty() || statuses.contains(&key_result.status))
            && (kinds.is_empty() || kinds.contains(&key_result.measure.kind()))
            && least.is_none_or(|least| score.value.is_some_and(|value| value >= least))
            && most.is_none_or(|most| score.value.is_some_and(|value| value <= most))
    }
}

impl ScoreSort {
    /// Where a score stands in the list: positions are compared as text, so that numbers are padded.
    pub fn position(self, key_result: &KeyResult, score: &Score, descending: bool) -> Position {
        let sorted_by = match self {
            Self::Address => {
                let address = &key_result.address;
                // A space comes before everything that a key may hold.
                format!("{} {:010} {:010}", address.team, address.number.objective, address.number.key_result.unwrap_or_default())
            }
            Self::Score => match score.value {
                Some(value) => format!("{value:.4}"),
                None => (if descending { "" } else { "~" }).to_owned(),
            },
            Self::Title => key_result.title.clone(),
        };
        Position { sorted_by, id: key_result.id.uuid() }
    }
}
