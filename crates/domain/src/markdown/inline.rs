//! The text of a line without its markup: emphasis, links, code, footnotes and HTML taken off.

use std::collections::{HashMap, VecDeque};

use super::guard;
use super::inline_parts::{HTML_TAGS, destination, entity, reference, tick_runs};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// Guarded: pass it to [`guard::reveal`] before showing it to anyone.
    pub(super) text: String,
    pub(super) links: Vec<String>,
    /// The text is struck through, from its first character on.
    pub(super) is_struck: bool,
    /// How many bytes of the text, from its start, are bold.
    pub(super) bold: usize,
    /// Nothing but links, to places in this document or elsewhere.
    pub(super) is_link: bool,
    /// A link to a heading of this document, as tables of contents have them.
    pub(super) is_anchor: bool,
}

impl Plain {
    /// Bold as a whole, apart from a colon, a score or the like at the end.
    pub(super) fn is_bold(&self) -> bool {
        let rest = self.text.get(self.bold..).unwrap_or_default();
        self.bold > 0 && (rest.chars().count() <= 12 || rest.trim_start().starts_with(['(', '[']) && rest.chars().count() <= 40)
    }
}

enum Piece {
    Text(char),
    Guarded(char),
    Run { mark: char, left: usize },
    Nothing,
}

struct Reader<'t> {
    source: &'t [char],
    pieces: Vec<Piece>,
    brackets: Vec<usize>,
    openers: HashMap<char, Vec<usize>>,
    ticks: HashMap<usize, VecDeque<usize>>,
    links: Vec<String>,
    bold_to: usize,
    struck: usize,
    linked: usize,
    has_anchor: bool,
}

/// Linear in the length of the source: every look-ahead stops at the next bracket or tag.
pub(super) fn plain(source: &str) -> Plain {
    let source: Vec<char> = source.chars().collect();
    let mut reader = Reader {
        source: &source,
        pieces: Vec::with_capacity(source.len()),
        brackets: Vec::new(),
        openers: HashMap::new(),
        ticks: tick_runs(&source),
        links: Vec::new(),
        bold_to: 0,
        struck: 0,
        linked: 0,
        has_anchor: false,
    };
    let mut at = 0;
    while at < source.len() {
        at = reader.step(at);
    }
    reader.finish()
}

impl Reader<'_> {
    fn peek(&self, at: usize) -> Option<char> {
        self.source.get(at).copied()
    }

    /// Reads what stands at `at` and answers where to go on.
    fn step(&mut self, at: usize) -> usize {
        let Some(c) = self.peek(at) else { return at + 1 };
        match c {
            '\\' => match self.peek(at + 1) {
                Some(next) if next.is_ascii_punctuation() => self.put(Piece::Guarded(next), at + 2),
                None => at + 1,
                Some(_) => self.put(Piece::Text(c), at + 1),
            },
            '&' => match entity(self.source, at) {
                Some((decoded, next)) => self.put(Piece::Guarded(decoded), next),
                None => self.put(Piece::Text(c), at + 1),
            },
            '`' => self.code(at),
            '*' | '_' | '~' => self.run(at, c),
            '<' => self.tag(at),
            '[' if self.peek(at + 1) == Some('^') => match self.footnote(at) {
                Some(next) => next,
                None => self.put(Piece::Text(c), at + 1),
            },
            '[' => {
                self.brackets.push(self.pieces.len());
                self.put(Piece::Text(c), at + 1)
            }
            ']' => self.close_bracket(at),
            _ => self.put(Piece::Text(c), at + 1),
        }
    }

    fn put(&mut self, piece: Piece, next: usize) -> usize {
        self.pieces.push(piece);
        next
    }

    fn code(&mut self, at: usize) -> usize {
        let length = self.source.iter().skip(at).take_while(|c| **c == '`').count();
        let runs = self.ticks.entry(length).or_default();
        while runs.front().is_some_and(|run| *run <= at) {
            runs.pop_front();
        }
        let Some(end) = runs.front().copied() else {
            self.pieces.extend((0..length).map(|_| Piece::Text('`')));
            return at + length;
        };
        let inside = self.source.get(at + length..end).unwrap_or_default();
        self.pieces.extend(inside.iter().map(|c| Piece::Text(*c)));
        end + length
    }

    fn run(&mut self, at: usize, mark: char) -> usize {
        let length = self.source.iter().skip(at).take_while(|c| **c == mark).count();
        let next = at + length;
        let before = at.checked_sub(1).and_then(|at| self.peek(at));
        let after = self.peek(next);
        if mark == '~' && length != 2 {
            self.pieces.extend((0..length).map(|_| Piece::Text(mark)));
            return next;
        }
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let inside_word = mark == '_' && is_letter(before) && is_letter(after);
        let mut left = length;
        if !is_space(before) && !inside_word {
            left = self.close(mark, left);
        }
        let index = self.pieces.len();
        self.pieces.push(Piece::Run { mark, left });
        let may_open = !is_space(after) && !inside_word && (mark != '_' || !is_letter(before));
        if left > 0 && may_open {
            self.openers.entry(mark).or_default().push(index);
        }
        next
    }

    /// Uses up to `left` characters of a closing run; answers how many remain.
    fn close(&mut self, mark: char, mut left: usize) -> usize {
        let here = self.pieces.len();
        while left > 0 {
            let Some(opener) = self.openers.get_mut(&mark).and_then(Vec::pop) else { return left };
            let Some(Piece::Run { left: open, .. }) = self.pieces.get_mut(opener) else { continue };
            let used = left.min(*open);
            *open -= used;
            left -= used;
            if *open > 0 {
                self.openers.entry(mark).or_default().push(opener);
            }
            let starts =
                self.pieces.iter().take(opener).take(4).all(|piece| matches!(piece, Piece::Run { .. } | Piece::Nothing)) && opener <= 4;
            if mark == '~' {
                self.struck += self.pieces.iter().skip(opener).filter(|piece| is_letter(piece)).count();
            } else if starts && used >= 2 {
                self.bold_to = self.bold_to.max(here);
            }
        }
        left
    }

    fn tag(&mut self, at: usize) -> usize {
        let inside: String = self.source.iter().skip(at + 1).take(2_100).take_while(|c| !matches!(c, '<' | '>' | '[')).collect();
        let length = inside.chars().count();
        if self.peek(at + 1 + length) != Some('>') {
            return self.put(Piece::Text('<'), at + 1);
        }
        let next = at + 2 + length;
        if inside.starts_with("http://") || inside.starts_with("https://") {
            self.links.push(inside.clone());
            self.pieces.extend(inside.chars().map(Piece::Text));
            return next;
        }
        let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default().to_ascii_lowercase();
        if name == "br" {
            return self.put(Piece::Guarded('\n'), next);
        }
        if HTML_TAGS.contains(&name.as_str()) { next } else { self.put(Piece::Text('<'), at + 1) }
    }

    fn footnote(&self, at: usize) -> Option<usize> {
        let length = self.source.iter().skip(at).take(60).take_while(|c| !matches!(c, ']' | ' ')).count();
        (self.peek(at + length) == Some(']')).then_some(at + length + 1)
    }

    fn close_bracket(&mut self, at: usize) -> usize {
        let opener = self.brackets.pop();
        let target = match self.peek(at + 1) {
            Some('(') => destination(self.source, at + 2),
            Some('[') => reference(self.source, at + 2).map(|next| (String::new(), next)),
            _ => None,
        };
        let (Some(opener), Some((url, next))) = (opener, target) else { return self.put(Piece::Text(']'), at + 1) };
        if let Some(image) = opener.checked_sub(1)
            && matches!(self.pieces.get(image), Some(Piece::Text('!')))
            && let Some(piece) = self.pieces.get_mut(image)
        {
            *piece = Piece::Nothing;
        } else {
            self.linked += self.pieces.iter().skip(opener).filter(|piece| is_letter(piece)).count();
            self.has_anchor |= url.starts_with('#');
            if url.starts_with("http://") || url.starts_with("https://") {
                self.links.push(url);
            }
        }
        if let Some(piece) = self.pieces.get_mut(opener) {
            *piece = Piece::Nothing;
        }
        next
    }

    fn finish(self) -> Plain {
        let mut text = String::new();
        let mut bold = 0;
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Text(c) => guard::push(&mut text, *c),
                Piece::Guarded(c) => guard::push_guarded(&mut text, *c),
                Piece::Run { mark, left } => text.extend(std::iter::repeat_n(*mark, *left)),
                Piece::Nothing => {}
            }
            if index < self.bold_to {
                bold = text.len();
            }
        }
        let leading = text.len() - text.trim_start().len();
        let trimmed = text.trim().to_owned();
        let letters = self.pieces.iter().filter(|piece| is_letter(piece)).count();
        let is_link = self.linked > 0 && self.linked * 4 >= letters * 3;
        let is_anchor = is_link && self.has_anchor;
        Plain {
            is_link,
            is_anchor,
            bold: bold.saturating_sub(leading).min(trimmed.len()),
            text: trimmed,
            links: self.links,
            is_struck: self.struck > 0 && self.struck * 3 >= letters * 2,
        }
    }
}

fn is_letter(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(c) if c.is_alphanumeric())
}
