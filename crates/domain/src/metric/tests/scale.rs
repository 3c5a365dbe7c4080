//! Twelve months of many cells are read in one pass over the bitmaps.

use super::super::calendar::Granularity;
use super::super::series::buckets;
use super::*;
use crate::member::MemberKind;

/// Twenty thousand members, of whom a tenth is somewhere each day, in one of 40 places, for three years.
#[test]
fn a_year_of_months_over_three_years_of_many_places_is_exact() {
    let everybody = 20_000_u32;
    let cell = |number: u64, place: u32| Deeds {
        day: day(number),
        platform: PlatformNumber(0),
        channel: Some(place),
        activity: REPLY,
        members: (0..everybody / 400)
            .map(|index| (index * 400 + place * 10 + u32::try_from(number % 10).expect("a digit")) % everybody)
            .collect(),
        more: Box::default(),
        nameless: 0,
    };
    let cells = (0..3 * 365).flat_map(|number| (0..40).map(move |place| cell(number, place))).collect();
    let record = Record::new(activities(), cells);
    let kinds = (0..500).map(|member| (MemberKind::Staff, held(member * 10, u64::from(member), 1_000))).collect();
    let population = population(&Census { kinds, ..Census::default() });
    let community = Community { record: &record, population: &population };

    let months = buckets(day(731), day(1_096), Granularity::Month, chrono::Weekday::Mon).expect("months");
    let active: Vec<RoaringBitmap> = months.iter().map(|bucket| community.active(bucket.window, &Choice::default())).collect();

    // The staff do something on every tenth day, and are staff until the last tenth day of June.
    let expected: Vec<u64> = [19_500; 8].into_iter().chain([20_000; 4]).collect();
    assert_eq!(active.iter().map(RoaringBitmap::len).collect::<Vec<_>>(), expected);
}
