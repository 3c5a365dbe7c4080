//! Where things happen: channels and platforms that are in use.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

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
        let mut places: BTreeMap<(PlatformNumber, Option<u32>), Place> = BTreeMap::new();
        self.each(window, choice, |deeds, sieve| {
            let place = places.entry((deeds.platform, deeds.channel)).or_default();
            place.deeds += self.times(deeds, sieve);
            sieve.pass(&deeds.members, &mut place.members);
        });
        let (mut channels, mut platforms) = (0, BTreeMap::<PlatformNumber, Place>::new());
        for ((platform, channel), mut place) in places {
            self.population.unite(&mut place.members);
            channels += u64::from(channel.is_some() && place.is_in_use(least));
            let whole_platform = platforms.entry(platform).or_default();
            whole_platform.deeds += place.deeds;
            whole_platform.members |= place.members;
        }
        let platforms = platforms.values().filter(|place| place.is_in_use(least)).fold(0, |sum, _| sum + 1);
        Evaluation { figure: Figure::count(whole(channels)), parts: vec![(Part::Platforms, platforms)] }
    }
}

impl Place {
    fn is_in_use(&self, least: InUse) -> bool {
        self.deeds >= least.deeds && self.members.len() >= least.people
    }
}
