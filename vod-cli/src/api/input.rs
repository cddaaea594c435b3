//! Values that stand in files or come from standard input.

use std::fs::File;
use std::io::Read;

use serde_json::Value;

use crate::api::strict;
use crate::exit::Failure;
use crate::io::Io;

/// A file may have so many bytes.
const LARGEST: u64 = 16 << 20;

/// Reads what flags name. Standard input can be read once.
pub(crate) struct Input<'a> {
    io: &'a mut Io,
    /// The flag that has read it.
    taken: Option<String>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(io: &'a mut Io) -> Self {
        Self { io, taken: None }
    }

    /// The text that `@FILE` or `-` stands for; `None` for a value that stands for itself. `@@` is
    /// an `@` at the start of such a value.
    pub(super) fn named(&mut self, flag: &str, value: &str) -> Result<Option<String>, Failure> {
        match value.strip_prefix('@') {
            _ if value == "-" => self.standard(flag).map(Some),
            Some(path) if !path.starts_with('@') => file(flag, path).map(Some),
            _ => Ok(None),
        }
    }

    /// JSON that stands there or in what it names.
    pub(crate) fn json(&mut self, flag: &str, value: &str) -> Result<Value, Failure> {
        let named = self.named(flag, value)?;
        let text = named.as_deref().unwrap_or(value);
        strict::parse(text).map_err(|error| {
            Failure::usage_with(
                format!("{flag}: this is not JSON: {error}"),
                "give JSON, @FILE or - for standard input",
            )
        })
    }

    fn standard(&mut self, flag: &str) -> Result<String, Failure> {
        if let Some(taken) = &self.taken {
            let message = format!("{flag}: standard input can be read once, and {taken} takes it");
            return Err(Failure::usage(message));
        }
        self.taken = Some(flag.to_owned());
        read(&mut self.io.stdin)
            .map_err(|why| Failure::usage(format!("{flag}: standard input {why}")))
    }
}

/// The value itself, where it could have named a file.
pub(super) fn itself(value: &str) -> &str {
    match value.strip_prefix('@') {
        Some(rest) if rest.starts_with('@') => rest,
        _ => value,
    }
}

fn file(flag: &str, path: &str) -> Result<String, Failure> {
    let opened = File::open(path).map_err(|error| error.to_string());
    let text = opened.and_then(|mut file| read(&mut file).map_err(|why| format!("it {why}")));
    text.map_err(|why| {
        Failure::usage_with(
            format!("{flag}: the file {path:?} cannot be read: {why}"),
            "a value that begins with @ names a file",
        )
    })
}

fn read(from: &mut dyn Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut limited = from.take(LARGEST + 1);
    limited
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err("has more than 16 MiB".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}
