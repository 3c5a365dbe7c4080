//! Where the active come from, and who is active no more.

use chrono::NaiveDate;
use roaring::RoaringBitmap;

use super::community::Community;
use super::deed::Choice;
use super::evaluation::{Evaluation, Part, whole};
use super::figure::Figure;
use super::window::Window;

impl Community<'_> {
    /// `lifecycle` of windows that follow each other, the first of them after `previous`. Always: new + returning +
    /// resurrected = |A|. The record holds everything that was ever done.
    pub fn lifecycle(&self, previous: Window, windows: &[Window], choice: &Choice) -> Vec<Evaluation> {
        let mut earlier = self.active(Window { start: NaiveDate::MIN, end: previous.start }, choice);
        let mut before = self.active(previous, choice);
        let evaluate = |window: &Window| {
            let active = self.active(*window, choice);
            let evaluation = evaluation(&active, &before, &earlier);
            earlier |= std::mem::replace(&mut before, active);
            evaluation
        };
        windows.iter().map(evaluate).collect()
    }
}

/// Of those active in a window, in the one before it, and at any time before that.
fn evaluation(active: &RoaringBitmap, before: &RoaringBitmap, earlier: &RoaringBitmap) -> Evaluation {
    let returning = active.intersection_len(before);
    let again = active.intersection_len(earlier);
    let always = (active & before).intersection_len(earlier);
    let resurrected = again - always;
    let parts = vec![
        (Part::New, whole(active.len() - returning - resurrected)),
        (Part::Returning, whole(returning)),
        (Part::Resurrected, whole(resurrected)),
        (Part::Dormant, whole(before.difference_len(active))),
    ];
    Evaluation { figure: Figure::count(whole(active.len())), parts }
}
