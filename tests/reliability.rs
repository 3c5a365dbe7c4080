//! What was acknowledged stays, what is broken heals, and nothing a client sends makes the server fail.

mod crashes;
mod hostile;
mod outages;
mod raw;
mod slow;
mod starting;
mod stopping;
