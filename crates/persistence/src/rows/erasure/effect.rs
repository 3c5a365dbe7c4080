//! Effects as they are kept: decimals as text, which no database rounds.

use rust_decimal::Decimal;
use sea_orm::entity::prelude::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::id::Id;
use waymark_domain::metric::effect::{Difference, Effect, MetricEffect, Moved, SurveyEffect};
use waymark_domain::metric::figure::{Figure, Interval};
use waymark_domain::metric::window::Window;

use crate::error::Error;
use crate::rows::{parsed, parsed_option, spelled};

#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    metrics: Vec<KeptMetric>,
    /// Surveys, waves and questions.
    surveys: Vec<(Uuid, Uuid, Uuid)>,
}

#[derive(Serialize, Deserialize)]
struct KeptMetric {
    metric: String,
    statistic: String,
    windows: Vec<KeptWindow>,
}

#[derive(Serialize, Deserialize)]
struct KeptWindow {
    start: Date,
    end: Date,
    is_partial: bool,
    figures: Option<(KeptFigure, KeptFigure)>,
}

#[derive(Serialize, Deserialize)]
struct KeptFigure {
    value: Option<String>,
    numerator: Option<i64>,
    denominator: Option<i64>,
    interval: Option<(String, String)>,
    status: String,
    reason: Option<String>,
}

impl Kept {
    pub(super) fn of(effect: &Effect) -> Self {
        let Effect { metrics, surveys } = effect;
        let survey = |SurveyEffect { survey, wave, question }: &SurveyEffect| (survey.uuid(), wave.uuid(), question.uuid());
        Self { metrics: metrics.iter().map(KeptMetric::of).collect(), surveys: surveys.iter().map(survey).collect() }
    }

    pub(super) fn effect(self) -> Result<Effect, Error> {
        let survey = |(survey, wave, question)| SurveyEffect {
            survey: Id::from_uuid(survey),
            wave: Id::from_uuid(wave),
            question: Id::from_uuid(question),
        };
        let metrics = self.metrics.into_iter().map(KeptMetric::effect).collect::<Result<_, Error>>()?;
        Ok(Effect { metrics, surveys: self.surveys.into_iter().map(survey).collect() })
    }
}

impl KeptMetric {
    fn of(effect: &MetricEffect) -> Self {
        let MetricEffect { metric, statistic, windows } = effect;
        Self { metric: spelled(*metric), statistic: spelled(*statistic), windows: windows.iter().map(KeptWindow::of).collect() }
    }

    fn effect(self) -> Result<MetricEffect, Error> {
        Ok(MetricEffect {
            metric: parsed("metric", &self.metric)?,
            statistic: parsed("statistic", &self.statistic)?,
            windows: self.windows.into_iter().map(KeptWindow::moved).collect::<Result<_, Error>>()?,
        })
    }
}

impl KeptWindow {
    fn of(moved: &Moved) -> Self {
        let Moved { window: Window { start, end }, is_partial, figures } = moved;
        let both = |Difference { before, after }: &Difference| (KeptFigure::of(before), KeptFigure::of(after));
        Self { start: *start, end: *end, is_partial: *is_partial, figures: figures.as_ref().map(both) }
    }

    fn moved(self) -> Result<Moved, Error> {
        let Self { start, end, is_partial, figures } = self;
        let both =
            |(before, after): (KeptFigure, KeptFigure)| Ok::<_, Error>(Difference { before: before.figure()?, after: after.figure()? });
        Ok(Moved { window: Window { start, end }, is_partial, figures: figures.map(both).transpose()? })
    }
}

impl KeptFigure {
    fn of(figure: &Figure) -> Self {
        let Figure { value, numerator, denominator, interval, status, reason } = figure;
        Self {
            value: value.map(|value| value.to_string()),
            numerator: *numerator,
            denominator: *denominator,
            interval: interval.map(|Interval { low, high }| (low.to_string(), high.to_string())),
            status: spelled(*status),
            reason: reason.map(spelled),
        }
    }

    fn figure(self) -> Result<Figure, Error> {
        let Self { value, numerator, denominator, interval, status, reason } = self;
        let number = |text: &str| Decimal::from_str_exact(text).map_err(|_| Error::corrupt("figure", text));
        let interval = interval.map(|(low, high)| Ok::<_, Error>(Interval { low: number(&low)?, high: number(&high)? }));
        Ok(Figure {
            value: value.as_deref().map(number).transpose()?,
            numerator,
            denominator,
            interval: interval.transpose()?,
            status: parsed("status", &status)?,
            reason: parsed_option("reason", reason.as_deref())?,
        })
    }
}
