//! Who may do what: the one matrix of roles and permissions.

use crate::rejection::{Code, Violation};

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Everything, the workspace itself included.
    Owner,
    /// Everything but what only an owner may do.
    Admin,
    /// Writes OKRs and initiatives.
    Editor,
    /// Records check-ins and evidence.
    Contributor,
    /// Reads.
    Viewer,
    /// Sends events, and reads nothing but who it is.
    Ingest,
}

/// Something a caller wants to do. Every command and query of the application asks for exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Permission {
    /// See who the token is and what it may do.
    Introspect,
    /// Read the workspace, its teams, cycles, OKRs, check-ins, initiatives, scores and history.
    Read,
    EditWorkspace,
    EditTeams,
    EditCycles,
    /// Objectives, key results, milestone steps and grades.
    EditOkrs,
    /// Check-ins, their corrections, and which steps of a milestone are done.
    RecordProgress,
    EditInitiatives,
    /// The key results an initiative contributes to, and the evidence.
    LinkInitiatives,
    /// Import documents, which may create teams and cycles.
    Import,
    /// List, create and revoke tokens.
    ManageTokens,
}

impl Role {
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Owner => true,
            Self::Admin => permission != P::EditWorkspace,
            Self::Editor => {
                matches!(permission, P::Introspect | P::Read | P::EditOkrs | P::RecordProgress | P::EditInitiatives | P::LinkInitiatives)
            }
            Self::Contributor => matches!(permission, P::Introspect | P::Read | P::RecordProgress | P::LinkInitiatives),
            Self::Viewer => matches!(permission, P::Introspect | P::Read),
            Self::Ingest => permission == P::Introspect,
        }
    }

    /// Everything it may do, in the order of the matrix.
    pub fn permissions(self) -> impl Iterator<Item = Permission> {
        use strum::VariantArray;
        Permission::VARIANTS.iter().copied().filter(move |permission| self.may(*permission))
    }

    /// Whether a holder of this role may hand out a token of `role`: never one that may do more.
    pub fn may_grant(self, role: Role) -> Result<(), Violation> {
        use strum::VariantArray;
        let exceeds = Permission::VARIANTS.iter().any(|permission| role.may(*permission) && !self.may(*permission));
        if exceeds || !self.may(Permission::ManageTokens) {
            return Err(Violation::new(Code::OutOfRange, "a token cannot grant more than its creator may do"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn each_role_may_do_what_the_matrix_says() {
        let matrix: String = Permission::VARIANTS
            .iter()
            .map(|permission| {
                let marks: String = Role::VARIANTS.iter().map(|role| if role.may(*permission) { 'x' } else { '.' }).collect();
                format!("{marks} {}\n", <&str>::from(permission))
            })
            .collect();

        // Owner, admin, editor, contributor, viewer, ingest.
        let expected = "\
xxxxxx INTROSPECT
xxxxx. READ
x..... EDIT_WORKSPACE
xx.... EDIT_TEAMS
xx.... EDIT_CYCLES
xxx... EDIT_OKRS
xxxx.. RECORD_PROGRESS
xxx... EDIT_INITIATIVES
xxxx.. LINK_INITIATIVES
xx.... IMPORT
xx.... MANAGE_TOKENS
";
        assert_eq!(matrix, expected);
    }

    #[test]
    fn nobody_hands_out_more_than_they_hold() {
        assert!(Role::Admin.may_grant(Role::Owner).is_err());
        assert!(Role::Admin.may_grant(Role::Admin).is_ok());
        assert!(Role::Editor.may_grant(Role::Viewer).is_err());
    }
}
