//! What goes over the wire: each type once, for both doors.

pub mod activity_class;
pub mod activity_type;
pub(crate) mod as_of;
pub mod authorization;
pub mod batch;
pub mod binding;
pub mod change;
pub mod channel;
pub mod check_in;
pub mod check_in_revision;
pub mod community_health;
pub mod confidence;
pub mod contribution;
pub mod custom_metric;
pub mod cycle;
pub mod effect;
pub mod erasure;
pub mod event;
pub mod evidence;
pub mod export;
pub mod figure;
pub mod grade;
pub mod identity;
pub mod import;
pub mod initiative;
pub mod key_result;
pub mod layer;
pub mod layer_assignment;
pub mod layer_evaluation;
pub mod layer_flow;
pub mod layer_rule;
pub mod linkage;
pub mod me;
pub mod measure;
pub mod member;
pub mod member_trait;
pub mod merge;
pub mod metric;
pub mod metric_definition;
pub mod metric_reading;
pub mod metric_target;
pub mod milestone_step;
pub mod objective;
pub mod page;
pub(crate) mod patch;
pub mod platform;
pub mod program;
pub mod provenance;
pub mod question;
pub mod response;
pub mod score;
pub mod survey;
pub mod survey_result;
pub mod team;
pub mod token;
pub mod wave;
pub mod workspace;
pub mod zone;

use std::collections::HashMap;
use std::hash::Hash;

use async_graphql::ID;
use serde::Serialize;
use waymark_application::{Current, Shared};
use waymark_domain::id::{Id, Named};

/// The id as the domain knows it. Ids that resources carry are always well-formed; others name nothing.
pub(crate) fn id_of<T: Named>(id: &str) -> Option<Id<T>> {
    id.parse().ok()
}

/// All things that share a key, in their order, as their resource.
pub(crate) fn grouped<K: Eq + Hash, D, R: From<D>>(things: Vec<D>, key: impl Fn(&D) -> Option<K>) -> HashMap<K, Vec<R>> {
    let mut groups: HashMap<K, Vec<R>> = HashMap::new();
    for thing in things {
        if let Some(key) = key(&thing) {
            groups.entry(key).or_default().push(thing.into());
        }
    }
    groups
}

/// What has an ETag.
pub(crate) trait Tagged: Serialize {
    fn version(&self) -> u32;

    /// What the ETag holds: the version, and behind a `-` whatever else can differ.
    fn state(&self) -> String {
        self.version().to_string()
    }
}

/// A thing with a version, as both doors write and show it.
pub(crate) trait Resource: Tagged + From<Self::Of> {
    type Of: Shared;
    /// Where REST keeps it, without its id.
    const PATH: &'static str;
    fn id(&self) -> &ID;
    /// The thing as it is now, if it is of this kind.
    fn of(current: Current) -> Option<Self>;
}

/// What makes a type a [`Resource`]: it, its thing in the domain and its variant of [`Current`] have one name.
macro_rules! resource {
    ($resource:ident of $thing:ty, at $path:literal) => {
        impl $crate::resources::Tagged for $resource {
            fn version(&self) -> u32 {
                self.version
            }
        }

        impl $crate::resources::Resource for $resource {
            type Of = $thing;
            const PATH: &'static str = $path;

            fn id(&self) -> &async_graphql::ID {
                &self.id
            }

            fn of(current: waymark_application::Current) -> Option<Self> {
                match current {
                    waymark_application::Current::$resource(thing) => Some(thing.into()),
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use resource;

/// A thing as it is now, for a caller who saw an older version.
pub(crate) fn current(current: waymark_application::Current) -> Option<serde_json::Value> {
    use waymark_application::Current;
    match current {
        Current::Workspace(workspace) => serde_json::to_value(workspace::Workspace::from(workspace)).ok(),
        Current::Cycle(cycle) => serde_json::to_value(cycle::Cycle::from(cycle)).ok(),
        Current::Objective(objective) => serde_json::to_value(objective::Objective::from(objective)).ok(),
        Current::CheckIn(check_in) => serde_json::to_value(check_in::CheckIn::from(check_in)).ok(),
        Current::Initiative(initiative) => serde_json::to_value(initiative::Initiative::from(initiative)).ok(),
        Current::KeyResult(key_result) => serde_json::to_value(key_result::KeyResult::from(key_result)).ok(),
        Current::MilestoneStep(step) => serde_json::to_value(milestone_step::MilestoneStep::from(step)).ok(),
        Current::Token(token) => serde_json::to_value(token::Token::from(token)).ok(),
        Current::Platform(platform) => serde_json::to_value(platform::Platform::from(platform)).ok(),
        Current::Channel(channel) => serde_json::to_value(channel::Channel::from(channel)).ok(),
        Current::ActivityType(kind) => serde_json::to_value(activity_type::ActivityType::from(kind)).ok(),
        Current::Layer(layer) => serde_json::to_value(layer::Layer::from(layer)).ok(),
        Current::LayerAssignment(of) => serde_json::to_value(layer_assignment::LayerAssignment::from(of)).ok(),
        Current::Member(member) => serde_json::to_value(member::Member::from(member)).ok(),
        Current::Binding(binding) => serde_json::to_value(binding::Binding::from(binding)).ok(),
        Current::MemberTrait(of) => serde_json::to_value(member_trait::MemberTrait::from(of)).ok(),
        Current::Survey(survey) => serde_json::to_value(survey::Survey::from(survey)).ok(),
        Current::Question(question) => serde_json::to_value(question::Question::from(question)).ok(),
        Current::Wave(wave) => serde_json::to_value(wave::Wave::from(wave)).ok(),
        Current::CustomMetric(metric) => serde_json::to_value(custom_metric::CustomMetric::from(metric)).ok(),
        Current::MetricReading(reading) => serde_json::to_value(metric_reading::MetricReading::from(reading)).ok(),
        Current::MetricTarget(target) => serde_json::to_value(metric_target::MetricTarget::from(target)).ok(),
        Current::Team(team) => serde_json::to_value(team::Team::from(team)).ok(),
    }
}
