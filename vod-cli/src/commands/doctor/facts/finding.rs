//! Whether facts hold.

use serde_json::{Value, json};
use vod_api::{Error, Response};

/// Whether a fact holds, and what was seen; or why that is not known.
pub(super) type Finding = Result<Seen, String>;

/// What was seen of a fact.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) holds: bool,
    pub(super) what: String,
}

impl Seen {
    pub(super) fn new(holds: bool, what: impl Into<String>) -> Self {
        Self {
            holds,
            what: what.into(),
        }
    }
}

/// All facts, as far as they were checked.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<(&'static str, Finding)>);

impl Report {
    pub(super) fn tell(&mut self, fact: &'static str, finding: Finding) {
        self.0.push((fact, finding));
    }

    /// Whether no fact was seen not to hold.
    pub(super) fn all_hold(&self) -> bool {
        self.count("does not hold") == 0
    }

    pub(super) fn rows(&self) -> Vec<Value> {
        let rows = self.0.iter().map(|(fact, finding)| {
            let seen = match finding {
                Ok(seen) => &seen.what,
                Err(why) => why,
            };
            json!({"result": result(finding), "fact": fact, "seen": seen})
        });
        rows.collect()
    }

    /// How many hold, in a line.
    pub(super) fn summary(&self) -> String {
        let counts = ["holds", "does not hold", "not checked"];
        let counts = counts.map(|word| format!("{word}: {}", self.count(word)));
        counts.join(", ")
    }

    fn count(&self, word: &str) -> usize {
        let same = self.0.iter().filter(|(_, finding)| result(finding) == word);
        same.count()
    }
}

fn result(finding: &Finding) -> &'static str {
    match finding {
        Ok(seen) if seen.holds => "holds",
        Ok(_) => "does not hold",
        Err(_) => "not checked",
    }
}

/// Whether a call was refused with a code.
pub(super) fn is_refused(result: &Result<Response<Value>, Error>, code: &str) -> Finding {
    match result {
        Ok(_) => Ok(Seen::new(false, "it was done")),
        Err(error) => answered(error, error.code() == Some(code)),
    }
}

/// Whether a call was done.
pub(super) fn is_done(result: &Result<Response<Value>, Error>) -> Finding {
    match result {
        Ok(_) => Ok(Seen::new(true, "it was done")),
        Err(error) => answered(error, false),
    }
}

/// What a failure says about a fact: nothing, if the service did not answer.
pub(super) fn answered(error: &Error, holds: bool) -> Finding {
    match error.status() {
        Some(status) => {
            let code = error.code().unwrap_or("without a code");
            let what = format!("HTTP {} {code}", status.as_u16());
            Ok(Seen::new(holds, what))
        }
        None => Err(error.to_string()),
    }
}
