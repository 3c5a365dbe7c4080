//! One batch, in one transaction, with as many statements as it takes for its rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use waymark_domain::id::{Id, Named};
use waymark_domain::member::Member;
use waymark_domain::member::MemberKind;
use waymark_domain::platform::Platform;
use waymark_domain::question::Question;
use waymark_domain::rejection::{Code, Rejection, Violation};
use waymark_domain::response::{Asked, Respondent, Response, ResponseDraft, Said};
use waymark_domain::survey::Survey;
use waymark_domain::wave::Wave;
use waymark_persistence::{AccountKey, KnownMember, Transaction};

use super::Submission;
use crate::arrivals::{self, Newcomer};
use crate::erased::{self, Name};
use crate::error::Result;
use crate::ingest::Outcome;
use crate::items::{Item, Items};
use crate::naming;

/// A batch that is being taken in.
pub(super) struct Batch<'a> {
    tx: &'a Transaction,
    /// What is right, with its place in the batch.
    answers: Vec<(usize, Said, Option<Respondent>)>,
    /// By place; what is right is not known to be new yet.
    items: Items<Response>,
    /// The members who are named by id.
    members: HashMap<Id<Member>, u32>,
}

/// The surveys that the batch names, with all they ask.
struct Surveys {
    by_name: HashMap<String, Survey>,
    questions: HashMap<(Id<Survey>, String), Question>,
    waves: HashMap<(Id<Survey>, String), Wave>,
}

/// The people whose accounts the batch names.
struct Accounts {
    platforms: HashMap<String, Id<Platform>>,
    members: HashMap<AccountKey, KnownMember>,
}

impl<'a> Batch<'a> {
    /// Looks at every answer, and refuses what is wrong with it by itself.
    pub(super) async fn begin(tx: &'a Transaction, submission: &Submission) -> Result<Self> {
        tx.take_turn().await?;
        let surveys = Surveys::named_in(tx, submission).await?;
        let mut batch = Self { tx, answers: Vec::new(), items: Items::new(submission.responses.len()), members: HashMap::new() };
        for (place, response) in submission.responses.iter().enumerate() {
            let checked = response.as_ref().map_err(Rejection::clone).and_then(|draft| draft.check(surveys.asked(draft), tx.now()));
            match checked {
                Ok((said, by)) => batch.answers.push((place, said, by)),
                Err(rejection) => batch.items.refuse(place, rejection),
            }
        }
        batch.find_members().await?;
        batch.refuse_erased().await?;
        if submission.atomic {
            batch.items.refuse_all()?;
        }
        Ok(batch)
    }

    /// Finds the members who are named by id, and refuses answers of those who are not there.
    async fn find_members(&mut self) -> Result<()> {
        let named = |by: &Option<Respondent>| if let Some(Respondent::Member(id)) = by { Some(*id) } else { None };
        let ids: BTreeSet<Id<Member>> = self.answers.iter().filter_map(|(_, _, by)| named(by)).collect();
        let ids: Vec<Id<Member>> = ids.into_iter().collect();
        self.members = self.tx.member_numbers(self.tx.scope(), &ids).await?;
        let is_known = |by: &Option<Respondent>| named(by).is_none_or(|id| self.members.contains_key(&id));
        let (answers, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut self.answers).into_iter().partition(|(_, _, by)| is_known(by));
        self.answers = answers;
        for (place, _, by) in unknown {
            let id = named(&by).map(|id| id.to_string()).unwrap_or_default();
            let detail = format!("there is no {} `{id}` in this workspace", Member::WORD);
            self.items.refuse(place, Violation::new(Code::NotFound, detail).at("member.id").into());
        }
        Ok(())
    }

    async fn refuse_erased(&mut self) -> Result<()> {
        let named = self.answers.iter().filter_map(|(place, _, by)| match by {
            Some(Respondent::Account(platform, account)) => {
                Some((*place, Name::Account { platform, kind: account.kind, value: &account.value }))
            }
            Some(Respondent::Member(_)) | None => None,
        });
        let erased = erased::among(self.tx, named.collect()).await?;
        self.answers.retain(|(place, ..)| !erased.contains(place));
        erased.into_iter().for_each(|place| self.items.refuse(place, erased::refused().at("member").into()));
        Ok(())
    }

    pub(super) async fn take_in(mut self) -> Result<Vec<Item<Response>>> {
        let accounts = self.accounts().await?;
        let ids: BTreeSet<Id<Response>> = self.answers.iter().map(|(_, said, _)| Response::id_of(said.survey, &said.source_id)).collect();
        let ids: Vec<Id<Response>> = ids.into_iter().collect();
        let stored = self.tx.responses_by_id(self.tx.scope(), &ids).await?;
        let mut current: HashMap<Id<Response>, Response> = stored.into_iter().map(|response| (response.id, response)).collect();
        let mut changed = Vec::new();
        for (place, said, by) in std::mem::take(&mut self.answers) {
            let said = Said { member: self.number(by, &accounts), ..said };
            let before = current.get(&Response::id_of(said.survey, &said.source_id));
            let outcome = match before {
                Some(before) if before.said == said => {
                    self.items.settle(place, before.id, Outcome::Unchanged);
                    continue;
                }
                Some(_) => Outcome::Updated,
                None => Outcome::Created,
            };
            let response = Response::said(before, said, self.tx.now(), self.tx.actor().name.clone());
            self.items.settle(place, response.id, outcome);
            current.insert(response.id, response.clone());
            changed.push(response);
        }
        if !changed.is_empty() {
            self.tx.write_responses(&changed).await?;
            // Who answers joins nothing: nobody's membership changes.
            self.tx.raise_watermark(false).await?;
        }
        Ok(self.items.settled())
    }

    /// The members who have the accounts, made where nobody knew of them.
    async fn accounts(&self) -> Result<Accounts> {
        let named = || {
            self.answers.iter().filter_map(|(_, _, by)| {
                if let Some(Respondent::Account(platform, account)) = by { Some((platform, account)) } else { None }
            })
        };
        let keys: BTreeSet<&str> = named().map(|(platform, _)| platform.as_str()).collect();
        let platforms = arrivals::platforms(self.tx, &keys).await?;
        let mut accounts: BTreeMap<AccountKey, Newcomer<'_>> = BTreeMap::new();
        for (platform, account) in named() {
            if let Some(platform) = platforms.get(platform) {
                let newcomer = Newcomer { value: &account.value, kind: MemberKind::Community };
                accounts.entry((*platform, account.kind, account.folded())).or_insert(newcomer);
            }
        }
        let members = arrivals::members(self.tx, &accounts).await?;
        Ok(Accounts { platforms, members })
    }

    fn number(&self, by: Option<Respondent>, accounts: &Accounts) -> Option<u32> {
        match by? {
            Respondent::Member(id) => self.members.get(&id).copied(),
            Respondent::Account(platform, account) => {
                let platform = *accounts.platforms.get(&platform)?;
                accounts.members.get(&(platform, account.kind, account.folded())).map(|known| known.number)
            }
        }
    }
}

impl Surveys {
    async fn named_in(tx: &Transaction, submission: &Submission) -> Result<Self> {
        let drafts = submission.responses.iter().filter_map(|response| response.as_ref().ok());
        let named: BTreeSet<&String> = drafts.map(|draft| &draft.survey).collect();
        let named: Vec<String> = named.into_iter().cloned().collect();
        let (ids, keys) = naming::ids_and_keys::<Survey>(&named);
        let mut surveys = tx.surveys_by_id(tx.scope(), &ids).await?;
        surveys.extend(tx.surveys_by_key(tx.scope(), &keys).await?);
        let ids: Vec<Id<Survey>> = surveys.iter().map(|survey| survey.id).collect();
        let (mut questions, mut waves) = (HashMap::new(), HashMap::new());
        for question in tx.questions_of(tx.scope(), &ids).await? {
            questions.insert((question.survey, question.id.to_string()), question.clone());
            questions.insert((question.survey, question.key.clone()), question);
        }
        for wave in tx.waves_of(tx.scope(), &ids).await? {
            waves.insert((wave.survey, wave.id.to_string()), wave.clone());
            waves.insert((wave.survey, wave.key.clone()), wave);
        }
        let by_name = surveys.into_iter().flat_map(|survey| [(survey.id.to_string(), survey.clone()), (survey.key.clone(), survey)]);
        Ok(Self { by_name: by_name.collect(), questions, waves })
    }

    fn asked(&self, draft: &ResponseDraft) -> Asked<'_> {
        let survey = self.by_name.get(&draft.survey);
        let within = |named: &String| survey.map(|survey| (survey.id, named.clone()));
        Asked {
            survey,
            wave: within(&draft.wave).and_then(|name| self.waves.get(&name)),
            question: within(&draft.question).and_then(|name| self.questions.get(&name)),
        }
    }
}
