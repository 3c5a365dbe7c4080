//! Content that was taken back: it does not count any more.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use waymark_domain::NaiveDate;
use waymark_domain::metric::calendar::{day_of, first_instant};
use waymark_domain::metric::community::Community as Evaluating;
use waymark_domain::metric::deed::{Choice, Record};
use waymark_domain::metric::evaluation::Evaluation;
use waymark_domain::metric::figure::Figure;
use waymark_domain::metric::window::Window;
use waymark_domain::{DateTime, Utc};
use waymark_persistence::Cell;

use super::asked::Asked;
use super::sources::{Ground, Sources};
use crate::error::Result;

/// Every piece that was taken back, with when it was.
pub(super) struct Pieces {
    pieces: Vec<(Cell, DateTime<Utc>)>,
    record: Record,
}

impl Sources<'_> {
    pub(super) async fn pieces(&self, asked: &Asked) -> Result<Pieces> {
        let of = asked.scope();
        let read = || self.store.retracted_content(self.actor.scope);
        let retracted = self.read.pieces.get_or_try_init(read).await?;
        let pieces: Vec<(Cell, DateTime<Utc>)> = retracted
            .iter()
            .filter(|(piece, _)| of.holds(piece) && self.counts(piece))
            .map(|(piece, at)| {
                let told = &piece.told;
                let cell = Cell {
                    day: day_of(told.occurred_at, asked.zone),
                    platform: told.platform,
                    channel: told.channel,
                    activity: told.activity.clone(),
                    members: told.member.into_iter().collect::<RoaringBitmap>(),
                    more: BTreeMap::new(),
                    nameless: u64::from(told.member.is_none()),
                };
                (cell, *at)
            })
            .collect();
        let cells = pieces.iter().map(|(cell, _)| cell.clone()).collect();
        let record = self.recorded(&Record::default(), &[], cells).await?;
        Ok(Pieces { pieces, record })
    }
}

impl Pieces {
    /// What was published in a window and has not been taken back since.
    pub(super) fn contributed(&self, community: &Evaluating<'_>, window: Window, choice: &Choice) -> Evaluation {
        let retracted = Evaluating { record: &self.record, ..*community };
        Figure::count(community.deeds(window, choice) - retracted.deeds(window, choice)).into()
    }

    /// How many of the chosen pieces had been published and taken back when a day began.
    pub(super) fn retracted_before(&self, ground: &Ground<'_>, end: NaiveDate) -> u64 {
        let end = first_instant(end, ground.asked.zone);
        let chosen = &ground.asked.settings.activities;
        let is_chosen = |cell: &Cell| chosen.is_empty() || chosen.contains(&cell.activity);
        self.pieces.iter().filter(|(cell, at)| *at < end && is_chosen(cell)).map(|_| 1).sum()
    }
}
