//! What commands print. `println!` panics when nobody reads on, as behind `waymark import … | head`.

use crate::failure::Failure;

/// Prints a line to standard output, formatted like `println!`.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::output::line(format_args!($($words)*))
    };
}

pub(crate) use say;

pub(crate) fn line(words: std::fmt::Arguments<'_>) -> Result<(), Failure> {
    use std::io::Write;
    let mut output = std::io::stdout().lock();
    writeln!(output, "{words}").and_then(|()| output.flush()).map_err(Failure::Output)
}
