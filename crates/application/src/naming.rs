//! Finding what a text names: an id, a key or an address, in the caller's workspace only.

mod metrics;

use waymark_domain::activity::{ActivityType, BuiltIn, Entry};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::address::Address;
use waymark_domain::channel::Channel;
use waymark_domain::check_in::CheckIn;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::{self, Id, Named};
use waymark_domain::identity::Identity;
use waymark_domain::initiative::Initiative;
use waymark_domain::key_result::KeyResult;
use waymark_domain::layer::Layer;
use waymark_domain::layer_assignment::LayerAssignment;
use waymark_domain::member::Member;
use waymark_domain::member_trait::MemberTrait;
use waymark_domain::milestone_step::MilestoneStep;
use waymark_domain::objective::{Objective, Support};
use waymark_domain::platform::Platform;
use waymark_domain::question::Question;
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::survey::Survey;
use waymark_domain::team::Team;
use waymark_domain::text;
use waymark_domain::token::Token;
use waymark_domain::wave::Wave;
use waymark_persistence::Store;

use crate::error::{Error, Result};

/// The names of one workspace.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) store: &'a Store,
    pub(crate) scope: WorkspaceScope,
}

/// A text as an id of this kind, where it has the form of one.
fn as_id<T: Named>(text: &str) -> Option<Id<T>> {
    id::parts(text).filter(|(prefix, _)| prefix == T::PREFIX).map(|(_, uuid)| Id::from_uuid(uuid))
}

fn one<T: Named, V>(found: Option<V>, named: &str) -> Result<V> {
    found.ok_or_else(|| Error::not_found(T::WORD, named))
}

impl Names<'_> {
    pub(crate) async fn team(self, named: &str) -> Result<Team> {
        let mut found = match as_id(named) {
            Some(id) => self.store.teams_by_id(self.scope, &[id]).await?,
            None => self.store.teams_by_key(self.scope, &[named]).await?,
        };
        one::<Team, _>(found.pop(), named)
    }

    pub(crate) async fn cycle(self, named: &str) -> Result<Cycle> {
        let mut found = match as_id(named) {
            Some(id) => self.store.cycles_by_id(self.scope, &[id]).await?,
            None => self.store.cycles_by_key(self.scope, &[named]).await?,
        };
        one::<Cycle, _>(found.pop(), named)
    }

    /// By id or any address it ever had.
    pub(crate) async fn objective(self, named: &str) -> Result<Objective> {
        let id = one::<Objective, _>(self.objective_id(named).await?, named)?;
        one::<Objective, _>(self.store.objectives_by_id(self.scope, &[id]).await?.pop(), named)
    }

    /// Also of one that was deleted.
    pub(crate) async fn objective_id(self, named: &str) -> Result<Option<Id<Objective>>> {
        match as_id(named) {
            Some(id) => Ok(Some(id)),
            None => Ok(self.addressed(named).await?.filter(|(_, key_result)| key_result.is_none()).map(|(objective, _)| objective)),
        }
    }

    /// By id or any address it ever had.
    pub(crate) async fn key_result(self, named: &str) -> Result<KeyResult> {
        let id = one::<KeyResult, _>(self.key_result_id(named).await?, named)?;
        one::<KeyResult, _>(self.store.key_results_by_id(self.scope, &[id]).await?.pop(), named)
    }

    /// Also of one that was deleted.
    pub(crate) async fn key_result_id(self, named: &str) -> Result<Option<Id<KeyResult>>> {
        match as_id(named) {
            Some(id) => Ok(Some(id)),
            None => Ok(self.addressed(named).await?.and_then(|(_, key_result)| key_result)),
        }
    }

    pub(crate) async fn check_in(self, named: &str) -> Result<CheckIn> {
        let id = one::<CheckIn, _>(as_id(named), named)?;
        one::<CheckIn, _>(self.store.check_ins_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn initiative(self, named: &str) -> Result<Initiative> {
        let id = one::<Initiative, _>(as_id(named), named)?;
        one::<Initiative, _>(self.store.initiatives_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn identity(self, named: &str) -> Result<Identity> {
        let id = one::<Identity, _>(as_id(named), named)?;
        one::<Identity, _>(self.store.identities_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn member(self, named: &str) -> Result<Member> {
        let id = one::<Member, _>(as_id(named), named)?;
        one::<Member, _>(self.store.members_by_id(self.scope, &[id]).await?.pop(), named)
    }

    /// By id or external id.
    pub(crate) async fn whichever_member(self, named: &str) -> Result<Member> {
        match as_id::<Member>(named) {
            Some(_) => self.member(named).await,
            None => one::<Member, _>(self.store.member_by_external_id(self.scope, named).await?, named),
        }
    }

    pub(crate) async fn layer(self, named: &str) -> Result<Layer> {
        let mut found = match as_id(named) {
            Some(id) => self.store.layers_by_id(self.scope, &[id]).await?,
            None => self.store.layers_by_key(self.scope, &[named]).await?,
        };
        one::<Layer, _>(found.pop(), named)
    }

    pub(crate) async fn layer_assignment(self, named: &str) -> Result<LayerAssignment> {
        let id = one::<LayerAssignment, _>(as_id(named), named)?;
        one::<LayerAssignment, _>(self.store.layer_assignments_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn member_trait(self, named: &str) -> Result<MemberTrait> {
        let id = one::<MemberTrait, _>(as_id(named), named)?;
        one::<MemberTrait, _>(self.store.traits_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn milestone_step(self, named: &str) -> Result<MilestoneStep> {
        let id = one::<MilestoneStep, _>(as_id(named), named)?;
        one::<MilestoneStep, _>(self.store.steps_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn question(self, named: &str) -> Result<Question> {
        let id = one::<Question, _>(as_id(named), named)?;
        one::<Question, _>(self.store.questions_by_id(self.scope, &[id]).await?.pop(), named)
    }

    /// By id, or by its key within the survey.
    pub(crate) async fn question_of(self, survey: &Survey, named: &str) -> Result<Question> {
        let mut found = self.store.questions_of(self.scope, &[survey.id]).await?;
        found.retain(|question| question.key == named || as_id(named) == Some(question.id));
        one::<Question, _>(found.pop(), named)
    }

    /// By id, or by its key within the survey.
    pub(crate) async fn wave_of(self, survey: &Survey, named: &str) -> Result<Wave> {
        let mut found = self.store.waves_of(self.scope, &[survey.id]).await?;
        found.retain(|wave| wave.key == named || as_id(named) == Some(wave.id));
        one::<Wave, _>(found.pop(), named)
    }

    pub(crate) async fn survey(self, named: &str) -> Result<Survey> {
        let mut found = match as_id(named) {
            Some(id) => self.store.surveys_by_id(self.scope, &[id]).await?,
            None => self.store.surveys_by_key(self.scope, &[named]).await?,
        };
        one::<Survey, _>(found.pop(), named)
    }

    pub(crate) async fn wave(self, named: &str) -> Result<Wave> {
        let id = one::<Wave, _>(as_id(named), named)?;
        one::<Wave, _>(self.store.waves_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn token(self, named: &str) -> Result<Token> {
        let id = one::<Token, _>(as_id(named), named)?;
        one::<Token, _>(self.store.tokens_by_id(self.scope, &[id]).await?.pop(), named)
    }

    pub(crate) async fn platform(self, named: &str) -> Result<Platform> {
        let mut found = match as_id(named) {
            Some(id) => self.store.platforms_by_id(self.scope, &[id]).await?,
            None => self.store.platforms_by_key(self.scope, &[named]).await?,
        };
        one::<Platform, _>(found.pop(), named)
    }

    /// By id, or by the key of its platform and its own, such as `forum/help`: no platform's key has a `/`.
    pub(crate) async fn channel(self, named: &str) -> Result<Channel> {
        let mut found = match (as_id(named), named.split_once('/')) {
            (Some(id), _) => self.store.channels_by_id(self.scope, &[id]).await?,
            (None, Some((platform, key))) => match self.store.platforms_by_key(self.scope, &[platform]).await?.pop() {
                Some(platform) => self.store.channels_by_key(self.scope, platform.id, &[key]).await?,
                None => Vec::new(),
            },
            (None, None) => Vec::new(),
        };
        one::<Channel, _>(found.pop(), named)
    }

    /// By id or key, built in or not.
    pub(crate) async fn activity_type(self, named: &str) -> Result<Entry> {
        let id = as_id(named);
        if let Some(built_in) = id.map_or_else(|| BuiltIn::of(named), BuiltIn::with_id) {
            return Ok(Entry::BuiltIn(built_in));
        }
        let mut found = match id {
            Some(id) => self.store.activity_types_by_id(self.scope, &[id]).await?,
            None => self.store.activity_types_by_key(self.scope, &[named]).await?,
        };
        Ok(Entry::Own(one::<ActivityType, _>(found.pop(), named)?))
    }

    /// An objective or a key result, by id or address.
    pub(crate) async fn support(self, named: &str) -> Result<Support> {
        const WORD: &str = "objective or key result";
        let missing = || Error::not_found(WORD, named);
        let renamed = |error| if matches!(error, Error::NotFound { .. }) { missing() } else { error };
        if let Some(id) = as_id::<Objective>(named) {
            return Ok(Support::Objective(self.store.objectives_by_id(self.scope, &[id]).await?.pop().ok_or_else(missing)?.id));
        }
        match (as_id::<KeyResult>(named), named.parse::<Address>()) {
            (None, Ok(address)) if address.number.key_result.is_none() => {
                Ok(Support::Objective(self.objective(named).await.map_err(renamed)?.id))
            }
            _ => Ok(Support::KeyResult(self.key_result(named).await.map_err(renamed)?.id)),
        }
    }

    async fn addressed(self, named: &str) -> Result<Option<(Id<Objective>, Option<Id<KeyResult>>)>> {
        match named.parse::<Address>() {
            Ok(address) => Ok(self.store.addressed(self.scope, &address).await?),
            Err(_) => Ok(None),
        }
    }
}

/// An external id as it is stored: without the blanks around it, and fit for every database.
pub(crate) fn external_id(text: &str) -> Result<String> {
    Ok(text::label(text).map_err(|violation| violation.at("externalId"))?)
}

/// Texts of which each is an id or a key, told apart.
pub(crate) fn ids_and_keys<T: Named>(named: &[String]) -> (Vec<Id<T>>, Vec<&str>) {
    let (mut ids, mut keys) = (Vec::new(), Vec::new());
    for text in named {
        match as_id(text) {
            Some(id) => ids.push(id),
            None => keys.push(text.as_str()),
        }
    }
    (ids, keys)
}

/// As a field of an input: what is not found is the field's violation, not the whole request's.
pub(crate) fn field<T>(check: &mut Check, name: &str, found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(Error::NotFound { what, named }) => Ok(check.field(name, Err(missing(what, &named)))),
        Err(error) => Err(error),
    }
}

/// What a field names does not exist.
pub(crate) fn missing(what: &str, named: &str) -> Violation {
    Violation::new(Code::NotFound, format!("there is no {what} `{named}` in this workspace"))
}

/// As [`field`], for a field that may be absent: then nothing is found and nothing is wrong.
pub(crate) async fn optional<T>(
    check: &mut Check,
    name: &str,
    named: Option<&str>,
    find: impl AsyncFnOnce(&str) -> Result<T>,
) -> Result<Option<T>> {
    match named {
        Some(text) => field(check, name, find(text).await),
        None => Ok(None),
    }
}
