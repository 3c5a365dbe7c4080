//! Who may do what: the one matrix of roles and permissions.

use strum::VariantArray;

use crate::rejection::{Check, Code, Rejection};

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Everything, the workspace itself included.
    Owner,
    /// Everything but what only an owner may do.
    Admin,
    /// Writes OKRs and initiatives, and keeps the community's people and places.
    Editor,
    /// Records check-ins and evidence.
    Contributor,
    /// Reads.
    Viewer,
    /// Sends events and answers, and reads nothing but who it is.
    Ingest,
}

/// Something a caller wants to do. Every command and query of the application asks for exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Permission {
    /// See who the token is and what it may do.
    Introspect,
    /// Read the workspace, its teams, cycles, OKRs, check-ins, initiatives, scores, community, metrics and history.
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
    /// Platforms, channels, activity types, members, layers, surveys, custom metrics and targets.
    EditCommunity,
    /// Send events, answers to surveys and readings of custom metrics, which may make platforms, channels and members known.
    Ingest,
    /// Read what single people answered to surveys.
    ReadAnswers,
    /// Erase and anonymise members, read the receipts, and lift what keeps the same people out.
    EraseMembers,
    /// List, create, rotate and revoke tokens, and read their history.
    ManageTokens,
}

impl Role {
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Owner => true,
            Self::Admin => permission != P::EditWorkspace,
            Self::Editor => {
                matches!(
                    permission,
                    P::Introspect | P::Read | P::EditOkrs | P::RecordProgress | P::EditInitiatives | P::LinkInitiatives | P::EditCommunity
                )
            }
            Self::Contributor => matches!(permission, P::Introspect | P::Read | P::RecordProgress | P::LinkInitiatives),
            Self::Viewer => matches!(permission, P::Introspect | P::Read),
            Self::Ingest => matches!(permission, P::Introspect | P::Ingest),
        }
    }
}

/// Most scopes of one token: every permission once.
pub const SCOPE_COUNT: usize = Permission::VARIANTS.len();

/// What a caller may do: all that its role may, or of that only what its scopes name. Everybody may ask who they are,
/// whatever the scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub scopes: Option<Vec<Permission>>,
}

impl Grant {
    /// All that a role may.
    pub fn whole(role: Role) -> Self {
        Self { role, scopes: None }
    }

    /// What is asked for, with the scopes in the order of the matrix. One that the role does not have is refused: whoever
    /// names it expects it to work.
    pub fn asked(role: Role, scopes: Option<Vec<Permission>>) -> Result<Self, Rejection> {
        let Some(scopes) = scopes else { return Ok(Self::whole(role)) };
        let mut check = Check::new();
        if scopes.is_empty() {
            check.refuse("scopes", Code::Required, "name at least one permission, or leave `scopes` out for all that the role may");
        }
        if scopes.len() > SCOPE_COUNT {
            check.refuse("scopes", Code::TooMany, "name each permission once");
        }
        for (index, scope) in scopes.iter().enumerate().filter(|(_, scope)| !role.may(**scope)) {
            let (role, scope) = (<&str>::from(role), <&str>::from(*scope));
            let detail = format!("the role {role} has no permission {scope}: leave it out, or choose a role that has it");
            check.refuse(&format!("scopes.{index}"), Code::InvalidValue, detail);
        }
        let ordered = Permission::VARIANTS.iter().copied().filter(|permission| scopes.contains(permission)).collect();
        check.finish(Some(Self { role, scopes: Some(ordered) }))
    }

    pub fn may(&self, permission: Permission) -> bool {
        let is_in_scope = |scopes: &Vec<Permission>| permission == Permission::Introspect || scopes.contains(&permission);
        self.role.may(permission) && self.scopes.as_ref().is_none_or(is_in_scope)
    }

    /// Everything it allows, in the order of the matrix.
    pub fn permissions(&self) -> impl Iterator<Item = Permission> {
        Permission::VARIANTS.iter().copied().filter(|permission| self.may(*permission))
    }

    /// A permission of another grant that this one has not. Who holds this one must not get at the other.
    pub fn lacks(&self, other: &Self) -> Option<Permission> {
        other.permissions().find(|permission| !self.may(*permission))
    }
}

#[cfg(test)]
mod tests {
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
xxx... EDIT_COMMUNITY
xx...x INGEST
xx.... READ_ANSWERS
xx.... ERASE_MEMBERS
xx.... MANAGE_TOKENS
";
        assert_eq!(matrix, expected);
    }

    #[test]
    fn scopes_narrow_a_role_and_never_widen_it() {
        let narrow = Grant { role: Role::Viewer, scopes: Some(vec![Permission::Read, Permission::EditOkrs]) };

        assert_eq!(narrow.permissions().collect::<Vec<_>>(), [Permission::Introspect, Permission::Read]);
    }

    #[test]
    fn a_scope_beyond_the_role_is_refused_by_its_place() {
        let refused = Grant::asked(Role::Viewer, Some(vec![Permission::Read, Permission::Import])).unwrap_err();

        assert_eq!(refused.violations()[0].field, "scopes.1");
        assert_eq!(Grant::asked(Role::Viewer, Some(Vec::new())).unwrap_err().violations()[0].code, Code::Required);
    }

    #[test]
    fn a_grant_lacks_what_another_has_beyond_it() {
        let narrow = |role, scope| Grant { role, scopes: Some(vec![scope]) };
        let admin = Grant::whole(Role::Admin);

        assert_eq!(admin.lacks(&Grant::whole(Role::Owner)), Some(Permission::EditWorkspace));
        assert_eq!(admin.lacks(&admin), None);
        assert_eq!(admin.lacks(&narrow(Role::Owner, Permission::Read)), None);
        assert_eq!(narrow(Role::Owner, Permission::ManageTokens).lacks(&admin), Some(Permission::Read));
    }
}
