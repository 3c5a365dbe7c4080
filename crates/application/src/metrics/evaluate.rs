//! From what was recorded to figures: each metric by its own rule of the domain.

use waymark_domain::activity::PROGRAM_COMPLETED;
use waymark_domain::id::Id;
use waymark_domain::initiative::Category;
use waymark_domain::metric::activity;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::{Family, Healthy, MetricKey, Statistic};
use waymark_domain::metric::change::{Change, Compared};
use waymark_domain::metric::channel::InUse;
use waymark_domain::metric::community::Community as Evaluating;
use waymark_domain::metric::deed::Record;
use waymark_domain::metric::evaluation::{Evaluation, Part};
use waymark_domain::metric::figure::{Figure, Interval};
use waymark_domain::metric::program::Completions;
use waymark_domain::metric::roll::Holding;
use waymark_domain::metric::series::{Bucket, Step};
use waymark_domain::metric::target::Verdict;
use waymark_domain::metric::window::Window;
use waymark_domain::question::Question;
use waymark_domain::unit::UnitKind;
use waymark_domain::wave::Wave;
use waymark_persistence::DeedFilter;

use super::asked::Asked;
use super::content::Pieces;
use super::questions::Questions;
use super::ratings::Ratings;
use super::sources::{Ground, Sources};
use super::surveyed::Surveyed;
use crate::error::Result;

/// What a metric tells of a window.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) figure: Figure,
    pub(super) further: Vec<(Statistic, Figure)>,
    pub(super) parts: Vec<(Part, i64)>,
    pub(super) possible: Option<Interval>,
}

/// What a metric is made from beside what everybody did.
pub(super) enum Facts {
    None,
    /// What was done and carries the tag.
    Tagged(Record),
    Pieces(Pieces),
    Questions(Questions),
    Ratings(Ratings),
    Surveyed(Surveyed),
}

/// Whether a metric needs what was done before its windows, however long ago.
pub(super) fn looks_at_everything(metric: MetricKey) -> bool {
    matches!(metric, MetricKey::Lifecycle | MetricKey::PublishedResources)
}

/// Which of the things that were done a metric is told from.
pub(super) fn filter(asked: &Asked) -> DeedFilter {
    let narrowed = &asked.narrowed;
    DeedFilter { tag: narrowed.tag.clone(), initiative: narrowed.initiative, categories: categories(asked) }
}

/// Those of which it is a share.
fn tagged(asked: &Asked) -> DeedFilter {
    DeedFilter { tag: asked.settings.tag.clone(), ..filter(asked) }
}

/// Everything that is counted for a question.
pub(super) fn filters(asked: &Asked) -> Vec<DeedFilter> {
    match asked.definition.key {
        MetricKey::SupportShare => vec![filter(asked), tagged(asked)],
        _ => vec![filter(asked)],
    }
}

/// The categories of the initiatives that are meant; empty for all.
pub(super) fn categories(asked: &Asked) -> Vec<Category> {
    let is_of_programs = asked.definition.family == Family::Programs;
    match asked.narrowed.category {
        Some(category) => vec![category],
        None if is_of_programs && asked.narrowed.initiative.is_none() => Category::PROGRAMS.to_vec(),
        None => Vec::new(),
    }
}

impl Sources<'_> {
    pub(super) async fn facts(&self, asked: &Asked, ground: &Ground<'_>) -> Result<Facts> {
        Ok(match asked.definition.key {
            MetricKey::SupportShare => Facts::Tagged(self.counted(asked, tagged(asked)).await?),
            MetricKey::ProgramSatisfaction => Facts::Ratings(self.ratings(asked).await?),
            MetricKey::PublishedResources | MetricKey::ContributedContent => Facts::Pieces(self.pieces(asked).await?),
            MetricKey::FirstResponseTime | MetricKey::FirstHelpfulResponseTime | MetricKey::SlaResolutionRate | MetricKey::PeerSupport => {
                Facts::Questions(self.questions(asked, ground).await?)
            }
            _ if asked.definition.family == Family::Survey => Facts::Surveyed(self.surveyed(asked).await?),
            _ => Facts::None,
        })
    }
}

impl Facts {
    pub(super) fn tell(&self, ground: &Ground<'_>, window: Window, previous: Window) -> Told {
        let mut told = self.numbers(ground, window, previous);
        let wanted = ground.asked.statistic;
        if let Some(place) = told.further.iter().position(|(statistic, _)| *statistic == wanted) {
            let main = ground.asked.definition.value.statistic;
            let (_, figure) = told.further.remove(place);
            told.further.insert(0, (main, std::mem::replace(&mut told.figure, figure)));
        }
        told
    }

    /// With the metric's first number as the figure.
    fn numbers(&self, ground: &Ground<'_>, window: Window, previous: Window) -> Told {
        let settings = &ground.asked.settings;
        let community = Evaluating { record: &ground.record, population: &ground.population };
        let choice = &ground.choice;
        let evaluation = match (ground.asked.definition.key, self) {
            (_, Self::Questions(questions)) => return questions.tell(ground, window),
            (_, Self::Ratings(ratings)) => return ratings.tell(ground, window),
            (MetricKey::ProgramCompletions, _) => return completions(ground, &community, window),
            (_, Self::Surveyed(surveyed)) => return surveyed.tell(ground.asked.definition, window),
            (MetricKey::ActiveMembers | MetricKey::ProgramParticipants, _) => community.active_members(window, choice),
            (MetricKey::ActiveChannels, _) => {
                let number = |given: Option<i64>| given.and_then(|number| u64::try_from(number).ok()).unwrap_or(1);
                let least = InUse { deeds: number(settings.least_activities), people: number(settings.least_members) };
                community.active_channels(window, choice, least)
            }
            (MetricKey::ActiveRate | MetricKey::EngagementRate, _) => community.active_rate(window, choice),
            (MetricKey::CommunityDiscussions | MetricKey::ExternalMentions, _) => community.done(window, choice),
            (MetricKey::ContributedContent, Self::Pieces(pieces)) => pieces.contributed(&community, window, choice),
            (MetricKey::PublishedResources, Self::Pieces(pieces)) => {
                let ever = Window { start: waymark_domain::NaiveDate::MIN, end: window.end };
                let published = u64::try_from(community.deeds(ever, choice)).unwrap_or(0);
                activity::published_resources(published, pieces.retracted_before(ground, window.end))
            }
            (MetricKey::KnowledgeVelocity, _) => community.knowledge_velocity(window, choice),
            (MetricKey::Champions, _) => {
                let people = &ground.community.people;
                let roles = held(settings.roles.iter().filter_map(|role| people.roles.get(role)));
                let trained = settings.trained.as_ref().and_then(|name| people.properties.get(name));
                community.champions(window, &roles, &held(trained.into_iter().flat_map(|values| values.values())), choice)
            }
            (MetricKey::GrowthRate, _) => ground.population.growth_rate(window),
            (MetricKey::Coverage, _) => {
                let held: Vec<Vec<Holding>> = settings.properties.iter().map(|name| property(ground, name)).collect();
                let properties: Vec<&[Holding]> = held.iter().map(Vec::as_slice).collect();
                ground.population.coverage(window, &properties)
            }
            (MetricKey::Retention, _) => return retention(ground, &community, window, previous),
            (MetricKey::Lifecycle, _) => {
                let told = community.lifecycle(previous, &[window], choice).pop();
                return told.map_or_else(|| Told::from(Evaluation::from(Figure::count(0))), Told::from);
            }
            (MetricKey::SupportShare, Self::Tagged(tagged)) => community.support_share(tagged, window, choice),
            (MetricKey::Concentration, _) => community.concentration(window, choice),
            (key, _) => unreachable_metric(key),
        };
        evaluation.into()
    }

    /// The wave that a window is told of by, of a metric of surveys.
    pub(super) fn wave(&self, window: Window) -> Option<Id<Wave>> {
        if let Self::Surveyed(surveyed) = self { surveyed.wave(window) } else { None }
    }

    /// The question that was asked, of a metric of surveys.
    pub(super) fn question(&self) -> Option<Id<Question>> {
        if let Self::Surveyed(surveyed) = self { surveyed.question } else { None }
    }

    /// How many events the answer was made from: none where people were asked, whose number may have to be hidden.
    pub(super) fn events(&self, ground: &Ground<'_>) -> u64 {
        match self {
            Self::Questions(questions) => return questions.events(),
            Self::Ratings(ratings) => return ratings.events(),
            Self::Surveyed(_) => return 0,
            Self::None | Self::Tagged(_) | Self::Pieces(_) => {}
        }
        let windows = ground.asked.buckets.iter().map(|bucket| bucket.window);
        let first = windows.clone().map(|window| window.start).min();
        let last = windows.map(|window| window.end).max();
        let from = if looks_at_everything(ground.asked.definition.key) { Some(waymark_domain::NaiveDate::MIN) } else { first };
        from.zip(last).map_or(0, |(start, end)| ground.record.events(Window { start, end }))
    }
}

/// Pushed readings are not told from events, and are not in the list of what is.
fn unreachable_metric(_: MetricKey) -> Evaluation {
    use waymark_domain::metric::figure::{Reason, Status};
    Figure::missing(Status::NoData, Reason::NoEvents).into()
}

fn held<'a>(holdings: impl Iterator<Item = &'a Vec<Holding>>) -> Vec<Holding> {
    holdings.flatten().copied().collect()
}

/// Those who have a property, whatever its value, or with one value where it is written `name=value`.
fn property(ground: &Ground<'_>, named: &str) -> Vec<Holding> {
    let properties = &ground.community.people.properties;
    match named.split_once('=') {
        Some((name, value)) => held(properties.get(name).and_then(|values| values.get(value)).into_iter()),
        None => held(properties.get(named).into_iter().flat_map(|values| values.values())),
    }
}

fn completions(ground: &Ground<'_>, community: &Evaluating<'_>, window: Window) -> Told {
    let Some(completing) = ground.community.names.activities.get(PROGRAM_COMPLETED).copied() else {
        return Evaluation::from(Figure::count(0)).into();
    };
    let Completions { completions, rate } = community.program_completions(window, &ground.choice, completing);
    let mut told = Told::from(completions);
    told.further.push((Statistic::CompletionRate, rate));
    told
}

fn retention(ground: &Ground<'_>, community: &Evaluating<'_>, window: Window, previous: Window) -> Told {
    let choice = &ground.choice;
    let cohort = community.cohort_retention(previous, &[window], choice).pop();
    let mut told = Told::from(community.activity_retention(previous, window, choice));
    told.further.push((Statistic::MembershipRetention, ground.population.membership_retention(window).figure));
    told.further.extend(cohort.map(|cohort| (Statistic::CohortRetention, cohort.figure)));
    told
}

impl From<Evaluation> for Told {
    fn from(Evaluation { figure, parts }: Evaluation) -> Self {
        Self { figure, further: Vec::new(), parts, possible: None }
    }
}

/// The window before one that another is compared with.
pub(super) fn window_before(window: Window, of: Bucket) -> Window {
    Bucket { window, period: window, step: of.step }.previous()
}

pub(super) fn change(asked: &Asked, before: &Figure, now: &Figure, is_partial: bool) -> Change {
    let unit = asked.definition.measured(asked.statistic).map_or(UnitKind::Number, |measured| measured.unit);
    let before = Compared { figure: before, is_partial: false };
    waymark_domain::metric::change::change(Some(before), Compared { figure: now, is_partial }, unit)
}

/// How the figure that is meant stands to what is healthy, in windows of which a source says what is.
pub(super) fn health(asked: &Asked, told: &Told) -> Option<Verdict> {
    let is_said_of = |healthy: &&Healthy| healthy.statistic == asked.statistic && healthy.per.is_none_or(|per| is_of(asked, per));
    asked.definition.healthy.iter().find(is_said_of).map(|healthy| healthy.target().verdict(&told.figure))
}

fn is_of(asked: &Asked, per: Granularity) -> bool {
    asked.buckets.iter().all(|bucket| bucket.step == Step::Calendar(per))
}
