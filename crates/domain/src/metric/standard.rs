//! What is healthy, by whoever says so: the source of a metric, or the workspace for itself.

use rust_decimal::Decimal;

use super::Metric;
use super::calendar::Granularity;
use super::catalogue::{Healthy, Statistic};
use super::target::{Comparator, Target};
use crate::metric_target::MetricTarget;

/// What a number should be, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standard {
    Source(&'static Healthy),
    Workspace(MetricTarget),
}

impl Standard {
    /// What holds of a number of a metric in windows of these periods, or in those that are no calendar periods. What the
    /// workspace says takes the place of what the source says, and what is said of these periods alone that of what is said
    /// of all.
    pub fn of(metric: &Metric, targets: &[MetricTarget], statistic: Statistic, period: Option<Granularity>) -> Option<Self> {
        let own = |per: Option<Granularity>| {
            let is_meant =
                |target: &&MetricTarget| (target.statistic, target.granularity) == (statistic, per) && target.metric == metric.key();
            targets.iter().find(is_meant).cloned().map(Self::Workspace)
        };
        let is_said = |healthy: &&Healthy| healthy.statistic == statistic && healthy.per.is_none_or(|per| Some(per) == period);
        let of_period = period.and_then(|period| own(Some(period)));
        of_period.or_else(|| own(None)).or_else(|| metric.definition().healthy.iter().find(is_said).map(Self::Source))
    }

    /// All that holds of a metric in windows of these periods: first of what its source speaks of, in its order.
    pub fn all(metric: &Metric, targets: &[MetricTarget], period: Granularity) -> Vec<Self> {
        let mut statistics: Vec<Statistic> = metric.definition().healthy.iter().map(|healthy| healthy.statistic).collect();
        for measured in metric.statistics() {
            if !statistics.contains(&measured.statistic) {
                statistics.push(measured.statistic);
            }
        }
        statistics.into_iter().filter_map(|statistic| Self::of(metric, targets, statistic, Some(period))).collect()
    }

    pub fn statistic(&self) -> Statistic {
        match self {
            Self::Source(healthy) => healthy.statistic,
            Self::Workspace(target) => target.statistic,
        }
    }

    pub fn comparator(&self) -> Comparator {
        self.target().comparator
    }

    /// In the unit of its statistic.
    pub fn value(&self) -> Decimal {
        self.target().value
    }

    pub fn target(&self) -> Target {
        match self {
            Self::Source(healthy) => healthy.target(),
            Self::Workspace(target) => Target { comparator: target.comparator, value: target.value.value() },
        }
    }

    /// The periods that it is said of; none stands for every window.
    pub fn per(&self) -> Option<Granularity> {
        match self {
            Self::Source(healthy) => healthy.per,
            Self::Workspace(target) => target.granularity,
        }
    }

    /// The key of the metric that has to hold its level for this one to count.
    pub fn guardrail(&self) -> Option<&str> {
        match self {
            Self::Source(healthy) => healthy.guardrail.map(Into::into),
            Self::Workspace(target) => target.guardrail.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::super::catalogue::MetricKey;
    use super::*;
    use crate::id::Id;
    use crate::stamp::Stamp;

    const ACTIVE: Metric = Metric::BuiltIn(MetricKey::ActiveRate);

    fn own(granularity: Option<Granularity>, value: u32) -> MetricTarget {
        MetricTarget {
            id: Id::from_uuid(Uuid::nil()),
            metric: "active_rate".to_owned(),
            statistic: Statistic::Value,
            granularity,
            comparator: Comparator::AtLeast,
            value: value.into(),
            guardrail: None,
            why: "we are few".to_owned(),
            external_id: None,
            stamp: Stamp::first(DateTime::<Utc>::UNIX_EPOCH),
        }
    }

    fn said(targets: &[MetricTarget], period: Option<Granularity>) -> Option<String> {
        Standard::of(&ACTIVE, targets, Statistic::Value, period).map(|standard| standard.value().to_string())
    }

    #[test]
    fn what_the_workspace_says_takes_the_place_of_the_source_where_it_says_it() {
        let monthly = [own(Some(Granularity::Month), 30)];

        assert_eq!(said(&[], None).as_deref(), Some("40"));
        assert_eq!(said(&monthly, Some(Granularity::Month)).as_deref(), Some("30"));
        assert_eq!(said(&monthly, Some(Granularity::Week)).as_deref(), Some("40"));
        assert_eq!(said(&monthly, None).as_deref(), Some("40"));
    }

    #[test]
    fn what_is_said_of_these_periods_goes_before_what_is_said_of_all() {
        let both = [own(None, 20), own(Some(Granularity::Month), 30)];

        assert_eq!(said(&both, Some(Granularity::Month)).as_deref(), Some("30"));
        assert_eq!(said(&both, None).as_deref(), Some("20"));
        assert_eq!(Standard::of(&Metric::BuiltIn(MetricKey::ActiveMembers), &both, Statistic::Value, None), None);
    }

    #[test]
    fn a_metric_s_standards_begin_with_what_its_source_speaks_of() {
        let support = Metric::BuiltIn(MetricKey::PeerSupport);
        let target = MetricTarget { metric: "peer_support".to_owned(), statistic: Statistic::PeerShare, ..own(None, 50) };

        let statistics: Vec<Statistic> = Standard::all(&support, &[target], Granularity::Month).iter().map(Standard::statistic).collect();

        assert_eq!(statistics, [Statistic::SatisfiedShare, Statistic::Mean, Statistic::PeerShare]);
    }
}
