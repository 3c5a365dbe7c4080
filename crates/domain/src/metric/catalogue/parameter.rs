//! What a question about a metric can set.

use chrono::TimeDelta;

use crate::activity_class::Class;
use crate::rejection::{Code, Violation};

/// A parameter's name in queries: `minClass`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "camelCase")]
pub enum ParameterName {
    /// The lowest class that counts as doing something.
    MinClass,
    /// The types of activity that count.
    Activities,
    IncludeStaff,
    IncludeBots,
    /// m: so many deeds in a channel.
    LeastActivities,
    /// k: by so many people.
    LeastMembers,
    /// How long a question may take to be resolved.
    Sla,
    /// The roles that make a champion.
    Roles,
    /// The property of those who are trained.
    Trained,
    /// The properties that members should have, all of them.
    Properties,
    Tag,
    Survey,
    Question,
    /// One wave of a survey, which alone counts; without it the last one that ends in the window.
    Wave,
    /// By what answers weigh.
    Weights,
    /// Whether the interval is that of a finite population.
    PopulationCorrection,
    /// The custom metric that is meant.
    Metric,
}

/// What can stand in a parameter, and what stands there by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A whole number from `least` to `most`; one without a default has to be given.
    Whole {
        least: i64,
        most: i64,
        default: Option<i64>,
    },
    /// A length of time in seconds, from `least` to `most`, which has to be given.
    Duration {
        least: i64,
        most: i64,
    },
    /// False by default.
    Flag,
    Class {
        default: Class,
    },
    /// Keys of types of activity, roles or properties; an empty list stands for every one.
    Keys {
        default: &'static [&'static str],
    },
    /// At least one key, which has to be given.
    RequiredKeys,
    /// One key, which has to be given.
    Key,
    /// One key, which can be left out and then stands for nothing.
    OptionalKey,
    /// Each answer alike by default.
    Weights,
}

/// One thing that a question can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: ParameterName,
    pub kind: ParameterKind,
}

impl Parameter {
    /// The number that is given, or the default. Refused, under the parameter's name, where there is neither, where it is
    /// out of range, and where the parameter is no number.
    pub fn whole(&self, given: Option<i64>) -> Result<Option<i64>, Violation> {
        let (least, most, default) = match self.kind {
            ParameterKind::Whole { least, most, default } => (least, most, default),
            ParameterKind::Duration { least, most } => return self.seconds(given, least, most).map(Some),
            _ if given.is_none() => return Ok(None),
            _ => return Err(self.refused(Code::InvalidValue, "this is not a number")),
        };
        match (given, default) {
            (Some(number), _) if (least..=most).contains(&number) => Ok(Some(number)),
            (Some(number), _) => Err(self.refused(Code::OutOfRange, &format!("{number} is not a whole number from {least} to {most}"))),
            (None, None) => Err(self.refused(Code::Required, &format!("give a whole number from {least} to {most}"))),
            (None, default) => Ok(default),
        }
    }

    fn seconds(&self, given: Option<i64>, least: i64, most: i64) -> Result<i64, Violation> {
        let range = || format!("a duration from {} to {}", TimeDelta::seconds(least), TimeDelta::seconds(most));
        match given {
            Some(seconds) if (least..=most).contains(&seconds) => Ok(seconds),
            Some(seconds) => Err(self.refused(Code::OutOfRange, &format!("{} is not {}", TimeDelta::seconds(seconds), range()))),
            None => Err(self.refused(Code::Required, &format!("give {}, such as `PT24H`", range()))),
        }
    }

    fn refused(&self, code: Code, detail: &str) -> Violation {
        let name: &'static str = self.name.into();
        Violation::new(code, detail).at(name)
    }
}

pub(super) const fn with(name: ParameterName, kind: ParameterKind) -> Parameter {
    Parameter { name, kind }
}

/// The types of activity that count, with those that do by default.
pub(super) const fn activities(default: &'static [&'static str]) -> Parameter {
    with(ParameterName::Activities, ParameterKind::Keys { default })
}

pub(super) const MIN_CLASS: Parameter = with(ParameterName::MinClass, ParameterKind::Class { default: Class::Passive });
pub(super) const STAFF: Parameter = with(ParameterName::IncludeStaff, ParameterKind::Flag);
pub(super) const BOTS: Parameter = with(ParameterName::IncludeBots, ParameterKind::Flag);
pub(super) const SURVEY: Parameter = with(ParameterName::Survey, ParameterKind::OptionalKey);
pub(super) const QUESTION: Parameter = with(ParameterName::Question, ParameterKind::OptionalKey);
pub(super) const WAVE: Parameter = with(ParameterName::Wave, ParameterKind::OptionalKey);
