//! Lines and their blocks: one [`Line`] for each line of the source, in one pass.

use super::report::{Finding, FindingCode};

/// Most levels of quotes and lists that are told apart.
pub(super) const NESTING_LIMIT: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    FrontMatter,
    Code,
    Comment,
    /// The line below a heading of the other style, `===` or `---`.
    Underline,
    Rule,
    Heading(usize),
    Item,
    Row,
    Paragraph,
}

#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    /// From 1.
    pub(super) number: usize,
    pub(super) raw: &'t str,
    pub(super) shape: Shape,
    /// The column its first mark or character stands in; of an item that of its bullet.
    pub(super) indent: usize,
    pub(super) quotes: usize,
    /// What stands behind the bullet when that is a number: `2` of `2.`, `1.2` of `1.2 `.
    pub(super) ordinal: Option<String>,
    pub(super) checked: Option<bool>,
    /// Without the marks of its block, with odd spaces made plain.
    pub(super) text: String,
}

#[derive(Default)]
struct Blocks {
    fence: Option<(char, usize)>,
    in_comment: bool,
    may_have_front_matter: bool,
    in_front_matter: bool,
}

pub(super) fn scan<'t>(source: &'t str, findings: &mut Vec<Finding>) -> Vec<Line<'t>> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut found = Vec::new();
    let (mut lines, is_closed) = lines_of(source, Blocks { may_have_front_matter: true, ..Blocks::default() }, &mut found);
    if !is_closed {
        // A first line `---` that no second one closes is a rule, not the start of front matter.
        found.clear();
        (lines, _) = lines_of(source, Blocks::default(), &mut found);
    }
    findings.append(&mut found);
    lines
}

/// The lines, and whether front matter that was opened is closed too.
fn lines_of<'t>(source: &'t str, mut blocks: Blocks, findings: &mut Vec<Finding>) -> (Vec<Line<'t>>, bool) {
    let mut lines: Vec<Line<'t>> = Vec::new();
    for (index, raw) in source.lines().enumerate() {
        let number = index + 1;
        let mut line = Line { number, raw, shape: Shape::Blank, indent: 0, quotes: 0, ordinal: None, checked: None, text: String::new() };
        if raw.contains('\0') && findings.iter().all(|finding| finding.code != FindingCode::InvalidText) {
            let detail = "the character U+0000 is not allowed in text: it was left out, here and below".to_owned();
            findings.push(Finding { line: number, code: FindingCode::InvalidText, detail, text: String::new() });
        }
        blocks.read(&mut line, findings);
        underline(&mut lines, &mut line);
        lines.push(line);
    }
    open_tables(&mut lines);
    (lines, !blocks.in_front_matter)
}

/// Tables whose rows do not start with `|`: known by the row of dashes below their first row.
fn open_tables(lines: &mut [Line<'_>]) {
    for index in 1..lines.len() {
        let is_row = |line: Option<&Line<'_>>| line.is_some_and(|line| line.shape == Shape::Paragraph && line.text.contains('|'));
        let is_delimiter =
            lines.get(index).is_some_and(|line| line.text.contains("--") && line.text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')));
        let follows_row = lines.get(index - 1).is_some_and(|line| line.shape == Shape::Row && !line.text.starts_with('|'));
        let starts = is_delimiter && is_row(lines.get(index - 1)) && is_row(lines.get(index));
        if (starts || follows_row && is_row(lines.get(index)))
            && let Some(pair) = lines.get_mut(index - 1..=index)
        {
            pair.iter_mut().for_each(|line| line.shape = Shape::Row);
        }
    }
}

impl Blocks {
    fn read(&mut self, line: &mut Line<'_>, findings: &mut Vec<Finding>) {
        let trimmed = line.raw.trim();
        if self.may_have_front_matter && line.number == 1 && trimmed == "---" {
            self.in_front_matter = true;
        }
        if self.in_front_matter {
            line.shape = Shape::FrontMatter;
            line.text = trimmed.to_owned();
            self.in_front_matter = line.number == 1 || !matches!(trimmed, "---" | "...");
            return;
        }
        let unquoted = unquote(line, findings);
        let bare = unquoted.trim();
        if let Some((mark, length)) = self.fence {
            line.shape = Shape::Code;
            let ends = bare.chars().take_while(|c| *c == mark).count() >= length && bare.chars().all(|c| c == mark);
            self.fence = if ends { None } else { self.fence };
            return;
        }
        let text = self.without_comments(&unquoted);
        if text.trim().is_empty() {
            line.shape = if trimmed.is_empty() { Shape::Blank } else { Shape::Comment };
            line.shape = if line.shape == Shape::Comment && bare.is_empty() { Shape::Blank } else { line.shape };
            return;
        }
        if let Some(fence) = fence(text.trim()) {
            self.fence = Some(fence);
            line.shape = Shape::Code;
            return;
        }
        shape(line, &text, findings);
    }

    /// The text with HTML comments cut out, which may go over several lines.
    fn without_comments(&mut self, text: &str) -> String {
        let mut kept = String::new();
        let mut rest = text;
        loop {
            if self.in_comment {
                let Some((_, after)) = rest.split_once("-->") else { return kept };
                self.in_comment = false;
                rest = after;
            }
            let Some((before, after)) = rest.split_once("<!--") else { break };
            kept.push_str(before);
            self.in_comment = true;
            rest = after;
        }
        kept.push_str(rest);
        kept
    }
}

/// Takes off `>` marks; makes tabs and odd spaces plain.
fn unquote(line: &mut Line<'_>, findings: &mut Vec<Finding>) -> String {
    let mut plain = String::with_capacity(line.raw.len());
    for c in line.raw.chars() {
        match c {
            '\t' => plain.extend(std::iter::repeat_n(' ', 4 - plain.len() % 4)),
            '\u{200b}' | '\u{feff}' | '\u{2060}' | '\0' => {}
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    let mut rest = plain.as_str();
    while let Some(inside) = rest.trim_start().strip_prefix('>') {
        line.quotes += 1;
        rest = inside.strip_prefix(' ').unwrap_or(inside);
    }
    if line.quotes > NESTING_LIMIT {
        too_deep(line, findings);
    }
    rest.to_owned()
}

fn too_deep(line: &Line<'_>, findings: &mut Vec<Finding>) {
    if findings.iter().any(|finding| finding.code == FindingCode::TooDeep) {
        return;
    }
    let detail = format!("nested deeper than {NESTING_LIMIT} levels: deeper levels are read as this one");
    let text = line.raw.chars().take(80).collect();
    findings.push(Finding { line: line.number, code: FindingCode::TooDeep, detail, text });
}

fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == mark).count();
    let rest = text.get(length..).unwrap_or_default();
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some((mark, length))
}

fn shape(line: &mut Line<'_>, text: &str, findings: &mut Vec<Finding>) {
    let content = text.trim_start();
    line.indent = text.len() - content.len();
    let mut content = content.trim_end();
    line.shape = Shape::Paragraph;
    if is_rule(content) {
        line.shape = Shape::Rule;
        return;
    }
    let mut levels = 0;
    while let Some((ordinal, rest)) = bullet(content, line.indent > 0) {
        line.shape = Shape::Item;
        line.ordinal = ordinal;
        content = rest;
        levels += 1;
    }
    if levels > NESTING_LIMIT {
        too_deep(line, findings);
    }
    if line.shape == Shape::Item
        && let Some((checked, rest)) = checkbox(content)
    {
        line.checked = Some(checked);
        content = rest;
    }
    let hashes = content.chars().take_while(|c| *c == '#').count();
    let after = content.get(hashes..).unwrap_or_default();
    if (1..=6).contains(&hashes) && (after.is_empty() || after.starts_with(' ')) {
        line.shape = if line.shape == Shape::Item { Shape::Item } else { Shape::Heading(hashes) };
        content = without_closing(after.trim());
    } else if line.shape == Shape::Paragraph && content.starts_with('|') {
        line.shape = Shape::Row;
    }
    line.text = content.to_owned();
}

/// `## Heading ##` without the hashes behind it; `C#` keeps its own.
fn without_closing(text: &str) -> &str {
    let bare = text.trim_end_matches('#');
    if bare.is_empty() || bare.ends_with(' ') { bare.trim_end() } else { text }
}

fn is_rule(text: &str) -> bool {
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '-' | '*' | '_')) else { return false };
    text.chars().all(|c| c == mark || c == ' ') && text.chars().filter(|c| *c == mark).count() >= 3
}

/// A bullet or number at the start of the text, and what follows. Of an indented `2.1 40% of the searches` the first
/// number is that of the item.
fn bullet(text: &str, is_indented: bool) -> Option<(Option<String>, &str)> {
    let first = text.chars().next()?;
    let after = text.get(first.len_utf8()..)?;
    if matches!(first, '-' | '*' | '+' | '•' | '·' | '◦' | '○' | '●' | '▪' | '‣' | '–') {
        let follows = after.starts_with(' ') || after.is_empty() || first == '•';
        let is_glued = first == '-' && after.starts_with(char::is_alphabetic);
        return (follows || is_glued).then(|| (None, after.trim_start()));
    }
    let number: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let after = text.get(number.len()..)?;
    let digits = number.trim_end_matches('.');
    let is_outline = digits.contains('.') && digits.split('.').all(|part| (1..=2).contains(&part.len()));
    let is_single = (1..=9).contains(&digits.len()) && !digits.contains('.');
    let closes = |after: &str| after.starts_with(' ') || after.is_empty();
    if is_single || is_outline {
        if let Some(after) = after.strip_prefix(')')
            && closes(after)
        {
            return Some((Some(digits.to_owned()), after.trim_start()));
        }
        let follows = |c: char| c.is_uppercase() || is_indented && c.is_ascii_digit();
        let is_marked = number.ends_with('.') || is_outline && after.trim_start().starts_with(follows);
        return (is_marked && closes(after)).then(|| (Some(digits.to_owned()), after.trim_start()));
    }
    let after = text.get(first.len_utf8()..)?.strip_prefix([')', '.'])?;
    (first.is_ascii_lowercase() && after.starts_with(' ')).then(|| (Some(first.to_string()), after.trim_start()))
}

fn checkbox(text: &str) -> Option<(bool, &str)> {
    let (mark, rest) = text.strip_prefix('[')?.split_once(']')?;
    let checked = match mark {
        "x" | "X" | "✓" | "✔" | "✅" => true,
        "" | " " | "  " => false,
        _ => return None,
    };
    (rest.is_empty() || rest.starts_with(' ')).then(|| (checked, rest.trim_start()))
}

/// `===` or `---` right below a paragraph of one line makes that line a heading.
fn underline(lines: &mut [Line<'_>], line: &mut Line<'_>) {
    let bare = line.raw.trim();
    let mark = bare.chars().next().filter(|c| matches!(c, '=' | '-'));
    let Some(mark) = mark.filter(|mark| bare.chars().all(|c| c == *mark)) else { return };
    if !matches!(line.shape, Shape::Paragraph | Shape::Rule) || (mark == '-' && bare.len() < 3) || (mark == '=' && bare.len() < 2) {
        return;
    }
    let before = lines.len().checked_sub(2).and_then(|index| lines.get(index)).map(|line| line.shape);
    let Some(heading) = lines.last_mut().filter(|above| above.shape == Shape::Paragraph && above.indent < 4) else { return };
    if before != Some(Shape::Paragraph) && heading.quotes == line.quotes {
        heading.shape = Shape::Heading(if mark == '=' { 1 } else { 2 });
        line.shape = Shape::Underline;
    }
}
