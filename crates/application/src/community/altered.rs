//! A community as it would be, were it otherwise with somebody: in memory alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use waymark_domain::RoaringBitmap;
use waymark_domain::member;
use waymark_domain::metric::merge::{Merge, Merges};
use waymark_domain::metric::roll::Holding;

use super::{Community, People};

/// What would be otherwise.
#[derive(Clone, Debug)]
pub(crate) enum Altered {
    /// A member would count as another one.
    Merged(Merge),
    /// A member would stand for itself again.
    Unmerged(u32),
    /// These members would never have been there.
    Without(RoaringBitmap),
    /// Nobody would know whom these members work for, nor what else is special about them.
    Nameless(RoaringBitmap),
}

impl Altered {
    /// Who would never have been there.
    pub(crate) fn absent(&self) -> RoaringBitmap {
        match self {
            Self::Without(members) => members.clone(),
            Self::Merged(_) | Self::Unmerged(_) | Self::Nameless(_) => RoaringBitmap::new(),
        }
    }
}

impl Community {
    pub(crate) fn altered(&self, altered: &Altered) -> Self {
        let record = match altered {
            Altered::Without(members) => self.record.without(members),
            Altered::Merged(_) | Altered::Unmerged(_) | Altered::Nameless(_) => self.record.clone(),
        };
        Self { record, people: Arc::new(self.people.altered(altered)), ..self.clone() }
    }
}

impl People {
    fn altered(&self, altered: &Altered) -> Self {
        let mut people = self.copied();
        match altered {
            Altered::Merged(merge) => people.merges.push(*merge),
            Altered::Unmerged(member) => people.merges.retain(|merge| merge.member != *member),
            Altered::Nameless(members) => people.unname(members),
            Altered::Without(members) => {
                people.unname(members);
                people.spells.values_mut().for_each(|spells| spells.retain(|spell| !members.contains(spell.member)));
                people.kinds.retain(|(_, holding)| !members.contains(holding.member));
                people.merges.retain(|merge| !members.contains(merge.member));
                drop_holders(&mut people.roles, members);
                drop_holders(&mut people.layers, members);
            }
        }
        people
    }

    fn copied(&self) -> Self {
        let Self { spells, kinds, by_themselves, said, merges, roles, organisations, layers, properties, populations: _ } = self;
        Self {
            spells: spells.clone(),
            kinds: kinds.clone(),
            by_themselves: by_themselves.clone(),
            said: said.clone(),
            merges: merges.clone(),
            roles: roles.clone(),
            organisations: organisations.clone(),
            layers: layers.clone(),
            properties: properties.clone(),
            populations: Mutex::default(),
        }
    }

    fn unname(&mut self, members: &RoaringBitmap) {
        drop_holders(&mut self.organisations, members);
        self.properties.values_mut().for_each(|values| drop_holders(values, members));
    }

    /// Of members who were merged into another, the member they all count as.
    pub(crate) fn counts_as(&self) -> BTreeMap<u32, u32> {
        member::counted_as(&self.merges.iter().map(|merge| (merge.member, merge.into)).collect())
    }

    /// The numbers of the person that a member is.
    pub(crate) fn person(&self, member: u32) -> Vec<u32> {
        Merges::new(&self.merges).numbers(member).collect()
    }

    /// The numbers that would be a person's were a member unmerged, and those that would be left.
    pub(crate) fn parted(&self, member: u32) -> (Vec<u32>, Option<Vec<u32>>) {
        let parted = self.altered(&Altered::Unmerged(member)).person(member);
        let left = self.person(member).into_iter().filter(|number| !parted.contains(number)).collect();
        (parted, Some(left))
    }
}

fn drop_holders(values: &mut BTreeMap<String, Vec<Holding>>, members: &RoaringBitmap) {
    values.values_mut().for_each(|holdings| holdings.retain(|holding| !members.contains(holding.member)));
}
