//! What a query may ask for. Everything here is linear in the text of the query and runs before
//! async-graphql sees it: its own depth, complexity and recursion checks expand fragments without
//! memory, so that 698 bytes can keep it busy for 41 seconds.

mod fragments;
mod measure;
mod refusal;
mod shapes;
mod tokens;
mod values;

use async_graphql::Variables;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
use async_graphql::parser::{self, parse_query};

use self::measure::{Measure, Scale};
pub(crate) use self::refusal::Refusal;
use self::shapes::Shapes;

/// The introspection query that GraphiQL and the code generators send, with every option on.
const STANDARD_INTROSPECTION: &str = include_str!("limits/introspection.graphql");

#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) bytes: u64,
    pub(crate) tokens: u64,
    /// Brackets within brackets; also keeps the parser's recursion off the end of the stack.
    pub(crate) brackets: u64,
    pub(crate) name_length: u64,
    pub(crate) operations: u64,
    pub(crate) depth: u64,
    /// Selection sets within each other, those of fragments included.
    pub(crate) nesting: u64,
    /// Fields after all fragments are written out.
    pub(crate) fields: u64,
    pub(crate) aliases: u64,
    pub(crate) root_fields: u64,
    pub(crate) directives: u64,
    pub(crate) arguments: u64,
    /// Values in arguments, counted once for every level of nesting; a variable as often as it is used.
    pub(crate) values: u64,
    pub(crate) page: u64,
    /// Assumed where neither the query nor the schema says how long a list is.
    pub(crate) default_page: u64,
    pub(crate) complexity: u64,
    pub(crate) introspection_depth: u64,
    pub(crate) introspection_complexity: u64,
    /// Pairs of fields that the validation compares.
    pub(crate) comparisons: u64,
    /// Names the schema does not have; each is compared with every name it does have.
    pub(crate) unknown_fields: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 5_000,
            brackets: 60,
            name_length: 200,
            operations: 20,
            depth: 12,
            nesting: 30,
            fields: 2_000,
            aliases: 30,
            root_fields: 20,
            directives: 50,
            arguments: 50,
            values: 60_000,
            page: 100,
            default_page: 10,
            complexity: 50_000,
            introspection_depth: 15,
            introspection_complexity: 300,
            comparisons: 50_000,
            unknown_fields: 10,
        }
    }
}

/// The limits together with the schema they are measured against.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    shapes: Shapes,
    /// What the answer to an introspection may hold: as much as that of the standard query.
    introspection_cost: u64,
}

impl Budget {
    /// # Errors
    /// Fails when `sdl` is not a schema.
    pub(crate) fn new(limits: Limits, sdl: &str) -> Result<Self, parser::Error> {
        let shapes = Shapes::read(sdl, limits.default_page)?;
        let standard = parse_query(STANDARD_INTROSPECTION)?;
        let mut budget = Self { limits, shapes, introspection_cost: u64::MAX };
        let cost = standard.operations.iter().next().map_or(0, |(_, operation)| {
            let measure = budget.measure(&standard, &operation.node, &Variables::default());
            measure.map_or(u64::MAX, |measure| measure.introspection.cost)
        });
        budget.introspection_cost = cost;
        Ok(budget)
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The document, when its text is small and shallow enough to be parsed safely.
    ///
    /// # Errors
    /// Tells the limit that is exceeded, or where the text stops being GraphQL.
    pub(crate) fn parse(&self, query: &str) -> Result<ExecutableDocument, Refusal> {
        tokens::check(query, &self.limits)?;
        parse_query(query).map_err(Refusal::syntax)
    }

    /// The cost of `operation`, after every operation of the document was found within all limits:
    /// async-graphql validates the others as well.
    ///
    /// # Errors
    /// Tells the first limit that is exceeded and by how much.
    pub(crate) fn weigh(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        variables: &Variables,
    ) -> Result<u64, Refusal> {
        let operations = document.operations.iter().count() as u64;
        Refusal::unless("TOO_MANY_OPERATIONS", "operations", self.limits.operations, operations)?;
        let mut cost = 0;
        for (_, each) in document.operations.iter() {
            let measure = self.measure(document, &each.node, variables)?;
            self.check(&measure)?;
            if std::ptr::eq(&each.node, operation) {
                cost = measure.cost;
            }
        }
        Ok(cost)
    }

    fn measure(&self, document: &ExecutableDocument, operation: &OperationDefinition, variables: &Variables) -> Result<Measure, Refusal> {
        let mut scale = Scale::new(&self.limits, &self.shapes, operation, variables);
        for (name, fragment) in fragments::in_order_of_use(document)? {
            scale.fragment(name, fragment)?;
        }
        scale.operation(operation, self.shapes.root(operation.ty))
    }

    fn check(&self, measure: &Measure) -> Result<(), Refusal> {
        let limits = &self.limits;
        Refusal::unless("QUERY_TOO_DEEP", "levels of fields", limits.depth, measure.depth)?;
        Refusal::unless("QUERY_TOO_DEEP", "levels of selection sets and fragments", limits.nesting, measure.nesting)?;
        Refusal::unless("TOO_MANY_ALIASES", "aliases", limits.aliases, measure.aliases)?;
        Refusal::unless("TOO_MANY_ROOT_FIELDS", "root fields", limits.root_fields, measure.roots)?;
        Refusal::unless("TOO_MANY_DIRECTIVES", "directives", limits.directives, measure.directives)?;
        Refusal::unless("TOO_MANY_FIELDS", "fields", limits.fields, measure.fields)?;
        Refusal::unless("QUERY_TOO_COMPLEX", "points of cost", limits.complexity, measure.cost)?;
        let introspection = &measure.introspection;
        Refusal::unless("QUERY_TOO_DEEP", "levels of introspection", limits.introspection_depth, introspection.depth)?;
        Refusal::unless("QUERY_TOO_COMPLEX", "introspected fields", limits.introspection_complexity, introspection.fields)?;
        Refusal::unless("QUERY_TOO_COMPLEX", "introspected values", self.introspection_cost, introspection.cost)
    }
}

#[cfg(test)]
mod tests;
