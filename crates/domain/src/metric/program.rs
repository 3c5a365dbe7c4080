//! The metrics of programmes: who takes part, who comes to the end, and what it was worth to them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::community::Community;
use super::deed::{ActivityNumber, Choice, MemberNumber};
use super::evaluation::{Evaluation, Part, whole};
use super::figure::{Figure, Reason};
use super::population::Population;
use super::window::Window;
use crate::event::Event;
use crate::id::Id;
use crate::initiative::Initiative;
use crate::survey::satisfaction::{self, Satisfaction};
use crate::survey::scale::Scale;
use crate::survey::suppression::FLOOR;
use crate::survey::tally::Tally;

/// What a programme was worth to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    /// None where nobody knows who it was.
    pub by: Option<MemberNumber>,
    pub of: Id<Initiative>,
    pub at: DateTime<Utc>,
    /// The day it was, by the question's zone.
    pub day: NaiveDate,
    /// What tells two ratings of one instant apart.
    pub event: Id<Event>,
    /// From 1 to 10.
    pub value: u8,
}

/// Who came to the end of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// How many they are, with those who took part as a part.
    pub completions: Evaluation,
    /// Of those who took part.
    pub rate: Figure,
}

impl Community<'_> {
    /// `program_completions`, of the programmes that the record is of: who did what completes one is among those who took part.
    pub fn program_completions(&self, window: Window, choice: &Choice, completing: ActivityNumber) -> Completions {
        let participants = whole(self.active(window, choice).len());
        let chosen = Choice { activities: Some(BTreeSet::from([completing])), ..choice.clone() };
        let completed = whole(self.active(window, &chosen).len());
        let completions = Evaluation { figure: Figure::count(completed), parts: vec![(Part::Participants, participants)] };
        Completions { completions, rate: Figure::rate(completed, participants) }
    }
}

/// `program_satisfaction`, of the ratings of a window by those who counted on their days. Ratings of nobody known count where no
/// segment is asked for.
pub fn satisfaction(population: &Population, window: Window, ratings: &[Rating]) -> Satisfaction {
    let mut counting = Vec::new();
    population.regimes(window, |days, sieve| {
        for rating in ratings.iter().filter(|rating| days.contains(rating.day)) {
            if rating.by.map_or(!population.is_segment(), |member| sieve.passes(member)) {
                counting.push(Rating { by: rating.by.map(|member| population.person(member)), ..*rating });
            }
        }
    });
    told(&counting)
}

/// A person's last rating of a programme counts, and fewer than 5 people are not shown, however many programmes they rated.
fn told(ratings: &[Rating]) -> Satisfaction {
    let mut last: BTreeMap<(MemberNumber, Id<Initiative>), &Rating> = BTreeMap::new();
    for rating in ratings {
        let Some(by) = rating.by else { continue };
        let kept = last.entry((by, rating.of)).or_insert(rating);
        if (kept.at, kept.event) < (rating.at, rating.event) {
            *kept = rating;
        }
    }
    let people: BTreeSet<MemberNumber> = last.keys().map(|(by, _)| *by).collect();
    let nameless = ratings.iter().filter(|rating| rating.by.is_none());
    let strangers = nameless.clone().count();
    let values = last.into_values().chain(nameless).map(|rating| (rating.value, 1));
    match Tally::of(Scale::SATISFACTION, values) {
        Ok(tally) if tally.answers() < FLOOR || people.len() + strangers >= few() => satisfaction::of(&tally),
        // What is off the scale is refused when it arrives.
        _ => Satisfaction::withheld(Reason::FewPeople),
    }
}

fn few() -> usize {
    usize::try_from(FLOOR).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use uuid::Uuid;

    use super::super::figure::Status;
    use super::*;

    fn rating(by: Option<u32>, of: u128, second: i64, value: u8) -> Rating {
        let at = DateTime::from_timestamp(second, 0).unwrap();
        let event = Id::from_uuid(Uuid::from_u128(second.unsigned_abs().into()));
        Rating { by, of: Id::from_uuid(Uuid::from_u128(of)), at, day: at.date_naive(), event, value }
    }

    #[test]
    fn the_last_rating_of_a_person_of_a_programme_counts_in_whatever_order_they_come() {
        let mut ratings: Vec<Rating> = (0..6).map(|person| rating(Some(person), 1, 10, 9)).collect();
        ratings.insert(0, rating(Some(0), 1, 20, 1));
        ratings.push(rating(Some(1), 1, 5, 1));

        let figures = told(&ratings);

        assert_eq!((figures.top_box.numerator, figures.top_box.denominator), (Some(5), Some(6)));
        assert_eq!(figures.mean.value, Some(Decimal::new(767, 2)));
        assert_eq!(figures.mean.status, Status::LowN);
    }

    #[test]
    fn few_people_are_not_shown_however_many_programmes_they_rated() {
        let ratings: Vec<Rating> = (0..4).flat_map(|person| [1, 2, 3].map(|of| rating(Some(person), of, 10, 10))).collect();

        assert_eq!(told(&ratings), Satisfaction::withheld(Reason::FewPeople));
        let more = [ratings, vec![rating(None, 1, 11, 1)]].concat();
        assert_eq!(told(&more).top_box.denominator, Some(13), "whoever is not known is somebody");
    }

    #[test]
    fn without_a_rating_there_is_nothing_to_tell_and_four_are_few() {
        assert_eq!(told(&[]).mean.reason, Some(Reason::NoAnswers));
        let four: Vec<Rating> = (0..4).map(|person| rating(Some(person), 1, 10, 10)).collect();
        assert_eq!(told(&four), Satisfaction::withheld(Reason::FewAnswers));
    }
}
