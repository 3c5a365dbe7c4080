//! Who may do what, written down once more: the tests do not ask the program what is right.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permission {
    Introspect,
    Read,
    EditWorkspace,
    EditTeams,
    EditCycles,
    EditOkrs,
    RecordProgress,
    EditInitiatives,
    LinkInitiatives,
    Import,
    EditCommunity,
    Ingest,
    ReadAnswers,
    EraseMembers,
    ManageTokens,
}

pub(super) const ROLES: [&str; 6] = ["owner", "admin", "editor", "contributor", "viewer", "ingest"];

pub(super) fn may(role: &str, permission: Permission) -> bool {
    let roles = match permission {
        Permission::Introspect => "owner admin editor contributor viewer ingest",
        Permission::Read => "owner admin editor contributor viewer",
        Permission::RecordProgress | Permission::LinkInitiatives => "owner admin editor contributor",
        Permission::EditOkrs | Permission::EditInitiatives | Permission::EditCommunity => "owner admin editor",
        Permission::EditTeams
        | Permission::EditCycles
        | Permission::Import
        | Permission::ReadAnswers
        | Permission::EraseMembers
        | Permission::ManageTokens => "owner admin",
        Permission::Ingest => "owner admin ingest",
        Permission::EditWorkspace => "owner",
    };

    roles.split(' ').any(|allowed| allowed == role)
}
