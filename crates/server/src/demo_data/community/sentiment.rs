//! What members say when they are asked: three waves of a survey, each a little less content.

use chrono::{Days, NaiveDate, NaiveTime};
use rand::Rng;
use waymark_application::{App, Submission};
use waymark_domain::actor::Actor;
use waymark_domain::question::{Question, QuestionDraft, QuestionKind};
use waymark_domain::response::{RespondentDraft, ResponseDraft};
use waymark_domain::survey::{Survey, SurveyDraft, SurveyStatus};
use waymark_domain::wave::{Wave, WaveDraft};

use super::{SURVEY, Story};
use crate::failure::Failure;

const QUESTIONS: [(&str, &str, QuestionKind); 2] = [
    ("recommend", "How likely are you to recommend this community to a colleague?", QuestionKind::Nps),
    ("satisfied", "How satisfied are you with the help you get here?", QuestionKind::Satisfaction),
];
/// The months in which the survey is put, and of a hundred who answer, how many are delighted and how many are not content.
const WAVES: [(usize, u32, u32); 3] = [(2, 60, 12), (4, 53, 17), (6, 42, 24)];
/// How many days a wave lasts.
const DAYS: u64 = 14;

pub(super) async fn load(app: &App, actor: &Actor, story: &mut Story) -> Result<(), Failure> {
    let (key, title) = (SURVEY.to_owned(), "Community pulse".to_owned());
    app.create::<Survey>(actor, SurveyDraft { key, title, status: SurveyStatus::Open, external_id: None }).await?;
    for (key, text, kind) in QUESTIONS {
        let (survey, key, text) = (SURVEY.to_owned(), key.to_owned(), text.to_owned());
        let draft = QuestionDraft { survey, key, text, kind, lowest: None, highest: None, external_id: None };
        app.create::<Question>(actor, draft).await?;
    }
    for (month, delighted, discontent) in WAVES {
        let members = story.present(month);
        let start = story.months.get(month).copied().unwrap_or_default() + Days::new(9);
        let wave = start.format("%Y-%m").to_string();
        let draft = WaveDraft {
            survey: SURVEY.to_owned(),
            key: wave.clone(),
            start,
            end: start + Days::new(DAYS - 1),
            population: i64::try_from(members.len()).ok(),
            external_id: None,
        };
        app.create::<Wave>(actor, draft).await?;
        let mut responses = Vec::new();
        for person in members {
            // Somewhat more than a half of them answer.
            if story.chance(56) {
                responses.extend(story.answers(person, &wave, start, (delighted, discontent)).map(Ok));
            }
        }
        app.submit_responses(actor, Submission { responses, atomic: true }).await?;
    }
    Ok(())
}

impl Story {
    /// What somebody answers to both questions, in one mood.
    fn answers(
        &mut self,
        person: usize,
        wave: &str,
        start: NaiveDate,
        (delighted, discontent): (u32, u32),
    ) -> [ResponseDraft; QUESTIONS.len()] {
        let value = match self.dice.random_range(0..100) {
            mood if mood < delighted => self.dice.random_range(9..=10_u32),
            mood if mood < delighted + discontent => self.dice.random_range(3..=6),
            _ => self.dice.random_range(7..=8),
        };
        let submitted_at = (start + Days::new(self.dice.random_range(0..DAYS))).and_time(NaiveTime::MIN).and_utc();
        let name = self.people.get(person).map(|person| person.name.clone()).unwrap_or_default();
        let member =
            RespondentDraft { id: None, platform: Some("forum".to_owned()), kind: Some("username".to_owned()), value: Some(name.clone()) };
        QUESTIONS.map(|(question, _, _)| ResponseDraft {
            survey: SURVEY.to_owned(),
            wave: wave.to_owned(),
            question: question.to_owned(),
            value: value.into(),
            member: Some(member.clone()),
            submitted_at,
            source_id: format!("{wave}-{name}-{question}"),
        })
    }
}
