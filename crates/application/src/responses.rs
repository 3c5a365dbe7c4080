//! Answers to surveys: sent in batches, and read one by one by those alone who may.

mod batch;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::id::Id;
use waymark_domain::member::Member;
use waymark_domain::page::{Page, Slice, Sort};
use waymark_domain::rejection::{Check, Code, Rejection, Violation};
use waymark_domain::response::{BATCH_COUNT, Response, ResponseDraft, ResponseFilter, ResponseSort};
use waymark_domain::{DateTime, Utc};

use crate::app::{App, accepted, require};
use crate::error::Result;
use crate::items::Item;
use crate::naming::{self, Names};
use batch::Batch;

/// Answers to take in, in the order in which they are sent: one that cannot be read is there with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    pub responses: Vec<std::result::Result<ResponseDraft, Rejection>>,
    /// Take in all of them or none.
    pub atomic: bool,
}

/// Which answers to list.
#[derive(Clone, Debug)]
pub struct ResponseQuery {
    /// Id or key.
    pub survey: String,
    /// Id, or key within the survey.
    pub question: Option<String>,
    /// Id, or key within the survey.
    pub wave: Option<String>,
    /// As it was known at this instant, or now.
    pub as_of: Option<DateTime<Utc>>,
}

/// An answer, with the id of the member who gave it.
#[derive(Clone, Debug)]
pub struct SignedResponse {
    pub response: Response,
    pub member: Option<Id<Member>>,
}

impl App {
    /// Takes in a batch, and tells of each answer what became of it, in the order in which they were sent. One that is
    /// refused does not keep out the others, unless the batch is atomic.
    pub async fn submit_responses(&self, actor: &Actor, submission: Submission) -> Result<Vec<Item<Response>>> {
        require(actor, Permission::Ingest)?;
        if submission.responses.len() > BATCH_COUNT {
            let detail = format!("a batch has at most {BATCH_COUNT} responses: send them in several");
            return Err(Violation::new(Code::TooMany, detail).into());
        }
        let submission = Arc::new(submission);
        self.write(actor, move |tx| {
            let submission = submission.clone();
            Box::pin(async move { Batch::begin(tx, &submission).await?.take_in().await })
        })
        .await
    }

    pub async fn responses(
        &self,
        actor: &Actor,
        query: ResponseQuery,
        sort: Sort<ResponseSort>,
        page: Page,
    ) -> Result<Slice<SignedResponse>> {
        require(actor, Permission::ReadAnswers)?;
        let app = self.at(query.as_of);
        let names = Names { store: &app.store, scope: actor.scope };
        let survey = names.survey(&query.survey).await?;
        let mut check = Check::new();
        let question =
            naming::optional(&mut check, "question", query.question.as_deref(), async |named| names.question_of(&survey, named).await);
        let question = question.await?.map(|question| question.id);
        let wave = naming::optional(&mut check, "wave", query.wave.as_deref(), async |named| names.wave_of(&survey, named).await).await?;
        accepted(check, Some(()))?;
        let filter = ResponseFilter { survey: survey.id, question, wave: wave.map(|wave| wave.id) };
        let slice = app.store.responses(actor.scope, &filter, sort, &page).await?;
        let numbers: BTreeSet<u32> = slice.items.iter().filter_map(|placed| placed.item.said.member).collect();
        // Members have always had the numbers they have now.
        let numbers: Vec<u32> = numbers.into_iter().collect();
        let ids: HashMap<u32, Id<Member>> = self.store.at(None).members_numbered(actor.scope, &numbers).await?;
        Ok(slice.map(|response| {
            let member = response.said.member.and_then(|number| ids.get(&number).copied());
            SignedResponse { response, member }
        }))
    }
}
