//! Questions about metrics, with everything they name found.

use strum::VariantArray;
use waymark_domain::activity::BuiltIn;
use waymark_domain::actor::Actor;
use waymark_domain::channel::Channel;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Category, Initiative};
use waymark_domain::layer::Layer;
use waymark_domain::metric::calendar::Granularity;
use waymark_domain::metric::catalogue::{Definition, Family, MetricKey, ParameterName, SegmentKind, Statistic};
use waymark_domain::metric::series::{Bucket, Step, buckets};
use waymark_domain::metric::setting::{Given, Settings};
use waymark_domain::metric::window::{Rolling, Window};
use waymark_domain::platform::Platform;
use waymark_domain::rejection::{Check, Code, Violation};
use waymark_domain::text;
use waymark_domain::{DateTime, Days, NaiveDate, Tz, Utc};

use super::subject::{Subject, subject};
use super::{Compare, MetricQuery, Segment};
use crate::app::{App, accepted};
use crate::error::Result;

use crate::naming::{Names, field};

/// A part of a question, or what is wrong with it.
type Checked<T> = std::result::Result<T, Violation>;

/// How many periods are told of where no first day is given.
const PERIODS: u32 = 12;

/// A question that can be answered.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) definition: &'static Definition,
    pub(super) statistic: Statistic,
    pub(super) settings: Settings,
    pub(super) zone: Tz,
    pub(super) buckets: Vec<Bucket>,
    pub(super) compare: Option<Compare>,
    pub(super) narrowed: Narrowed,
    /// Of a metric of surveys; none where nobody asks a question that would feed it.
    pub(super) subject: Option<Subject>,
    pub(super) now: DateTime<Utc>,
}

/// What a metric is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Narrowed {
    pub(super) platform: Option<Id<Platform>>,
    pub(super) channel: Option<Id<Channel>>,
    pub(super) members: Option<Holders>,
    pub(super) tag: Option<String>,
    pub(super) initiative: Option<Id<Initiative>>,
    pub(super) category: Option<Category>,
}

/// Members who hold something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holders {
    /// By its id.
    Layer(Id<Layer>),
    Organisation(String),
    Property {
        name: String,
        value: String,
    },
}

/// Every metric that is told from what is recorded here.
pub(super) fn catalogue() -> impl Iterator<Item = MetricKey> {
    MetricKey::VARIANTS.iter().copied().filter(|metric| metric.definition().family != Family::Pushed)
}

impl Asked {
    pub(super) async fn new(app: &App, actor: &Actor, query: &MetricQuery) -> Result<Self> {
        let Some(metric) = catalogue().find(|metric| <&str>::from(*metric) == query.metric) else {
            let detail = format!("there is no metric `{}`: `/v1/metric-definitions` lists them", query.metric);
            return Err(Violation::new(Code::NotFound, detail).at("metric").into());
        };
        let definition = metric.definition();
        let workspace = app.store.workspace(actor.scope).await?.ok_or(crate::error::Error::Unauthenticated)?;
        let now = app.now();
        let mut check = Check::new();
        let statistic = check.field("statistic", statistic(definition, query.statistic));
        // One parameter for both: of a share of what carries a tag, and of what is narrowed to it.
        let is_share = definition.parameter(ParameterName::Tag).is_some();
        let given = Given { tag: query.segment.tag.clone().filter(|_| is_share), ..query.given.clone() };
        let segment = Segment { tag: query.segment.tag.clone().filter(|_| !is_share), ..query.segment.clone() };
        let settings = check.part(Settings::new(definition, given));
        let zone = check.field("timeZone", zone(query.time_zone.as_deref(), workspace.time_zone));
        let today = now.with_timezone(&zone.unwrap_or(workspace.time_zone)).date_naive();
        let step = check.field("", step(query));
        let (from, to) = days(query, step, today, workspace.week_start);
        let buckets = step.and_then(|step| check.part(buckets(from, to, step, workspace.week_start)));
        refuse_segments(definition, &segment, &mut check);
        if query.min_watermark.is_some() && app.instant().is_some() {
            check.refuse("minWatermark", Code::NotApplicable, "what has been acknowledged by now is not what was known then: leave it out");
        } else if query.min_watermark.is_some_and(|watermark| watermark < 0) {
            check.refuse("minWatermark", Code::OutOfRange, "a watermark is a whole number from 0 on");
        }
        if definition.parameter(ParameterName::Activities).is_some() {
            refuse_activities(app, actor, query.given.activities.as_deref().unwrap_or_default(), &mut check).await?;
        }
        let narrowed = narrowed(app, actor, &segment, &mut check).await?;
        if query.given.weights.is_some() && narrowed.members.is_some() {
            check.refuse("weights", Code::NotApplicable, "what is weighed is what everybody said: leave out the weights or the segment");
        }
        let subject = subject(app, actor, definition, &query.given, &mut check).await?;
        let built = statistic.zip(settings).zip(zone).zip(buckets).map(|(((statistic, settings), zone), buckets)| Self {
            definition,
            statistic,
            settings,
            zone,
            buckets,
            compare: query.compare,
            narrowed,
            subject,
            now,
        });
        accepted(check, built)
    }

    /// The window that a bucket is compared with.
    pub(super) fn before(&self, bucket: Bucket) -> Option<Window> {
        self.compare.map(|compare| match compare {
            Compare::Previous => bucket.previous(),
            Compare::Year => bucket.year_before(),
        })
    }
}

fn statistic(definition: &Definition, wanted: Option<Statistic>) -> Checked<Statistic> {
    let Some(wanted) = wanted else { return Ok(definition.value.statistic) };
    if definition.measured(wanted).is_some() {
        return Ok(wanted);
    }
    let known: Vec<&str> = definition.statistics().map(|measured| measured.statistic.into()).collect();
    Err(Violation::new(Code::NotApplicable, format!("this metric has {}", known.join(", "))))
}

fn zone(named: Option<&str>, own: Tz) -> Checked<Tz> {
    let read = |name: &str| {
        name.parse().map_err(|_| Violation::new(Code::InvalidTime, format!("`{name}` is not an IANA time zone such as `Europe/Berlin`")))
    };
    named.map_or(Ok(own), read)
}

/// What the series goes by: 28 days rolling where nothing is said, as dashboards do.
fn step(query: &MetricQuery) -> Checked<Step> {
    match (query.granularity, query.rolling) {
        (Some(_), Some(_)) => Err(Violation::new(Code::NotApplicable, "give `granularity` or `rolling`, not both").at("rolling")),
        (Some(granularity), None) => Ok(granularity.into()),
        (None, Some(days)) => Ok(Step::Rolling(Rolling::new(days).map_err(|violation| violation.at("rolling"))?)),
        (None, None) if query.from.is_some() => Ok(Granularity::Month.into()),
        (None, None) => Ok(Step::Rolling(Rolling::DASHBOARD)),
    }
}

/// The days that are asked for: up to today, which is not over; from as many periods before as are told of by default.
fn days(query: &MetricQuery, step: Option<Step>, today: NaiveDate, week_start: waymark_domain::Weekday) -> (NaiveDate, NaiveDate) {
    let to = query.to.unwrap_or(today);
    let from = query.from.unwrap_or_else(|| match step {
        Some(Step::Calendar(granularity)) => {
            let last = granularity.first_day(to.pred_opt().unwrap_or(to), week_start);
            granularity.earlier(last, PERIODS - 1)
        }
        _ => to.checked_sub_days(Days::new(1)).unwrap_or(to),
    });
    (from, to)
}

fn refuse_segments(definition: &Definition, segment: &Segment, check: &mut Check) {
    let Segment { platform, channel, layer, organisation, property, tag, initiative, category } = segment;
    let named = [
        ("platform", SegmentKind::Platform, platform.is_some()),
        ("channel", SegmentKind::Channel, channel.is_some()),
        ("layer", SegmentKind::Layer, layer.is_some()),
        ("organisation", SegmentKind::Organisation, organisation.is_some()),
        ("property", SegmentKind::Property, property.is_some()),
        ("tag", SegmentKind::Tag, tag.is_some()),
        ("initiative", SegmentKind::Initiative, initiative.is_some()),
        ("category", SegmentKind::Category, category.is_some()),
    ];
    for (field, kind, is_named) in named {
        if is_named && !definition.segments.contains(&kind) {
            let metric: &str = definition.key.into();
            check.refuse(field, Code::NotApplicable, format!("`{metric}` cannot be narrowed to this: leave it out"));
        }
    }
    if [layer, organisation, property].into_iter().flatten().count() > 1 {
        let last = if property.is_some() { "property" } else { "organisation" };
        check.refuse(last, Code::TooMany, "give one of `layer`, `organisation` and `property`");
    }
}

async fn narrowed(app: &App, actor: &Actor, segment: &Segment, check: &mut Check) -> Result<Narrowed> {
    let store = &app.store;
    let mut narrowed = Narrowed { category: segment.category, ..Narrowed::default() };
    let names = Names { store, scope: actor.scope };
    if let Some(named) = &segment.platform {
        narrowed.platform = field(check, "platform", names.platform(named).await)?.map(|platform| platform.id);
    }
    if let Some(named) = &segment.channel {
        narrowed.channel = field(check, "channel", names.channel(named).await)?.map(|channel| channel.id);
    }
    if let Some(tag) = &segment.tag {
        narrowed.tag = check.field("tag", text::label(tag));
    }
    if let Some(named) = &segment.initiative {
        let ids = store.initiative_ids(actor.scope, &[named]).await?;
        narrowed.initiative = check.field("initiative", found(ids.get(named).copied(), "no initiative has this id or external id"));
    }
    if let Some(named) = &segment.layer {
        let layer = field(check, "layer", Names { store, scope: actor.scope }.layer(named).await)?;
        narrowed.members = layer.map(|layer| Holders::Layer(layer.id));
    }
    if let Some(name) = &segment.organisation {
        narrowed.members = check.field("organisation", text::label(name)).map(Holders::Organisation);
    }
    if let Some(property) = &segment.property {
        narrowed.members = check.field("property", holders(property));
    }
    Ok(narrowed)
}

pub(super) fn holders(property: &str) -> Checked<Holders> {
    let refused = || Violation::new(Code::InvalidValue, "write a property as `name=value`");
    let (name, value) = property.split_once('=').ok_or_else(refused)?;
    Ok(Holders::Property { name: text::label(name)?, value: text::label(value)? })
}

/// Types of activity that nobody knows count for nothing, which is never what is meant.
async fn refuse_activities(app: &App, actor: &Actor, given: &[String], check: &mut Check) -> Result<()> {
    let mut strangers: Vec<&str> = given.iter().map(|key| key.trim()).filter(|key| BuiltIn::of(key).is_none()).collect();
    if strangers.is_empty() {
        return Ok(());
    }
    let own = app.store.own_activity_types(actor.scope).await?;
    strangers.retain(|key| own.iter().all(|own| own.key != *key));
    for key in strangers {
        check.refuse("activities", Code::NotFound, format!("there is no activity type `{key}`"));
    }
    Ok(())
}

fn found<T>(id: Option<T>, detail: &str) -> Checked<T> {
    id.ok_or_else(|| Violation::new(Code::NotFound, detail))
}
