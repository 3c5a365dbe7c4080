//! REST: routes, and what all of them share.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod check_ins;
pub(crate) mod contributions;
pub(crate) mod cycles;
pub(crate) mod docs;
pub(crate) mod documents;
pub(crate) mod format;
pub(crate) mod initiatives;
pub(crate) mod key_results;
pub(crate) mod list;
pub(crate) mod me;
pub(crate) mod milestone_steps;
pub(crate) mod objectives;
pub(crate) mod openapi;
pub(crate) mod parameters;
pub(crate) mod precondition;
pub(crate) mod problem;
pub(crate) mod routes;
pub(crate) mod stream;
pub(crate) mod teams;
pub(crate) mod workspace;
