//! What became of the lines of a document, and what a person should look at.

/// Something a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// From 1.
    pub line: usize,
    pub code: FindingCode,
    /// What is the matter and what was done about it.
    pub detail: String,
    /// The text it is about, as written.
    pub text: String,
}

/// What kind of finding it is: what the reader finds, and what shows only beside what is stored already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingCode {
    /// `[X]`, `TBD`, `TO DO`, `WIP`, `$X` and the like, left in.
    Placeholder,
    /// UTF-8 that was read as another encoding, such as `â€™`; once for a document.
    WronglyDecoded,
    /// The line can be read in two ways.
    Ambiguous,
    /// An objective without key results, or a marker without a text.
    Empty,
    /// The stated score of an objective is not the mean of its key results' stated scores.
    ScoreDiffers,
    /// Nested deeper than 64 levels.
    TooDeep,
    /// Text with a character that is not allowed, such as U+0000.
    InvalidText,
    /// Text longer than its limit: it was cut off.
    TooLong,
    /// A number with more digits than are kept exactly.
    NumberOutOfRange,
    /// A field that is known with a value that is not.
    UnreadableField,
    /// An id that the document has already given to another.
    Duplicate,
    /// Objectives of more than one cycle: each carries its own.
    SeveralCycles,
    /// The document names no cycle: the one under way was taken.
    CycleAssumed,
    /// What is stored differs from what the document says: the stored one was kept.
    KeptStored,
    /// Stated in the document, and nothing that is stored.
    NotStored,
}

/// What one line of the source became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlinedLine {
    /// From 1.
    pub line: usize,
    pub became: Became,
    /// The index of the objective it belongs to.
    pub objective: Option<usize>,
    /// The index within the objective of the key result it belongs to.
    pub key_result: Option<usize>,
    /// Why, where that does not show.
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Became {
    Objective,
    KeyResult,
    Result,
    Score,
    Metadata,
    Heading,
    Ignored,
    Ambiguous,
    Blank,
}
