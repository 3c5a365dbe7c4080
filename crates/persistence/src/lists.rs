//! Many values as one, which PostgreSQL takes apart again. One statement then does for any number of values, and is prepared once.

use std::fmt::Write;

use sea_orm::sea_query::{ArrayType, ColumnType};
use sea_orm::{Value, prelude::Expr};

use crate::error::Error;

/// Characters of most values.
const USUAL: usize = 34;

/// These values, absent ones among them, as a column of this type holds them.
pub(crate) fn list(values: Vec<Option<Value>>, holds: &ColumnType) -> Result<Expr, Error> {
    let (name, of) = kind(holds);
    if values.iter().all(|value| value.as_ref().is_some_and(|value| is_of(value, &of))) {
        let values = values.into_iter().flatten().collect();
        return Ok(Expr::cust_with_values(format!("CAST($1 AS {name}[])"), [Value::Array(of, Some(Box::new(values)))]));
    }
    // A prepared statement takes what it was prepared for: so another one takes text.
    Ok(Expr::cust_with_values(format!("CAST(CAST($1 AS text) AS {name}[])"), [as_text(&values)?]))
}

/// What PostgreSQL calls a type, and what its values are here.
fn kind(holds: &ColumnType) -> (&'static str, ArrayType) {
    match holds {
        ColumnType::Uuid => ("uuid", ArrayType::Uuid),
        ColumnType::Integer => ("integer", ArrayType::Int),
        ColumnType::SmallInteger => ("smallint", ArrayType::SmallInt),
        ColumnType::BigInteger => ("bigint", ArrayType::BigInt),
        ColumnType::Boolean => ("boolean", ArrayType::Bool),
        ColumnType::Date => ("date", ArrayType::ChronoDate),
        ColumnType::TimestampWithTimeZone => ("timestamptz", ArrayType::ChronoDateTimeUtc),
        ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => ("bytea", ArrayType::Bytes),
        _ => ("text", ArrayType::String),
    }
}

/// Whether a value is there, and of the type.
fn is_of(value: &Value, of: &ArrayType) -> bool {
    matches!(
        (of, value),
        (ArrayType::Uuid, Value::Uuid(Some(_)))
            | (ArrayType::Int, Value::Int(Some(_)))
            | (ArrayType::SmallInt, Value::SmallInt(Some(_)))
            | (ArrayType::BigInt, Value::BigInt(Some(_)))
            | (ArrayType::Bool, Value::Bool(Some(_)))
            | (ArrayType::ChronoDate, Value::ChronoDate(Some(_)))
            | (ArrayType::ChronoDateTimeUtc, Value::ChronoDateTimeUtc(Some(_)))
            | (ArrayType::Bytes, Value::Bytes(Some(_)))
            | (ArrayType::String, Value::String(Some(_)))
    )
}

/// PostgreSQL's own text of a list, which alone has room for absent values.
fn as_text(values: &[Option<Value>]) -> Result<String, Error> {
    let mut text = String::with_capacity(values.len().saturating_mul(USUAL));
    text.push('{');
    for value in values {
        if text.len() > 1 {
            text.push(',');
        }
        write_value(&mut text, value.as_ref())?;
    }
    text.push('}');
    Ok(text)
}

fn write_value(text: &mut String, value: Option<&Value>) -> Result<(), Error> {
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

    #[test]
    fn text_is_quoted_so_that_it_comes_back_as_it_was() {
        let text = |text: &str| Some(Value::from(text.to_owned()));

        assert_eq!(
            as_text(&[text("plain"), text(r#"a "b" \c"#), text(""), text("NULL"), text("{é,}\n")]).unwrap(),
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
        assert_eq!(as_text(&values).unwrap(), expected);
    }

    #[test]
    fn a_value_that_no_list_is_made_of_is_an_error() {
        assert!(list(vec![Some(Value::from(1.5_f64))], &ColumnType::Double).is_err());
    }
}
