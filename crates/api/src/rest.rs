//! REST: routes, and what all of them share.

pub(crate) mod acceptance;
pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod discovery;
pub(crate) mod docs;
pub(crate) mod format;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod openapi;
pub(crate) mod parameters;
pub(crate) mod precondition;
pub(crate) mod problem;
pub(crate) mod problem_pages;
pub(crate) mod routes;
pub(crate) mod scores;
pub(crate) mod stream;
pub(crate) mod teams;
