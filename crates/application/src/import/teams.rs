//! Owners become teams: by key, by name, or as new ones.

use waymark_domain::markdown::Outline;
use waymark_domain::stamp::Stamp;
use waymark_domain::team::{Team, TeamDraft, TeamKind};
use waymark_domain::text;

use super::{DocumentReport, Importing};
use crate::clock::Clock;
use crate::error::Result;
use crate::teams;

/// The team of a document that names nobody, in a workspace without teams.
const NOBODY: (&str, &str) = ("company", "Company");

impl Importing<'_> {
    pub(super) fn know(&mut self, team: Team) {
        self.teams.insert(team.name.to_lowercase(), team.clone());
        self.teams.insert(team.key.to_lowercase(), team);
    }

    /// The teams a document declares, those above before those below.
    pub(super) async fn declared_teams(&mut self, outline: &Outline, report: &mut DocumentReport) -> Result<()> {
        let mut waiting: Vec<_> = outline.teams.iter().collect();
        while !waiting.is_empty() {
            let is_ready = |parent: &Option<String>| parent.as_ref().is_none_or(|key| !waiting.iter().any(|other| &other.key == key));
            let (ready, later): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|team| is_ready(&team.parent));
            // Teams that stand above each other in a circle are made without a parent.
            let stuck = ready.is_empty();
            let now = if stuck { waiting.clone() } else { ready };
            waiting = if stuck { Vec::new() } else { later };
            for team in now {
                let parent = match &team.parent {
                    Some(key) if !stuck => Some(self.find_or_make(key, key, TeamKind::Group, report)?),
                    _ => None,
                };
                let kind = team.kind.unwrap_or(TeamKind::Team);
                match parent {
                    Some(parent) => self.find_or_make_below(&parent, &team.key, &team.name, kind, report).await?,
                    None => self.find_or_make(&team.key, &team.name, kind, report)?,
                };
            }
        }
        Ok(())
    }

    /// The team with this key or name; made where there is none.
    pub(super) fn team_of(&mut self, written: &str, kind: TeamKind, report: &mut DocumentReport) -> Result<Team> {
        self.find_or_make(&key_of(written), written, kind, report)
    }

    /// The team for what has no owner: the one that was named for the import, or the top of the tree.
    pub(super) fn team_of_nobody(&mut self, report: &mut DocumentReport) -> Result<Team> {
        let top = self.teams.values().filter(|team| team.kind == TeamKind::Company && team.parent.is_none()).min_by_key(|team| team.id);
        match self.team.as_ref().or(top).cloned() {
            Some(team) => self.find_or_make(&team.key, &team.name, team.kind, report),
            None => self.find_or_make(NOBODY.0, NOBODY.1, TeamKind::Company, report),
        }
    }

    fn find_or_make(&mut self, key: &str, name: &str, kind: TeamKind, report: &mut DocumentReport) -> Result<Team> {
        if let Some(team) = self.found(key, name, report) {
            return Ok(team);
        }
        let team = Team::new(Clock::id(), Stamp::first(self.tx.now()), draft(key, name, kind, None), None)?;
        self.new_teams.push(team.clone());
        Ok(self.made(team, report))
    }

    async fn find_or_make_below(
        &mut self,
        parent: &Team,
        key: &str,
        name: &str,
        kind: TeamKind,
        report: &mut DocumentReport,
    ) -> Result<Team> {
        if let Some(team) = self.found(key, name, report) {
            return Ok(team);
        }
        self.write_teams().await?;
        let team = teams::write(self.tx, None, draft(key, name, kind, Some(parent.id.to_string()))).await?;
        Ok(self.made(team, report))
    }

    fn found(&self, key: &str, name: &str, report: &mut DocumentReport) -> Option<Team> {
        let team = self.teams.get(&key.to_lowercase()).or_else(|| self.teams.get(&name.to_lowercase())).cloned()?;
        if report.team_keys.insert(team.key.clone()) {
            report.unchanged.teams += 1;
        }
        Some(team)
    }

    fn made(&mut self, team: Team, report: &mut DocumentReport) -> Team {
        report.team_keys.insert(team.key.clone());
        report.created.teams += 1;
        self.know(team.clone());
        team
    }

    pub(super) async fn write_teams(&mut self) -> Result<()> {
        Ok(self.tx.insert_teams(&std::mem::take(&mut self.new_teams)).await?)
    }

    pub(super) async fn team_named(&self, named: &str) -> Result<Team> {
        crate::naming::Names { store: self.tx, scope: self.tx.scope() }.team(named).await
    }
}

fn draft(key: &str, name: &str, kind: TeamKind, parent: Option<String>) -> TeamDraft {
    let name: String = name.chars().take(text::LABEL_LIMIT).collect();
    TeamDraft { key: key.to_owned(), name, kind, parent, external_id: None }
}

/// `Sales (Closing Deals)` as `sales-closing-deals`.
fn key_of(name: &str) -> String {
    let mut key = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    let key: String = key.trim_matches(['-', '_']).chars().take(text::KEY_LIMIT).collect();
    if !key.is_empty() {
        return key;
    }
    // A name without a Latin letter or digit still has to be found again under the same key.
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(name.as_bytes());
    digest.iter().take(6).fold("team-".to_owned(), |key, byte| format!("{key}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn a_name_becomes_a_key_that_fits_an_address() {
        assert_eq!(key_of("Sales (Closing Deals)"), "sales-closing-deals");
        assert_eq!(key_of("VP Eng"), "vp-eng");
        assert_eq!(key_of("C++ / Rust"), "c-rust");
    }

    #[test]
    fn a_name_without_latin_letters_has_a_key_of_its_own() {
        assert_ne!(key_of("開発"), key_of("営業"));
        assert!(key_of("開発").starts_with("team-"));
    }
}
