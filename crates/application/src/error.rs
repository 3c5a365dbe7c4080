//! Why a command or query was not carried out.

use waymark_domain::activity::ActivityType;
use waymark_domain::authorization::Permission;
use waymark_domain::binding::Binding;
use waymark_domain::channel::Channel;
use waymark_domain::check_in::CheckIn;
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::cycle::Cycle;
use waymark_domain::initiative::Initiative;
use waymark_domain::key_result::KeyResult;
use waymark_domain::layer::Layer;
use waymark_domain::layer_assignment::LayerAssignment;
use waymark_domain::member::Member;
use waymark_domain::member_trait::MemberTrait;
use waymark_domain::metric_reading::MetricReading;
use waymark_domain::metric_target::MetricTarget;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::objective::Objective;
use waymark_domain::platform::Platform;
use waymark_domain::question::Question;
use waymark_domain::rejection::{Code, Rejection, Violation};
use waymark_domain::survey::Survey;
use waymark_domain::team::Team;
use waymark_domain::token::Token;
use waymark_domain::wave::Wave;
use waymark_domain::workspace::Workspace;
use waymark_persistence as persistence;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("a valid token is needed")]
    Unauthenticated,
    #[error("this token has no permission {}", <&str>::from(*.0))]
    Forbidden(Permission),
    /// The token that was named, or was to be made, has a permission that the caller has not.
    #[error("only who may do all that a token may can make, rotate or revoke it, and this token has no permission {}", <&str>::from(*.0))]
    OutOfReach(Permission),
    /// It does not exist, or belongs to another workspace: nobody can tell which.
    #[error("there is no {what} `{named}`")]
    NotFound { what: &'static str, named: String },
    /// The input makes no sense.
    #[error("{0}")]
    Rejected(Rejection),
    /// The input makes sense, but not beside what is already there.
    #[error("{0}")]
    Conflict(Rejection),
    /// The caller saw an older version than the current one.
    #[error("it has been changed since it was read")]
    Stale(Box<Current>),
    /// Somebody else committed a change to the same thing at the same moment.
    #[error("somebody else changed it at the same moment")]
    Raced,
    #[error("the database is not available")]
    Unavailable(#[source] persistence::Error),
    #[error("something went wrong inside")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A thing as it is now, for a caller who saw an older version.
#[derive(Clone, Debug)]
pub enum Current {
    Workspace(Workspace),
    Team(Team),
    Cycle(Cycle),
    Objective(Objective),
    KeyResult(KeyResult),
    MilestoneStep(MilestoneStep),
    CheckIn(CheckIn),
    Initiative(Initiative),
    Token(Token),
    Platform(Platform),
    Channel(Channel),
    ActivityType(ActivityType),
    Member(Member),
    MemberTrait(MemberTrait),
    Layer(Layer),
    LayerAssignment(LayerAssignment),
    Survey(Survey),
    Question(Question),
    Wave(Wave),
    Binding(Binding),
    CustomMetric(CustomMetric),
    MetricReading(MetricReading),
    MetricTarget(MetricTarget),
}

impl Error {
    pub(crate) fn not_found(what: &'static str, named: impl ToString) -> Self {
        Self::NotFound { what, named: named.to_string() }
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Rejected(violation.into())
    }
}

impl From<persistence::Error> for Error {
    fn from(error: persistence::Error) -> Self {
        use persistence::Error as Stored;
        match error {
            Stored::Taken(field) => {
                let detail = "another one in this workspace has this value already";
                Self::Conflict(Violation::new(Code::AlreadyExists, detail).at(field).into())
            }
            Stored::InUse => {
                Self::Conflict(Violation::new(Code::InUse, "something else still belongs to it or names it: remove that first").into())
            }
            Stored::Stale => Self::Raced,
            Stored::Unavailable(_) => Self::Unavailable(error),
            Stored::Corrupt { .. } | Stored::Database(_) => Self::Internal(Box::new(error)),
        }
    }
}
