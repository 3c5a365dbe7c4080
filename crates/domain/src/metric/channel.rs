//! Where things happen: channels and platforms that are in use.

use std::collections::BTreeMap;

use roaring::{MultiOps, RoaringBitmap};

use super::community::Community;
use super::deed::{Choice, PlatformNumber};
use super::evaluation::{Evaluation, Part, whole};
use super::figure::Figure;
use super::window::Window;

/// What makes a place active in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InUse {
    /// m: so many deeds, or more.
    pub deeds: u64,
    /// k: by so many people, or more.
    pub people: u64,
}

impl Default for InUse {
    fn default() -> Self {
        Self { deeds: 1, people: 1 }
    }
}

#[derive(Default)]
struct Place {
    deeds: u64,
    members: RoaringBitmap,
}

impl Community<'_> {
    /// `active_channels`: channels with at least m deeds by at least k people. Deeds outside of channels count for their
    /// platform alone; the platforms in use, by the same measure, are a part.
    pub fn active_channels(&self, window: Window, choice: &Choice, least: InUse) -> Evaluation {
        let places = self.places(window, choice);
        let (mut channels, mut platforms) = (0, BTreeMap::<PlatformNumber, Place>::new());
        for ((platform, channel), mut place) in places {
            self.population.unite(&mut place.members);
            channels += u64::from(channel.is_some() && place.is_in_use(least));
            let whole_platform = platforms.entry(platform).or_default();
            whole_platform.deeds += place.deeds;
            whole_platform.members |= place.members;
        }
        let platforms = platforms.values().map(|place| u64::from(place.is_in_use(least))).sum();
        Evaluation { figure: Figure::count(whole(channels)), parts: vec![(Part::Platforms, whole(platforms))] }
    }

    /// What was done where, and by which members. The cells of a place are united at once: one by one, each would be a new set.
    fn places(&self, window: Window, choice: &Choice) -> BTreeMap<(PlatformNumber, Option<u32>), Place> {
        let mut places: BTreeMap<_, Place> = BTreeMap::new();
        self.population.regimes(window, |days, sieve| {
            let mut cells: BTreeMap<_, Vec<&RoaringBitmap>> = BTreeMap::new();
            for deeds in self.record.chosen(days, choice) {
                let at = (deeds.platform, deeds.channel);
                places.entry(at).or_default().deeds += self.times(deeds, sieve);
                cells.entry(at).or_default().push(&deeds.members);
            }
            for (at, cells) in cells {
                let mut members = cells.union();
                sieve.strain(&mut members);
                places.entry(at).or_default().members |= members;
            }
        });
        places
    }
}

impl Place {
    fn is_in_use(&self, least: InUse) -> bool {
        self.deeds >= least.deeds && self.members.len() >= least.people
    }
}
