//! What is wrong with an input: every broken field at once, each with a remedy.

use std::fmt;

/// Why something was refused. REST and GraphQL show the same word in `SCREAMING_SNAKE_CASE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// Not of the form that is expected: broken JSON, a value of the wrong type.
    Malformed,
    /// A field that does not exist.
    UnknownField,
    /// A required field is absent, null or blank.
    Required,
    /// The field does not belong to this kind of thing.
    NotApplicable,
    /// Text is longer than its limit.
    TooLong,
    /// More entries than the limit.
    TooMany,
    /// Text holds a character that is not allowed, such as `\u0000`.
    InvalidText,
    /// Not an id, key or address of the kind that is expected.
    InvalidId,
    /// A key with characters that keys do not have.
    InvalidKey,
    /// Not a number, or one with more than 15 significant digits.
    InvalidNumber,
    /// Not a date, an instant, or a time zone.
    InvalidTime,
    /// A number or date outside its range.
    OutOfRange,
    /// Not one of the listed values.
    InvalidValue,
    /// The start comes after the end.
    WrongOrder,
    /// Baseline and target are the same where the way between them is measured.
    BaselineEqualsTarget,
    /// The thing a field names does not exist in this workspace.
    NotFound,
    /// Another thing of this kind already has the key, the external id, the account or the days.
    AlreadyExists,
    /// A team, cycle or objective would stand above itself, or a member be merged into itself.
    Loop,
    /// Teams, cycles or cascades would nest deeper than the limit.
    TooDeep,
    /// The cycle is closed.
    CycleClosed,
    /// The survey takes no answers any more.
    SurveyClosed,
    /// The status cannot change this way.
    InvalidTransition,
    /// The grade differs from the score and no reason is given.
    ReasonRequired,
    /// The thing is still used by others.
    InUse,
    /// It names a person who was erased.
    Erased,
}

/// One broken field. `field` is a path of wire names, such as `steps.0.weight`, empty for the whole input; a name that people
/// make up stands in it as [`name`] writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub field: String,
    pub code: Code,
    pub detail: String,
}

impl Violation {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { field: String::new(), code, detail: detail.into() }
    }

    /// The same violation, seen from the thing that holds the field.
    #[must_use]
    pub fn at(mut self, field: impl fmt::Display) -> Self {
        let holder = field.to_string();
        self.field = match (holder.as_str(), self.field.as_str()) {
            ("", _) => self.field,
            (_, "") => holder,
            (_, inner) => format!("{holder}.{inner}"),
        };
        self
    }
}

/// A name of any letters as a part of a path. Beyond what JSON pointers escape, a path keeps its dots for itself.
pub fn name(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1").replace('.', "~2")
}

/// The names that a path is made of.
pub fn names(path: &str) -> impl Iterator<Item = String> {
    path.split('.').filter(|part| !part.is_empty()).map(|part| part.replace("~2", ".").replace("~1", "/").replace("~0", "~"))
}

/// Everything that is wrong with one input; never empty where it is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejection(Vec<Violation>);

impl Rejection {
    pub fn violations(&self) -> &[Violation] {
        &self.0
    }

    pub fn into_violations(self) -> Vec<Violation> {
        self.0
    }

    /// The same violations, seen from the thing that holds the input.
    #[must_use]
    pub fn at(self, field: impl fmt::Display) -> Self {
        Self(self.0.into_iter().map(|violation| violation.at(&field)).collect())
    }
}

impl From<Violation> for Rejection {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl FromIterator<Violation> for Rejection {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        Self(violations.into_iter().collect())
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            match violation.field.as_str() {
                "" => write!(f, "{separator}{}", violation.detail)?,
                field => write!(f, "{separator}{field}: {}", violation.detail)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Rejection {}

/// Collects violations while fields are parsed, so that one answer names them all.
#[derive(Debug, Default)]
pub struct Check(Vec<Violation>);

impl Check {
    pub fn new() -> Self {
        Self::default()
    }

    /// The value, or nothing with its violation noted under `field`.
    pub fn field<T>(&mut self, field: &str, parsed: Result<T, Violation>) -> Option<T> {
        parsed.map_err(|violation| self.0.push(violation.at(field))).ok()
    }

    /// As [`Check::field`], for a value with several fields of its own that stand beside this input's.
    pub fn part<T>(&mut self, parsed: Result<T, Rejection>) -> Option<T> {
        parsed.map_err(|rejection| self.0.extend(rejection.0)).ok()
    }

    /// As [`Check::part`], for a part that stands below a field.
    pub fn part_at<T>(&mut self, field: &str, parsed: Result<T, Rejection>) -> Option<T> {
        parsed.map_err(|rejection| self.0.extend(rejection.0.into_iter().map(|violation| violation.at(field)))).ok()
    }

    pub fn refuse(&mut self, field: &str, code: Code, detail: impl Into<String>) {
        self.0.push(Violation::new(code, detail).at(field));
    }

    pub fn is_clean(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` with what was built when nothing was refused.
    ///
    /// A part that is missing although nothing was refused cannot happen when each part comes from
    /// this check; it is reported as a violation of the whole input rather than as a panic.
    pub fn finish<T>(self, built: Option<T>) -> Result<T, Rejection> {
        match built {
            Some(value) if self.0.is_empty() => Ok(value),
            None if self.0.is_empty() => Err(Violation::new(Code::Required, "the input is incomplete").into()),
            _ => Err(Rejection(self.0)),
        }
    }
}
