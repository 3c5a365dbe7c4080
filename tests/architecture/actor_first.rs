//! Every command and query is asked by somebody.

use super::holds;
use super::tree::Tree;

/// Methods of `App` that nobody asks for, each with its reason.
const NOBODY: &[(&str, &str)] = &[
    ("open", "starts the process"),
    ("migrate", "starts the process"),
    ("pending_migrations", "starts the process"),
    ("shared_secret", "starts the process"),
    ("is_ready", "the load balancer asks"),
    ("drain", "ends the process"),
    ("fold", "the server does so beside serving, for every workspace"),
    ("authenticate", "makes the actor"),
    ("operator", "makes the actor of the command line"),
    ("refresh_bindings", "the server by itself"),
    ("workspaces", "for the operator, before one is chosen"),
    ("create_workspace", "there is no actor before the workspace"),
    ("create_first_workspace", "there is no actor before the workspace"),
];

fn actor_first(tree: &Tree) -> Vec<String> {
    let sources = tree.sources().filter(|(path, _)| path.starts_with("crates/application/src/"));

    sources.flat_map(|(path, code)| anonymous(path, &code, NOBODY)).collect()
}

fn anonymous(path: &str, code: &str, allowed: &[(&str, &str)]) -> Vec<String> {
    let methods = impls_of_app(code).into_iter().flat_map(methods);
    let is_allowed = |name: &str| allowed.iter().any(|(known, _)| *known == name);
    let anonymous = methods.filter(|(name, second)| !second.contains("&Actor") && !is_allowed(name));

    anonymous.map(|(name, _)| format!("{path}: `App::{name}` does not take `&Actor` first")).collect()
}

/// The bodies of `impl App { ... }`, with parameters of the type or without.
fn impls_of_app(code: &str) -> Vec<&str> {
    let after = code.split("\nimpl").skip(1).filter_map(|rest| rest.split_once('{'));
    let of_app = after.filter(|(head, _)| head.split_whitespace().last().is_some_and(|name| name.split('<').next() == Some("App")));

    of_app.map(|(_, rest)| rest.get(..length(rest)).unwrap_or(rest)).collect()
}

/// Where the bracket that was opened before `text` closes.
fn length(text: &str) -> usize {
    let mut depth = 1_u32;
    for (at, character) in text.char_indices() {
        match character {
            '{' | '(' => depth += 1,
            '}' | ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }

    text.len()
}

/// The name of every `pub async fn` and its first parameter after `&self`.
fn methods(body: &str) -> Vec<(&str, &str)> {
    let after = body.split("pub async fn ").skip(1);

    after
        .filter_map(|rest| {
            let (head, rest) = rest.split_once('(')?;
            let parameters = rest.get(..length(rest))?;
            let name = head.split('<').next()?.trim();
            Some((name, parameters.split(',').nth(1).unwrap_or_default()))
        })
        .collect()
}

#[test]
fn every_method_of_the_application_takes_the_actor_first() {
    holds(actor_first);

    let code = "
impl<C: Clock> App<C> {
    pub async fn team(&self, actor: &Actor, key: &str) -> Result<Team, Error> { self.x().await }
    pub async fn teams<T: Into<Id>>(&self, page: Page, actor: &Actor) -> Result<(), Error> { Ok(()) }
    async fn private(&self) {}
}
impl App {
    pub async fn ready(&self) -> bool { true }
}
impl Clock {
    pub async fn now(&self) {}
}";
    let expected = ["x.rs: `App::teams` does not take `&Actor` first", "x.rs: `App::ready` does not take `&Actor` first"];
    assert_eq!(anonymous("x.rs", code, &[]), expected);
    assert_eq!(anonymous("x.rs", code, &[("teams", "why"), ("ready", "why")]), Vec::<String>::new());
}

#[test]
fn no_exception_outlives_its_method() {
    let tree = Tree::of_the_repository();
    let code: String = tree.sources().filter(|(path, _)| path.starts_with("crates/application/src/")).map(|(_, code)| code).collect();
    let known: Vec<&str> = impls_of_app(&code).into_iter().flat_map(methods).map(|(name, _)| name).collect();

    for (name, _) in NOBODY {
        assert!(known.contains(name), "`App::{name}` is gone");
    }
}
