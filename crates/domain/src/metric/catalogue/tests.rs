//! What holds of every definition.

use std::collections::BTreeSet;

use strum::VariantArray;

use super::*;
use crate::activity_class::Class;
use crate::rejection::{Code, Violation};

fn definitions() -> impl Iterator<Item = &'static Definition> {
    MetricKey::VARIANTS.iter().map(|key| key.definition())
}

#[test]
fn every_key_leads_to_its_own_definition() {
    for key in MetricKey::VARIANTS {
        let word: &'static str = key.into();

        assert_eq!(key.definition().key, *key);
        assert_eq!(word.parse(), Ok(*key));
    }
    let names: BTreeSet<&str> = definitions().map(|definition| definition.name).collect();
    assert_eq!(names.len(), MetricKey::VARIANTS.len());
}

#[test]
fn every_number_of_a_metric_has_one_name() {
    for definition in definitions() {
        let statistics: Vec<Statistic> = definition.statistics().map(|measured| measured.statistic).collect();
        let parts: BTreeSet<Part> = definition.parts.iter().copied().collect();
        let parameters: BTreeSet<ParameterName> = definition.parameters.iter().map(|parameter| parameter.name).collect();

        assert!(statistics.iter().enumerate().all(|(index, statistic)| !statistics[..index].contains(statistic)), "{}", definition.name);
        assert_eq!((parts.len(), parameters.len()), (definition.parts.len(), definition.parameters.len()), "{}", definition.name);
    }
}

#[test]
fn health_is_said_of_numbers_that_the_metric_gives() {
    let said: Vec<(MetricKey, Statistic, u32)> = definitions()
        .flat_map(|definition| definition.healthy.iter().map(|healthy| (definition.key, healthy.statistic, healthy.value)))
        .collect();

    assert!(said.iter().all(|(key, statistic, _)| key.definition().measured(*statistic).is_some()));
    let expected = [
        (MetricKey::ActiveRate, Statistic::Value, 40),
        (MetricKey::FirstResponseTime, Statistic::Mean, 14_400),
        (MetricKey::GrowthRate, Statistic::Value, 25),
        (MetricKey::KnowledgeVelocity, Statistic::Value, 1_000),
        (MetricKey::PeerSupport, Statistic::SatisfiedShare, 90),
        (MetricKey::PeerSupport, Statistic::Mean, 14_400),
        (MetricKey::Alignment, Statistic::TopBox, 90),
        (MetricKey::StakeholderSatisfaction, Statistic::TopBox, 90),
    ];
    assert_eq!(said, expected);
    assert_eq!(MetricKey::GrowthRate.definition().healthy[0].guardrail, Some(MetricKey::EngagementRate));
}

#[test]
fn engagement_begins_with_contributions() {
    let kind = MetricKey::EngagementRate.definition().parameter(ParameterName::MinClass).map(|parameter| parameter.kind);

    assert_eq!(kind, Some(ParameterKind::Class { default: Class::Contribution }));
}

#[test]
fn a_number_has_a_default_or_has_to_be_given_and_lies_in_its_range() {
    let parameter = |key: MetricKey, name| *key.definition().parameter(name).expect("a parameter");
    let least = parameter(MetricKey::ActiveChannels, ParameterName::LeastMembers);
    let sla = parameter(MetricKey::SlaResolutionRate, ParameterName::Sla);
    let refused = |given: Result<Option<i64>, Violation>| given.map_err(|violation| (violation.field, violation.code));

    assert_eq!((least.whole(None), least.whole(Some(3))), (Ok(Some(1)), Ok(Some(3))));
    assert_eq!(refused(least.whole(Some(0))), Err(("leastMembers".to_owned(), Code::OutOfRange)));
    assert_eq!(refused(sla.whole(None)), Err(("sla".to_owned(), Code::Required)));
    let tag = parameter(MetricKey::SupportShare, ParameterName::Tag);
    assert_eq!(refused(tag.whole(Some(1))), Err(("tag".to_owned(), Code::InvalidValue)));
}
