//! What a question about a metric sets, beside the metric and its windows.

use super::catalogue::{Definition, Parameter, ParameterKind, ParameterName};
use super::population::Including;
use crate::activity_class::Class;
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::survey::nps::Weights;
use crate::text;

/// Most keys in one parameter.
pub const KEY_COUNT: usize = 50;

/// The parameters as they are given; what is absent has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Given {
    pub min_class: Option<Class>,
    pub activities: Option<Vec<String>>,
    pub include_staff: Option<bool>,
    pub include_bots: Option<bool>,
    pub least_activities: Option<i64>,
    pub least_members: Option<i64>,
    pub sla_seconds: Option<i64>,
    pub roles: Option<Vec<String>>,
    pub trained: Option<String>,
    pub properties: Option<Vec<String>>,
    pub tag: Option<String>,
    pub survey: Option<String>,
    pub question: Option<String>,
    pub wave: Option<String>,
    pub weights: Option<Weights>,
    pub population_correction: Option<bool>,
}

/// The parameters of a metric, each with a value where it has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    pub min_class: Option<Class>,
    /// Keys of activity types; none stands for every activity of members.
    pub activities: Vec<String>,
    pub including: Including,
    pub least_activities: Option<i64>,
    pub least_members: Option<i64>,
    pub sla_seconds: Option<i64>,
    pub roles: Vec<String>,
    pub trained: Option<String>,
    pub properties: Vec<String>,
    pub tag: Option<String>,
    pub survey: Option<String>,
    pub question: Option<String>,
    pub wave: Option<String>,
    /// Each answer alike where it is absent.
    pub weights: Option<Weights>,
    pub population_correction: bool,
}

impl Settings {
    /// What is given, with the defaults of the metric. Refused, each under its name: what the metric does not have, what it
    /// needs and lacks, and what is out of range.
    pub fn new(definition: &Definition, given: Given) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let mut asking = Asking { definition, check: &mut check };
        let settings = Self {
            min_class: asking.class(given.min_class),
            activities: asking.keys(ParameterName::Activities, given.activities),
            including: Including {
                staff: asking.flag(ParameterName::IncludeStaff, given.include_staff),
                bots: asking.flag(ParameterName::IncludeBots, given.include_bots),
            },
            least_activities: asking.whole(ParameterName::LeastActivities, given.least_activities),
            least_members: asking.whole(ParameterName::LeastMembers, given.least_members),
            sla_seconds: asking.whole(ParameterName::Sla, given.sla_seconds),
            roles: asking.keys(ParameterName::Roles, given.roles),
            trained: asking.key(ParameterName::Trained, given.trained),
            properties: asking.keys(ParameterName::Properties, given.properties),
            tag: asking.key(ParameterName::Tag, given.tag),
            survey: asking.key(ParameterName::Survey, given.survey),
            question: asking.key(ParameterName::Question, given.question),
            wave: asking.key(ParameterName::Wave, given.wave),
            weights: asking.parameter(ParameterName::Weights, given.weights.as_ref()).and(given.weights),
            population_correction: asking.flag(ParameterName::PopulationCorrection, given.population_correction),
        };
        check.finish(Some(settings))
    }
}

/// The parameters of a metric, and what is wrong with what is given for them.
struct Asking<'a> {
    definition: &'a Definition,
    check: &'a mut Check,
}

impl Asking<'_> {
    /// The parameter of this name. What is given for one that the metric has not is refused.
    fn parameter<T>(&mut self, name: ParameterName, given: Option<&T>) -> Option<Parameter> {
        let found = self.definition.parameter(name).copied();
        if found.is_none() && given.is_some() {
            let metric: &str = self.definition.key.into();
            self.check.refuse(name.into(), Code::NotApplicable, format!("`{metric}` has no such parameter: leave it out"));
        }
        found
    }

    fn class(&mut self, given: Option<Class>) -> Option<Class> {
        match self.parameter(ParameterName::MinClass, given.as_ref())?.kind {
            ParameterKind::Class { default } => Some(given.unwrap_or(default)),
            _ => given,
        }
    }

    fn flag(&mut self, name: ParameterName, given: Option<bool>) -> bool {
        self.parameter(name, given.as_ref()).is_some() && given.unwrap_or(false)
    }

    fn whole(&mut self, name: ParameterName, given: Option<i64>) -> Option<i64> {
        let whole = self.parameter(name, given.as_ref())?.whole(given);
        self.check.field("", whole).flatten()
    }

    fn key(&mut self, name: ParameterName, given: Option<String>) -> Option<String> {
        let parameter = self.parameter(name, given.as_ref())?;
        let field: &str = name.into();
        let key = self.check.field(field, text::optional_label(given.as_deref())).flatten();
        if key.is_none() && parameter.kind == ParameterKind::Key {
            self.check.refuse(field, Code::Required, "this metric cannot be told without it");
        }
        key
    }

    fn keys(&mut self, name: ParameterName, given: Option<Vec<String>>) -> Vec<String> {
        let Some(parameter) = self.parameter(name, given.as_ref()) else { return Vec::new() };
        let field: &str = name.into();
        let mut keys = match (given, parameter.kind) {
            (Some(keys), _) => self.check.field(field, bounded(&keys)).unwrap_or_default(),
            (None, ParameterKind::Keys { default }) => default.iter().map(|key| (*key).to_owned()).collect(),
            (None, _) => Vec::new(),
        };
        if keys.is_empty() && parameter.kind == ParameterKind::RequiredKeys {
            self.check.refuse(field, Code::Required, "name at least one");
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn bounded(keys: &[String]) -> Result<Vec<String>, Violation> {
    if keys.len() > KEY_COUNT {
        return Err(Violation::new(Code::TooMany, format!("name at most {KEY_COUNT}")));
    }
    keys.iter().map(|key| text::label(key)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::MetricKey;
    use super::*;

    fn settled(metric: MetricKey, given: Given) -> Result<Settings, Vec<(String, Code)>> {
        let settled = Settings::new(metric.definition(), given);
        settled.map_err(|rejection| rejection.into_violations().into_iter().map(|violation| (violation.field, violation.code)).collect())
    }

    #[test]
    fn what_is_not_given_has_the_metric_s_default() {
        let engagement = settled(MetricKey::EngagementRate, Given::default()).expect("settings");
        let champions = settled(MetricKey::Champions, Given::default()).expect("settings");

        assert_eq!(engagement.min_class, Some(Class::Contribution));
        assert_eq!(champions.roles, ["champion", "moderator"]);
    }

    #[test]
    fn what_a_metric_has_not_needs_or_does_not_bear_is_refused_all_at_once() {
        let given = Given { least_members: Some(3), sla_seconds: Some(1), ..Given::default() };

        let refused = settled(MetricKey::SlaResolutionRate, given);

        assert_eq!(refused, Err(vec![("leastMembers".to_owned(), Code::NotApplicable), ("sla".to_owned(), Code::OutOfRange)]));
        assert_eq!(settled(MetricKey::SupportShare, Given::default()), Err(vec![("tag".to_owned(), Code::Required)]));
        assert_eq!(settled(MetricKey::Coverage, Given::default()), Err(vec![("properties".to_owned(), Code::Required)]));
    }
}
