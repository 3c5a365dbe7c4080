//! Metrics as key results are bound to them: of windows that the binding chooses.

use waymark_domain::actor::Actor;
use waymark_domain::metric::catalogue::{MetricKey, Statistic};
use waymark_domain::metric::series::Bucket;
use waymark_domain::metric::setting::Given;

use super::asked::Asked;
use super::sources::Sources;
use super::{MetricQuery, MetricSeries};
use crate::app::App;
use crate::error::Result;

/// A metric, and the windows it is to be told of; at least one.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) query: MetricQuery,
    pub(crate) buckets: Vec<Bucket>,
}

impl App {
    /// Whether this can be asked: the metric, the number that is meant, and what is given, where a survey and its question are
    /// named even if they are the only ones now. Refused as the question itself would be.
    pub(crate) async fn checked_metric(&self, actor: &Actor, query: &MetricQuery) -> Result<(MetricKey, Statistic, Given)> {
        let asked = Asked::new(self, actor, query).await?;
        let given = query.given.clone();
        let given = asked.subject.map_or_else(|| given.clone(), |subject| subject.named(given.clone()));
        Ok((asked.definition.key, asked.statistic, given))
    }

    /// What metrics tell of the windows of each question, all as of one watermark, in the order of the questions.
    pub(crate) async fn tell(&self, actor: &Actor, questions: Vec<Question>) -> Result<Vec<MetricSeries>> {
        let sources = Sources::of(self, actor).await?;
        let mut told = Vec::with_capacity(questions.len());
        for Question { query, buckets } in questions {
            let asked = Asked { buckets, ..Asked::new(self, actor, &query).await? };
            told.push(sources.series(&asked).await?);
        }
        Ok(told)
    }
}
