use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::*;
use crate::id::Named;
use crate::question::QuestionDraft;
use crate::stamp::Stamp;
use crate::survey::Survey;
use crate::wave::WaveDraft;

const NOW: DateTime<Utc> = DateTime::from_timestamp(1_485_388_800, 0).unwrap();

fn id<T: Named>(number: u128) -> Id<T> {
    Id::from_uuid(Uuid::from_u128(number))
}

fn question(kind: QuestionKind) -> Question {
    let (survey, key, text) = ("s".to_owned(), "q".to_owned(), "?".to_owned());
    let draft = QuestionDraft { survey, key, text, kind, lowest: None, highest: None, external_id: None };
    Question::new(id(2), Stamp::first(NOW), draft, id(1)).unwrap()
}

fn wave(number: u128, population: Option<i64>) -> Wave {
    let (survey, key, day) = ("s".to_owned(), number.to_string(), NOW.date_naive());
    let draft = WaveDraft { survey, key, start: day, end: day, population, external_id: None };
    Wave::new(id(number), Stamp::first(NOW), draft, id(1)).unwrap()
}

/// As many answers in a wave as there are numbers, each of another member.
fn said(in_wave: u128, values: &[u8]) -> Vec<Said> {
    let answer = |(member, value): (u32, &u8)| Said {
        survey: id::<Survey>(1),
        wave: id(in_wave),
        question: id(2),
        member: Some(member),
        value: *value,
        submitted_at: NOW,
        source_id: format!("{in_wave}-{member}"),
    };
    (1..).zip(values).map(answer).collect()
}

fn results(kind: QuestionKind, waves: Vec<Wave>, said: &[Vec<Said>]) -> QuestionResults {
    of(question(kind), waves, &said.concat(), &BTreeMap::new(), false).unwrap()
}

fn standing_of(outcome: &Outcome) -> (Status, Option<Reason>, Option<u32>) {
    (outcome.status, outcome.reason, outcome.answers)
}

const FEW: (Status, Option<Reason>, Option<u32>) = (Status::Suppressed, Some(Reason::FewAnswers), None);

#[test]
fn a_wave_with_many_answers_stays_when_the_next_has_begun_and_the_total_is_withheld() {
    let results = results(QuestionKind::Nps, vec![wave(10, None), wave(11, None)], &[said(10, &[9; 40]), said(11, &[3; 4])]);

    let shown: Vec<_> = results.waves.iter().map(|(_, outcome)| standing_of(outcome)).collect();
    assert_eq!(shown, [(Status::Ok, None, Some(40)), FEW]);
    assert_eq!(standing_of(&results.total), (Status::Suppressed, Some(Reason::Sibling), None));
}

#[test]
fn a_total_over_hidden_waves_is_shown_where_it_tells_of_none_of_them() {
    let results = results(QuestionKind::Nps, vec![wave(10, None), wave(11, None)], &[said(10, &[9; 4]), said(11, &[3; 4])]);

    assert_eq!(results.waves.iter().map(|(_, outcome)| standing_of(outcome)).collect::<Vec<_>>(), [FEW, FEW]);
    assert_eq!(standing_of(&results.total), (Status::LowN, Some(Reason::FewAnswers), Some(8)));
    let Scores::Nps(nps) = results.total.scores else { panic!("an NPS") };
    assert_eq!(nps.counts, Some(Counts { promoters: 4, passives: 0, detractors: 4 }));
}

#[test]
fn how_many_have_answered_is_told_of_a_wave_that_is_shown_alone() {
    let rate = |population, answers: usize| {
        let results = results(QuestionKind::Nps, vec![wave(10, population)], &[said(10, &vec![9; answers])]);
        results.waves[0].1.response_rate.as_ref().and_then(|rate| rate.value)
    };

    assert_eq!(rate(Some(80), 40), Some(50.into()));
    assert_eq!(rate(Some(80), 4), None);
    assert_eq!(rate(None, 40), None);
}

#[test]
fn merged_members_have_one_answer_in_a_wave() {
    let mut twice = said(10, &[9, 9, 9, 9, 9, 3]);
    twice[5].submitted_at = NOW + chrono::TimeDelta::minutes(1);

    let merged = of(question(QuestionKind::Nps), vec![wave(10, None)], &twice, &BTreeMap::from([(6, 1)]), false).unwrap();

    let Scores::Nps(nps) = &merged.waves[0].1.scores else { panic!("an NPS") };
    assert_eq!(nps.counts, Some(Counts { promoters: 4, passives: 0, detractors: 1 }));
}

#[test]
fn other_kinds_have_a_top_box_and_means() {
    let results = results(QuestionKind::Belonging, vec![wave(10, None)], &[said(10, &[10, 9, 8, 7, 6])]);

    let Scores::Satisfaction(scores) = &results.waves[0].1.scores else { panic!("no NPS") };
    assert_eq!((scores.top_box.value, scores.mean.value), (Some(60.into()), Some(8.into())));
}
