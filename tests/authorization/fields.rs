//! Every field of Query and Mutation: what it needs, and arguments that it takes.

use super::matrix::Permission::{self, *};

pub(super) type Row = (&'static str, Permission, &'static str);

/// Names in braces are ids.
pub(super) const QUERIES: &[Row] = &[
    ("cascadeScore", Read, r#"(id: "{objective}")"#),
    ("checkIn", Read, r#"(id: "{checkIn}")"#),
    ("checkIns", Read, r#"(filter: {keyResult: "{keyResult}"})"#),
    ("cycle", Read, r#"(id: "{cycle}")"#),
    ("cycleMarkdown", Read, r#"(cycle: "{cycle}")"#),
    ("cycleScore", Read, r#"(cycle: "{cycle}", team: "{team}")"#),
    ("cycleScores", Read, r#"(cycle: "{cycle}")"#),
    ("cycles", Read, r#"(filter: {parent: "{cycle}"})"#),
    ("history", Read, r#"(concept: KEY_RESULT, id: "{keyResult}")"#),
    ("initiative", Read, r#"(id: "{initiative}")"#),
    ("initiativeLinkage", Read, r#"(team: "{team}")"#),
    ("initiatives", Read, r#"(filter: {keyResult: "{keyResult}"})"#),
    ("keyResult", Read, r#"(id: "{keyResult}")"#),
    ("keyResultScore", Read, r#"(id: "{keyResult}")"#),
    ("keyResults", Read, r#"(filter: {objective: "{objective}"})"#),
    ("me", Introspect, ""),
    ("milestoneStep", Read, r#"(id: "{milestoneStep}")"#),
    ("node", Read, r#"(id: "{keyResult}")"#),
    ("nodes", Read, r#"(ids: ["{keyResult}", "{team}"])"#),
    ("objective", Read, r#"(id: "{objective}")"#),
    ("objectiveScore", Read, r#"(id: "{objective}")"#),
    ("objectives", Read, r#"(filter: {team: "{team}"})"#),
    ("team", Read, r#"(id: "{team}")"#),
    ("teams", Read, r#"(filter: {parent: "{team}"})"#),
    ("workspace", Read, ""),
];

/// Changes name a version that nothing has, so that everything is still there for the next role.
pub(super) const MUTATIONS: &[Row] = &[
    ("correctCheckIn", RecordProgress, r#"(input: {id: "{checkIn}", version: 999, changes: {value: 155}})"#),
    ("createCycle", EditCycles, r#"(input: {key: "2025-Q3", start: "2025-07-01", end: "2025-09-30"})"#),
    ("createInitiative", EditInitiatives, r#"(input: {title: "New", team: "{team}"})"#),
    ("createKeyResult", EditOkrs, r#"(input: {objective: "{objective}", title: "New", kind: REACH, baseline: 1, target: 2})"#),
    ("createMilestoneStep", EditOkrs, r#"(input: {keyResult: "{milestone}", title: "New"})"#),
    ("createObjective", EditOkrs, r#"(input: {cycle: "{cycle}", team: "{team}", title: "New"})"#),
    ("createTeam", EditTeams, r#"(input: {key: "new", name: "New", kind: TEAM})"#),
    ("deleteCycle", EditCycles, r#"(input: {id: "{cycle}", version: 999})"#),
    ("deleteInitiative", EditInitiatives, r#"(input: {id: "{initiative}", version: 999})"#),
    ("deleteKeyResult", EditOkrs, r#"(input: {id: "{keyResult}", version: 999})"#),
    ("deleteMilestoneStep", EditOkrs, r#"(input: {id: "{milestoneStep}", version: 999})"#),
    ("deleteObjective", EditOkrs, r#"(input: {id: "{objective}", version: 999})"#),
    ("deleteTeam", EditTeams, r#"(input: {id: "{team}", version: 999})"#),
    ("gradeKeyResult", EditOkrs, r#"(input: {id: "{keyResult}", version: 999, grade: 0.5})"#),
    ("importDocuments", Import, r##"(input: {documents: [{path: "a.md", text: "# Notes"}]})"##),
    ("linkInitiative", LinkInitiatives, r#"(input: {initiative: "{initiative}", keyResult: "{keyResult}"})"#),
    ("putCheckIn", RecordProgress, r#"(input: {externalId: "a", value: {keyResult: "{keyResult}", on: "2025-10-12", value: 170}})"#),
    ("putCycle", EditCycles, r#"(input: {externalId: "a", value: {key: "2025-Q2", start: "2025-04-01", end: "2025-06-30"}})"#),
    ("putInitiative", EditInitiatives, r#"(input: {externalId: "a", value: {title: "Put", team: "{team}"}})"#),
    (
        "putKeyResult",
        EditOkrs,
        r#"(input: {externalId: "a", value: {objective: "{objective}", title: "Put", kind: REACH, baseline: 1, target: 2}})"#,
    ),
    ("putObjective", EditOkrs, r#"(input: {externalId: "a", value: {cycle: "{cycle}", team: "{team}", title: "Put"}})"#),
    ("putTeam", EditTeams, r#"(input: {externalId: "a", value: {key: "put", name: "Put", kind: TEAM}})"#),
    ("recordCheckIn", RecordProgress, r#"(input: {keyResult: "{keyResult}", on: "2025-10-11", value: 160})"#),
    ("unlinkInitiative", LinkInitiatives, r#"(input: {initiative: "{initiative}", keyResult: "{keyResult}"})"#),
    ("updateCycle", EditCycles, r#"(input: {id: "{cycle}", version: 999, changes: {name: "Autumn"}})"#),
    ("updateInitiative", EditInitiatives, r#"(input: {id: "{initiative}", version: 999, changes: {title: "Other"}})"#),
    ("updateKeyResult", EditOkrs, r#"(input: {id: "{keyResult}", version: 999, changes: {title: "Other"}})"#),
    ("updateMilestoneStep", RecordProgress, r#"(input: {id: "{milestoneStep}", version: 999, changes: {doneOn: "2025-10-10"}})"#),
    ("updateObjective", EditOkrs, r#"(input: {id: "{objective}", version: 999, changes: {title: "Other"}})"#),
    ("updateTeam", EditTeams, r#"(input: {id: "{team}", version: 999, changes: {name: "Other"}})"#),
    ("updateWorkspace", EditWorkspace, r#"(input: {version: 999, changes: {name: "Other"}})"#),
];
