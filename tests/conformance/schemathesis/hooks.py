"""What Schemathesis cannot know of Waymark: its scalars, what only the server gives out, and which refusals are meant.

Every check stays on. A refusal that is meant is listed here; any other that a check does not expect is a failure, so that
a new kind of refusal has to be looked at first.
"""

import datetime
import json

import schemathesis
from hypothesis import strategies as st
from schemathesis.core import NOT_SET
from schemathesis.graphql import nodes

# At most 15 significant digits, and at most 12 of them after the point.
decimals = st.decimals(min_value=-999_999, max_value=999_999, places=6, allow_nan=False, allow_infinity=False)
schemathesis.graphql.scalar("Decimal", decimals.map(lambda number: nodes.Float(float(number))))

# The years that calendars, databases and clients agree on.
instants = st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2999, 12, 31))
schemathesis.graphql.scalar("DateTime", instants.map(lambda instant: nodes.String(instant.isoformat() + "Z")))

# Refusals of GraphQL requests that the schema's types cannot rule out.
MEANT = {
    # Budgets: the answer says which limit, and by how much.
    "PAGE_TOO_LARGE",
    "QUERY_TOO_COMPLEX",
    "QUERY_TOO_DEEP",
    # Both ways of naming or paging at once, which GraphQL has no type for.
    "MALFORMED",
    # Cursors are given by the server, and keys and addresses name what is there.
    "INVALID_CURSOR",
    "NOT_FOUND",
    # Pages of no entries.
    "OUT_OF_RANGE",
    # Counts below zero, which GraphQL's Int has.
    "BAD_USER_INPUT",
    # Days in the wrong order, and questions of which several are wrong at once.
    "WRONG_ORDER",
    "INVALID",
}


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    """Lines are text."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def after_call(context, case, response):
    """Tells Schemathesis of refusals that are meant, in the one vocabulary it knows.

    A request that fits the schema counts as served without the errors that are meant; one that does not fit counts as
    refused by them. Where any other error stands beside them, the answer stays as it is.
    """
    if not is_graphql(case) or response.status_code != 200:
        return
    answer = response.json()
    errors = answer.get("errors") or []
    if not errors or any(error.get("extensions", {}).get("code") not in MEANT for error in errors):
        return
    if is_meant_to_be_refused(case):
        for error in errors:
            error["extensions"]["code"] = "BAD_USER_INPUT"
    else:
        del answer["errors"]
    response.content = json.dumps(answer).encode()
    # What was read from the content before is kept there.
    response._deserialized = NOT_SET
    response._encoded_body = None


@schemathesis.hook
def filter_query(context, query):
    """Leaves out an empty list or object where a parameter has a single value: it does not go out at all, and what goes out may be
    right."""
    return not any(value in ([], {}) for value in (query or {}).values())


@schemathesis.hook
def before_call(context, case, kwargs):
    """Leaves `cursor` and `fields` to the requests that are meant to be refused.

    No client can make up a cursor. Items of which only some `fields` were asked for have only these, which a schema of
    the answer alone cannot say. Parameters that are made up as empty lists or objects do not go out at all, so that what
    goes out beside them may be right.
    """
    if is_graphql(case) or not case.query:
        return
    goes_out_right = any(value in ([], {}) for value in case.query.values())
    if goes_out_right or not is_meant_to_be_refused(case):
        case.query.pop("cursor", None)
        case.query.pop("fields", None)


def is_graphql(case):
    return case.operation.schema.specification.kind == "graphql"


def is_meant_to_be_refused(case):
    return case.meta is not None and case.meta.generation.mode.is_negative
