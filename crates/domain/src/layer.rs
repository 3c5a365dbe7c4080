//! Layers: how close members stand to the core of a community.

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::layer_rule::{LayerRule, LayerRuleDraft, counted};
use crate::page::{Page, Placed, Position, Slice, Sort};
use crate::rejection::{Check, Code, Rejection, Violation};
use crate::stamp::Stamp;
use crate::text;

/// Most layers of a workspace.
pub const LAYER_COUNT: usize = 20;
/// The outermost place there is for a layer.
pub const POSITION_LIMIT: u32 = 100;
/// The largest bound of a size band.
pub const BAND_LIMIT: u32 = 1_000_000_000;
/// What stands beside layers under one address, so that no layer can have it for a key.
const RESERVED: [&str; 4] = ["assignments", "default-set", "evaluations", "flows"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    pub id: Id<Layer>,
    /// Given once.
    pub key: String,
    pub name: String,
    /// 1 is the innermost; no two layers of a workspace share one, and some may be free.
    pub position: u32,
    pub band: Band,
    /// How members come to it without being assigned by hand.
    pub rule: Option<LayerRule>,
    pub external_id: Option<String>,
    pub stamp: Stamp,
}

impl Named for Layer {
    const PREFIX: &'static str = "lay";
    const WORD: &'static str = "layer";
}

/// How many members a layer should have: a health check, and nothing that keeps anybody out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Band {
    pub least: Option<u32>,
    pub most: Option<u32>,
}

/// How the size of a layer stands to its band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum BandHealth {
    Inside,
    Below,
    Above,
    /// The layer has no band.
    Unknown,
}

/// What is given to create or change a layer.
#[derive(Clone, Debug)]
pub struct LayerDraft {
    pub key: String,
    pub name: String,
    pub position: i64,
    pub least: Option<i64>,
    pub most: Option<i64>,
    pub rule: Option<LayerRuleDraft>,
    pub external_id: Option<String>,
}

/// Which layers a list holds.
#[derive(Clone, Debug, Default)]
pub struct LayerFilter {
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// What layers are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum LayerSort {
    #[default]
    Position,
    Name,
}

impl Layer {
    pub fn new(id: Id<Self>, stamp: Stamp, draft: LayerDraft) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let LayerDraft { key, name, position, least, most, rule, external_id } = draft;
        let key = check.field("key", text::key(&key).and_then(unreserved));
        let name = check.field("name", text::label(&name));
        let position = check.field("position", counted(position, 1..=POSITION_LIMIT));
        let band = check.part(Band::new(least, most));
        let rule = rule.and_then(|draft| check.part(LayerRule::new(draft)));
        let external_id = check.field("externalId", text::optional_label(external_id.as_deref()));
        let built = key.zip(name).zip(external_id).zip(position.zip(band));
        let layer = |(((key, name), external_id), (position, band))| Self { id, key, name, position, band, rule, external_id, stamp };
        check.finish(built.map(layer))
    }

    pub fn draft(&self) -> LayerDraft {
        let Self { key, name, position, band: Band { least, most }, rule, external_id, .. } = self.clone();
        let (least, most, rule) = (least.map(Into::into), most.map(Into::into), rule.map(|rule| rule.draft()));
        LayerDraft { key, name, position: position.into(), least, most, rule, external_id }
    }

    /// Whether another version says the same: to save it again would be no change.
    pub fn is_as(&self, other: &Self) -> bool {
        Self { stamp: other.stamp, ..self.clone() } == *other
    }

    /// Whether it can stand beside the other layers of its workspace.
    pub fn beside(&self, others: &[Self]) -> Result<(), Rejection> {
        let mut check = Check::new();
        let mut others = others.iter().filter(|other| other.id != self.id);
        if others.clone().count() >= LAYER_COUNT {
            check.refuse("", Code::TooMany, format!("a workspace has at most {LAYER_COUNT} layers"));
        }
        if let Some(other) = others.find(|other| other.position == self.position) {
            let detail = format!("the layer `{}` stands there: choose a free position, or move that layer first", other.key);
            check.refuse("position", Code::AlreadyExists, detail);
        }
        check.finish(Some(()))
    }
}

impl Band {
    fn new(least: Option<i64>, most: Option<i64>) -> Result<Self, Rejection> {
        let mut check = Check::new();
        let mut bound = |field: &str, number: Option<i64>| number.and_then(|number| check.field(field, counted(number, 0..=BAND_LIMIT)));
        let band = Self { least: bound("least", least), most: bound("most", most) };
        if band.least.zip(band.most).is_some_and(|(least, most)| least > most) {
            check.refuse("most", Code::WrongOrder, "`most` is not below `least`");
        }
        check.finish(Some(band))
    }

    pub fn health(self, members: u64) -> BandHealth {
        match self {
            Self { least: None, most: None } => BandHealth::Unknown,
            Self { least: Some(least), .. } if members < u64::from(least) => BandHealth::Below,
            Self { most: Some(most), .. } if members > u64::from(most) => BandHealth::Above,
            Self { .. } => BandHealth::Inside,
        }
    }
}

fn unreserved(key: String) -> Result<String, Violation> {
    if RESERVED.contains(&key.as_str()) {
        return Err(Violation::new(Code::InvalidKey, format!("`{key}` is the address of something else: choose another key")));
    }
    Ok(key)
}

/// The layers that developer communities are often seen in, from the core outwards, with the sizes they have in good health.
/// Nobody is in them by rule until a rule is given to them.
pub fn default_set() -> [LayerDraft; 4] {
    let layer = |position, key: &str, name: &str, least, most| LayerDraft {
        key: key.to_owned(),
        name: name.to_owned(),
        position,
        least: Some(least),
        most,
        rule: None,
        external_id: None,
    };
    [
        layer(1, "core-contributors", "Core contributors", 50, Some(100)),
        layer(2, "active-advocates", "Active advocates", 500, Some(1_000)),
        layer(3, "engaged-participants", "Engaged participants", 5_000, Some(10_000)),
        layer(4, "casual-users", "Casual users", 50_000, None),
    ]
}

/// A page of all layers of a workspace.
pub fn page(all: Vec<Layer>, filter: &LayerFilter, sort: Sort<LayerSort>, page: &Page) -> Slice<Layer> {
    let is_since = |layer: &Layer| filter.updated_since.is_none_or(|instant| layer.stamp.updated_at >= instant);
    let position = |layer: &Layer| Position {
        id: layer.id.uuid(),
        sorted_by: match sort.key {
            LayerSort::Position => format!("{:03}", layer.position),
            LayerSort::Name => layer.name.clone(),
        },
    };
    Slice::cut(all.into_iter().filter(is_since).map(|item| Placed { at: position(&item), item }).collect(), sort.descending, page)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn layer(number: u128, draft: LayerDraft) -> Result<Layer, Rejection> {
        Layer::new(Id::from_uuid(Uuid::from_u128(number)), Stamp::first(DateTime::UNIX_EPOCH), draft)
    }

    fn refused(result: Result<impl Sized, Rejection>) -> Vec<(String, Code)> {
        let violations = result.err().map(Rejection::into_violations).unwrap_or_default();
        violations.into_iter().map(|violation| (violation.field, violation.code)).collect()
    }

    #[test]
    fn the_default_set_stands_side_by_side() {
        let [core, .., casual] = default_set();
        let set: Vec<Layer> = default_set().into_iter().zip(1..).map(|(draft, number)| layer(number, draft).unwrap()).collect();

        assert!(set.iter().all(|one| one.beside(&set).is_ok()));
        assert_eq!((core.key.as_str(), core.least, core.most), ("core-contributors", Some(50), Some(100)));
        assert_eq!((casual.key.as_str(), casual.least, casual.most), ("casual-users", Some(50_000), None));
    }

    #[test]
    fn a_layer_is_as_large_as_its_band_says_both_ends_included() {
        let band = Band { least: Some(50), most: Some(100) };
        let health = |members| band.health(members);

        assert_eq!([health(49), health(50), health(100), health(101)], {
            use BandHealth::{Above, Below, Inside};
            [Below, Inside, Inside, Above]
        });
        assert_eq!(Band { least: None, most: Some(0) }.health(1), BandHealth::Above);
        assert_eq!(Band::default().health(7), BandHealth::Unknown);
    }

    #[test]
    fn all_that_is_wrong_with_a_layer_is_said_at_once() {
        let [draft, ..] = default_set();
        let broken = LayerDraft { key: "flows".to_owned(), position: 0, least: Some(2), most: Some(1), ..draft };

        let expected = [("key", Code::InvalidKey), ("position", Code::OutOfRange), ("most", Code::WrongOrder)];
        assert_eq!(refused(layer(1, broken)), expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn two_layers_do_not_stand_at_one_position() {
        let [core, advocates, ..] = default_set();
        let core = layer(1, core).unwrap();
        let other = layer(2, LayerDraft { position: 1, ..advocates }).unwrap();

        assert_eq!(refused(other.beside(std::slice::from_ref(&core))), [("position".to_owned(), Code::AlreadyExists)]);
        assert_eq!(refused(core.beside(std::slice::from_ref(&core))), []);
    }
}
