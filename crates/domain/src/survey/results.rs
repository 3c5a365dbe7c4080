//! What the answers to a question come to, wave by wave and in all.

use std::collections::BTreeMap;

use super::latest::{self, Answer};
use super::nps::{self, Counts, Nps};
use super::satisfaction::{self, Satisfaction};
use super::suppression::{hidden, standing};
use super::tally::Tally;
use crate::id::Id;
use crate::metric::figure::{Figure, Reason, Status};
use crate::question::{Question, QuestionKind};
use crate::rejection::Violation;
use crate::response::Said;
use crate::wave::Wave;

/// The results of one question.
#[derive(Clone, Debug)]
pub struct QuestionResults {
    pub question: Question,
    /// In the order of the waves.
    pub waves: Vec<(Wave, Outcome)>,
    /// Of all waves together, in each of which a member counts once.
    ///
    /// With the waves that are shown it would give away one that is hidden alone; so where the rule of [`hidden`] would
    /// have to hide a second wave, the total is withheld in its place (`SIBLING`): a wave with many answers must not
    /// vanish because the next one has begun.
    pub total: Outcome,
}

/// What answers come to. Of too few nothing is left but the reason.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub status: Status,
    pub reason: Option<Reason>,
    /// How many answers count.
    pub answers: Option<u32>,
    /// Answers in percent of the population of the wave; none where that is not known.
    pub response_rate: Option<Figure>,
    pub scores: Scores,
}

#[derive(Clone, Debug)]
pub enum Scores {
    Nps(Nps),
    Satisfaction(Box<Satisfaction>),
}

/// The results of a question from all that was said to it. `counts_as` names, for members who were merged into another,
/// the member they all count as; `is_finite` corrects the intervals of an `NPS` by the populations of the waves.
///
/// # Errors
/// `OUT_OF_RANGE` for an answer that is not on the question's scale, of which none is taken in.
pub fn of(
    question: Question,
    waves: Vec<Wave>,
    said: &[Said],
    counts_as: &BTreeMap<u32, u32>,
    is_finite: bool,
) -> Result<QuestionResults, Violation> {
    let mut by_wave: BTreeMap<Id<Wave>, Vec<Answer<'_>>> = BTreeMap::new();
    for said in said {
        by_wave.entry(said.wave).or_default().push(Answer::of(said));
    }
    let tally_of = |wave: &Wave| {
        let answers = by_wave.get(&wave.id).map(|answers| latest::of(answers, counts_as)).unwrap_or_default();
        Tally::of(question.scale, answers.iter().map(|answer| (answer.point, 1)))
    };
    let tallies = waves.iter().map(tally_of).collect::<Result<Vec<Tally>, Violation>>()?;
    let total = total(&question, &tallies)?;
    let population = |wave: &Wave| wave.population.filter(|_| is_finite);
    let outcomes = tallies.iter().zip(waves).map(|(tally, wave)| {
        let outcome = Outcome { response_rate: rate(tally, &wave), ..Outcome::of(question.kind, tally, population(&wave)) };
        (wave, outcome)
    });
    Ok(QuestionResults { waves: outcomes.collect(), total, question })
}

fn total(question: &Question, tallies: &[Tally]) -> Result<Outcome, Violation> {
    let sizes: Vec<u32> = tallies.iter().map(Tally::answers).collect();
    if hidden(&sizes).contains(&Some(Reason::Sibling)) {
        return Ok(Outcome::withheld(question.kind, Reason::Sibling));
    }
    let points = question.scale.lowest()..=question.scale.highest();
    let together = points.flat_map(|point| tallies.iter().map(move |tally| (point, tally.count(|other| other == point))));
    Ok(Outcome::of(question.kind, &Tally::of(question.scale, together)?, None))
}

/// How many of those who were asked have answered; nothing that tells how few.
fn rate(tally: &Tally, wave: &Wave) -> Option<Figure> {
    let shown = standing(tally.answers()).0 != Status::Suppressed;
    wave.population.filter(|_| shown).map(|people| Figure::rate(tally.answers().into(), people.into()))
}

impl Outcome {
    pub(super) fn of(kind: QuestionKind, tally: &Tally, population: Option<u32>) -> Self {
        let (status, reason) = standing(tally.answers());
        let scores = match kind {
            QuestionKind::Nps => Scores::Nps(nps::of(Counts::of(tally), population.map(u64::from))),
            _ => Scores::Satisfaction(Box::new(satisfaction::of(tally))),
        };
        let answers = (status != Status::Suppressed).then(|| tally.answers());
        Self { status, reason, answers, response_rate: None, scores }
    }

    pub(super) fn withheld(kind: QuestionKind, reason: Reason) -> Self {
        let scores = match kind {
            QuestionKind::Nps => Scores::Nps(Nps::withheld(reason)),
            _ => Scores::Satisfaction(Box::new(Satisfaction::withheld(reason))),
        };
        Self { status: Status::Suppressed, reason: Some(reason), answers: None, response_rate: None, scores }
    }
}

#[cfg(test)]
mod tests;
