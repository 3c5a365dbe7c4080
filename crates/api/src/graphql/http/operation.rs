//! Which operation of the document a request means, and whether it brings what that one needs.

use async_graphql::Variables;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};

use crate::graphql::limits::Refusal;

pub(super) fn choose_operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Result<&'a OperationDefinition, Refusal> {
    let chosen = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.values().next(),
        _ => None,
    };
    let Some(operation) = chosen else {
        let message = match name {
            Some(name) => format!("the document has no operation named `{name}`"),
            None => "the document has several operations: say which by `operationName`".to_owned(),
        };
        return Err(Refusal::new("OPERATION_RESOLUTION_FAILURE", message));
    };
    if operation.node.ty == OperationType::Subscription {
        let message = "a subscription is not answered to a single HTTP request";
        return Err(Refusal::new("SUBSCRIPTION_NOT_SUPPORTED", message));
    }
    Ok(&operation.node)
}

/// async-graphql notices a missing variable only where a field uses it, after others have run.
pub(super) fn require_variables(operation: &OperationDefinition, variables: &Variables) -> Result<(), Refusal> {
    for definition in operation.variable_definitions.iter().map(|definition| &definition.node) {
        let name = &definition.name.node;
        let is_missing = match variables.get(name) {
            Some(value) => *value == async_graphql::Value::Null,
            None => definition.default_value.is_none(),
        };
        if is_missing && !definition.var_type.node.nullable {
            let message = format!("the variable `${name}` of type `{}` needs a value", definition.var_type.node);
            let locations = vec![definition.name.pos];
            return Err(Refusal { locations, ..Refusal::new("BAD_USER_INPUT", message) });
        }
    }
    Ok(())
}
