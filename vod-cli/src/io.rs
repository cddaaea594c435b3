//! What the command has of the process: streams, variables and the clock. Tests bring their own.

use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::interrupt::Interrupt;

/// Looks up a variable.
pub(crate) type Lookup = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// The streams, variables and clock of a process.
pub struct Io {
    /// Standard input.
    pub stdin: Box<dyn Read + Send>,
    /// Whether somebody can answer questions: standard input is a terminal.
    pub answers: bool,
    /// Standard output: data, and nothing else.
    pub stdout: Stream,
    /// Standard error: everything else.
    pub stderr: Stream,
    /// Environment variables.
    pub variables: Variables,
    /// The time of day.
    pub now: fn() -> SystemTime,
    /// What asks the command to stop.
    pub interrupt: Interrupt,
}

/// Environment variables. An empty one counts as not set.
#[derive(Clone)]
pub struct Variables(Option<Lookup>);

/// A stream that text is written to; clones write to the same.
#[derive(Clone)]
pub struct Stream {
    target: Arc<Mutex<Target<dyn Write + Send>>>,
    /// The number of columns, if it is a terminal.
    columns: Option<usize>,
}

/// What a stream writes to.
struct Target<W: ?Sized> {
    /// So many lines right above the cursor are removed before other text is written.
    drawn: usize,
    writer: W,
}

impl Io {
    /// Those of this process.
    pub fn of_process() -> Self {
        let columns = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let stream = |is_terminal: bool| is_terminal.then(|| columns().unwrap_or(80));
        Self {
            stdin: Box::new(io::stdin()),
            answers: io::stdin().is_terminal(),
            stdout: Stream::new(io::stdout(), stream(io::stdout().is_terminal())),
            stderr: Stream::new(io::stderr(), stream(io::stderr().is_terminal())),
            variables: Variables(None),
            now: SystemTime::now,
            interrupt: Interrupt::of_process(),
        }
    }

    /// All that standard input has.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not UTF-8.
    pub fn read_all(&mut self) -> io::Result<String> {
        let mut text = String::new();
        self.stdin.read_to_string(&mut text)?;
        Ok(text)
    }

    /// A line of standard input, without its end.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not UTF-8.
    pub fn read_line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        let mut byte = [0];
        // Byte by byte: what follows the line is for others.
        while self.stdin.read(&mut byte)? == 1 && byte != *b"\n" {
            line.extend(byte);
        }
        let line = String::from_utf8(line);
        let line = line.map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
        Ok(line.trim_end_matches('\r').to_owned())
    }

    /// The same, of what is typed without being seen.
    ///
    /// # Errors
    ///
    /// As for [`read_line`](Self::read_line).
    pub fn read_secret(&mut self) -> io::Result<String> {
        match self.variables.0 {
            // Streams that a test has brought are no terminal.
            Some(_) => self.read_line(),
            None => console::Term::stderr().read_secure_line(),
        }
    }
}

impl Variables {
    /// Variables by a function.
    pub fn new(lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(lookup)))
    }

    /// The value of a variable. What is not UTF-8 in it is replaced, so that it is refused as a
    /// value rather than taken for none.
    pub fn get(&self, name: &str) -> Option<String> {
        let value = match &self.0 {
            Some(lookup) => lookup(name),
            None => std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()),
        };
        value.filter(|value| !value.is_empty())
    }

    /// The function, if they are not those of the process.
    pub(crate) fn given(&self) -> Option<Lookup> {
        self.0.clone()
    }
}

impl Stream {
    /// A stream, and the number of its columns if it is a terminal.
    pub fn new(writer: impl Write + Send + 'static, columns: Option<usize>) -> Self {
        Self {
            target: Arc::new(Mutex::new(Target { drawn: 0, writer })),
            columns,
        }
    }

    /// The number of columns; `None` if it is no terminal.
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Writes text, and has it arrive.
    ///
    /// # Errors
    ///
    /// The text cannot be written, as when a pipe is closed.
    pub fn write(&self, text: &str) -> io::Result<()> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes bytes, and has them arrive.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write).
    pub(crate) fn write_bytes(&self, bytes: &[u8]) -> io::Result<()> {
        let mut target = self.target();
        if target.drawn > 0 {
            let text = target.start() + TO_END_OF_SCREEN;
            target.drawn = 0;
            target.writer.write_all(text.as_bytes())?;
        }
        target.writer.write_all(bytes)?;
        target.writer.flush()
    }

    /// Shows lines at the end of a terminal until other lines are drawn, or other text is written.
    /// None may be as wide as the terminal, which would break it into two.
    pub(crate) fn draw(&self, lines: &[String]) {
        let mut target = self.target();
        let mut text = target.start();
        for line in lines {
            text.push_str(line);
            text.push_str(TO_END_OF_LINE);
            text.push('\n');
        }
        text.push_str(TO_END_OF_SCREEN);
        target.drawn = lines.len();
        // In one piece, so that no half of it is seen. Without a terminal nobody misses it.
        let _ = target.writer.write_all(text.as_bytes());
        let _ = target.writer.flush();
    }

    /// Removes the lines that were drawn.
    pub(crate) fn clear(&self) {
        let _ = self.write("");
    }

    /// Writes a line, and ignores a failure to do so: for what accompanies the data.
    pub fn note(&self, line: &str) {
        let _ = self.write(&format!("{line}\n"));
    }

    fn target(&self) -> MutexGuard<'_, Target<dyn Write + Send>> {
        self.target.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: ?Sized> Target<W> {
    /// Goes back to the first line that was drawn.
    fn start(&self) -> String {
        match self.drawn {
            0 => String::new(),
            lines => format!("\r\u{1b}[{lines}A"),
        }
    }
}

const TO_END_OF_LINE: &str = "\u{1b}[K";
const TO_END_OF_SCREEN: &str = "\u{1b}[J";

/// Whether an error only says that the reader has stopped, as `head` does.
pub(crate) fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == ErrorKind::BrokenPipe
}

impl fmt::Debug for Io {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Io")
            .field("stdout", &self.stdout)
            .field("stderr", &self.stderr)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}
