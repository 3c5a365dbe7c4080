//! Who stays, and where the active come from.

use super::parameter::{BOTS, MIN_CLASS, STAFF, activities};
use super::{Definition, Family, Input, KINDS, MERGED, MetricKey, Parameter, STRATEGY, Statistic, count, membership, rate};
use crate::metric::evaluation::Part;

const PARAMETERS: &[Parameter] = &[MIN_CLASS, activities(&[]), STAFF, BOTS];

pub(super) static RETENTION: Definition = Definition {
    key: MetricKey::Retention,
    version: 1,
    name: "Retention",
    family: Family::Membership,
    formula: "activity: 100 * |A of the window before and A| / |A of the window before|; membership: 100 * |S and T| / |S|; cohort: 100 * those of |J| who are active in a later window / |J|, J being those who joined for the first time in a window",
    inputs: &[Input::Activities, Input::Spells, Input::Kinds],
    edge_rules: &[
        "Without anybody to retain there is no value (ZERO_DENOMINATOR).",
        "Who left and came back within the window is retained as a member.",
        MERGED,
        KINDS,
    ],
    value: rate(Statistic::ActivityRetention),
    further: &[rate(Statistic::MembershipRetention), rate(Statistic::CohortRetention)],
    parts: &[],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[],
    sources: &[STRATEGY],
};

pub(super) static LIFECYCLE: Definition = Definition {
    key: MetricKey::Lifecycle,
    version: 1,
    name: "Lifecycle",
    family: Family::Activity,
    formula: "|A|, of which new were never active before, returning were active in the window before, and resurrected were active earlier, but not in the window before; dormant were active in the window before and are no more",
    inputs: &[Input::Activities, Input::Kinds],
    edge_rules: &[
        "new + returning + resurrected = |A|, always.",
        "Only what somebody did while they counted makes them active, before as now.",
        MERGED,
        KINDS,
    ],
    value: count("members"),
    further: &[],
    parts: &[Part::New, Part::Returning, Part::Resurrected, Part::Dormant],
    parameters: PARAMETERS,
    segments: membership::SEGMENTS,
    healthy: &[],
    sources: &[STRATEGY],
};
