use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::response::{Response, Said};

use crate::error::Error;
use crate::revisions::Revised;
use crate::rows::{integer, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "responses")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) is_current: bool,
    pub(crate) survey_id: Uuid,
    pub(crate) wave_id: Uuid,
    pub(crate) question_id: Uuid,
    pub(crate) member_number: Option<i32>,
    pub(crate) value: i16,
    pub(crate) submitted_at: DateTimeUtc,
    pub(crate) source_id: String,
    pub(crate) recorded_at: DateTimeUtc,
    pub(crate) author: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Revised for Entity {
    const WORKSPACE: Column = Column::WorkspaceId;
    const ID: Column = Column::Id;
    const REVISION: Column = Column::Revision;
    const RECORDED_AT: Column = Column::RecordedAt;
    const IS_CURRENT: Column = Column::IsCurrent;
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, response: &Response, is_current: bool) -> Self {
        let Response { id, said, revision, recorded_at, author } = response;
        let Said { survey, wave, question, member, value, submitted_at, source_id } = said;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            revision: integer(*revision),
            is_current,
            survey_id: survey.uuid(),
            wave_id: wave.uuid(),
            question_id: question.uuid(),
            member_number: member.map(integer),
            value: (*value).into(),
            submitted_at: *submitted_at,
            source_id: source_id.clone(),
            recorded_at: *recorded_at,
            author: author.clone(),
        }
    }
}

impl TryFrom<Model> for Response {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let said = Said {
            survey: Id::from_uuid(row.survey_id),
            wave: Id::from_uuid(row.wave_id),
            question: Id::from_uuid(row.question_id),
            member: row.member_number.map(|number| whole("member_number", number)).transpose()?,
            value: u8::try_from(row.value).map_err(|_| Error::corrupt("value", row.value))?,
            submitted_at: row.submitted_at,
            source_id: row.source_id,
        };
        Ok(Self {
            id: Id::from_uuid(row.id),
            said,
            revision: whole("revision", row.revision)?,
            recorded_at: row.recorded_at,
            author: row.author,
        })
    }
}
