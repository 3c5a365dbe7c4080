//! Readings of custom metrics in the database: one row a revision.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::custom_metric::CustomMetric;
use waymark_domain::id::Id;
use waymark_domain::metric::window::Window;
use waymark_domain::metric_reading::{MetricReading, MetricReadingFilter, MetricReadingSort};
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::{DateTime, Tz, Utc};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::revisions::{current, within};
use crate::rows::metric_reading::{Column, Entity, Model};
use crate::store::{Store, Transaction};

impl Store {
    pub async fn metric_readings_by_id(&self, scope: WorkspaceScope, ids: &[Id<MetricReading>]) -> Result<Vec<MetricReading>, Error> {
        let mut found = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            let named = current::<Entity>(scope, self.instant()).filter(Column::Id.is_in(some.iter().map(|id| id.uuid())));
            found.extend(named.all(&self.db()).await?);
        }
        found.into_iter().map(MetricReading::try_from).collect()
    }

    /// Everything that one ever said, oldest first.
    pub async fn metric_reading_revisions(&self, scope: WorkspaceScope, id: Id<MetricReading>) -> Result<Vec<MetricReading>, Error> {
        let rows = within::<Entity>(scope)
            .filter(Column::Id.eq(id.uuid()))
            .apply_if(self.instant(), |select, instant| select.filter(Column::RecordedAt.lte(instant)))
            .order_by_asc(Column::Revision)
            .all(&self.db())
            .await?;
        rows.into_iter().map(MetricReading::try_from).collect()
    }

    /// The readings of these metrics that lie in one of the windows by the clocks of a zone, but for those that were taken
    /// back; in no order.
    pub async fn metric_readings_within(
        &self,
        scope: WorkspaceScope,
        metrics: &[Id<CustomMetric>],
        windows: &[Window],
        zone: Tz,
    ) -> Result<Vec<MetricReading>, Error> {
        if metrics.is_empty() || windows.is_empty() {
            return Ok(Vec::new());
        }
        let lies = windows.iter().fold(Condition::any(), |lies, window| {
            // A day is kept as its midnight in UTC, wherever it is.
            let (instants, days) = (window.instants(zone), window.instants(Tz::UTC));
            lies.add(between(instants).add(Column::IsDay.eq(false))).add(between(days).add(Column::IsDay.eq(true)))
        });
        let rows = current::<Entity>(scope, self.instant())
            .filter(Column::MetricId.is_in(metrics.iter().map(|id| id.uuid())))
            .filter(Column::IsRetracted.eq(false))
            .filter(lies)
            .all(&self.db())
            .await?;
        rows.into_iter().map(MetricReading::try_from).collect()
    }

    pub async fn metric_readings(
        &self,
        scope: WorkspaceScope,
        filter: &MetricReadingFilter,
        sort: Sort<MetricReadingSort>,
        page: &Page,
    ) -> Result<Slice<MetricReading>, Error> {
        let MetricReadingFilter { metric, is_retracted } = filter;
        let select = current::<Entity>(scope, self.instant())
            .apply_if(*metric, |select, id| select.filter(Column::MetricId.eq(id.uuid())))
            .apply_if(*is_retracted, |select, is_retracted| select.filter(Column::IsRetracted.eq(is_retracted)));
        let MetricReadingSort::At = sort.key;
        let place = |row: &Model| Position { id: row.id, sorted_by: row.at.to_rfc3339() };
        let order = Order { column: Column::At, id: Column::Id, holds: Sorted::Instant, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

fn between((start, end): (DateTime<Utc>, DateTime<Utc>)) -> Condition {
    Condition::all().add(Column::At.gte(start)).add(Column::At.lt(end))
}

impl Transaction {
    /// Writes what is read now, each reading after what it was before: of one reading the last is current.
    pub async fn write_metric_readings(&self, readings: &[MetricReading]) -> Result<(), Error> {
        let row = |reading: &MetricReading, is_current| Model::of(self.scope(), reading, is_current).into_active_model();
        self.write_revisions::<Entity, _>(readings, |reading| (reading.id.uuid(), reading.revision), row).await
    }
}
