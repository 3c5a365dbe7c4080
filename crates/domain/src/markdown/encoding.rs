//! UTF-8 that was read as another encoding and saved again.

/// What the bytes of emoji, quotes, dashes and accented letters look like in Windows-1252 and Mac Roman.
const SIGNS: &[&str] = &[
    "â€",
    "Ã©",
    "Ã¨",
    "Ã¼",
    "Ã¶",
    "Ã¤",
    "Ã±",
    "ðŸ",
    "Â ",
    "\u{f8ff}ü",
    "üé",
    "üå",
    "üë",
    "üì",
    "üî",
    "üöÄ",
    "üè",
    "ü§",
    "‚Ä",
    "‚ö°",
    "‚úÖ",
    "\u{fffd}",
];

/// The first sign of it, and the line it stands on.
pub(super) fn wrongly_decoded(source: &str) -> Option<(usize, String)> {
    source.lines().enumerate().find_map(|(index, line)| {
        let at = SIGNS.iter().filter_map(|sign| line.find(sign)).min()?;
        let text = line.get(at..).unwrap_or_default().chars().take(12).collect();
        Some((index + 1, text))
    })
}
