//! Key results that nobody has to check in: the community's metrics move them.

use waymark_application::{GaugeDraft, GuardrailDraft, NewBinding};
use waymark_domain::key_result::Indicator;
use waymark_domain::measure::{Kind, MeasureDraft};
use waymark_domain::metric::setting::Given;
use waymark_domain::unit::UnitKind;

use super::community::SURVEY;
use super::{COMMUNITY, Sample, Told, quantity};
use crate::failure::Failure;

impl Sample<'_> {
    pub(super) async fn driven_key_results(&self) -> Result<(), Failure> {
        let objective = self.objective(COMMUNITY, "The community carries itself while it grows", None).await?;
        let held = |kind, target| MeasureDraft { target: quantity(target), ..MeasureDraft::of(kind) };
        let active = Told {
            title: "At least 40 % of members are active each month",
            measure: held(Kind::AtLeast, "40"),
            unit: (UnitKind::Percent, None),
            indicator: Indicator::Leading,
            plan: "Members with an activity in the month, of all members at its end",
            values: &[],
        };
        self.driven(&objective, active, gauge("active_rate"), None).await?;
        let growth = Told {
            title: "Grow by 25 % a month with engagement held",
            measure: held(Kind::AtLeast, "25"),
            unit: (UnitKind::Percent, None),
            indicator: Indicator::Lagging,
            plan: "Who joined less who left, of those who were there; the engagement rate has to hold",
            values: &[],
        };
        self.driven(&objective, growth, gauge("growth_rate"), Some(gauge("engagement_rate"))).await?;
        let answers = Told {
            title: "First answers come within 4 hours",
            measure: held(Kind::AtMost, "4"),
            unit: (UnitKind::Duration, Some("h")),
            indicator: Indicator::Leading,
            plan: "Mean time from a question to the first answer by another person",
            values: &[],
        };
        self.driven(&objective, answers, gauge("first_response_time"), None).await?;
        let sentiment = Told {
            title: "More members recommend us than do not, by 35 points",
            measure: held(Kind::AtLeast, "35"),
            unit: (UnitKind::Custom, Some("NPS")),
            indicator: Indicator::Lagging,
            plan: "The survey of every second month, question 1",
            values: &[],
        };
        let pulse = Given { survey: Some(SURVEY.to_owned()), ..Given::default() };
        self.driven(&objective, sentiment, GaugeDraft { given: pulse, ..gauge("nps") }, None).await
    }

    async fn driven(&self, objective: &str, told: Told<'_>, gauge: GaugeDraft, guardrail: Option<GaugeDraft>) -> Result<(), Failure> {
        let key_result = self.key_result(objective, told).await?;
        let guardrail = guardrail.map(|gauge| GuardrailDraft { gauge, comparator: None, target: None });
        let new = NewBinding { gauge, granularity: None, rolling: None, comparator: None, guardrail };
        self.app.bind_metric(self.actor, key_result, None, new).await?;
        Ok(())
    }
}

fn gauge(metric: &str) -> GaugeDraft {
    GaugeDraft { metric: metric.to_owned(), ..GaugeDraft::default() }
}
