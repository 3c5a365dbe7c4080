//! The metrics of what is done: who is active, and how much of what is there.

use super::community::Community;
use super::deed::{Choice, Record};
use super::evaluation::{Evaluation, Part, whole};
use super::figure::Figure;
use super::window::Window;
use crate::activity_class::{Class, Knowledge};

impl Community<'_> {
    /// `active_members`: |A|, across platforms and after merges.
    pub fn active_members(&self, window: Window, choice: &Choice) -> Evaluation {
        Figure::count(whole(self.active(window, choice).len())).into()
    }

    /// `active_rate`: 100·|A ∩ T| / |T|.
    pub fn active_rate(&self, window: Window, choice: &Choice) -> Evaluation {
        let members = self.population.members_at_end(window);
        let active = self.active(window, choice).intersection_len(&members);
        Figure::rate(whole(active), whole(members.len())).into()
    }

    /// `engagement_rate`: 100·|C ∩ T| / |T|, C being those active in the class contribution or a higher one.
    pub fn engagement_rate(&self, window: Window, choice: &Choice) -> Evaluation {
        self.active_rate(window, &choice.at_least(Class::Contribution))
    }

    /// `community_discussions`, `contributed_content` and `external_mentions`: how often what is chosen was done.
    pub fn done(&self, window: Window, choice: &Choice) -> Evaluation {
        Figure::count(self.deeds(window, choice)).into()
    }

    /// `knowledge_velocity`: what was done with knowledge, and how much of it created, shared and consumed it.
    pub fn knowledge_velocity(&self, window: Window, choice: &Choice) -> Evaluation {
        let (mut created, mut shared, mut consumed) = (0, 0, 0);
        self.each(window, choice, |deeds, sieve| match self.record.activity(deeds).and_then(|activity| activity.knowledge) {
            Some(Knowledge::Created) => created += self.times(deeds, sieve),
            Some(Knowledge::Shared) => shared += self.times(deeds, sieve),
            Some(Knowledge::Consumed) => consumed += self.times(deeds, sieve),
            None => {}
        });
        Evaluation {
            figure: Figure::count(whole(created + shared + consumed)),
            parts: vec![(Part::Created, whole(created)), (Part::Shared, whole(shared)), (Part::Consumed, whole(consumed))],
        }
    }

    /// `support_share`: 100·(deeds that carry a tag) / (all deeds). The tagged are some of this community's record.
    pub fn support_share(&self, tagged: &Record, window: Window, choice: &Choice) -> Evaluation {
        let tagged = Community { record: tagged, ..*self };
        Figure::rate(tagged.deeds(window, choice), self.deeds(window, choice)).into()
    }
}

/// `published_resources`: pieces published up to now that are not retracted; `retracted` of all that were `published`.
pub fn published_resources(published: u64, retracted: u64) -> Evaluation {
    Evaluation {
        figure: Figure::count(whole(published.saturating_sub(retracted))),
        parts: vec![(Part::Published, whole(published)), (Part::Retracted, whole(retracted))],
    }
}
