//! Whether the size of a community matters: prints ratios, and asserts nothing.
//!
//! ```sh
//! cargo bench --package waymark-tests --bench scale                     # as large as is promised; takes a while
//! cargo bench --package waymark-tests --bench scale -- --large 200000   # to try it
//! ```

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "this is how a measurement fails, and what it prints is rounded"
)]

#[path = "../dice.rs"]
#[allow(dead_code, reason = "the tests throw these dice in other ways too")]
mod dice;
#[path = "../harness"]
#[allow(dead_code, reason = "the tests need the rest of it")]
mod harness {
    pub(crate) mod binary;
    pub(crate) mod client;
    pub(crate) mod closing;
    pub(crate) mod database;
    pub(crate) mod installation;
    pub(crate) mod output;
    pub(crate) mod postgres;
    pub(crate) mod response;
    pub(crate) mod server;
}
#[path = "scale/community.rs"]
mod community;
#[path = "scale/copying.rs"]
mod copying;
#[path = "scale/options.rs"]
mod options;
#[path = "scale/place.rs"]
mod place;
#[path = "scale/times.rs"]
mod times;

use std::time::Duration;

use community::Story;
use options::Options;
use place::Place;
use times::Times;

/// What is promised.
const LEAST_OF_COPY: f64 = 0.3;
const SERIES: Duration = Duration::from_millis(5);
const MOST_GROWTH: f64 = 1.5;
const MEMORY: f64 = 200.0;

#[tokio::main]
async fn main() {
    let Some(options) = Options::read() else { return };
    println!("{options}");
    let mut large = Place::open(&options, "large").await;
    load(&mut large, &options, options.large, options.is_copied).await;
    let mut small = Place::open(&options, "small").await;
    load(&mut small, &options, options.small, false).await;
    for place in [&small, &large] {
        place.is_folded().await;
    }
    println!("memory      {:>7.2} of 200 MiB at the peak of loading and serving the large community", large.peak_memory() / MEMORY);

    let (mut of_small, mut of_large) = (Times::default(), Times::default());
    for _ in 0..options.asked {
        of_small.add(small.series().await);
        of_large.add(large.series().await);
    }
    told("series", &of_small, &of_large);

    let (mut of_small, mut of_large) = (Times::default(), Times::default());
    for number in 0..options.asked.div_ceil(10) {
        for (place, times) in [(&small, &mut of_small), (&large, &mut of_large)] {
            place.tell(vec![community::late(number)]).await;
            times.add(place.series().await);
        }
    }
    told("after events", &of_small, &of_large);

    for place in [&small, &large] {
        place.is_folded().await;
    }
    let (mut of_small, mut of_large) = (Times::default(), Times::default());
    for _ in 0..options.asked.div_ceil(40) {
        for (place, times) in [(&mut small, &mut of_small), (&mut large, &mut of_large)] {
            place.restart().await;
            times.add(place.series().await);
        }
    }
    println!("cold        {:>7.2} times the small community's, as each reads all cells once", growth(&of_small, &of_large));
    println!("            {of_large} against {of_small}");
    println!("memory      {:>7.2} of 200 MiB at the peak of serving after a start", large.peak_memory() / MEMORY);
}

/// Tells the story round by round, and copies what each round left in the table of events, in the same minute.
async fn load(place: &mut Place, options: &Options, events: usize, is_measured: bool) {
    let mut story = Story::new(options.members, events);
    let (mut told, mut copied, mut ratios) = (Duration::ZERO, Duration::ZERO, Vec::new());
    if is_measured {
        place.prepare();
    }
    loop {
        let bodies = story.bodies(events.div_ceil(options.rounds));
        if bodies.is_empty() {
            break;
        }
        let before = is_measured.then(|| place.last_told());
        let telling = place.tell(bodies).await;
        place.series().await;
        if let Some(copying) = before.flatten().map(|before| place.copied(&before)) {
            (told, copied) = (told + telling, copied + copying);
            ratios.push(copying.as_secs_f64() / telling.as_secs_f64());
            eprintln!("round {}: {:.2} of COPY, {telling:.2?} and {copying:.2?}", ratios.len(), ratios[ratios.len() - 1]);
        }
    }
    place.change_kinds(options.members).await;
    if ratios.is_empty() {
        return;
    }
    ratios.sort_by(f64::total_cmp);
    let (median, total) = (ratios[ratios.len() / 2], copied.as_secs_f64() / told.as_secs_f64());
    println!("ingest      {median:>7.2} of COPY in the median round, {total:.2} in all; at least {LEAST_OF_COPY} is promised");
    println!("            {:>7.0} events a second by HTTP, {:.0} by COPY", rate(events, told), rate(events, copied));
}

fn rate(events: usize, time: Duration) -> f64 {
    events as f64 / time.as_secs_f64()
}

fn growth(small: &Times, large: &Times) -> f64 {
    large.median().as_secs_f64() / small.median().as_secs_f64()
}

fn told(name: &str, small: &Times, large: &Times) {
    let (growth, of_promise) = (growth(small, large), large.median().as_secs_f64() / SERIES.as_secs_f64());
    println!(
        "{name:<12}{of_promise:>7.2} of 5 ms at the median; {growth:.2} times the small community's, at most {MOST_GROWTH} is promised"
    );
    println!("            {large} against {small}");
}
