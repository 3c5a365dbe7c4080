//! What a metric gives for a window: its figure, and the whole numbers beside it that have names.

use super::figure::Figure;

/// A named whole number of a metric that has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Part {
    /// Members when the window began.
    Start,
    Joined,
    /// Those who joined after having left.
    Rejoined,
    /// Those who joined by a change of kind or segment.
    TurnedIn,
    Left,
    /// Those who left by a change of kind or segment.
    TurnedOut,
    /// Members when the window ended.
    End,
    /// Active for the first time of all.
    New,
    /// Active as in the window before.
    Returning,
    /// Active again, after a window without.
    Resurrected,
    /// Active in the window before, and no more.
    Dormant,
    /// Deeds that created knowledge.
    Created,
    /// Deeds that passed knowledge on.
    Shared,
    /// Deeds that took knowledge in.
    Consumed,
    /// Champions who are trained.
    Trained,
    /// Champions who did something in the window.
    Active,
    /// Champions who are trained and did something in the window.
    TrainedAndActive,
    /// Active platforms, by the same measure as channels.
    Platforms,
    /// Deeds of class contribution or higher.
    Contributions,
    /// Those who did them.
    Contributors,
    /// Pieces that were published.
    Published,
    /// Those of them that were retracted.
    Retracted,
    /// Those who took part in a programme.
    Participants,
    /// Answers of 9 and 10.
    Promoters,
    /// Answers of 7 and 8.
    Passives,
    /// Answers of 0 to 6.
    Detractors,
}

/// A figure with its parts, in the order of the metric's definition; most metrics have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    pub figure: Figure,
    pub parts: Vec<(Part, i64)>,
}

impl Evaluation {
    pub fn part(&self, part: Part) -> Option<i64> {
        self.parts.iter().find(|(name, _)| *name == part).map(|(_, number)| *number)
    }
}

impl From<Figure> for Evaluation {
    fn from(figure: Figure) -> Self {
        Self { figure, parts: Vec::new() }
    }
}

/// A number of people or things as figures have it.
pub(super) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
