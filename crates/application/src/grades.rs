//! Grades: the final judgement of a person, starting from the score.

use waymark_domain::actor::Actor;
use waymark_domain::authorization::Permission;
use waymark_domain::check_in::Provenance;
use waymark_domain::grade::Grade;
use waymark_domain::key_result::KeyResult;
use waymark_domain::number::Quantity;
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::scoring::score::{self, Facts};
use waymark_persistence::Transaction;

use crate::app::{App, accepted, require, today};
use crate::error::Result;
use crate::key_result_writing::home;
use crate::known::Known;
use crate::writing::{Shared, seen};

impl App {
    /// Grades a key result, or takes its grade back. A grade that differs from the score needs a reason.
    pub async fn grade_key_result(
        &self,
        actor: &Actor,
        named: String,
        version: Option<u32>,
        grade: Option<Quantity>,
        reason: Option<String>,
    ) -> Result<KeyResult> {
        require(actor, Permission::EditOkrs)?;
        self.write(actor, move |tx| {
            let (named, reason) = (named.clone(), reason.clone());
            Box::pin(async move {
                let key_result = seen(version, KeyResult::find(tx, tx.scope(), &named).await?)?;
                home(tx, &key_result).await?.1.take_changes()?;
                let grade = match (grade, &reason) {
                    (Some(value), _) => Some(checked(tx, &key_result, value, reason).await?),
                    (None, Some(_)) => {
                        return Err(Violation::new(Code::NotApplicable, "a grade that is taken back has no reason").at("reason").into());
                    }
                    (None, None) => None,
                };
                let graded = KeyResult { grade, stamp: key_result.stamp.next(tx.now()), ..key_result };
                tx.replace_key_result(&graded).await?;
                Ok(graded)
            })
        })
        .await
    }
}

async fn checked(tx: &Transaction, key_result: &KeyResult, value: Quantity, reason: Option<String>) -> Result<Grade> {
    let today = today(tx).await?;
    let known = Known::of(tx, tx.scope(), std::slice::from_ref(key_result)).await?;
    let (check_ins, steps, guarded) = (known.check_ins(key_result.id), known.steps(key_result.id), known.guarded(key_result.id));
    let score = score::of(&Facts { key_result, check_ins, steps, guarded }, today.date, today.week_start);
    let mut check = Check::new();
    let grade = check.part(Grade::new(value, reason, score.value, Provenance::Entered, tx.now()));
    accepted(check, grade)
}
