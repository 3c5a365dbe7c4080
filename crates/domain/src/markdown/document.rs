//! A whole document: its lines, its cycle, and what is only known once all of it has been read.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::cycle_text;
use super::encoding;
use super::evidence::{self, Evidence};
use super::outline::{CycleName, Outline, OutlinedObjective};
use super::prune;
use super::reader::Reader;
use super::report::{Became, Finding, FindingCode, OutlinedLine};
use super::scan::{self, Line, Shape};
use super::tree;

/// The OKRs in a document, and what became of each of its lines.
///
/// It takes any text and never fails; what it cannot read it reports.
pub fn read(text: &str) -> Outline {
    let mut findings = Vec::new();
    let lines = scan::scan(text, &mut findings);
    let nodes = tree::assemble(&lines);
    let (stated, is_exact) = front_matter(&lines).map_or((None, false), |(cycle, is_exact)| (Some(cycle), is_exact));
    let dated = stated.or_else(|| spoken(&lines)).or_else(|| dated(&lines));
    let evidence = evidence::evidence(text, &nodes, dated.as_ref());
    let mut reader = Reader::new(&lines, &nodes, &evidence, dated, is_exact);
    reader.walk();
    let document_cycle = reader.cycle.take();
    let empty = std::mem::take(&mut reader.empty);
    let mut outline = reader.outline;
    prune::prune(&mut outline, &empty);
    if let Some((line, text)) = encoding::wrongly_decoded(text) {
        let detail = "text that was read in another encoding than it was written in: check accented letters, quotes and emoji".to_owned();
        findings.push(Finding { line, code: FindingCode::WronglyDecoded, detail, text });
    }
    outline.findings.append(&mut findings);
    outline.cycle = if is_exact { document_cycle } else { cycle(&outline.objectives, &evidence, document_cycle) };
    judge(&mut outline);
    outline.findings.sort_by_key(|finding| finding.line);
    outline.lines = accounted(&lines, std::mem::take(&mut outline.lines), outline.cycle.as_ref());
    outline
}

/// The first cycle with objectives, or else the first that is named.
fn cycle(objectives: &[OutlinedObjective], evidence: &Evidence, document: Option<CycleName>) -> Option<CycleName> {
    let of_objectives = objectives.iter().find_map(|objective| objective.cycle.clone());
    let named = || evidence.sections.values().filter_map(|section| section.cycle.clone()).min_by_key(|cycle| cycle.line);
    of_objectives.or(document).or_else(named)
}

/// `cycle: 2020-Q1`, `quarter: Q1 2020`, with `start`, `end` and `name` beside them in exports.
///
/// True beside it where the first and last day are stated too.
fn front_matter(lines: &[Line<'_>]) -> Option<(CycleName, bool)> {
    let fields: Vec<(usize, &str, &str)> = lines
        .iter()
        .take_while(|line| line.shape == Shape::FrontMatter)
        .filter_map(|line| line.text.split_once(':').map(|(name, value)| (line.number, name.trim(), value.trim())))
        .collect();
    let value = |wanted: &str| {
        fields.iter().find(|(_, name, _)| name.eq_ignore_ascii_case(wanted)).map(|(line, _, value)| (*line, without_quotes(value)))
    };
    let (line, named) = value("cycle").or_else(|| value("quarter")).or_else(|| value("period"))?;
    let day = |name: &str| value(name).and_then(|(_, day)| day.parse().ok());
    if let (Ok(key), Some(start), Some(end)) = (crate::text::key(named), day("start"), day("end")) {
        let name = value("name").map(|(_, name)| unquoted(name));
        return Some((CycleName { key, name, start, end, line }, true));
    }
    cycle_text::find(named, None, line).map(|cycle| (cycle, false))
}

fn without_quotes(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

/// The text of a quoted value, in which exports escape quotes, backslashes and line breaks.
fn unquoted(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => text.extend(chars.next().map(|next| match next {
                'n' => '\n',
                'r' => '\r',
                next => next,
            })),
            (c, false) => text.push(c),
        }
    }
    text
}

/// The cycle in a short line about OKRs: `Our OKRs for Q3 2024`, or the title in the front matter.
fn spoken(lines: &[Line<'_>]) -> Option<CycleName> {
    let is_short = |line: &&Line<'_>| line.text.len() <= 120 && line.text.to_lowercase().contains("okr") && !line.text.contains("](");
    let texts = lines.iter().filter(|line| matches!(line.shape, Shape::Paragraph | Shape::FrontMatter)).take(200).filter(is_short);
    texts.filter_map(|line| cycle_text::find(&line.text, None, line.number)).find(|cycle| cycle.key.contains('-'))
}

/// The quarter of the day a document gives for itself in its first lines.
fn dated(lines: &[Line<'_>]) -> Option<CycleName> {
    let first = lines.iter().filter(|line| !matches!(line.shape, Shape::Blank)).take(8);
    let titled = first.clone().filter(|line| matches!(line.shape, Shape::Heading(_)) && line.text.to_lowercase().contains("okr"));
    let is_edge = |c: char| !c.is_ascii_digit() && c != '-';
    let mut of_titles = titled.flat_map(|line| line.text.split(is_edge).filter_map(|word| word.parse().ok()).map(|day| (day, line.number)));
    if let Some((day, line)) = of_titles.next() {
        return cycle_text::quarter_of(day, line);
    }
    first.filter(|line| matches!(line.shape, Shape::Paragraph | Shape::FrontMatter | Shape::Item)).find_map(|line| {
        let lower = line.text.get(..line.text.len().min(200)).unwrap_or(&line.text).to_lowercase();
        let after = ["date:", "date ", "created:", "published:", "last updated:"]
            .iter()
            .find_map(|word| lower.split_once(word).map(|(_, after)| after.trim()))?;
        let day = after.trim_start_matches(['*', ' ', '"']).get(..10)?.parse().ok()?;
        cycle_text::quarter_of(day, line.number)
    })
}

/// What only shows once all is read: objectives without key results, scores that do not fit, several cycles.
fn judge(outline: &mut Outline) {
    let parents: Vec<usize> = outline.objectives.iter().filter_map(|objective| objective.parent).collect();
    let mut has_children = vec![false; outline.objectives.len()];
    for parent in parents {
        has_children.get_mut(parent).into_iter().for_each(|has| *has = true);
    }
    for (objective, has_children) in outline.objectives.iter().zip(has_children) {
        let found = |code, detail: &str| Finding { line: objective.line, code, detail: detail.to_owned(), text: objective.title.clone() };
        if objective.key_results.is_empty() && !has_children {
            outline.findings.push(found(FindingCode::Empty, "an objective without key results"));
        }
        if let (Some(stated), Some(mean)) = (&objective.score, mean(objective))
            && (stated.value - mean).abs() > Decimal::new(6, 2)
        {
            let detail = format!(
                "the stated score {} is not the mean of the key results' stated scores, {}: both are kept",
                stated.text,
                mean.round_dp(2)
            );
            outline.findings.push(found(FindingCode::ScoreDiffers, &detail));
        }
    }
    let repeated = repeated(&outline.objectives);
    outline.findings.extend(repeated);
    let mut cycles: Vec<&CycleName> = outline.objectives.iter().filter_map(|objective| objective.cycle.as_ref()).collect();
    cycles.dedup_by_key(|cycle| cycle.key.clone());
    if let (Some(first), Some(second)) = (cycles.first(), cycles.get(1)) {
        let detail = format!("objectives of several cycles, from {} on: each carries its own", first.key);
        outline.findings.push(Finding { line: second.line, code: FindingCode::SeveralCycles, detail, text: second.key.clone() });
    }
}

/// Ids that the document has already given to another: of an objective beside it, or of a key result of the same objective.
fn repeated(objectives: &[OutlinedObjective]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first = HashMap::new();
    let mut find = |place, label: Option<&String>, line: usize| {
        let Some(label) = label else { return };
        let id: String = label.to_lowercase().split_whitespace().collect();
        if let Some(earlier) = first.insert((place, id), line) {
            let detail = format!("line {earlier} has this id already: both are kept, each with an address of its own");
            findings.push(Finding { line, code: FindingCode::Duplicate, detail, text: label.clone() });
        }
    };
    for (index, objective) in objectives.iter().enumerate() {
        let OutlinedObjective { cycle, team, owner, parent, .. } = objective;
        let beside = (None, cycle.as_ref().map(|cycle| &cycle.key), team.as_ref(), owner.as_ref(), *parent);
        find(beside, objective.label.as_ref(), objective.line);
        for key_result in &objective.key_results {
            find((Some(index), None, None, None, None), key_result.label.as_ref(), key_result.line);
        }
    }
    findings
}

fn mean(objective: &OutlinedObjective) -> Option<Decimal> {
    let scores: Option<Vec<Decimal>> =
        objective.key_results.iter().map(|key_result| key_result.score.as_ref().map(|score| score.value)).collect();
    let scores = scores.filter(|scores| !scores.is_empty())?;
    scores.iter().sum::<Decimal>().checked_div(Decimal::from(scores.len()))
}

/// Exactly one entry for each line, in order: what the walk said, or what the shape of the line says.
fn accounted(lines: &[Line<'_>], said: Vec<OutlinedLine>, cycle: Option<&CycleName>) -> Vec<OutlinedLine> {
    let mut by_line: HashMap<usize, OutlinedLine> = HashMap::with_capacity(said.len());
    for line in said {
        by_line.entry(line.line).or_insert(line);
    }
    lines
        .iter()
        .map(|line| {
            let mut entry = by_line.remove(&line.number).unwrap_or_else(|| shaped(line));
            if cycle.is_some_and(|cycle| cycle.line == line.number) && matches!(entry.became, Became::Ignored | Became::Heading) {
                entry.became = if entry.became == Became::Heading { Became::Heading } else { Became::Metadata };
                entry.note = cycle.map(|cycle| format!("gives the cycle {}", cycle.key));
            }
            entry
        })
        .collect()
}

fn shaped(line: &Line<'_>) -> OutlinedLine {
    let (became, note) = match line.shape {
        Shape::Blank => (Became::Blank, ""),
        Shape::FrontMatter => (Became::Ignored, "front matter"),
        Shape::Code => (Became::Ignored, "a block of code"),
        Shape::Comment => (Became::Ignored, "a comment"),
        Shape::Underline => (Became::Heading, ""),
        Shape::Rule => (Became::Ignored, "a rule"),
        Shape::Heading(_) | Shape::Item | Shape::Row | Shape::Paragraph => (Became::Ignored, "prose"),
    };
    OutlinedLine {
        line: line.number,
        became,
        objective: None,
        key_result: None,
        note: Some(note.to_owned()).filter(|note| !note.is_empty()),
    }
}
