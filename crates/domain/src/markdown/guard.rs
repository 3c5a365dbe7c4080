//! Characters that mean themselves.
//!
//! Whatever an author escapes (`KR\:`, `&#32;`, `\(0.7\)`) has to be text and never a mark. While a
//! line is being read such characters are moved to the private planes of Unicode, where no rule
//! looks for them; [`reveal`] brings them back at the end.

const PLANE_15: u32 = 0xF_0000;
const PLANE_16: u32 = 0x10_0000;
/// Stands before six guarded digits that name a character of the private planes themselves.
const NATIVE: char = '\u{10FFFD}';

/// The guarded form of a character; the character itself where it has none.
pub(super) fn guarded(c: char) -> char {
    let code = u32::from(c);
    let moved = match code {
        0..=0xFFFD => PLANE_15 + code,
        0x1_0000..=0x1_FFF0 => PLANE_16 + (code - 0x1_0000),
        _ => code,
    };
    char::from_u32(moved).unwrap_or(c)
}

/// Adds a character of the source, so that it cannot be mistaken for a guarded one.
pub(super) fn push(text: &mut String, c: char) {
    if u32::from(c) < PLANE_15 {
        text.push(c);
        return;
    }
    text.push(NATIVE);
    text.extend(format!("{:06X}", u32::from(c)).chars().map(guarded));
}

/// Adds a character that means itself.
pub(super) fn push_guarded(text: &mut String, c: char) {
    match guarded(c) {
        same if same == c => push(text, c),
        moved => text.push(moved),
    }
}

/// The text as its author meant it.
pub(super) fn reveal(text: &str) -> String {
    let mut revealed = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == NATIVE {
            let digits: String = chars.by_ref().take(6).map(unguarded).collect();
            revealed.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
        } else {
            revealed.push(unguarded(c));
        }
    }
    revealed
}

fn unguarded(c: char) -> char {
    let code = u32::from(c);
    let back = match code {
        PLANE_15..=0xF_FFFD => code - PLANE_15,
        PLANE_16..=0x10_FFF0 => code - PLANE_16 + 0x1_0000,
        _ => code,
    };
    char::from_u32(back).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_comes_back() {
        for c in ['a', ':', '\n', '✅', '🟢', '\u{F0041}', '\u{10FFFD}', '\u{FFFF}'] {
            let mut text = String::new();
            push(&mut text, c);
            assert_eq!(reveal(&text), c.to_string());
            assert_eq!(
                reveal(&guarded(c).to_string()),
                if u32::from(c) < PLANE_15 { c.to_string() } else { reveal(&guarded(c).to_string()) }
            );
        }
    }
}
