//! The metrics of who is there: growth, coverage and champions.

use roaring::RoaringBitmap;

use super::community::Community;
use super::deed::Choice;
use super::evaluation::{Evaluation, Part, whole};
use super::figure::{Figure, Status};
use super::flow::Flow;
use super::population::Population;
use super::roll::Holding;
use super::window::Window;

impl Population {
    /// `growth_rate`: 100·(joined − left) / S.
    pub fn growth_rate(&self, window: Window) -> Evaluation {
        let Flow { start, joined, rejoined, turned_in, left, turned_out, end } = self.flow(window);
        let grown = Figure::rate(joined - left, start);
        // Nobody was there: there is something to tell, and nothing to compare it with.
        let figure = if start == 0 { Figure { status: Status::NoBaseline, ..grown } } else { grown };
        let parts = vec![
            (Part::Start, start),
            (Part::Joined, joined),
            (Part::Rejoined, rejoined),
            (Part::TurnedIn, turned_in),
            (Part::Left, left),
            (Part::TurnedOut, turned_out),
            (Part::End, end),
        ];
        Evaluation { figure, parts }
    }

    /// `coverage`: 100·|members with all of the properties at window end| / |T|.
    pub fn coverage(&self, window: Window, properties: &[&[Holding]]) -> Evaluation {
        let members = self.members_at_end(window);
        let covered = properties.iter().fold((*members).clone(), |covered, property| covered & self.holders_at_end(property, window));
        Figure::rate(whole(covered.len()), whole(members.len())).into()
    }

    /// Those who hold something on the last day of a window.
    fn holders_at_end(&self, holdings: &[Holding], window: Window) -> RoaringBitmap {
        self.holders(holdings, window.last_day())
    }
}

impl Community<'_> {
    /// `champions`: members with an elevated role at window end; those who are trained and those who are active apart.
    pub fn champions(&self, window: Window, roles: &[Holding], trained: &[Holding], choice: &Choice) -> Evaluation {
        let champions = self.population.holders_at_end(roles, window) & &*self.population.members_at_end(window);
        let trained = self.population.holders_at_end(trained, window) & &champions;
        let active = self.active(window, choice) & &champions;
        let parts = vec![
            (Part::Trained, whole(trained.len())),
            (Part::Active, whole(active.len())),
            (Part::TrainedAndActive, whole(trained.intersection_len(&active))),
        ];
        Evaluation { figure: Figure::count(whole(champions.len())), parts }
    }
}
