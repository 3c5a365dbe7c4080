//! Metrics whose segments are kept by ids: they are asked about without looking anything up.

use waymark_domain::actor::Actor;
use waymark_domain::binding::Gauge;
use waymark_domain::metric::catalogue::{Family, ParameterName, SegmentKind};
use waymark_domain::metric::series::Bucket;
use waymark_domain::metric::setting::{Given, Settings};
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::{DateTime, Tz, Utc};

use super::MetricQuery;
use super::asked::{Asked, Holders, Narrowed, holders};
use crate::app::App;
use crate::error::Result;

/// When a question is asked, and whose days are meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Tz,
}

impl App {
    /// The gauge that is asked for, with everything that it is narrowed to by its id. Refused as the question itself would be.
    pub(crate) async fn resolved_metric(&self, actor: &Actor, query: &MetricQuery) -> Result<Gauge> {
        let asked = Asked::new(self, actor, query).await?;
        if asked.definition.family == Family::Survey {
            let detail = "what people say is told wave by wave, not of days: bind the key result to it instead";
            return Err(Violation::new(Code::NotApplicable, detail).at("metric").into());
        }
        let segment = asked.narrowed.by_ids(asked.settings.tag.as_deref());
        Ok(Gauge { metric: asked.definition.key, statistic: asked.statistic, segment, given: query.given.clone() })
    }
}

impl Narrowed {
    /// What it is, in the order of the kinds; of a share, the tag that it is taken of is a parameter.
    fn by_ids(&self, shared: Option<&str>) -> Vec<(SegmentKind, String)> {
        let Self { platform, channel, members, tag, initiative, category } = self;
        let members = members.as_ref().map(|holders| match holders {
            Holders::Layer(id) => (SegmentKind::Layer, id.to_string()),
            Holders::Organisation(name) => (SegmentKind::Organisation, name.clone()),
            Holders::Property { name, value } => (SegmentKind::Property, format!("{name}={value}")),
        });
        let named = [
            platform.map(|id| (SegmentKind::Platform, id.to_string())),
            channel.map(|id| (SegmentKind::Channel, id.to_string())),
            members,
            tag.as_deref().or(shared).map(|tag| (SegmentKind::Tag, tag.to_owned())),
            initiative.map(|id| (SegmentKind::Initiative, id.to_string())),
            category.map(|category| (SegmentKind::Category, <&str>::from(category).to_owned())),
        ];
        named.into_iter().flatten().collect()
    }

    fn of_ids(segment: &[(SegmentKind, String)]) -> std::result::Result<Self, Violation> {
        let mut narrowed = Self::default();
        for (kind, name) in segment {
            let gone = || Violation::new(Code::NotFound, format!("`{name}` is the name of nothing that it could be narrowed to"));
            match kind {
                SegmentKind::Platform => narrowed.platform = Some(name.parse().map_err(|_| gone())?),
                SegmentKind::Channel => narrowed.channel = Some(name.parse().map_err(|_| gone())?),
                SegmentKind::Layer => narrowed.members = Some(Holders::Layer(name.parse().map_err(|_| gone())?)),
                SegmentKind::Organisation => narrowed.members = Some(Holders::Organisation(name.clone())),
                SegmentKind::Property => narrowed.members = Some(holders(name)?),
                SegmentKind::Tag => narrowed.tag = Some(name.clone()),
                SegmentKind::Initiative => narrowed.initiative = Some(name.parse().map_err(|_| gone())?),
                SegmentKind::Category => narrowed.category = Some(name.parse().map_err(|_| gone())?),
            }
        }
        Ok(narrowed)
    }
}

impl Asked {
    /// What a gauge tells of windows. Why it cannot be asked, where its metric does not take any more what it took once.
    pub(super) fn of_gauge(gauge: &Gauge, buckets: Vec<Bucket>, time: Time) -> std::result::Result<Self, Violation> {
        let definition = gauge.definition();
        let mut narrowed = Narrowed::of_ids(&gauge.segment)?;
        let mut given = gauge.given.clone();
        if definition.parameter(ParameterName::Tag).is_some() {
            given = Given { tag: narrowed.tag.take(), ..given };
        }
        let refused = || Violation::new(Code::NotApplicable, "the metric cannot be told with these parameters any more");
        let settings =
            Settings::new(definition, given).map_err(|rejection| rejection.into_violations().into_iter().next().unwrap_or_else(refused))?;
        let (statistic, Time { now, zone }) = (gauge.statistic, time);
        Ok(Self { definition, statistic, settings, zone, buckets, compare: None, narrowed, subject: None, now })
    }
}
