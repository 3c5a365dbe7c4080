//! What people said when they were asked, wave by wave: a window is told of by the last wave that ends in it.
//!
//! Never of other days: two windows that differ by a day would tell of the one person who answered on it.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use waymark_domain::NaiveDate;
use waymark_domain::id::Id;
use waymark_domain::metric::catalogue::{Definition, MetricKey, Statistic};
use waymark_domain::metric::evaluation::Part;
use waymark_domain::metric::figure::{Figure, Reason, Status};
use waymark_domain::metric::roll::Holding;
use waymark_domain::metric::window::Window;
use waymark_domain::question::{Question, QuestionKind};
use waymark_domain::survey::Survey;
use waymark_domain::survey::nps::Nps;
use waymark_domain::survey::results::{self, Outcome, QuestionResults, Scores};
use waymark_domain::survey::satisfaction::Satisfaction;
use waymark_domain::survey::segment::{self, Audience, LAYERS};
use waymark_domain::wave::Wave;

use super::asked::{Asked, Holders};
use super::evaluate::Told;
use super::sources::Sources;
use super::subject::Subject;
use crate::community::People;
use crate::error::Result;
use crate::survey_results::{Answered, Answers, off_scale};

/// The waves of a question, with what the answers come to.
#[derive(Default)]
pub(super) struct Surveyed {
    /// None where nobody asks one that would feed the metric.
    pub(super) question: Option<Id<Question>>,
    waves: Vec<(Wave, Outcome)>,
}

impl Sources<'_> {
    pub(super) async fn surveyed(&self, asked: &Asked) -> Result<Surveyed> {
        let Some(Subject { question, wave, .. }) = &asked.subject else { return Ok(Surveyed::default()) };
        let mut answers = Answers::of(&self.store.at(None), self.actor.scope, vec![question.clone()]).await?;
        answers.counts_as = self.community.people.counts_as();
        let Some(mut answered) = answers.of_questions.pop() else { return Ok(Surveyed::default()) };
        answered.said.retain(|said| self.is_there(said.member));
        answered.waves.retain(|other| wave.is_none_or(|only| only == other.id));
        let is_finite = asked.settings.population_correction;
        if asked.narrowed.members.is_none() && asked.settings.weights.is_none() {
            let Answered { question, waves, said } = answered;
            return Ok(results::of(question, waves, &said, &answers.counts_as, is_finite).map_err(off_scale)?.into());
        }
        let windows = asked.buckets.iter().flat_map(|bucket| std::iter::once(bucket.window).chain(asked.before(*bucket)));
        let told = windows.filter_map(|window| last(answered.waves.iter(), window)).map(|wave| (wave.id, wave));
        let told: BTreeMap<Id<Wave>, &Wave> = told.collect();
        let outcome = |wave: &Wave| Ok((wave.clone(), self.part(asked, &answered, &answers.counts_as, wave)?));
        let waves = told.into_values().map(outcome).collect::<Result<_>>()?;
        Ok(Surveyed { question: Some(answered.question.id), waves })
    }

    /// What a segment said in a wave, or what all said with layers weighed.
    fn part(&self, asked: &Asked, answered: &Answered, counts_as: &BTreeMap<u32, u32>, wave: &Wave) -> Result<Outcome> {
        let person = |member: u32| counts_as.get(&member).copied().unwrap_or(member);
        let divisions = divisions(&self.community.people, wave.end, person);
        let sizes: Vec<Vec<u64>> = divisions.iter().map(|groups| groups.iter().map(RoaringBitmap::len).collect()).collect();
        let heard = segment::heard(&answered.said, wave.id, counts_as);
        let audience = Audience::new(&heard, divisions);
        let (question, is_finite) = (&answered.question, asked.settings.population_correction);
        let outcome = match &asked.narrowed.members {
            None => {
                let members = sizes.get(LAYERS).map_or(&[][..], Vec::as_slice);
                segment::weighed(question, &heard, &audience, members, is_finite)
            }
            Some(holders) => {
                let (division, group) = place(&self.community.people, holders);
                let size = group.and_then(|group| sizes.get(division)?.get(group)).filter(|_| is_finite);
                let population = size.map(|size| u32::try_from(*size).unwrap_or(u32::MAX));
                segment::of(question, &heard, &audience, (division, group), population)
            }
        };
        outcome.map_err(off_scale)
    }

    /// Of each question that feeds a metric and has a wave that ends in a window; where there is none, nothing once.
    pub(super) async fn every_surveyed(&self, kind: QuestionKind, window: Window) -> Result<Vec<Surveyed>> {
        let (store, scope) = (self.store.at(None), self.actor.scope);
        let mut questions = store.questions_of_kind(scope, kind).await?;
        let question = questions.first().map(|question| question.id);
        let surveys: Vec<Id<Survey>> = questions.iter().map(|question| question.survey).collect();
        let waves = store.waves_of(scope, &surveys).await?;
        questions.retain(|question| waves.iter().any(|wave| wave.survey == question.survey && window.contains(wave.end)));
        if questions.is_empty() {
            return Ok(vec![Surveyed { question, waves: Vec::new() }]);
        }
        let Answers { of_questions, counts_as } = Answers::of(&store, scope, questions).await?;
        let told = |Answered { question, waves, said }| results::of(question, waves, &said, &counts_as, false).map(Surveyed::from);
        of_questions.into_iter().map(told).collect::<std::result::Result<_, _>>().map_err(off_scale)
    }
}

impl From<QuestionResults> for Surveyed {
    fn from(QuestionResults { question, waves, total: _ }: QuestionResults) -> Self {
        Self { question: Some(question.id), waves }
    }
}

/// The last of the waves that end in a window: by its last day, then its first, then its key.
fn last<'a>(waves: impl Iterator<Item = &'a Wave>, window: Window) -> Option<&'a Wave> {
    waves.filter(|wave| window.contains(wave.end)).max_by_key(|wave| (wave.end, wave.start, &wave.key))
}

impl Surveyed {
    /// The wave that a window is told of by.
    pub(super) fn wave(&self, window: Window) -> Option<Id<Wave>> {
        last(self.waves.iter().map(|(wave, _)| wave), window).map(|wave| wave.id)
    }

    /// With the metric's first number as the figure.
    pub(super) fn tell(&self, definition: &Definition, window: Window) -> Told {
        let wave = self.wave(window);
        let outcome = self.waves.iter().find(|(other, _)| Some(other.id) == wave).map(|(_, outcome)| outcome);
        let (figure, further, parts) = match outcome.map(|outcome| &outcome.scores) {
            Some(Scores::Nps(Nps { figure, counts, .. })) => {
                let counts = counts.map(|counts| {
                    [(Part::Promoters, counts.promoters), (Part::Passives, counts.passives), (Part::Detractors, counts.detractors)]
                });
                (figure.clone(), Vec::new(), counts.into_iter().flatten().map(|(part, number)| (part, number.into())).collect())
            }
            Some(Scores::Satisfaction(satisfaction)) => {
                let Satisfaction { top_box, mean, mean_pct } = (**satisfaction).clone();
                (top_box, vec![(Statistic::Mean, mean), (Statistic::MeanPct, mean_pct)], Vec::new())
            }
            None => {
                let reason = if self.question.is_some() { Reason::NoWave } else { Reason::NoQuestions };
                let none = Figure::missing(Status::NoData, reason);
                let further = definition.further.iter().map(|measured| (measured.statistic, none.clone())).collect();
                (none, further, Vec::new())
            }
        };
        Told { figure, further, parts, possible: None }
    }

    /// One of its numbers.
    pub(super) fn figure(&self, metric: MetricKey, statistic: Statistic, window: Window) -> Figure {
        let Told { figure, further, .. } = self.tell(metric.definition(), window);
        further.into_iter().find(|(other, _)| *other == statistic).map_or(figure, |(_, figure)| figure)
    }
}

/// How people can be told apart on a day: by layer, by organisation, and by each property.
fn divisions(people: &People, day: NaiveDate, person: impl Fn(u32) -> u32) -> Vec<Vec<RoaringBitmap>> {
    let holders = |holdings: &Vec<Holding>| {
        holdings.iter().filter(|holding| holding.is_on(day)).map(|holding| person(holding.member)).collect::<RoaringBitmap>()
    };
    let of = |values: &BTreeMap<String, Vec<Holding>>| values.values().map(holders).collect::<Vec<_>>();
    [&people.layers, &people.organisations].into_iter().chain(people.properties.values()).map(of).collect()
}

/// Where a segment stands among them; in no group where nobody has ever held it.
fn place(people: &People, holders: &Holders) -> (usize, Option<usize>) {
    let at = |values: &BTreeMap<String, Vec<Holding>>, key: &str| values.keys().position(|other| other == key);
    match holders {
        Holders::Layer(id) => (LAYERS, at(&people.layers, &id.to_string())),
        Holders::Organisation(name) => (LAYERS + 1, at(&people.organisations, name)),
        Holders::Property { name, value } => {
            let division = people.properties.keys().position(|other| other == name).unwrap_or(people.properties.len());
            (LAYERS + 2 + division, people.properties.get(name).and_then(|values| at(values, value)))
        }
    }
}
