//! Markdown which people like to read, and from which [`read`](super::read) finds the same OKRs.

use super::escape;
use super::export::{Export, ExportedKeyResult, ExportedObjective, ExportedTeam};
use super::measure_field;
use super::outline::CheckInNote;
use super::section::{self, Exclusion};
use crate::check_in::Confidence;
use crate::key_result::{Indicator, KeyResultStatus};
use crate::measure::Measure;
use crate::number::Quantity;
use crate::objective::{ObjectiveKind, ObjectiveStatus};
use crate::team::TeamKind;
use crate::unit::UnitKind;

/// Teams are headings, objectives headings below them, key results a list below those with their
/// fields as nested items. Fields with their usual value are left out.
pub fn write(set: &Export) -> String {
    let cycle = &set.cycle;
    let mut page = Page::default();
    page.line(0, "---");
    page.line(0, "waymark: okrs");
    page.line(0, &format!("cycle: {}", cycle.key));
    if cycle.name != cycle.key {
        page.line(0, &format!("name: {}", escape::quoted(&cycle.name)));
    }
    page.line(0, &format!("start: {}", cycle.start));
    page.line(0, &format!("end: {}", cycle.end));
    page.line(0, "---");
    let heading = format!("OKRs {}", cycle.key);
    let is_plain = section::exclusion(&heading, true) == Exclusion::None;
    page.heading(1, if is_plain { &heading } else { "OKRs" });
    for team in &set.teams {
        page.team(team);
    }
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, depth: usize, text: &str) {
        self.text.extend(std::iter::repeat_n("  ", depth));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.line(0, &format!("{} {text}", "#".repeat(level)));
        self.text.push('\n');
    }

    fn field(&mut self, depth: usize, name: &str, value: &str) {
        self.line(depth, &format!("- {name}: {value}"));
    }

    fn prose(&mut self, depth: usize, name: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.field(depth, name, &escape::text(value));
        }
    }

    fn weight(&mut self, depth: usize, weight: Quantity) {
        if weight != Quantity::ONE {
            self.field(depth, "Weight", &weight.to_string());
        }
    }

    fn team(&mut self, team: &ExportedTeam) {
        self.heading(2, &escape::heading(&team.name));
        self.field(0, "Key", &team.key);
        let kind = match team.kind {
            TeamKind::Company => "company",
            TeamKind::Group => "group",
            TeamKind::Team => "team",
            TeamKind::Individual => "individual",
        };
        self.field(0, "Kind", kind);
        self.prose(0, "Parent", team.parent.as_ref());
        for objective in &team.objectives {
            self.objective(objective);
        }
    }

    fn objective(&mut self, objective: &ExportedObjective) {
        let label = format!("O{}", objective.number);
        self.heading(3, &format!("{label}: {}", escape::title(&label, &objective.title)));
        let kind = match objective.kind {
            ObjectiveKind::Impact => "impact",
            ObjectiveKind::Enabler => "enabler",
        };
        self.field(0, "Kind", kind);
        let status = match objective.status {
            ObjectiveStatus::Draft => "draft",
            ObjectiveStatus::Published => "published",
            ObjectiveStatus::Parked => "parked",
            ObjectiveStatus::Cancelled => "cancelled",
            ObjectiveStatus::Closed => "closed",
        };
        self.field(0, "Status", status);
        self.prose(0, "Owner", objective.owner.as_ref());
        self.weight(0, objective.weight);
        self.prose(0, "Pillar", objective.pillar.as_ref());
        self.prose(0, "Why now", objective.why_now.as_ref());
        self.prose(0, "Supports", objective.parent.as_ref().map(ToString::to_string).as_ref());
        if !objective.alignments.is_empty() {
            let addresses: Vec<String> = objective.alignments.iter().map(ToString::to_string).collect();
            self.prose(0, "Also supports", Some(&addresses.join(", ")));
        }
        for key_result in &objective.key_results {
            self.key_result(objective.number, key_result);
        }
    }

    fn key_result(&mut self, objective: u32, key_result: &ExportedKeyResult) {
        let label = format!("O{objective}-KR{}", key_result.number);
        self.line(0, &format!("- **{label}**: {}", escape::title(&label, &key_result.title)));
        self.field(1, "Measure", &measure_field::write(&key_result.measure));
        if key_result.unit.kind() != UnitKind::Number {
            self.field(1, "Unit", &measure_field::write_unit(&key_result.unit));
        }
        if let Measure::Ordinal { commit, target, stretch } = &key_result.measure {
            self.prose(1, "Commit", commit.as_ref());
            self.prose(1, "Target", target.as_ref());
            self.prose(1, "Stretch", stretch.as_ref());
        }
        self.field(1, "Start", &key_result.start.to_string());
        self.field(1, "Due", &key_result.due.to_string());
        self.prose(1, "Owner", key_result.owner.as_ref());
        self.weight(1, key_result.weight);
        self.details(key_result);
        for step in &key_result.steps {
            let mark = if step.is_done || step.done_on.is_some() { "x" } else { " " };
            self.line(1, &format!("- [{mark}] {}{}", escape::step(&step.title), measure_field::write_step(step)));
        }
        if let Some(grade) = &key_result.grade {
            self.field(1, "Grade", &grade.value.to_string());
            self.prose(1, "Grade reason", grade.reason.as_ref());
        }
        for check_in in &key_result.check_ins {
            self.check_in(check_in);
        }
    }

    fn details(&mut self, key_result: &ExportedKeyResult) {
        match key_result.indicator {
            Some(Indicator::Leading) => self.field(1, "Indicator", "leading"),
            Some(Indicator::Lagging) => self.field(1, "Indicator", "lagging"),
            None => {}
        }
        self.prose(1, "Measurement", key_result.measurement.text.as_ref());
        for link in &key_result.measurement.links {
            self.prose(1, "Link", Some(link));
        }
        self.prose(1, "Proxy for", key_result.proxy_for.as_ref());
        self.prose(1, "Assumption", key_result.assumption.as_ref());
        if key_result.is_guardrail {
            self.field(1, "Guardrail", "yes");
        }
        match key_result.status {
            KeyResultStatus::Active => {}
            KeyResultStatus::NotApplicable => self.field(1, "Status", "not applicable"),
            KeyResultStatus::Cancelled => self.field(1, "Status", "cancelled"),
            KeyResultStatus::Excluded => self.field(1, "Status", "excluded"),
        }
        self.prose(1, "Status reason", key_result.status_reason.as_ref());
        if !key_result.checkpoints.is_empty() {
            self.field(1, "Checkpoints", &measure_field::write_checkpoints(&key_result.checkpoints));
        }
    }

    fn check_in(&mut self, check_in: &CheckInNote) {
        self.field(1, &format!("Check-in {}", check_in.on), &measure_field::write_reading(check_in.reading.as_ref()));
        match check_in.confidence {
            Some(Confidence::OffTrack) => self.field(2, "Confidence", "0 (off-track)"),
            Some(Confidence::AtRisk) => self.field(2, "Confidence", "1 (at-risk)"),
            Some(Confidence::OnTrack) => self.field(2, "Confidence", "2 (on-track)"),
            None => {}
        }
        self.prose(2, "Evidence", check_in.evidence.as_ref());
        self.prose(2, "Risks", check_in.risks.as_ref());
        self.prose(2, "Blockers", check_in.blockers.as_ref());
        self.prose(2, "Next actions", check_in.next_actions.as_ref());
    }
}
