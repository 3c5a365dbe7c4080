//! What members ask, and how long they wait for an answer.

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use waymark_domain::number::Quantity;

use super::activity::at;
use super::{CORE, MONTHS, Story};

/// Minutes until a first answer, in the middle.
const WAITING: [u32; MONTHS] = [95, 100, 115, 130, 165, 230, 390, 410];
/// Of a hundred questions, how many are ever answered.
const ANSWERED: [u32; MONTHS] = [98, 98, 97, 96, 95, 93, 90, 89];

impl Story {
    pub(super) fn tell_questions(&mut self) {
        for month in 0..MONTHS {
            let members: Vec<usize> = self.present(month).into_iter().filter(|person| *person >= CORE.len()).collect();
            // Three questions of ten members.
            for number in 0..members.len() * 3 / 10 {
                let asking = members.get((number * 7 + month * 3) % members.len()).copied().unwrap_or(CORE.len());
                let joined = self.people.get(asking).map_or((0, 0), |person| person.joined);
                let first = if joined.0 == month { joined.1 + 1 } else { 0 };
                let asked = self.instant(month, first..=21);
                self.tell_question(asking, month, asked);
            }
        }
    }

    fn tell_question(&mut self, asking: usize, month: usize, asked: DateTime<Utc>) {
        let question = self.tell(asking, "question_opened", asked, |_| ());
        if !self.chance(at(&ANSWERED, month)) {
            return;
        }
        let percent = self.dice.random_range(30..=170_u32);
        let waited = TimeDelta::minutes(i64::from(at(&WAITING, month) * percent / 100));
        // Four of the core answer three of four questions.
        let helping = if self.chance(75) { self.dice.random_range(0..4) } else { self.dice.random_range(4..CORE.len()) };
        let answered = asked + waited;
        let answer = self.tell(helping, "answer", answered, |event| event.parent = Some(question.clone()));
        if self.chance(65) {
            let accepted = answered + TimeDelta::minutes(40);
            self.tell(asking, "answer_accepted", accepted, |event| event.parent = Some(answer.clone()));
            self.tell(asking, "question_resolved", accepted + TimeDelta::minutes(1), |event| event.parent = Some(question));
        }
        if self.chance(60) {
            let is_late = waited > TimeDelta::hours(5);
            let is_content = self.chance(if is_late { 70 } else { 96 });
            let rating = if is_content { self.dice.random_range(8..=10) } else { self.dice.random_range(3..=7_u32) };
            self.tell(asking, "support_rated", answered + TimeDelta::minutes(55), |event| {
                event.parent = Some(answer);
                event.value = Some(Quantity::from(rating));
            });
        }
    }
}
