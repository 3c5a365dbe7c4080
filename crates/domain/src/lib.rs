//! The rules of Waymark: what objectives, key results and check-ins are and what they are worth, and how a community is measured.
//!
//! Pure: no input or output, no clock, no framework. Everything a rule needs is an argument.

pub mod activity;
pub mod activity_class;
pub mod actor;
pub mod address;
pub mod authorization;
pub mod binding;
pub mod channel;
pub mod check_in;
pub mod checkpoint;
pub mod custom_metric;
pub mod cycle;
pub mod duration;
pub mod erasure;
pub mod event;
pub mod grade;
pub mod id;
pub mod identity;
pub mod initiative;
pub mod key_result;
pub mod layer;
pub mod layer_assignment;
pub mod layer_evaluation;
pub mod layer_flow;
pub mod layer_rule;
pub mod markdown;
pub mod measure;
pub mod member;
pub mod member_trait;
pub mod merge;
pub mod metric;
pub mod metric_reading;
pub mod metric_target;
pub mod milestone_step;
pub mod number;
pub mod objective;
pub mod page;
pub mod platform;
pub mod question;
pub mod rejection;
pub mod response;
pub mod scoring;
pub mod spell;
pub mod stamp;
pub mod survey;
pub mod team;
pub mod text;
pub mod token;
pub mod unit;
pub mod wave;
pub mod workspace;

pub use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc, Weekday};
pub use chrono_tz::Tz;
pub use roaring::RoaringBitmap;
pub use rust_decimal::Decimal;
