//! The instant a thing was read as of, which what it is linked to is read as of as well.

use waymark_domain::id::Id;
use waymark_domain::page::Slice;
use waymark_domain::{DateTime, Utc};

use crate::resources::activity_type::ActivityType;
use crate::resources::binding::{Binding, BindingReading};
use crate::resources::change::Change;
use crate::resources::channel::Channel;
use crate::resources::check_in::CheckIn;
use crate::resources::check_in_revision::CheckInRevision;
use crate::resources::contribution::Contribution;
use crate::resources::custom_metric::CustomMetric;
use crate::resources::cycle::Cycle;
use crate::resources::erasure::Erasure;
use crate::resources::event::Event;
use crate::resources::identity::Identity;
use crate::resources::initiative::Initiative;
use crate::resources::key_result::KeyResult;
use crate::resources::layer::Layer;
use crate::resources::layer_assignment::LayerAssignment;
use crate::resources::member::Member;
use crate::resources::member_trait::MemberTrait;
use crate::resources::metric_definition::MetricDefinition;
use crate::resources::metric_reading::MetricReading;
use crate::resources::metric_target::MetricTarget;
use crate::resources::milestone_step::MilestoneStep;
use crate::resources::objective::Objective;
use crate::resources::platform::Platform;
use crate::resources::program::Program;
use crate::resources::question::Question;
use crate::resources::score::{CascadeScore, GroupScore, KeyResultScore, ObjectiveScore};
use crate::resources::survey::Survey;
use crate::resources::survey_result::QuestionResults;
use crate::resources::team::Team;
use crate::resources::token::Token;
use crate::resources::wave::Wave;
use crate::resources::workspace::Workspace;
use crate::scalars;

/// As it was known at this instant, or now.
pub(crate) type AsOf = Option<DateTime<Utc>>;

pub(crate) fn instant(as_of: Option<scalars::DateTime>) -> AsOf {
    as_of.map(|instant| instant.0)
}

/// What remembers the instant it was read as of. That which leads nowhere has nothing to remember.
pub(crate) trait Dated: Sized {
    #[must_use]
    fn dated(self, _: AsOf) -> Self {
        self
    }
}

macro_rules! remembers {
    ($($resource:ident),* $(,)?) => {$(
        impl Dated for $resource {
            fn dated(self, as_of: AsOf) -> Self {
                Self { as_of, ..self }
            }
        }
    )*};
}

remembers!(
    Binding,
    CheckIn,
    Contribution,
    CustomMetric,
    Cycle,
    Initiative,
    KeyResult,
    MetricTarget,
    MilestoneStep,
    Objective,
    Question,
    Survey,
    Team,
    Wave,
);

impl Dated for ActivityType {}
impl Dated for BindingReading {}
impl Dated for CascadeScore {}
impl Dated for Change {}
impl Dated for Channel {}
impl Dated for CheckInRevision {}
impl Dated for Erasure {}
impl Dated for Event {}
impl Dated for GroupScore {}
impl Dated for Identity {}
impl Dated for KeyResultScore {}
impl Dated for Layer {}
impl Dated for LayerAssignment {}
impl Dated for Member {}
impl Dated for MemberTrait {}
impl Dated for MetricDefinition {}
impl Dated for MetricReading {}
impl Dated for ObjectiveScore {}
impl Dated for Platform {}
impl Dated for Program {}
impl Dated for QuestionResults {}
impl Dated for Token {}
impl Dated for Workspace {}
impl<T> Dated for Id<T> {}

impl<T: Dated> Dated for Option<T> {
    fn dated(self, as_of: AsOf) -> Self {
        self.map(|thing| thing.dated(as_of))
    }
}

impl<T: Dated> Dated for Vec<T> {
    fn dated(self, as_of: AsOf) -> Self {
        self.into_iter().map(|thing| thing.dated(as_of)).collect()
    }
}

impl<T: Dated> Dated for Slice<T> {
    fn dated(self, as_of: AsOf) -> Self {
        self.map(|thing| thing.dated(as_of))
    }
}
