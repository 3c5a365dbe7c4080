use chrono::TimeDelta;

use super::*;
use crate::identity::IdentityType;
use crate::question::{QuestionDraft, QuestionKind};
use crate::stamp::Stamp;
use crate::survey::{SurveyDraft, SurveyStatus};
use crate::wave::WaveDraft;

const NOW: DateTime<Utc> = DateTime::from_timestamp(1_485_388_800, 0).unwrap();

fn id<T: Named>(number: u128) -> Id<T> {
    Id::from_uuid(Uuid::from_u128(number))
}

struct World {
    survey: Survey,
    question: Question,
    wave: Wave,
}

impl World {
    fn new() -> Self {
        let stamp = Stamp::first(NOW);
        let (key, day) = (|key: &str| key.to_owned(), NOW.date_naive());
        let survey = SurveyDraft { key: key("reps"), title: key("Reps"), status: SurveyStatus::Open, external_id: None };
        let (lowest, highest, kind) = (None, None, QuestionKind::Satisfaction);
        let question = QuestionDraft { survey: key("reps"), key: key("happy"), text: key("?"), kind, lowest, highest, external_id: None };
        let wave = WaveDraft { survey: key("reps"), key: key("1"), start: day, end: day, population: None, external_id: None };
        Self {
            survey: Survey::new(id(1), stamp, survey).unwrap(),
            question: Question::new(id(2), stamp, question, id(1)).unwrap(),
            wave: Wave::new(id(3), stamp, wave, id(1)).unwrap(),
        }
    }

    fn check(&self, draft: &ResponseDraft) -> Result<(Said, Option<Respondent>), Rejection> {
        draft.check(Asked { survey: Some(&self.survey), wave: Some(&self.wave), question: Some(&self.question) }, NOW)
    }
}

fn draft(value: &str) -> ResponseDraft {
    let name = |name: &str| name.to_owned();
    let (survey, wave, question, source_id) = (name("reps"), name("1"), name("happy"), name("r-1"));
    ResponseDraft { survey, wave, question, value: value.parse().unwrap(), member: None, submitted_at: NOW, source_id }
}

fn refused<T: std::fmt::Debug>(checked: Result<T, Rejection>) -> Vec<(String, Code)> {
    checked.unwrap_err().into_violations().into_iter().map(|violation| (violation.field, violation.code)).collect()
}

#[test]
fn nought_is_refused_on_a_scale_from_one_to_ten_with_all_else_that_is_wrong() {
    let wrong = ResponseDraft { submitted_at: NOW + TimeDelta::days(2), source_id: " ".to_owned(), ..draft("0") };

    let refused = refused(World::new().check(&wrong));

    let expected = [("value", Code::OutOfRange), ("submittedAt", Code::OutOfRange), ("sourceId", Code::Required)];
    assert_eq!(refused, expected.map(|(field, code)| (field.to_owned(), code)));
}

#[test]
fn of_an_unknown_survey_no_question_is_missed() {
    let nowhere = Asked { survey: None, wave: None, question: None };

    assert_eq!(refused(draft("5").check(nowhere, NOW)), [("survey".to_owned(), Code::NotFound)]);
}

#[test]
fn an_account_needs_its_platform_and_a_member_needs_no_account() {
    let by = |member: RespondentDraft| World::new().check(&ResponseDraft { member: Some(member), ..draft("5") });
    let (kind, value) = (Some("username".to_owned()), Some(" ada ".to_owned()));
    let account = RespondentDraft { kind, value, ..RespondentDraft::default() };

    assert_eq!(refused(by(account.clone())), [("member.platform".to_owned(), Code::Required)]);
    let named = RespondentDraft { id: Some(id::<Member>(7).to_string()), ..account.clone() };
    assert_eq!(refused(by(named)).len(), 2);
    let known = by(RespondentDraft { platform: Some("forum".to_owned()), ..account }).unwrap().1;
    let ada = Account { kind: IdentityType::Username, value: "ada".to_owned() };
    assert_eq!(known, Some(Respondent::Account("forum".to_owned(), ada)));
}

#[test]
fn an_instant_is_kept_to_the_microsecond_so_that_sending_it_again_changes_nothing() {
    let precise = ResponseDraft { submitted_at: NOW + TimeDelta::nanoseconds(1_999), ..draft("5") };

    assert_eq!(World::new().check(&precise).unwrap().0.submitted_at, NOW + TimeDelta::microseconds(1));
}

#[test]
fn the_same_source_id_in_another_survey_is_another_answer() {
    assert_eq!(Response::id_of(id(1), "r-1"), Response::id_of(id(1), "r-1"));
    assert_ne!(Response::id_of(id(1), "r-1"), Response::id_of(id(2), "r-1"));
}
