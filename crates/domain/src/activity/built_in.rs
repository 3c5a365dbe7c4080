//! The activity types that every workspace has.

use crate::activity_class::{Class, Knowledge};

/// Whether an event of a type has to have something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Need {
    Required,
    Optional,
    Forbidden,
}

/// What an event of a type does beside counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Something was done.
    Deed,
    /// A spell of membership begins.
    Joins,
    /// A spell of membership ends.
    Leaves,
    /// Opens a question.
    Asks,
    /// Answers the question that is its parent.
    Answers,
    /// Says of the answer that is its parent that it helped.
    Accepts,
    /// Settles the question that is its parent.
    Resolves,
    /// Opens the question that is its parent again.
    Reopens,
    /// Says what the answer or question that is its parent was worth, from 1 to 10.
    Rates,
    /// Says what the programme that it belongs to was worth, from 1 to 10.
    RatesProgram,
    /// Takes back the published content that is its parent.
    Retracts,
    /// Takes back the event that is its parent, as if it had never been.
    Undoes,
}

/// An activity type that is built in.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    pub key: &'static str,
    pub name: &'static str,
    /// None where an event says nothing of what its member does in the community.
    pub class: Option<Class>,
    pub knowledge: Option<Knowledge>,
    pub role: Role,
    pub member: Need,
    pub parent: Need,
    pub value: Need,
}

impl BuiltIn {
    pub fn of(key: &str) -> Option<&'static Self> {
        BUILT_IN.iter().find(|built_in| built_in.key == key)
    }
}

/// The key of what members do who come to the end of a programme.
pub const PROGRAM_COMPLETED: &str = "program_completed";

/// What people do, in ascending depth, then what moves a question, then what is no activity of a member.
pub const BUILT_IN: [BuiltIn; 28] = [
    deed("visit", "Visit", Class::Passive),
    deed("reaction", "Reaction", Class::Passive),
    knowing("content_viewed", "Content viewed", Class::Passive, Knowledge::Consumed),
    deed("event_attended", "Event attended", Class::Participation),
    deed("topic_opened", "Topic opened", Class::Participation),
    deed("reply", "Reply", Class::Participation),
    knowing("content_shared", "Content shared", Class::Participation, Knowledge::Shared),
    deed("program_joined", "Programme joined", Class::Participation),
    deed(PROGRAM_COMPLETED, "Programme completed", Class::Participation),
    BuiltIn {
        role: Role::RatesProgram,
        member: Need::Optional,
        value: Need::Required,
        ..deed("program_rated", "Programme rated", Class::Participation)
    },
    knowing("content_published", "Content published", Class::Contribution, Knowledge::Created),
    deed("code_contribution", "Code contribution", Class::Contribution),
    deed("review", "Review", Class::Contribution),
    deed("event_organised", "Event organised", Class::Leadership),
    deed("moderation", "Moderation", Class::Leadership),
    knowing("mentoring_session", "Mentoring session", Class::Leadership, Knowledge::Shared),
    knowing("talk", "Talk", Class::Leadership, Knowledge::Shared),
    BuiltIn { role: Role::Asks, ..deed("question_opened", "Question opened", Class::Participation) },
    BuiltIn { role: Role::Answers, parent: Need::Required, ..knowing("answer", "Answer", Class::Contribution, Knowledge::Created) },
    BuiltIn { role: Role::Accepts, ..about("answer_accepted", "Answer accepted", Some(Class::Participation)) },
    BuiltIn { role: Role::Resolves, ..about("question_resolved", "Question resolved", Some(Class::Participation)) },
    BuiltIn { role: Role::Reopens, ..about("question_reopened", "Question reopened", Some(Class::Participation)) },
    BuiltIn { role: Role::Rates, value: Need::Required, ..about("support_rated", "Support rated", Some(Class::Participation)) },
    BuiltIn { role: Role::Retracts, ..about("content_retracted", "Content retracted", None) },
    BuiltIn { role: Role::Undoes, ..about("retraction", "Event retracted", None) },
    BuiltIn { member: Need::Optional, class: None, ..deed("mention", "Mention from outside", Class::Passive) },
    BuiltIn { role: Role::Joins, class: None, ..deed("member_joined", "Member joined", Class::Passive) },
    BuiltIn { role: Role::Leaves, class: None, ..deed("member_left", "Member left", Class::Passive) },
];

/// Something a member does.
const fn deed(key: &'static str, name: &'static str, class: Class) -> BuiltIn {
    let (member, parent, value) = (Need::Required, Need::Optional, Need::Optional);
    BuiltIn { key, name, class: Some(class), knowledge: None, role: Role::Deed, member, parent, value }
}

const fn knowing(key: &'static str, name: &'static str, class: Class, knowledge: Knowledge) -> BuiltIn {
    BuiltIn { knowledge: Some(knowledge), ..deed(key, name, class) }
}

/// Something that is said of an earlier event, perhaps by nobody in particular: a platform's robot, say.
const fn about(key: &'static str, name: &'static str, class: Option<Class>) -> BuiltIn {
    BuiltIn { class, member: Need::Optional, parent: Need::Required, ..deed(key, name, Class::Passive) }
}
