//! Who acts, in which workspace, and on which request.

use crate::authorization::{Grant, Permission};
use crate::id::{Id, Named};
use crate::token::Token;
use crate::workspace::Workspace;

/// Proof that the caller belongs to a workspace. Every query takes it, and only authentication makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorkspaceScope(Id<Workspace>);

impl WorkspaceScope {
    /// To be called by authentication alone: a test looks for other callers.
    pub fn granted(workspace: Id<Workspace>) -> Self {
        Self(workspace)
    }

    pub fn workspace(self) -> Id<Workspace> {
        self.0
    }
}

/// An authenticated caller.
#[derive(Clone, Debug)]
pub struct Actor {
    pub scope: WorkspaceScope,
    pub grant: Grant,
    /// The token's name: the author of what it writes.
    pub name: String,
    /// Absent for an operator at the command line.
    pub token: Option<Id<Token>>,
    /// The request that is served, as it stands in the answer and in history.
    pub request: Option<String>,
}

impl Actor {
    /// The one place where it is decided what a caller may do.
    pub fn may(&self, permission: Permission) -> bool {
        self.grant.may(permission)
    }
}

/// A request's id, given by the caller or by the server.
#[derive(Debug)]
pub struct Request;

impl Named for Request {
    const PREFIX: &'static str = "req";
    const WORD: &'static str = "request";
}
