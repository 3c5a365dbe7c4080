//! Who stays: in what they do, as members, and by when they came.

use super::community::Community;
use super::deed::Choice;
use super::evaluation::{Evaluation, whole};
use super::figure::Figure;
use super::population::Population;
use super::window::Window;

impl Population {
    /// `retention` of membership: 100·|S ∩ T| / |S|. Who left and came back is there.
    pub fn membership_retention(&self, window: Window) -> Evaluation {
        let before = self.members_at_start(window);
        Figure::rate(whole(before.intersection_len(&self.members_at_end(window))), whole(before.len())).into()
    }
}

impl Community<'_> {
    /// `retention` of activity: 100·|A of the window before ∩ A| / |A of the window before|.
    pub fn activity_retention(&self, previous: Window, window: Window, choice: &Choice) -> Evaluation {
        let before = self.active(previous, choice);
        Figure::rate(whole(before.intersection_len(&self.active(window, choice))), whole(before.len())).into()
    }

    /// `retention` of a cohort: of those who joined for the first time in a window, the share that is active in each of some.
    pub fn cohort_retention(&self, joined: Window, windows: &[Window], choice: &Choice) -> Vec<Evaluation> {
        let cohort = self.population.newcomers(joined);
        let active = |window: &Window| whole(self.active(*window, choice).intersection_len(&cohort));
        windows.iter().map(|window| Figure::rate(active(window), whole(cohort.len())).into()).collect()
    }
}
