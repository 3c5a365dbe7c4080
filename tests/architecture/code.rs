//! Enough of Rust's lexical grammar to tell code from what is only written about it.

/// The same text with comments, strings and characters blank, so that lines and columns stay.
pub(super) fn only(text: &str) -> String {
    let mut left = text;
    let mut code = String::with_capacity(text.len());
    let mut before = ' ';
    while let Some(first) = left.chars().next() {
        let length = if before.is_alphanumeric() || before == '_' { 0 } else { prefixed(left) };
        let length = if length > 0 { length } else { plain(left) };
        let (skipped, rest) = left.split_at(length);
        code.extend(skipped.chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
        left = rest;
        if length == 0 {
            code.push(first);
            left = left.get(first.len_utf8()..).unwrap_or_default();
        }
        before = if length == 0 { first } else { ' ' };
    }

    code
}

/// The length of the comment, string or character that `text` begins with, 0 for anything else.
fn plain(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return comment(text);
    }
    match text.as_bytes() {
        [b'"', ..] => quoted(text, '"'),
        // A lifetime has no closing quote right after one character.
        [b'\'', b'\\', ..] => quoted(text, '\''),
        [b'\'', ..] if text.chars().nth(2) == Some('\'') => quoted(text, '\''),
        _ => 0,
    }
}

/// A raw, byte or C string.
fn prefixed(text: &str) -> usize {
    let prefix = text.find(|character| !"rbc".contains(character)).unwrap_or(0);
    let (letters, rest) = text.split_at(prefix);
    if !["r", "b", "c", "br", "cr"].contains(&letters) {
        return 0;
    }
    if !letters.contains('r') {
        return if rest.starts_with('"') { prefix + quoted(rest, '"') } else { 0 };
    }
    let hashes = rest.find(|character| character != '#').unwrap_or(0);
    let body = rest.get(hashes..).unwrap_or_default();
    if !body.starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.get(1..).and_then(|inside| inside.find(&end)).map_or(body.len(), |at| at + 1 + end.len());

    prefix + hashes + length
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if !escaped && character == quote {
            return at + quote.len_utf8();
        }
        escaped = !escaped && character == '\\';
    }

    text.len()
}

/// Block comments nest.
fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }

    text.len()
}

#[test]
fn what_is_not_code_is_blank() {
    let blank = |text: &str| only(text).split_whitespace().collect::<Vec<_>>().join(" ");

    assert_eq!(blank("a // async\nb /* x /* async */ y */ c"), "a b c");
    assert_eq!(blank(r#"f("async \" async") + g"#), "f( ) + g");
    assert_eq!(blank(r##"f(r#"say "async""#, br"async", b"x") + g"##), "f( , , ) + g");
    assert_eq!(blank(r"'a' '\'' &'a str 'ü' fn for_r() {}"), "&'a str fn for_r() {}");
    assert_eq!(only("a\n/*\n*/\nb").lines().count(), 4);
}
