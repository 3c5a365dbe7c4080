//! Many values as one: PostgreSQL's own text of a list, which it takes apart again. One statement then does for any number
//! of values, and is prepared once.

use std::fmt::Write;

use sea_orm::sea_query::ColumnType;
use sea_orm::{Value, prelude::Expr};

use crate::error::Error;

/// Characters of most values.
const USUAL: usize = 34;

/// A list that is being written.
pub(crate) struct List(String);

impl List {
    pub(crate) fn with_capacity(values: usize) -> Self {
        let mut text = String::with_capacity(values.saturating_mul(USUAL));
        text.push('{');
        Self(text)
    }

    /// Adds a value; none is `NULL`, as is an absent value.
    pub(crate) fn push(&mut self, value: Option<&Value>) -> Result<(), Error> {
        let text = &mut self.0;
        if text.len() > 1 {
            text.push(',');
        }
        match value {
            Some(Value::Uuid(Some(id))) => write!(text, "{}", id.as_simple()),
            Some(Value::String(Some(string))) => quote(text, string),
            Some(Value::Int(Some(number))) => write!(text, "{number}"),
            Some(Value::SmallInt(Some(number))) => write!(text, "{number}"),
            Some(Value::BigInt(Some(number))) => write!(text, "{number}"),
            Some(Value::Bool(Some(flag))) => write!(text, "{flag}"),
            Some(Value::ChronoDate(Some(day))) => write!(text, "{day}"),
            Some(Value::ChronoDateTimeUtc(Some(instant))) => write!(text, "\"{}Z\"", instant.naive_utc()),
            Some(Value::Bytes(Some(bytes))) => hex(text, bytes),
            Some(
                Value::Uuid(None)
                | Value::String(None)
                | Value::Int(None)
                | Value::SmallInt(None)
                | Value::BigInt(None)
                | Value::Bool(None)
                | Value::ChronoDate(None)
                | Value::ChronoDateTimeUtc(None)
                | Value::Bytes(None),
            )
            | None => text.write_str("NULL"),
            Some(other) => return Err(Error::corrupt("list", format!("{other:?}"))),
        }
        .map_err(|error| Error::corrupt("list", error))
    }

    /// The list as an expression, of values as a column of this type holds them.
    pub(crate) fn expression(mut self, holds: &ColumnType) -> Expr {
        self.0.push('}');
        Expr::cust_with_values(format!("CAST($1 AS {}[])", name(holds)), [self.0])
    }
}

/// What PostgreSQL calls a type.
fn name(holds: &ColumnType) -> &'static str {
    match holds {
        ColumnType::Uuid => "uuid",
        ColumnType::Integer => "integer",
        ColumnType::SmallInteger => "smallint",
        ColumnType::BigInteger => "bigint",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::TimestampWithTimeZone => "timestamptz",
        ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => "bytea",
        _ => "text",
    }
}

fn quote(text: &mut String, string: &str) -> std::fmt::Result {
    text.push('"');
    for part in string.split_inclusive(['"', '\\']) {
        match part.strip_suffix(['"', '\\']) {
            Some(rest) => {
                text.push_str(rest);
                text.push('\\');
                text.push_str(part.strip_prefix(rest).unwrap_or_default());
            }
            None => text.push_str(part),
        }
    }
    text.write_char('"')
}

fn hex(text: &mut String, bytes: &[u8]) -> std::fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    text.push_str("\"\\\\x");
    let digit = |half: u8| DIGITS.get(usize::from(half)).map_or('0', |digit| char::from(*digit));
    text.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    text.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(values: &[Option<Value>]) -> String {
        let mut list = List::with_capacity(values.len());
        for value in values {
            list.push(value.as_ref()).unwrap();
        }
        list.0 + "}"
    }

    #[test]
    fn text_is_quoted_so_that_it_comes_back_as_it_was() {
        let text = |text: &str| Some(Value::from(text.to_owned()));

        assert_eq!(
            listed(&[text("plain"), text(r#"a "b" \c"#), text(""), text("NULL"), text("{é,}\n")]),
            "{\"plain\",\"a \\\"b\\\" \\\\c\",\"\",\"NULL\",\"{é,}\n\"}"
        );
    }

    #[test]
    fn what_is_absent_is_null_and_the_rest_as_postgresql_reads_it() {
        let instant: sea_orm::prelude::DateTimeUtc = "2026-03-01T10:00:00.000001Z".parse().unwrap();
        let values = [
            Some(Value::from(7)),
            Some(Value::Int(None)),
            None,
            Some(Value::from(instant)),
            Some(Value::from(vec![0_u8, 171])),
            Some(Value::from(uuid::Uuid::from_u128(10))),
            Some(Value::from(true)),
        ];

        let expected = r#"{7,NULL,NULL,"2026-03-01 10:00:00.000001Z","\\x00ab",0000000000000000000000000000000a,true}"#;
        assert_eq!(listed(&values), expected);
    }

    #[test]
    fn a_value_that_no_list_is_made_of_is_an_error() {
        assert!(List::with_capacity(1).push(Some(&Value::from(1.5_f64))).is_err());
    }
}
