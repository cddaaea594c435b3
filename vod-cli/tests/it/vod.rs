//! Runs the command.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, SystemTime};

use tracing::Dispatch;
use tracing::subscriber::NoSubscriber;
use vod_cli::{Catalog, Exit, Interrupt, Io, Stream, Variables, run};
use vod_local::{Local, Service};

use crate::docs;

/// The operations of the fixtures, with docs that are made as those of the service are.
pub(crate) static FIXTURES: LazyLock<Catalog> = LazyLock::new(|| {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-codegen/fixtures/spec");
    let texts = docs::texts(&vod_spec::load_dir(&spec).unwrap());
    let kept = |texts: Vec<docs::Text>| -> &'static [(&'static str, &'static str)] {
        let leaked = |text: String| -> &'static str { text.leak() };
        let texts = texts.into_iter();
        let texts = texts.map(|text| (leaked(text.name), leaked(text.json)));
        texts.collect::<Vec<_>>().leak()
    };
    let (operations, types) = (kept(texts.operations), kept(texts.types));
    Catalog::new(vod_codegen_fixtures::OPERATIONS, operations, types)
});

/// With only one subscriber in the process, `tracing` asks the thread that is the first to reach a
/// span, and no other, whether there is one: a run without `-v` would switch spans off for all.
static SUBSCRIBERS: LazyLock<[Dispatch; 2]> =
    LazyLock::new(|| [(); 2].map(|()| Dispatch::new(NoSubscriber::new())));

/// A terminal, or a script.
pub(crate) struct Vod {
    catalog: Catalog,
    variables: Vec<(String, String)>,
    stdin: String,
    answers: bool,
    columns: Option<usize>,
    interrupt: Interrupt,
}

/// What a run of the command left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Vod {
    /// With the operations of the fixtures, and nothing in the environment.
    pub(crate) fn fixtures() -> Self {
        Self::new(*FIXTURES)
    }

    /// With the operations of the service.
    pub(crate) fn service() -> Self {
        Self::new(Catalog::of_service())
    }

    fn new(catalog: Catalog) -> Self {
        Self {
            catalog,
            variables: Vec::new(),
            stdin: String::new(),
            answers: false,
            columns: None,
            interrupt: Interrupt::never(),
        }
    }

    /// Calls go to this service.
    pub(crate) fn at(self, service: &Service) -> Self {
        self.set("VOD_ENDPOINT", &service.endpoint())
            .set("VOD_PROJECT_ID", Service::PROJECT_ID)
            .set("HUAWEICLOUD_SDK_AK", Service::ACCESS_KEY)
            .set("HUAWEICLOUD_SDK_SK", Service::SECRET_KEY)
    }

    /// Calls go to this service with state.
    pub(crate) fn at_local(self, local: &Local) -> Self {
        self.set("VOD_ENDPOINT", &local.endpoint())
            .set("VOD_PROJECT_ID", Local::PROJECT_ID)
            .set("HUAWEICLOUD_SDK_AK", Local::ACCESS_KEY)
            .set("HUAWEICLOUD_SDK_SK", Local::SECRET_KEY)
    }

    /// Sets a variable.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Gives the command this on standard input.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self
    }

    /// Somebody types this when asked.
    pub(crate) fn answer(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self.answers = true;
        self
    }

    /// Has a terminal of so many columns.
    pub(crate) fn terminal(mut self, columns: usize) -> Self {
        self.columns = Some(columns);
        self
    }

    /// Somebody stops the command.
    pub(crate) fn interrupt(mut self, interrupt: Interrupt) -> Self {
        self.interrupt = interrupt;
        self
    }

    /// Runs the command with the words of a line; a word in single quotes can have spaces.
    pub(crate) async fn run(&self, line: &str) -> Run {
        LazyLock::force(&SUBSCRIBERS);
        let (out, err) = (Buffer::default(), Buffer::default());
        let variables = self.variables.clone();
        let mut io = Io {
            stdin: Box::new(Cursor::new(self.stdin.clone())),
            answers: self.answers,
            now,
            interrupt: self.interrupt.clone(),
            stdout: Stream::new(out.clone(), self.columns),
            stderr: Stream::new(err.clone(), self.columns),
            variables: Variables::new(move |name| {
                let found = variables.iter().rev().find(|(known, _)| known == name)?;
                Some(found.1.clone())
            }),
        };
        let words = std::iter::once("vod".to_owned()).chain(words(line));
        let exit = run(self.catalog, words.map(Into::into), &mut io).await;
        Run {
            exit,
            out: out.text(),
            err: err.text(),
        }
    }
}

impl Run {
    /// What it wrote, if it is done and said nothing else.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!(
            (self.exit, self.err.as_str()),
            (Exit::Done, ""),
            "{}",
            self.out
        );
        self.out
    }

    /// What it said, if it ended like this and wrote nothing.
    #[track_caller]
    pub(crate) fn failed(self, exit: Exit) -> String {
        assert_eq!((self.exit, self.out.as_str()), (exit, ""), "{}", self.err);
        self.err
    }
}

/// The words of a line.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut open) = (String::new(), false, false);
    for letter in line.chars() {
        match letter {
            '\'' => (quoted, open) = (!quoted, true),
            letter if letter.is_whitespace() && !quoted => {
                if open {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            letter => {
                word.push(letter);
                open = true;
            }
        }
    }
    if open {
        words.push(word);
    }
    words
}

/// The time of day in all tests: 2026-11-30 12:00:00 UTC.
pub(crate) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_040_000)
}

/// Keeps what is written to it.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
