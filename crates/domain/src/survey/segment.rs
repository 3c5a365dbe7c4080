//! What a part of those who answered said, and what all said with each layer weighed: shown only where neither tells of the rest.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::latest::{self, Answer};
use super::nps::{self, Counts, Layer};
use super::results::{Outcome, Scores};
use super::suppression::{FLOOR, hidden, standing};
use super::tally::Tally;
use crate::id::Id;
use crate::metric::figure::{Reason, Status};
use crate::question::{Question, QuestionKind};
use crate::rejection::Violation;
use crate::response::Said;
use crate::wave::Wave;

/// An answer that counts, and the person who gave it; none of an anonymous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    pub person: Option<u32>,
    pub point: u8,
}

/// The answers that count in a wave. `counts_as` names, for members who were merged into another, the member they all count as.
pub fn heard(said: &[Said], wave: Id<Wave>, counts_as: &BTreeMap<u32, u32>) -> Vec<Heard> {
    let answers: Vec<Answer<'_>> = said.iter().filter(|said| said.wave == wave).map(Answer::of).collect();
    let person = |member: u32| counts_as.get(&member).copied().unwrap_or(member);
    latest::of(&answers, counts_as).iter().map(|answer| Heard { person: answer.member.map(person), point: answer.point }).collect()
}

/// How those who answered can be told apart on the last day of a wave.
#[derive(Clone, Debug, Default)]
pub struct Audience {
    /// Everybody who signed an answer.
    signed: RoaringBitmap,
    /// Answers that nobody signed: they are in no group.
    nameless: u32,
    /// Groups of one kind, such as the layers; of each only those who signed.
    divisions: Vec<Vec<RoaringBitmap>>,
}

impl Audience {
    /// The divisions are of all people, whether they answered or not. The first is that of the layers.
    pub fn new(answers: &[Heard], divisions: Vec<Vec<RoaringBitmap>>) -> Self {
        let signed: RoaringBitmap = answers.iter().filter_map(|answer| answer.person).collect();
        let nameless = number(answers.iter().filter(|answer| answer.person.is_none()).count());
        let within = |groups: Vec<RoaringBitmap>| groups.into_iter().map(|group| group & &signed).collect();
        let mut divisions: Vec<Vec<RoaringBitmap>> = divisions.into_iter().map(within).collect();
        // What is weighed by layer is of everybody in a layer, who are a group as well.
        let layered = divisions.first().map(|layers| layers.iter().fold(RoaringBitmap::new(), |all, layer| all | layer));
        divisions.extend(layered.map(|layered| vec![layered]));
        Self { signed, nameless, divisions }
    }

    fn group(&self, division: usize, group: usize) -> Option<&RoaringBitmap> {
        self.divisions.get(division)?.get(group)
    }

    /// Why a group must not be shown beside all answers and every other group; nothing where it may.
    ///
    /// The groups of its division cut everybody into parts, anonymous answers among those in none, and [`hidden`] says
    /// which of the parts nobody may see. A group is not shown either where it differs from another one, of any
    /// division, by fewer than 5 people: one less the other would tell of them.
    pub fn hides(&self, division: usize, group: usize) -> Option<Reason> {
        let people = self.group(division, group)?;
        if people.is_empty() {
            return None;
        }
        let few = (people.len() < FLOOR.into()).then_some(Reason::FewAnswers);
        let parts = self.parts(division);
        let of_group = parts.iter().find(|(in_groups, reason)| in_groups.contains(&group) && reason.is_some());
        few.or_else(|| of_group.map(|_| Reason::Sibling)).or_else(|| self.is_close(people).then_some(Reason::Sibling))
    }

    /// Why what is weighed by layer must not be shown: it leaves out whoever is in none.
    fn hides_weighed(&self) -> Option<Reason> {
        let rest_is_hidden = self.parts(LAYERS).iter().any(|(in_groups, reason)| in_groups.is_empty() && reason.is_some());
        let layered = self.divisions.last()?.first()?;
        (rest_is_hidden || self.is_close(layered)).then_some(Reason::Sibling)
    }

    /// Those who are in the same groups of a division, by these groups, each with why it is hidden.
    fn parts(&self, division: usize) -> Vec<(Vec<usize>, Option<Reason>)> {
        let mut groups_of: BTreeMap<u32, Vec<usize>> = self.signed.iter().map(|person| (person, Vec::new())).collect();
        for (place, people) in self.divisions.get(division).into_iter().flatten().enumerate() {
            people.iter().for_each(|person| groups_of.entry(person).or_default().push(place));
        }
        let mut parts: BTreeMap<Vec<usize>, u32> = BTreeMap::from([(Vec::new(), self.nameless)]);
        for groups in groups_of.into_values() {
            *parts.entry(groups).or_default() += 1;
        }
        let sizes: Vec<u32> = parts.values().copied().collect();
        parts.into_keys().zip(hidden(&sizes)).collect()
    }

    fn is_close(&self, people: &RoaringBitmap) -> bool {
        let others = self.divisions.iter().flatten().filter(|other| other.len() >= FLOOR.into());
        let between = |other: &RoaringBitmap| people.len() + other.len() - 2 * people.intersection_len(other);
        others.map(between).any(|apart| (1..FLOOR.into()).contains(&apart))
    }
}

/// The division of the layers.
pub const LAYERS: usize = 0;

/// What a group said in a wave; `population` corrects the interval of an `NPS`. Nobody is in a group that does not exist.
///
/// # Errors
/// `OUT_OF_RANGE` for an answer that is not on the question's scale, of which none is taken in.
pub fn of(
    question: &Question,
    answers: &[Heard],
    audience: &Audience,
    (division, group): (usize, Option<usize>),
    population: Option<u32>,
) -> Result<Outcome, Violation> {
    if let Some(reason) = group.and_then(|group| audience.hides(division, group)) {
        return Ok(Outcome::withheld(question.kind, reason));
    }
    let people = group.and_then(|group| audience.group(division, group));
    Ok(Outcome::of(question.kind, &tally(question, answers, people)?, population))
}

/// The `NPS` of everybody in a layer, where each layer weighs as much as it has `members`: [`nps::by_layer`]. The members
/// are in the order of the layers.
///
/// # Errors
/// As [`of`].
pub fn weighed(
    question: &Question,
    answers: &[Heard],
    audience: &Audience,
    members: &[u64],
    is_finite: bool,
) -> Result<Outcome, Violation> {
    if let Some(reason) = audience.hides_weighed() {
        return Ok(Outcome::withheld(QuestionKind::Nps, reason));
    }
    let mut layers = Vec::with_capacity(members.len());
    for (place, members) in members.iter().enumerate() {
        let counts = Counts::of(&tally(question, answers, audience.group(LAYERS, place))?);
        layers.push(Layer { counts, members: *members });
    }
    let nps = nps::by_layer(&layers, is_finite);
    let heard = layers.iter().fold(0, |sum: u32, layer| sum.saturating_add(layer.counts.answers()));
    let (status, reason) = standing(heard);
    let answers = (status != Status::Suppressed).then_some(heard);
    Ok(Outcome { status, reason, answers, response_rate: None, scores: Scores::Nps(nps) })
}

fn tally(question: &Question, answers: &[Heard], people: Option<&RoaringBitmap>) -> Result<Tally, Violation> {
    let is_of = |answer: &&Heard| answer.person.zip(people).is_some_and(|(person, people)| people.contains(person));
    Tally::of(question.scale, answers.iter().filter(is_of).map(|answer| (answer.point, 1)))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "a division can have one group")]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const SIBLING: Option<Reason> = Some(Reason::Sibling);

    fn answers(people: u32, nameless: usize) -> Vec<Heard> {
        let signed = (0..people).map(Some);
        signed.chain(std::iter::repeat_n(None, nameless)).map(|person| Heard { person, point: 9 }).collect()
    }

    fn audience(people: u32, nameless: usize, divisions: &[&[std::ops::Range<u32>]]) -> Audience {
        let group = |range: &std::ops::Range<u32>| range.clone().collect::<RoaringBitmap>();
        let divisions = divisions.iter().map(|groups| groups.iter().map(group).collect()).collect();
        Audience::new(&answers(people, nameless), divisions)
    }

    #[test]
    fn a_group_is_shown_where_the_rest_is_large_enough_or_empty() {
        assert_eq!(audience(20, 0, &[&[0..12]]).hides(0, 0), None);
        assert_eq!(audience(12, 0, &[&[0..12]]).hides(0, 0), None);
        assert_eq!(audience(15, 0, &[&[0..12]]).hides(0, 0), SIBLING);
        assert_eq!(audience(12, 4, &[&[0..12]]).hides(0, 0), SIBLING);
        assert_eq!(audience(12, 5, &[&[0..12]]).hides(0, 0), None);
        assert_eq!(audience(20, 0, &[&[0..4]]).hides(0, 0), Some(Reason::FewAnswers));
    }

    #[test]
    fn two_groups_do_not_give_away_a_third() {
        let audience = audience(33, 0, &[&[0..10, 10..30, 30..33]]);

        assert_eq!([0, 1, 2].map(|group| audience.hides(0, group)), [SIBLING, None, Some(Reason::FewAnswers)]);
    }

    #[test]
    fn groups_of_two_kinds_do_not_differ_by_a_few_people() {
        let audience = audience(40, 0, &[&[0..10], &[0..11], &[0..20]]);

        assert_eq!([0, 1, 2].map(|division| audience.hides(division, 0)), [SIBLING, SIBLING, None]);
    }

    #[test]
    fn what_is_weighed_does_not_give_away_who_is_in_no_layer() {
        assert_eq!(audience(30, 0, &[&[0..10, 10..30]]).hides_weighed(), None);
        assert_eq!(audience(32, 0, &[&[0..10, 10..30]]).hides_weighed(), SIBLING);
        assert_eq!(audience(30, 3, &[&[0..10, 10..30]]).hides_weighed(), SIBLING);
        assert_eq!(audience(30, 9, &[&[0..10, 10..30]]).hides_weighed(), None);
        // The layer of 3 hides behind those who are in none; without them it would stand alone beside the other.
        assert_eq!(audience(30, 0, &[&[0..3, 3..23]]).hides_weighed(), SIBLING);
    }

    proptest! {
        #[test]
        fn whatever_groups_of_a_division_are_shown_nobody_is_left_alone(sizes in vec(0_u32..15, 1..6), rest in 0_u32..15, nameless in 0_usize..8) {
            let mut start = 0;
            let layers: Vec<std::ops::Range<u32>> = sizes.iter().map(|size| { start += size; start - size..start }).collect();
            let audience = audience(start + rest, nameless, &[&layers]);

            let is_shown = |place: &usize| audience.hides(0, *place).is_none();
            let shown: u32 = (0..sizes.len()).filter(is_shown).map(|place| sizes[place]).sum();
            let everybody = start + rest + number(nameless);
            prop_assume!(everybody >= FLOOR);
            let left = everybody - shown;
            prop_assert!(left == 0 || left >= FLOOR);
        }
    }
}
