//! What every operation shares: refusals, headers and names, each declared once.

use std::collections::BTreeMap;

use utoipa::Modify;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, ContactBuilder, Content, Info, InfoBuilder, LicenseBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder,
    ServerBuilder,
};

use super::lists;
use crate::rest::problem::PROBLEM_JSON;

/// Status, name and description of a refusal.
type Refusal = (&'static str, &'static str, &'static str);

/// Refusals that may answer any operation.
const OF_ALL: [Refusal; 9] = [
    ("400", "Malformed", "A parameter or the body cannot be read."),
    ("401", "Unauthenticated", "No valid token."),
    ("403", "Forbidden", "The token may not do that."),
    ("404", "NotFound", "There is no such thing in this workspace."),
    ("406", "NotAcceptable", "None of the accepted media types can be given."),
    ("422", "Invalid", "The request can be read and makes no sense; `errors` names every broken field."),
    ("429", "RateLimited", "More requests than there may be in a minute; `Retry-After` says when to try again."),
    ("500", "Internal", "A fault of the server; the request's id finds it in the log."),
    ("503", "Unavailable", "The database cannot be reached just now; `Retry-After` says when to try again."),
];
/// Of operations with a body.
const OF_BODIES: [Refusal; 3] = [
    ("408", "RequestTimeout", "The body took too long to arrive."),
    ("413", "PayloadTooLarge", "The body is too large."),
    ("415", "UnsupportedMediaType", "The body is of a media type that is not understood."),
];
/// Of operations that write.
const OF_WRITES: [Refusal; 1] = [("409", "Conflict", "It does not go together with what is there already.")];
/// Of operations that change something that exists.
const OF_CHANGES: [Refusal; 1] = [("412", "VersionConflict", "The version in `If-Match` is not the current one; `current` is.")];
/// Of those that insist on being told its version.
const OF_CAREFUL_CHANGES: [Refusal; 1] = [("428", "PreconditionRequired", "`If-Match` is missing.")];

/// Changes that need no version, as there is nothing that they could overwrite unseen.
const UNVERSIONED: [&str; 3] = ["link_initiative", "remove_identity", "unlink_initiative"];
/// Changes of something that exists which are commands of their own.
const VERSIONED_COMMANDS: [&str; 4] = ["anonymise_member", "erase_member", "merge_member", "unmerge_member"];

const ETAG: (&str, &str, &str) = ("ETag", "Changes with the answer; of a resource, its version.", "\"3\"");
const LOCATION: (&str, &str, &str) =
    ("Location", "Where the resource can be found from now on.", "/v1/teams/team_01h455vb4pex5vsknk084sn02q");
const LINK: (&str, &str, &str) = ("Link", "The pages before and after this one.", "</v1/teams?cursor=n0123>; rel=\"next\"");
const REQUEST_ID: (&str, &str, &str) =
    ("X-Request-Id", "Names the request: the caller's own, or one that was given to it.", "req_01h455vb4pex5vsknk084sn02q");
const RATE_LIMIT: (&str, &str, &str) = (
    "RateLimit",
    "How many requests are left, and in how many seconds there are as many as there may be; absent where there is no limit.",
    "\"default\";r=599;t=1",
);
const RATE_LIMIT_POLICY: (&str, &str, &str) =
    ("RateLimit-Policy", "How many requests there may be in how many seconds.", "\"default\";q=600;w=60");

pub(super) struct Operations;

impl Modify for Operations {
    fn modify(&self, document: &mut OpenApi) {
        document.info = info();
        document.servers = Some(vec![ServerBuilder::new().url("/").description(Some("This server")).build()]);
        document.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("token", [])]);
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token, `wmk_…`.")).build();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        declare_shared(components);
        for (path, item) in &mut document.paths.paths {
            complete(path, item, components);
        }
        let used = serde_json::to_string(&document.paths).unwrap_or_default();
        let components = document.components.get_or_insert_default();
        components.responses.retain(|name, _| used.contains(&format!("#/components/responses/{name}\"")));
    }
}

fn info() -> Info {
    InfoBuilder::new()
        .title("Waymark")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Objectives, key results, check-ins and scores: exact, explained, and the same over REST and GraphQL."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .contact(Some(ContactBuilder::new().name(Some("The Waymark maintainers")).url(Some("https://waymark.example.org")).build()))
        .build()
}

fn declare_shared(components: &mut Components) {
    for (status, name, description) in [&OF_ALL[..], &OF_BODIES, &OF_WRITES, &OF_CHANGES, &OF_CAREFUL_CHANGES].concat() {
        let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
        let mut response = ResponseBuilder::new().description(description).content(PROBLEM_JSON, content).build();
        headed(&mut response, REQUEST_ID);
        match status {
            "401" => headed(&mut response, ("WWW-Authenticate", "How to authenticate.", "Bearer realm=\"waymark\"")),
            "415" => headed(&mut response, ("Accept", "The media types that are understood.", "application/json")),
            "429" => {
                headed(&mut response, ("Retry-After", "Seconds to wait.", "2"));
                headed(&mut response, RATE_LIMIT);
                headed(&mut response, RATE_LIMIT_POLICY);
            }
            "503" => headed(&mut response, ("Retry-After", "Seconds to wait.", "2")),
            _ => {}
        }
        components.responses.insert(name.to_owned(), response.into());
    }
    let mut known = ResponseBuilder::new().description("It is still as `If-None-Match` says.").build();
    headed(&mut known, ETAG);
    headed(&mut known, REQUEST_ID);
    components.responses.insert("NotModified".to_owned(), known.into());
}

fn complete(path: &str, item: &mut PathItem, components: &Components) {
    let PathItem { get, post, put, patch, delete, .. } = item;
    if let Some(operation) = get {
        header_parameter(operation, "If-None-Match", "The `ETag` of an earlier answer: then 304 where nothing has changed.", false);
        refer(operation, "304", "NotModified");
        lists::complete(operation, components);
    }
    let is_one_of = |operation: &Operation, names: &[&str]| operation.operation_id.as_deref().is_some_and(|name| names.contains(&name));
    let is_versioned = |operation: &&mut Operation| !is_one_of(operation, &UNVERSIONED);
    let commands = post.iter_mut().filter(|operation| is_one_of(operation, &VERSIONED_COMMANDS));
    for operation in [&mut *patch, &mut *delete].into_iter().flatten().filter(is_versioned).chain(commands) {
        header_parameter(operation, "If-Match", "The `ETag` that was read, or `*` for any version.", true);
        refuse(operation, &OF_CHANGES);
        refuse(operation, &OF_CAREFUL_CHANGES);
    }
    // What is put by external id has its source in the caller's own system: the version need not be known.
    let is_own = path.contains("/external/");
    for operation in [&mut *put].into_iter().flatten().filter(is_versioned) {
        header_parameter(operation, "If-Match", "The `ETag` that was read, or `*` for any version.", !is_own);
        refuse(operation, &OF_CHANGES);
        refuse(operation, if is_own { &[] } else { &OF_CAREFUL_CHANGES });
    }
    for operation in [&mut *post, &mut *put, &mut *patch, &mut *delete].into_iter().flatten() {
        refuse(operation, &OF_WRITES);
    }
    for operation in [get, post, put, patch, delete].into_iter().flatten() {
        refuse(operation, &OF_ALL);
        if operation.request_body.is_some() {
            refuse(operation, &OF_BODIES);
        }
        if let Some(name) = operation.operation_id.as_mut() {
            *name = camel(name);
        }
        successes(operation);
    }
}

fn header_parameter(operation: &mut Operation, name: &str, description: &str, required: bool) {
    let is_it = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(parameter) if parameter.name == name);
    let parameters = operation.parameters.get_or_insert_default();
    if parameters.iter().any(is_it) {
        return;
    }
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .description(Some(description))
        .required(if required { Required::True } else { Required::False })
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).examples(["\"3\""]).build()));
    parameters.push(parameter.build().into());
}

fn refuse(operation: &mut Operation, refusals: &[Refusal]) {
    for (status, name, _) in refusals {
        refer(operation, status, name);
    }
}

fn refer(operation: &mut Operation, status: &str, name: &str) {
    operation.responses.responses.entry(status.to_owned()).or_insert_with(|| RefOr::Ref(Ref::from_response_name(name)));
}

fn successes(operation: &mut Operation) {
    let successes = operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with('2'));
    let bodies: BTreeMap<&String, &mut RefOr<Response>> = successes.collect();
    for (status, response) in bodies {
        let RefOr::T(response) = response else { continue };
        headed(response, REQUEST_ID);
        headed(response, RATE_LIMIT);
        headed(response, RATE_LIMIT_POLICY);
        if !response.content.is_empty() {
            headed(response, ETAG);
        }
        if status == "201" {
            headed(response, LOCATION);
        }
        if lists::item(response).is_some() {
            headed(response, LINK);
        }
    }
}

fn headed(response: &mut Response, (name, description, example): (&str, &str, &str)) {
    let text = ObjectBuilder::new().schema_type(Type::String).examples([example]).build();
    let header: Header = HeaderBuilder::new().schema(Some(text)).description(Some(description)).build();
    response.headers.entry(name.to_owned()).or_insert_with(|| header.into());
}

/// `list_teams` as `listTeams`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
