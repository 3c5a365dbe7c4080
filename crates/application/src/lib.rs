//! What Waymark does: every command and query once, for REST, GraphQL and the command line alike.
//!
//! Each takes the actor first and asks the authorization matrix; only here are transactions opened
//! and the clock read.

mod app;
mod arrivals;
mod authentication;
mod bindings;
mod cascades;
mod check_ins;
mod clock;
mod community;
mod contributions;
mod cycles;
mod error;
mod export;
mod folding;
mod grades;
mod history;
mod import;
mod ingest;
mod initiatives;
mod key_result_writing;
mod key_results;
mod known;
mod metrics;
mod milestone_steps;
mod naming;
mod objective_writing;
mod objectives;
mod score_lines;
mod scores;
mod secret;
mod teams;
mod tokens;
mod workspaces;
mod writing;

pub use app::App;
pub use bindings::{Bound, GaugeDraft, GuardrailDraft, Moved, NewBinding, Refreshed};
pub use cascades::CascadeStanding;
pub use check_ins::{CheckInQuery, NewCheckIn};
pub use clock::Clock;
pub use cycles::CycleQuery;
pub use error::{Current, Error, Result};
pub use export::CycleOkrs;
pub use folding::{Difference, Verification};
pub use history::ChangeQuery;
pub use import::{DOCUMENT_COUNT, DOCUMENT_LIMIT, Document, DocumentReport, Import, ImportReport, Line, PATH_LIMIT, Tally};
pub use ingest::{Arriving, Ingested, Item, Outcome};
pub use initiatives::{HEALTHY_SHARE, InitiativeQuery, LinkageCounts};
pub use key_result_writing::{KeyResultChange, NewKeyResult};
pub use key_results::KeyResultQuery;
pub use metrics::{Compare, HealthLine, HealthReport, METRIC_COUNT, MetricPoint, MetricQuery, MetricSeries, Provenance, Segment};
pub use milestone_steps::NewMilestoneStep;
pub use objectives::{NewObjective, ObjectiveQuery};
pub use score_lines::{ScoreLine, ScoreQuery};
pub use scores::{GroupStanding, KeyResultStanding, ObjectiveStanding};
pub use secret::Secret;
pub use teams::TeamQuery;
pub use waymark_persistence::{Action, Change, ChangeSort, Concept, DatabaseUrl, FieldChange, statements};
pub use writing::{Create, Delete, Put, Shared, Update};
