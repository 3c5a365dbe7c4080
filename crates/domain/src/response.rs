//! Responses: answers to the questions of surveys, each under its source's own id.

use chrono::{DateTime, Datelike, SubsecRound, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::event::{AHEAD, FIRST_YEAR};
use crate::id::{Id, Named};
use crate::identity::{Account, parsed_type};
use crate::member::Member;
use crate::number::Quantity;
use crate::question::Question;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::survey::Survey;
use crate::text;
use crate::wave::Wave;

/// Most responses of one batch.
pub const BATCH_COUNT: usize = 5_000;

/// An answer to one question in one wave, as it was said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub id: Id<Response>,
    pub said: Said,
    /// 1 when it was first sent, one more whenever it was sent with other content.
    pub revision: u32,
    /// When this content was first sent.
    pub recorded_at: DateTime<Utc>,
    /// Who sent it: the name of the token, which is nobody who answered.
    pub author: String,
}

/// What an answer says: the same again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub survey: Id<Survey>,
    pub wave: Id<Wave>,
    pub question: Id<Question>,
    /// The number of the member who answered; none of an anonymous answer.
    pub member: Option<u32>,
    /// A point of the question's scale.
    pub value: u8,
    pub submitted_at: DateTime<Utc>,
    /// The source's own id of it, unique in the survey.
    pub source_id: String,
}

impl Named for Response {
    const PREFIX: &'static str = "rsp";
    const WORD: &'static str = "response";
}

impl Response {
    /// The id of what a source calls by this id: always the same, so that nothing is taken in twice.
    pub fn id_of(survey: Id<Survey>, source_id: &str) -> Id<Self> {
        let digest = Sha256::new().chain_update(survey.uuid().as_bytes()).chain_update(source_id.as_bytes()).finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
        Id::from_uuid(Uuid::new_v8(bytes))
    }

    /// The answer as it is said now; `before` is what was said until then.
    pub fn said(before: Option<&Self>, said: Said, recorded_at: DateTime<Utc>, author: String) -> Self {
        let revision = before.map_or(1, |before| before.revision.saturating_add(1));
        Self { id: Self::id_of(said.survey, &said.source_id), said, revision, recorded_at, author }
    }
}

/// An answer as it arrives; surveys are named by id or key, questions and waves by id, or by key within the survey.
#[derive(Clone, Debug)]
pub struct ResponseDraft {
    pub survey: String,
    pub wave: String,
    pub question: String,
    pub value: Quantity,
    pub member: Option<RespondentDraft>,
    pub submitted_at: DateTime<Utc>,
    pub source_id: String,
}

/// Who answered: a member's id, or an account of theirs.
#[derive(Clone, Debug, Default)]
pub struct RespondentDraft {
    pub id: Option<String>,
    /// The key of the platform that knows the account.
    pub platform: Option<String>,
    /// `username`, `email`, `user_id` or `name`.
    pub kind: Option<String>,
    pub value: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Respondent {
    Member(Id<Member>),
    /// With the key of its platform.
    Account(String, Account),
}

/// What a response names, where it is there.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub survey: Option<&'a Survey>,
    pub wave: Option<&'a Wave>,
    pub question: Option<&'a Question>,
}

impl ResponseDraft {
    /// What it says, as yet without the member, and who says it; everything that is wrong with it at once.
    pub fn check(&self, asked: Asked<'_>, now: DateTime<Utc>) -> Result<(Said, Option<Respondent>), Rejection> {
        let mut check = Check::new();
        let found = asked.survey.ok_or_else(|| missing(Survey::WORD, &self.survey, "this workspace"));
        let survey = check.field("survey", found.and_then(|survey| survey.take_answers().map(|()| survey)));
        // Without a survey nobody knows which question or wave is meant.
        let (mut question, mut wave) = (None, None);
        if survey.is_some() {
            question = check.field("question", asked.question.ok_or_else(|| missing(Question::WORD, &self.question, "the survey")));
            wave = check.field("wave", asked.wave.ok_or_else(|| missing(Wave::WORD, &self.wave, "the survey")));
        }
        let value = question.and_then(|question| check.field("value", question.scale.point(self.value)));
        let by = check.part(self.member.as_ref().map(RespondentDraft::check).transpose());
        let submitted_at = check.field("submittedAt", possible(self.submitted_at, now));
        let source_id = check.field("sourceId", text::label(&self.source_id));
        let named = survey.zip(question).zip(wave).zip(value);
        let built =
            named.zip(by).zip(submitted_at).zip(source_id).map(|((((((survey, question), wave), value), by), submitted_at), source_id)| {
                let said = Said { survey: survey.id, wave: wave.id, question: question.id, member: None, value, submitted_at, source_id };
                (said, by)
            });
        check.finish(built)
    }
}

impl RespondentDraft {
    fn check(&self) -> Result<Respondent, Rejection> {
        let mut check = Check::new();
        let Self { id, platform, kind, value } = self;
        if let Some(id) = id {
            for (field, is_there) in [("platform", platform.is_some()), ("type", kind.is_some()), ("value", value.is_some())] {
                if is_there {
                    check.refuse(
                        &format!("member.{field}"),
                        Code::NotApplicable,
                        "a member who is named by id needs no account: leave it out",
                    );
                }
            }
            let member = check.field("member.id", id.parse().map(Respondent::Member));
            return check.finish(member);
        }
        let required =
            || Violation::new(Code::Required, "give the `platform`, `type` and `value` of an account, or the `id` of the member");
        let platform = check.field("member.platform", platform.as_deref().ok_or_else(required).and_then(text::key));
        let kind = check.field("member.type", kind.as_deref().ok_or_else(required).and_then(|kind| parsed_type(&kind.to_lowercase())));
        let value = check.field("member.value", value.as_deref().ok_or_else(required).and_then(text::label));
        check.finish(platform.zip(kind).zip(value).map(|((platform, kind), value)| Respondent::Account(platform, Account { kind, value })))
    }
}

fn missing(word: &str, named: &str, within: &str) -> Violation {
    Violation::new(Code::NotFound, format!("there is no {word} `{named}` in {within}"))
}

/// An instant at which somebody can have answered, to the microsecond, as databases keep it.
fn possible(submitted_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Violation> {
    if submitted_at.year() < FIRST_YEAR {
        return Err(Violation::new(Code::OutOfRange, format!("answers lie in {FIRST_YEAR} or later")));
    }
    if submitted_at > now + AHEAD {
        return Err(Violation::new(Code::OutOfRange, "an answer lies at most 24 hours ahead of the server's clock"));
    }
    Ok(submitted_at.trunc_subsecs(6))
}

/// Which responses a list holds: all conditions together.
#[derive(Clone, Copy, Debug)]
pub struct ResponseFilter {
    pub survey: Id<Survey>,
    pub question: Option<Id<Question>>,
    pub wave: Option<Id<Wave>>,
}

/// What responses are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ResponseSort {
    #[default]
    SubmittedAt,
}

#[cfg(test)]
mod tests;
