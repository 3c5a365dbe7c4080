//! How much a caller may ask: a bucket for each token, and one for each address that sends none that is valid.
//!
//! A bucket holds the requests of a minute and fills up evenly. The buckets are those of one process.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use waymark_domain::actor::{Actor, WorkspaceScope};
use waymark_domain::id::Id;
use waymark_domain::token::Token;

use crate::error_code::ErrorCode;
use crate::rest::problem::Problem;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// Seconds in which an empty bucket fills up.
const WINDOW: u32 = 60;
/// How often buckets that are full again are forgotten. Until then a bucket takes less than a hundred bytes.
const SWEEP: Duration = Duration::from_secs(10);

/// Requests a minute; none where there is no limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rates {
    /// Of one token.
    pub token: Option<NonZeroU32>,
    /// Of one address, with no token or none that is valid.
    pub stranger: Option<NonZeroU32>,
}

/// The buckets of this process, shared by its workers without a lock around all of them.
#[derive(Debug)]
pub(crate) struct RateLimits {
    tokens: Option<Buckets<(WorkspaceScope, Option<Id<Token>>)>>,
    strangers: Option<Buckets<IpAddr>>,
}

impl RateLimits {
    pub(crate) fn new(rates: Rates) -> Self {
        Self {
            tokens: rates.token.map(|rate| Buckets::new("default", rate, DefaultClock::default())),
            strangers: rates.stranger.map(|rate| Buckets::new("unauthenticated", rate, DefaultClock::default())),
        }
    }

    /// Takes one request from the bucket of the caller's token.
    pub(crate) fn of_token(&self, actor: &Actor) -> Option<Standing> {
        self.tokens.as_ref().map(|buckets| buckets.take(&(actor.scope, actor.token)))
    }

    /// Takes one request from the bucket of an address.
    pub(crate) fn of_stranger(&self, address: Option<SocketAddr>) -> Option<Standing> {
        self.strangers.as_ref().zip(address).map(|(buckets, address)| buckets.take(&network(address.ip())))
    }

    /// Forgets, for as long as it is awaited, the buckets that are full: they say as much as none.
    pub(crate) async fn sweep(&self) {
        let mut interval = tokio::time::interval(SWEEP);
        loop {
            interval.tick().await;
            self.tokens.iter().for_each(Buckets::sweep);
            self.strangers.iter().for_each(Buckets::sweep);
        }
    }
}

/// Whoever has one address of version 6 has the 2^64 beside it as well.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// What is left in a bucket after a request.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    policy: HeaderValue,
    name: &'static str,
    remaining: u32,
    /// Seconds until the bucket is full.
    full_in: u64,
    /// Seconds until the bucket holds a request again, where it was empty.
    pub(crate) wait: Option<u64>,
}

impl Standing {
    /// The headers of draft-ietf-httpapi-ratelimit-headers, which every answer to a counted request has.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.insert(RATE_LIMIT_POLICY, self.policy.clone());
        if let Ok(value) = HeaderValue::try_from(format!("\"{}\";r={};t={}", self.name, self.remaining, self.full_in)) {
            headers.insert(RATE_LIMIT, value);
        }
        if let Some(seconds) = self.wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

/// The refusal of a request that found its bucket empty, in words for both doors.
pub(crate) fn refusal(seconds: u64) -> String {
    format!("too many requests: the next one is served in {seconds} s; `RateLimit-Policy` says how many there may be")
}

impl Problem {
    pub(crate) fn rate_limited(seconds: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited, refusal(seconds))
    }
}

struct Buckets<K: Hash + Eq + Clone, C: Clock = DefaultClock> {
    name: &'static str,
    size: NonZeroU32,
    policy: HeaderValue,
    clock: C,
    limiter: RateLimiter<K, DashMapStateStore<K>, C, StateInformationMiddleware>,
}

impl<K: Hash + Eq + Clone, C: Clock + Clone> Buckets<K, C> {
    fn new(name: &'static str, size: NonZeroU32, clock: C) -> Self {
        // A minute by at most 2^32 requests: never zero.
        let pace = Duration::from_secs(u64::from(WINDOW)) / size.get();
        let quota = Quota::with_period(pace).unwrap_or(Quota::per_minute(size)).allow_burst(size);
        let policy = HeaderValue::try_from(format!("\"{name}\";q={size};w={WINDOW}")).unwrap_or(HeaderValue::from_static(""));
        let limiter = RateLimiter::dashmap_with_clock(quota, clock.clone()).with_middleware();
        Self { name, size, policy, clock, limiter }
    }

    fn take(&self, key: &K) -> Standing {
        let (remaining, wait) = match self.limiter.check_key(key) {
            Ok(taken) => (taken.remaining_burst_capacity(), None),
            Err(empty) => (0, Some(seconds(empty.wait_time_from(self.clock.now())).max(1))),
        };
        let missing = u64::from(self.size.get().saturating_sub(remaining));
        let full_in = (missing * u64::from(WINDOW)).div_ceil(u64::from(self.size.get()));
        Standing { policy: self.policy.clone(), name: self.name, remaining, full_in, wait }
    }

    fn sweep(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// Rounded up: who comes earlier comes in vain.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

impl<K: Hash + Eq + Clone, C: Clock> std::fmt::Debug for Buckets<K, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Buckets").field("name", &self.name).field("size", &self.size).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn buckets(size: u32, clock: &FakeRelativeClock) -> Buckets<IpAddr, FakeRelativeClock> {
        Buckets::new("default", NonZeroU32::new(size).unwrap(), clock.clone())
    }

    fn address(text: &str) -> IpAddr {
        network(text.parse().unwrap())
    }

    fn headers(standing: &Standing) -> Vec<String> {
        let mut headers = HeaderMap::new();
        standing.write(&mut headers);
        let mut lines: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.sort();
        lines
    }

    #[test]
    fn a_bucket_says_what_is_left_and_when_it_is_full() {
        let clock = FakeRelativeClock::default();
        let buckets = buckets(600, &clock);

        assert_eq!(
            headers(&buckets.take(&address("192.0.2.1"))),
            ["ratelimit-policy: \"default\";q=600;w=60", "ratelimit: \"default\";r=599;t=1"]
        );
    }

    #[test]
    fn an_empty_bucket_refuses_until_it_holds_a_request_again() {
        let clock = FakeRelativeClock::default();
        let buckets = buckets(2, &clock);
        let ask = || buckets.take(&address("192.0.2.1")).wait;

        assert_eq!([ask(), ask(), ask()], [None, None, Some(30)]);
        clock.advance(Duration::from_millis(29_500));
        assert_eq!(ask(), Some(1));
        clock.advance(Duration::from_millis(500));
        assert_eq!([ask(), ask()], [None, Some(30)]);
    }

    #[test]
    fn callers_have_buckets_of_their_own() {
        let clock = FakeRelativeClock::default();
        let buckets = buckets(1, &clock);
        let ask = |text: &str| buckets.take(&address(text)).wait.is_none();

        assert!(ask("192.0.2.1") && ask("192.0.2.2") && !ask("192.0.2.1"));
        assert!(!ask("::ffff:192.0.2.1"), "the same address written as one of version 6");
        assert!(ask("2001:db8:0:1::1") && !ask("2001:db8:0:1:ffff::2") && ask("2001:db8:0:2::1"));
    }

    #[test]
    fn full_buckets_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let buckets = buckets(60, &clock);
        for last in 0..=255 {
            buckets.take(&IpAddr::from([192, 0, 2, last]));
        }
        assert_eq!(buckets.limiter.len(), 256);

        clock.advance(Duration::from_secs(2));
        buckets.take(&address("192.0.2.7"));
        buckets.sweep();

        assert_eq!(buckets.limiter.len(), 1);
    }
}
