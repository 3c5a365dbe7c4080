//! Query parameters: each known, each once, each of its type.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Deserializer};
use waymark_domain::{DateTime, Utc};

use crate::error_code::ErrorCode;
use crate::rest::problem::{Problem, ProblemError};
use crate::scalars::{self, Decimal};

/// The parameters of a request that nobody has taken yet.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string())
            .map_err(|error| malformed("", &format!("the query cannot be read: {error}")))?;
        for (index, (name, value)) in pairs.iter().enumerate() {
            if pairs.iter().take(index).any(|(earlier, _)| earlier == name) {
                return Err(malformed(name, "this parameter is given twice; separate several values by commas"));
            }
            // A cursor with it is refused as one that was never given.
            if value.contains('\0') && name != "cursor" {
                let (code, detail) = (ErrorCode::InvalidText, "the character U+0000 is not allowed");
                let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, format!("{name}: {detail}"));
                return Err(problem.with(vec![ProblemError::parameter(name, code, detail)]));
            }
        }
        Ok(Self(pairs))
    }

    /// Takes one parameter out.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Problem> {
        let Some(value) = self.take_text(name) else { return Ok(None) };
        let pair = serde_urlencoded::to_string([("value", value)]).unwrap_or_default();
        let parsed: Result<Single<T>, _> = serde_urlencoded::from_str(&pair);
        parsed.map(|single| Some(single.value)).map_err(|error| malformed(name, &error.to_string()))
    }

    /// Takes out one parameter that holds several values separated by commas.
    pub(crate) fn take_list(&mut self, name: &str) -> Option<Vec<String>> {
        let text = self.take_text(name)?;
        Some(text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }

    fn take_text(&mut self, name: &str) -> Option<String> {
        let place = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.remove(place).1)
    }

    /// The rest, all of which `T` has to know.
    pub(crate) fn rest<T: DeserializeOwned>(self) -> Result<T, Problem> {
        let text = serde_urlencoded::to_string(&self.0).unwrap_or_default();
        let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
        serde_path_to_error::deserialize(deserializer).map_err(|failure| {
            let (path, detail) = (failure.path().to_string(), failure.inner().to_string());
            let unknown = detail.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')).map(|(name, _)| name.to_owned());
            let missing = detail.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
            match (unknown, missing) {
                (Some(name), _) => unknown_parameter(&name, &detail),
                (None, Some(name)) => required(name),
                (None, None) => malformed(&path, &detail),
            }
        })
    }
}

#[derive(Deserialize)]
struct Single<T> {
    value: T,
}

/// `asOf`: the instant a past state is asked for.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct AsOf {
    /// As it was known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = crate::scalars::DateTime)]
    as_of: Option<crate::scalars::DateTime>,
}

impl AsOf {
    pub(crate) fn instant(self) -> Option<DateTime<Utc>> {
        self.as_of.map(|instant| instant.0)
    }
}

/// No parameters at all.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A query of a known shape, for what is not a list.
#[derive(Clone, Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + 'static> actix_web::FromRequest for Query<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        std::future::ready(Parameters::of(request).and_then(Parameters::rest).map(Self))
    }
}

/// Several values separated by commas.
pub(crate) fn commas<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<Vec<T>>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let values = text.split(',').map(|part| T::deserialize(part.trim().into_deserializer()));
    values.collect::<Result<Vec<T>, serde::de::value::Error>>().map(Some).map_err(serde::de::Error::custom)
}

/// A number: a query holds texts alone, also where JSON has numbers.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    String::deserialize(deserializer)?.parse().map(Some).map_err(serde::de::Error::custom)
}

pub(crate) fn malformed(name: &str, detail: &str) -> Problem {
    if let Some(code) = scalars::beyond(detail).map(ErrorCode::from) {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, format!("{name}: {detail}"));
        return problem.with(vec![ProblemError::parameter(name, code, detail)]);
    }
    let problem = Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, format!("{name}: {detail}"));
    problem.with(vec![ProblemError::parameter(name, ErrorCode::Malformed, detail)])
}

fn required(name: &str) -> Problem {
    let problem = Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Required, format!("{name}: this parameter is required"));
    problem.with(vec![ProblemError::parameter(name, ErrorCode::Required, "this parameter is required")])
}

fn unknown_parameter(name: &str, detail: &str) -> Problem {
    let detail = detail.replace("field", "parameter");
    let problem = Problem::new(StatusCode::BAD_REQUEST, ErrorCode::UnknownField, detail.clone());
    problem.with(vec![ProblemError::parameter(name, ErrorCode::UnknownField, detail)])
}

/// `updatedAt` as `UPDATED_AT`: parameters are camelCase, the values of enums are not. Others match nothing.
pub(crate) fn camel_to_screaming(name: &str) -> String {
    if !name.chars().all(|c| c.is_ascii_alphanumeric()) || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return String::new();
    }
    let mut screaming = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            screaming.push('_');
        }
        screaming.push(letter.to_ascii_uppercase());
    }
    screaming
}
