//! What an attacker can send in 64 KB of query must cost less than 250 ms, unoptimised.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use async_graphql::{Request, Variables};
use serde_json::json;

use super::endpoint;

const ALLOWED: Duration = Duration::from_millis(250);

/// Processor time of this thread, which the rest of a busy machine does not lengthen; the time on the clock where the
/// system does not tell.
fn spent() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGAN.elapsed(), Duration::from_nanos)
}

/// The cheapest of three runs.
async fn time_of(query: &str, variables: &serde_json::Value) -> (Duration, String) {
    let endpoint = endpoint();
    let mut fastest = Duration::MAX;
    let mut said = String::new();
    for _ in 0..3 {
        let mut request = Request::new(query).variables(Variables::from_json(variables.clone()));
        request.operation_name = query.contains("query q0 ").then(|| "q0".to_owned());
        let started = spent();
        let answer = endpoint.execute(request, true).await;
        fastest = fastest.min(spent().saturating_sub(started));
        said = format!("{answer:?}").chars().take(160).collect();
    }
    (fastest, said)
}

fn fill(piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0.. {
        let next = piece(index);
        if text.len() + next.len() > 64_000 {
            break;
        }
        text.push_str(&next);
    }
    text
}

fn repeat(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

fn chain(fragments: usize, spreads: usize, leaf: &str) -> String {
    let links = repeat(fragments, |i| format!("fragment f{i} on Objective {{ {} }} ", repeat(spreads, |_| format!("...f{} ", i + 1))));
    format!("{{ objective {{ ...f0 }} }} {links} fragment f{fragments} on Objective {{ {leaf} }}")
}

fn queries() -> Vec<(&'static str, String)> {
    let objective = |inside: String| format!("{{ objective {{ {inside} }} }}");
    vec![
        ("698 bytes of doubling fragments", chain(14, 2, "title")),
        ("fragments of many spreads", chain(30, 40, "title")),
        ("a chain of fragments", chain(400, 1, "title")),
        ("doubling without fields", chain(60, 2, "...f60")),
        ("a fragment spread everywhere", {
            let wide = repeat(700, |i| format!("a{i} "));
            format!("{{ objective {{ {} }} }} fragment f on Objective {{ {wide} }}", repeat(700, |_| "parent { ...f } ".into()))
        }),
        ("known fields spread everywhere", {
            let wide = "title ".repeat(1500);
            format!("{{ objective {{ {} }} }} fragment f on Objective {{ {wide} }}", repeat(400, |_| "...f ".into()))
        }),
        ("conflicting arguments", {
            let wide = repeat(400, |i| format!("keyResults(first:{}) {{ pageInfo {{ hasNextPage }} }} ", i % 7));
            objective(wide)
        }),
        ("nested fields", objective("parent{".repeat(2000) + "title" + &"}".repeat(2000))),
        ("brackets only", "[".repeat(64_000)),
        ("nested lists", format!("{{ objective(id: {}1{}) {{ title }} }}", "[".repeat(2400), "]".repeat(2400))),
        ("nested lists behind a broken string", format!("{{ objective(id: [\"\"\" a\" {} ", "[".repeat(30_000))),
        ("nested inline fragments", objective("...{".repeat(20) + "title" + &"}".repeat(20))),
        ("unclosed fields", "{parent".repeat(9_000)),
        ("aliases", objective(repeat(1_600, |i| format!("a{i}: title ")))),
        ("aliases through fragments", chain(3, 16, "a: title b: title")),
        ("root fields", format!("{{ {} }}", repeat(2400, |_| "caller ".into()))),
        ("10,000 directives", format!("{{ caller {} }}", "@a".repeat(10_000))),
        ("directives", format!("{{ {} }}", "caller @skip(if: false) ".repeat(600))),
        ("directives on fragments", chain(20, 30, "title @include(if: true) @skip(if: false)")),
        ("operations", repeat(600, |i| format!("query q{i} {{ caller }} "))),
        ("unused fragments", format!("{{ caller }} {}", repeat(700, |i| format!("fragment f{i} on Objective {{ title }} ")))),
        ("unknown fields", format!("{{ {} }}", repeat(4_900, |i| format!("field_{i} ")))),
        ("a few long unknown fields", objective(repeat(9, |i| format!("{}{i} ", "t".repeat(190))))),
        ("one unknown name of 60,000 letters", format!("{{ {} }}", "a".repeat(60_000))),
        ("unknown fields in fragments", format!("{{ caller }} {}", repeat(600, |i| format!("fragment f{i} on Objective {{ x{i} }}")))),
        ("unknown arguments", format!("{{ sum({}) }}", repeat(1_200, |i| format!("z{i}: 1 ")))),
        ("unknown types", format!("{{ caller {} }}", repeat(800, |i| format!("...on T{i} {{ x }} ")))),
        ("impossible types", objective("...on Query { caller } ".repeat(800))),
        ("undefined variables", format!("{{ {} }}", repeat(20, |i| format!("sum(a: $v{i}) ")))),
        ("undefined variables in operations", {
            let fields = repeat(480, |i| format!("keyResults(first: $v{i}) {{ __typename }} "));
            repeat(20, |i| format!("query q{i} {{ objective {{ ...f }} }} ")) + &format!("fragment f on Objective {{ {fields} }}")
        }),
        ("variable definitions", format!("query({}) {{ caller }}", repeat(1_200, |i| format!("$v{i}: Int ")))),
        ("a long comment", format!("{{ objective {{ parent {{ title #{}\n }} }} }}", "x".repeat(64_000))),
        ("much white space", format!("{{ objective {{ parent {{ title {} }} }} }}", " ".repeat(64_000))),
        ("white space between tokens", format!("{{ objective {{ {} }} }}", format!("title {}", " ".repeat(30)).repeat(1_600))),
        ("comments between tokens", format!("{{ objective {{ {} }} }}", format!("title #{}\n", "c".repeat(30)).repeat(1_600))),
        ("a block string", format!("{{ echo(text: \"\"\"{}\"\"\") }}", "\\\"\"\" \u{1f600}\n ".repeat(5_000))),
        ("a block string of lines", format!("{{ echo(text: \"\"\"{}\"\"\") }}", "\n".repeat(60_000))),
        ("an unclosed block string", format!("{{ echo(text: \"\"\"{}", "\"\" ".repeat(20_000))),
        ("an escaped string", format!("{{ echo(text: \"{}\") }}", "\\u0000".repeat(10_000))),
        ("surrogates", "{ echo(text: \"\\uD800\\uDC00\") }".into()),
        ("a long number", format!("{{ sum(a: {}) }}", "9".repeat(60_000))),
        ("a huge exponent", "{ sum(a: 1e999999999999) }".into()),
        ("a negative page", "{ objectives(first: -1) { edges { cursor } } }".into()),
        ("object literals", format!("{{ objectives(filter: {}) {{ __typename }} }}", "{within:".repeat(25) + "{}" + &"}".repeat(25))),
        (
            "repeated lists",
            objective(repeat(3, |_| {
                "keyResults(first:100) { edges { node { keyResults(first:100) { edges { node { title } } } } } } ".into()
            })),
        ),
        ("as costly as allowed", {
            let fields = "title ".repeat(9);
            objective(format!(
                "keyResults(first: 50) {{ edges {{ node {{ keyResults(first: 80) {{ edges {{ cursor node {{ {fields} }} }} }} }} }} }}"
            ))
        }),
        ("as wide as allowed", objective(format!("keyResults(first: 30) {{ edges {{ node {{ {} }} }} }}", "title ".repeat(1_600)))),
        ("conflicts in unused fragments", {
            let fields = repeat(40, |_| "a: title a: __typename ".into());
            let users = repeat(430, |i| format!("fragment g{i} on Objective {{ ...f }} "));
            format!("{{ caller }} {users} fragment f on Objective {{ {fields} }}")
        }),
        ("introspection in circles", {
            let circle = "fields { type { ".repeat(6) + "name" + &"} }".repeat(6);
            format!("{{ __schema {{ types {{ {circle} }} }} }}")
        }),
        ("introspection repeated", format!("{{ __schema {{ types {{ fields {{ args {{ {} }} }} }} }} }}", "name ".repeat(280))),
        ("introspection of one type in circles", {
            let circle = "fields { type { ofType { ".repeat(4) + "name" + &"} } }".repeat(4);
            format!("{{ __type(name: \"Query\") {{ {circle} }} }}")
        }),
        ("every character", fill(|i| char::from_u32(u32::try_from(i).unwrap_or(0)).unwrap_or('x').to_string())),
        ("nothing", String::new()),
    ]
}

#[actix_web::test]
async fn no_query_of_64_kb_takes_long() {
    let mut slow = Vec::new();
    for (name, query) in queries() {
        let (time, said) = time_of(&query, &json!({})).await;
        if time > ALLOWED {
            slow.push(format!("{name}: {time:?} for {said}"));
        }
    }

    assert!(slow.is_empty(), "{slow:#?}");
}

#[actix_web::test]
async fn no_variables_take_long() {
    let uses = |count| format!("query($v: Filter) {{ objective {{ {} }} }}", "keyResults(filter: $v) { __typename } ".repeat(count));
    let deep = serde_json::from_str(&("{\"within\":".repeat(100) + "null" + &"}".repeat(100))).unwrap_or_default();
    let mut slow = Vec::new();
    for (name, value, count) in [
        ("a wide list", json!({ "status": vec!["x"; 60_000] }), 1),
        ("a list as wide as allowed", json!({ "status": vec!["x"; 9_900] }), 1),
        ("a wide list used often", json!({ "status": vec!["x"; 9_000] }), 400),
        ("a list used as often as allowed", json!({ "status": vec!["x"; 600] }), 30),
        ("a long text used often", json!({ "status": ["x".repeat(200_000)] }), 400),
        ("a deep object", deep, 100),
    ] {
        let (time, said) = time_of(&uses(count), &json!({ "v": value })).await;
        if time > ALLOWED {
            slow.push(format!("{name}: {time:?} for {said}"));
        }
    }

    assert!(slow.is_empty(), "{slow:#?}");
}
