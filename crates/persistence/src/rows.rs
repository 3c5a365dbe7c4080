//! The tables, and what all rows share. Private: a row is turned into a domain type before it leaves.

use std::str::FromStr;

use rust_decimal::Decimal;
use sea_orm::ModelTrait;
use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;
use waymark_domain::number::Quantity;
use waymark_domain::stamp::Stamp;
use waymark_domain::{DateTime, Utc};

use crate::error::Error;
use crate::history::Concept;

pub(crate) mod activity_type;
pub(crate) mod address;
pub(crate) mod binding;
pub(crate) mod binding_refresh;
pub(crate) mod channel;
pub(crate) mod check_in_revision;
pub(crate) mod community_progress;
pub(crate) mod contribution;
pub(crate) mod custom_metric;
pub(crate) mod cycle;
pub(crate) mod day_cell;
pub(crate) mod day_mark;
pub(crate) mod erased_name;
pub(crate) mod erasure;
pub(crate) mod event;
pub(crate) mod event_revision;
pub(crate) mod first_activity;
pub(crate) mod history;
pub(crate) mod identity;
pub(crate) mod initiative;
pub(crate) mod key_result;
pub(crate) mod layer;
pub(crate) mod layer_assignment;
pub(crate) mod member;
pub(crate) mod member_mark;
pub(crate) mod member_trait;
pub(crate) mod metric_reading;
pub(crate) mod metric_target;
pub(crate) mod milestone_step;
pub(crate) mod objective;
pub(crate) mod objective_number;
pub(crate) mod platform;
pub(crate) mod question;
pub(crate) mod reading;
pub(crate) mod response;
pub(crate) mod secret;
pub(crate) mod support;
pub(crate) mod survey;
pub(crate) mod team;
pub(crate) mod token;
pub(crate) mod token_secret;
pub(crate) mod wave;
pub(crate) mod workspace;

/// A row with an id and a version, of which history keeps every state.
pub(crate) trait Versioned: ModelTrait + Serialize {
    const CONCEPT: Concept;
    /// The columns of the workspace, the id and the version.
    const KEY: [<Self::Entity as EntityTrait>::Column; 3];
    /// The column of what it belongs to, so that history finds the things that once belonged somewhere.
    const ABOUT: Option<<Self::Entity as EntityTrait>::Column> = None;

    fn id(&self) -> Uuid;
    fn version(&self) -> i32;

    fn about(&self) -> Option<Uuid> {
        None
    }
}

pub(crate) fn stamp(version: i32, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Result<Stamp, Error> {
    Ok(Stamp { version: whole("version", version)?, created_at, updated_at })
}

/// The stored spelling of an enum's value: the same as on the wire.
pub(crate) fn spelled(value: impl Into<&'static str>) -> String {
    value.into().to_owned()
}

pub(crate) fn parsed<T: FromStr>(column: &'static str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::corrupt(column, text))
}

pub(crate) fn parsed_option<T: FromStr>(column: &'static str, text: Option<&str>) -> Result<Option<T>, Error> {
    text.map(|text| parsed(column, text)).transpose()
}

pub(crate) fn decimal(column: &'static str, text: &str) -> Result<Quantity, Error> {
    let value = Decimal::from_str_exact(text).map_err(|_| Error::corrupt(column, text))?;
    Quantity::new(value).map_err(|_| Error::corrupt(column, text))
}

pub(crate) fn decimal_option(column: &'static str, text: Option<&str>) -> Result<Option<Quantity>, Error> {
    text.map(|text| decimal(column, text)).transpose()
}

pub(crate) fn whole(column: &'static str, number: i32) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| Error::corrupt(column, number))
}

/// The text, unless it has U+0000: PostgreSQL refuses to look for it, and no row has it on either database.
pub(crate) fn storable(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.contains('\0'))
}

/// Counters and versions stay far below the limit of a column; beyond it they would stand still.
pub(crate) fn integer(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
