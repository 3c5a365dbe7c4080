//! Lists: filtered, sorted and cut alike for every resource, as JSON, NDJSON or CSV.

use std::fmt::Debug;
use std::future::{Future, Ready, ready};
use std::rc::Rc;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LINK};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;
use waymark_application::Error;
use waymark_domain::page::{self, Page, Slice, Sort};

use crate::caller::Caller;
use crate::cursor::{self, Cursors};
use crate::error_code::ErrorCode;
use crate::resources::page::{Listed, PageLinks};
use crate::rest::answer::hashed;
use crate::rest::expand::Expand;
use crate::rest::format::{Format, Shape};
use crate::rest::parameters::{Parameters, camel_to_screaming, malformed};
use crate::rest::problem::{Problem, ProblemError};
use crate::rest::stream::{Lines, Source};

/// What every list takes beside its filter.
#[derive(Clone, Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the OpenAPI document alone: the values are taken from the query one by one")]
pub(crate) struct ListParams {
    /// Items of a page, 1 to 200; 50 when absent. NDJSON and CSV give everything when it is absent.
    #[param(minimum = 1, maximum = 200, required = false, nullable = false, value_type = u32)]
    limit: Option<u32>,
    /// `page.next` or `page.prev` of an earlier answer with the same filter and order.
    #[param(required = false, nullable = false, value_type = String)]
    cursor: Option<String>,
    /// The field to sort by, with `-` in front for descending. Which there are, the document says for each list.
    #[param(required = false, nullable = false, value_type = String)]
    sort: Option<String>,
    /// Also count all items that match.
    #[param(required = false, nullable = false, value_type = bool)]
    count: Option<bool>,
    /// Only these fields of each item, separated by commas.
    #[param(required = false, nullable = false, value_type = String)]
    fields: Option<String>,
    /// The format, for those who cannot set `Accept`.
    #[param(required = false, nullable = false, inline, value_type = Format)]
    format: Option<Format>,
}

/// A request for a list with the filter `F`.
#[derive(Debug)]
pub(crate) struct List<F> {
    request: HttpRequest,
    filter: F,
    conditions: Conditions,
    /// Items that are asked for at once where the whole list is wanted.
    at_once: u32,
    expand: Vec<String>,
}

#[derive(Clone, Debug)]
struct Conditions {
    limit: Option<u32>,
    cursor: Option<String>,
    sort: Option<String>,
    count: bool,
    format: Format,
    shape: Shape,
}

impl<F: DeserializeOwned + 'static> FromRequest for List<F> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(request))
    }
}

impl<F: DeserializeOwned> List<F> {
    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        let mut parameters = Parameters::of(request)?;
        let fields = parameters.take_list("fields");
        let expand = parameters.take_list("expand");
        if expand.as_ref().is_some_and(Vec::is_empty) {
            return Err(malformed("expand", "name at least one thing to expand"));
        }
        let expand = expand.unwrap_or_default();
        let conditions = Conditions {
            limit: parameters.take("limit")?,
            cursor: parameters.take("cursor")?,
            sort: parameters.take("sort")?,
            count: parameters.take("count")?.unwrap_or(false),
            format: Format::wanted(request, parameters.take("format")?)?,
            shape: Shape::of(fields),
        };
        Ok(Self { request: request.clone(), filter: parameters.rest()?, conditions, at_once: page::LIMIT, expand })
    }
}

impl<F> List<F> {
    /// The same request with something beside the filter, such as what stands in the path.
    pub(crate) fn map<G>(self, filter: impl FnOnce(F) -> G) -> List<G> {
        let Self { request, filter: given, conditions, at_once, expand } = self;
        List { request, filter: filter(given), conditions, at_once, expand }
    }

    /// For a list that is put together as a whole in any case: the whole of it is one page.
    pub(crate) fn whole(self) -> Self {
        Self { at_once: u32::MAX, ..self }
    }

    /// Takes out what is to be given with the items, all of which the list has to know.
    pub(crate) fn expansions(&mut self, known: &[&str]) -> Result<Expand, Problem> {
        let asked = std::mem::take(&mut self.expand);
        refuse_expansions(&asked, known)?;
        if self.conditions.format == Format::Csv && !asked.is_empty() {
            let detail = "a table has no room for lists in its cells: ask for JSON or NDJSON";
            let error = ProblemError::parameter("expand", ErrorCode::NotApplicable, detail);
            let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorCode::NotApplicable, format!("expand: {detail}"));
            return Err(problem.with(vec![error]));
        }
        Ok(Expand(asked))
    }

    /// Answers with what `fetch` gives for this filter, order and page.
    pub(crate) async fn answer<Query, Key, T, Fetched>(
        self,
        caller: &Caller,
        fetch: impl Fn(Query, Sort<Key>, Page) -> Fetched + 'static,
    ) -> Result<HttpResponse, Problem>
    where
        F: Into<Query>,
        Query: Clone + Debug + 'static,
        Key: FromStr + Copy + Debug + Default + 'static,
        T: Serialize + ToSchema + 'static,
        Fetched: Future<Output = Result<Slice<T>, Error>> + 'static,
    {
        refuse_expansions(&self.expand, &[])?;
        let Self { request, filter, conditions, at_once, expand: _ } = self;
        let query: Query = filter.into();
        let sort = sort::<Key>(conditions.sort.as_deref())?;
        conditions.shape.check::<T>()?;
        let list = cursor::List::new(caller.scope, std::any::type_name::<Query>(), &format!("{query:?} {sort:?}"));
        let cursors = request.app_data::<Data<Cursors>>().map(|cursors| cursors.get_ref().clone());
        let (from, backward) = match conditions.cursor.as_deref() {
            Some(text) => place(cursors.as_ref(), &list, text)?,
            None => (None, false),
        };
        let is_whole = conditions.limit.is_none() && conditions.format != Format::Json;
        let limit = if is_whole { at_once } else { limit(conditions.limit)? };
        let first = Page { limit, from, backward, with_total: conditions.count };
        let fetch = Rc::new(move |page| fetch(query.clone(), sort, page));
        let slice = fetch(first).await.map_err(Problem::of_query)?;
        let links = links(&slice, cursors.as_ref(), &list);
        let link_header = link_header(&request, &links);
        let mut response = match conditions.format {
            Format::Json => {
                let listed = Listed { items: slice.items.into_iter().map(|placed| placed.item).collect(), page: links };
                let body = conditions.shape.listed(&listed)?;
                return Ok(with_links(hashed(&request, HttpResponse::Ok().content_type("application/json").body(()), body), link_header));
            }
            Format::Ndjson | Format::Csv => Lines::new::<T>(conditions.format, conditions.shape),
        };
        let goes_on = is_whole && slice.has_next;
        let source =
            if goes_on { Some(Source::new(move |page| fetch(page), slice.items.last().map(|placed| placed.at.clone()))) } else { None };
        response.start(slice.items.iter().map(|placed| &placed.item))?;
        let answer = response.respond(&request, source);
        Ok(if is_whole { answer } else { with_links(answer, link_header) })
    }
}

/// Paths that this list does not know.
fn refuse_expansions(asked: &[String], known: &[&str]) -> Result<(), Problem> {
    let Some(stranger) = asked.iter().find(|path| !known.contains(&path.as_str())) else { return Ok(()) };
    let offer = if known.is_empty() { "nothing here can be expanded".to_owned() } else { format!("there are {}", known.join(", ")) };
    let detail = format!("`{stranger}` cannot be expanded; {offer}");
    let error = ProblemError::parameter("expand", ErrorCode::InvalidValue, detail.clone());
    Err(Problem::new(StatusCode::BAD_REQUEST, ErrorCode::InvalidValue, format!("expand: {detail}")).with(vec![error]))
}

fn limit(limit: Option<u32>) -> Result<u32, Problem> {
    Page::limited(limit, page::LIMIT).map_err(|violation| {
        let error = ProblemError::parameter("limit", violation.code.into(), violation.detail.clone());
        Problem::new(StatusCode::BAD_REQUEST, violation.code.into(), format!("limit: {}", violation.detail)).with(vec![error])
    })
}

fn sort<Key: FromStr + Default>(text: Option<&str>) -> Result<Sort<Key>, Problem> {
    let Some(text) = text else { return Ok(Sort { key: Key::default(), descending: false }) };
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    let key = camel_to_screaming(name).parse().map_err(|_| {
        let detail = format!("this list cannot be sorted by `{name}`");
        Problem::new(StatusCode::BAD_REQUEST, ErrorCode::InvalidValue, format!("sort: {detail}")).with(vec![ProblemError::parameter(
            "sort",
            ErrorCode::InvalidValue,
            detail,
        )])
    })?;
    Ok(Sort { key, descending })
}

/// A cursor begins with the direction it leads to: `n` for the next page, `p` for the one before.
fn place(cursors: Option<&Cursors>, list: &cursor::List, text: &str) -> Result<(Option<page::Position>, bool), Problem> {
    let backward = text.starts_with('p');
    let position = text.get(1..).and_then(|rest| cursors?.read(list, rest));
    if position.is_none() || !(backward || text.starts_with('n')) {
        let detail = "the cursor was not given by this list, or the filter or order has changed since: begin again without it";
        let error = ProblemError::parameter("cursor", ErrorCode::InvalidCursor, detail);
        return Err(Problem::new(StatusCode::BAD_REQUEST, ErrorCode::InvalidCursor, format!("cursor: {detail}")).with(vec![error]));
    }
    Ok((position, backward))
}

fn links<T>(slice: &Slice<T>, cursors: Option<&Cursors>, list: &cursor::List) -> PageLinks {
    let write = |direction: &str, at: &page::Position| cursors.map(|cursors| format!("{direction}{}", cursors.write(list, at)));
    PageLinks {
        next: slice.items.last().filter(|_| slice.has_next).and_then(|placed| write("n", &placed.at)),
        prev: slice.items.first().filter(|_| slice.has_previous).and_then(|placed| write("p", &placed.at)),
        has_next: slice.has_next,
        total: slice.total,
    }
}

fn link_header(request: &HttpRequest, links: &PageLinks) -> Option<HeaderValue> {
    let others: Vec<String> =
        request.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor=")).map(str::to_owned).collect();
    let link = |cursor: &Option<String>, relation: &str| {
        let cursor = cursor.as_ref()?;
        let query: Vec<String> = others.iter().cloned().chain([format!("cursor={cursor}")]).collect();
        Some(format!("<{}?{}>; rel=\"{relation}\"", request.path(), query.join("&")))
    };
    let all: Vec<String> = [link(&links.next, "next"), link(&links.prev, "prev")].into_iter().flatten().collect();
    if all.is_empty() { None } else { HeaderValue::from_str(&all.join(", ")).ok() }
}

fn with_links(mut response: HttpResponse, link: Option<HeaderValue>) -> HttpResponse {
    if let Some(link) = link {
        response.headers_mut().insert(LINK, link);
    }
    response
}
