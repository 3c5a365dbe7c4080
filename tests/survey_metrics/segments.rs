//! What a part of the community said: shown only where the rest does not tell of anybody.

use serde_json::{Value, json};

use super::{a_pulse, january, nameless, number, said};
use crate::given::{send, text};
use crate::harness::{App, Client, both};

both![
    a_layer_is_who_was_in_it_on_the_last_day_of_the_wave,
    organisations_and_properties_narrow_too,
    a_segment_is_not_shown_where_the_rest_is_few,
    two_layers_do_not_give_away_a_third,
    segments_of_two_kinds_that_differ_by_few_are_not_shown,
    a_segment_that_nobody_holds_has_no_answers,
    layers_weigh_by_their_members,
    what_is_weighed_leaves_nobody_alone,
    a_small_population_narrows_the_interval,
];

/// Members who answer in January, each with a point. Their ids are given back.
pub(crate) async fn people(client: &Client, prefix: &str, points: &[(usize, u64)]) -> Vec<String> {
    let all = points.iter().flat_map(|(count, point)| std::iter::repeat_n(*point, *count));
    let (mut ids, mut answers) = (Vec::new(), Vec::new());
    for (place, point) in all.enumerate() {
        let name = format!("{prefix}{place}");
        let made = client.post("/v1/members", json!({"name": name, "externalId": name})).await.expect(201);
        answers.push(said("january", "nps", &name, point, json!({"id": made["id"]})));
        ids.push(text(&made["id"]));
    }
    send(client, &answers).await;
    ids
}

pub(crate) async fn put_in(client: &Client, layer: &str, members: &[String], until: Value) {
    for member in members {
        let assignment = json!({"member": member, "layer": layer, "from": "2019-12-01", "until": until});
        client.post("/v1/layer-assignments", assignment).await.expect(201);
    }
}

async fn say_of(client: &Client, members: &[String], what: &Value) {
    for member in members {
        client.post(&format!("/v1/members/{member}/traits"), what.clone()).await.expect(201);
    }
}

fn status(point: &Value) -> (&str, &str) {
    (point["status"].as_str().unwrap_or(""), point["reason"].as_str().unwrap_or(""))
}

async fn a_layer_is_who_was_in_it_on_the_last_day_of_the_wave(app: App) {
    a_pulse(&app).await;
    let core = people(&app, "core", &[(6, 9), (2, 3)]).await;
    let gone = people(&app, "gone", &[(6, 0)]).await;
    put_in(&app, "core-contributors", &core, Value::Null).await;
    // The wave's last day is the 26th; a day that a membership ends with does not belong to it.
    put_in(&app, "core-contributors", &gone, json!("2020-01-26")).await;

    let told = january(&app, "nps", "layer=core-contributors").await;
    let all = january(&app, "nps", "").await;

    assert_eq!((number(&told), &told["numerator"], &told["denominator"]), (Some(50.0), &json!(4), &json!(8)));
    assert_eq!((status(&told), &all["denominator"]), (("LOW_N", "FEW_ANSWERS"), &json!(14)));
}

async fn organisations_and_properties_narrow_too(app: App) {
    a_pulse(&app).await;
    let some = people(&app, "some", &[(10, 10)]).await;
    people(&app, "rest", &[(10, 0)]).await;
    say_of(&app, &some, &json!({"attribute": "ORGANISATION", "value": "acme"})).await;
    say_of(&app, &some, &json!({"attribute": "PROPERTY", "name": "mobilizer", "value": "yes"})).await;

    for segment in ["organisation=acme", "property=mobilizer=yes"] {
        assert_eq!(number(&january(&app, "nps", segment).await), Some(100.0), "{segment}");
    }
    assert_eq!(number(&january(&app, "nps", "").await), Some(0.0));
}

async fn a_segment_is_not_shown_where_the_rest_is_few(app: App) {
    a_pulse(&app).await;
    let core = people(&app, "core", &[(10, 9)]).await;
    put_in(&app, "core-contributors", &core, Value::Null).await;
    assert_eq!(number(&january(&app, "nps", "layer=core-contributors").await), Some(100.0), "nobody else has answered");

    send(&app, &nameless("january", "nps", &[(3, 0)])).await;
    let beside_three = january(&app, "nps", "layer=core-contributors").await;
    send(&app, &[said("january", "nps", "four", 0, Value::Null), said("january", "nps", "five", 0, Value::Null)]).await;
    let beside_five = january(&app, "nps", "layer=core-contributors").await;

    assert_eq!(
        (&beside_three["value"], &beside_three["denominator"], status(&beside_three)),
        (&Value::Null, &Value::Null, ("SUPPRESSED", "SIBLING"))
    );
    assert_eq!((&beside_three["parts"], &beside_three["interval"]), (&json!([]), &Value::Null));
    assert_eq!(number(&beside_five), Some(100.0));
}

async fn two_layers_do_not_give_away_a_third(app: App) {
    a_pulse(&app).await;
    for (layer, points) in [("core-contributors", (6, 9)), ("active-advocates", (8, 9)), ("casual-users", (2, 0))] {
        let members = people(&app, layer, &[points]).await;
        put_in(&app, layer, &members, Value::Null).await;
    }

    let mut told = Vec::new();
    for layer in ["core-contributors", "active-advocates", "casual-users"] {
        let point = january(&app, "nps", &format!("layer={layer}")).await;
        told.push((number(&point), status(&point).1.to_owned()));
    }

    // All less the two larger ones would be the third; so the smaller of them is hidden with it.
    let expected = [(None, "SIBLING"), (Some(100.0), "FEW_ANSWERS"), (None, "FEW_ANSWERS")];
    assert_eq!(told, expected.map(|(value, reason)| (value, reason.to_owned())));
}

async fn segments_of_two_kinds_that_differ_by_few_are_not_shown(app: App) {
    a_pulse(&app).await;
    let members = people(&app, "some", &[(10, 9)]).await;
    people(&app, "rest", &[(10, 0)]).await;
    put_in(&app, "core-contributors", &members, Value::Null).await;
    say_of(&app, &members[..9], &json!({"attribute": "ORGANISATION", "value": "acme"})).await;

    for segment in ["organisation=acme", "layer=core-contributors"] {
        assert_eq!(status(&january(&app, "nps", segment).await), ("SUPPRESSED", "SIBLING"), "{segment}");
    }
}

async fn a_segment_that_nobody_holds_has_no_answers(app: App) {
    a_pulse(&app).await;
    people(&app, "some", &[(10, 9)]).await;

    for segment in ["layer=core-contributors", "organisation=nowhere", "property=mobilizer=yes"] {
        assert_eq!(status(&january(&app, "nps", segment).await), ("NO_DATA", "NO_ANSWERS"), "{segment}");
    }
}

/// 6 of 10 and 10 of 30 members answer: the first layer weighs a quarter.
async fn two_layers(client: &Client) {
    a_pulse(client).await;
    for (layer, points, silent) in [("core-contributors", &[(6, 9)][..], 4), ("active-advocates", &[(5, 9), (5, 0)], 20)] {
        let mut members = people(client, layer, points).await;
        for place in 0..silent {
            let name = format!("silent-{layer}-{place}");
            members.push(text(&client.post("/v1/members", json!({"name": name})).await.expect(201)["id"]));
        }
        put_in(client, layer, &members, Value::Null).await;
    }
}

async fn layers_weigh_by_their_members(app: App) {
    two_layers(&app).await;

    let plain = january(&app, "nps", "").await;
    let weighed = january(&app, "nps", "weights=LAYER").await;
    let corrected = january(&app, "nps", "weights=LAYER&populationCorrection=true").await;

    assert_eq!((number(&plain), number(&weighed)), (Some(37.5), Some(25.0)));
    assert_eq!((&weighed["numerator"], &weighed["denominator"], status(&weighed).0), (&Value::Null, &Value::Null, "LOW_N"));
    let parts = json!([{"part": "PROMOTERS", "value": 11}, {"part": "PASSIVES", "value": 0}, {"part": "DETRACTORS", "value": 5}]);
    assert_eq!(weighed["parts"], parts);
    let width = |point: &Value| point["interval"]["high"].as_f64().unwrap() - point["interval"]["low"].as_f64().unwrap();
    assert!(number(&corrected) == Some(25.0) && width(&corrected) < width(&weighed), "{corrected}");
}

async fn what_is_weighed_leaves_nobody_alone(app: App) {
    two_layers(&app).await;
    send(&app, &nameless("january", "nps", &[(2, 0)])).await;

    let beside_two = january(&app, "nps", "weights=LAYER").await;

    // All less those in a layer would be the two.
    assert_eq!((&beside_two["value"], &beside_two["parts"], status(&beside_two)), (&Value::Null, &json!([]), ("SUPPRESSED", "SIBLING")));
}

async fn a_small_population_narrows_the_interval(app: App) {
    a_pulse(&app).await;
    let core = people(&app, "core", &[(6, 9), (4, 3)]).await;
    put_in(&app, "core-contributors", &core, Value::Null).await;

    let all = january(&app, "nps", "populationCorrection=true").await;
    let segment = january(&app, "nps", "layer=core-contributors&populationCorrection=true").await;

    let results = app.get("/v1/surveys/pulse/results?question=nps&wave=january&populationCorrection=true").await.expect(200);
    assert_eq!(all["interval"], results["items"][0]["waves"][0]["outcome"]["nps"]["interval"]);
    // Everybody in the layer has answered.
    assert_eq!(segment["interval"], json!({"low": 20, "high": 20}));
}
