//! Two copies of the documents of a service, one after the other: what changed, and what is found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use vod_spec::Rule;
use vod_spec::drift::Finding;

use super::change::{Change, Kind};
use super::{Described, Document, documents, findings, truth};

/// What a replay comes to.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Operations that only the newer copy has, and whether a comparison says so.
    pub(crate) added: Vec<(String, bool)>,
    /// Operations that only the older copy has.
    pub(crate) gone: Vec<String>,
    /// Operations that could not be described, and why.
    pub(crate) left: Vec<(String, String)>,
    /// By operation: what changed.
    pub(crate) operations: BTreeMap<String, Told>,
    /// Findings in drafts that are compared with their own documents.
    pub(crate) own: Vec<String>,
}

/// The changes of an operation, and what is found of them.
#[derive(Default)]
pub(crate) struct Told {
    /// Changes with the findings that tell them.
    pub(crate) told: Vec<(Change, String)>,
    /// Changes that no finding tells.
    pub(crate) missed: Vec<Change>,
    /// Findings without a change.
    pub(crate) wrong: Vec<String>,
    /// Changes that the description has no key for.
    pub(crate) outside: Vec<Change>,
    /// Findings of what a text or an example states.
    pub(crate) worded: Vec<String>,
}

/// Drafts the documents of one folder, and compares those of another with the drafts.
///
/// # Errors
///
/// Why a folder cannot be read.
pub(crate) fn replay(old: &Path, new: &Path) -> Result<Outcome, String> {
    let (olds, news) = (documents(old)?, documents(new)?);
    let described = Described::new(&olds);
    let mut outcome = Outcome::default();
    let left: BTreeSet<_> = described
        .left
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let by_name: BTreeMap<_, _> = olds.iter().map(|it| (it.name.as_str(), it)).collect();
    for document in olds.iter().filter(|it| !left.contains(&it.name)) {
        let own = findings(&described.api, document).into_iter();
        outcome
            .own
            .extend(own.map(|it| format!("{}: {}", document.name, shown(&it))));
    }
    for document in &news {
        let Some(old) = by_name.get(document.name.as_str()) else {
            let found = findings(&described.api, document);
            let is_told = found.iter().any(|it| it.rule == Rule::UnknownOperation);
            outcome.added.push((document.name.clone(), is_told));
            continue;
        };
        if left.contains(&document.name) {
            continue;
        }
        let mut changes = truth::changes(&old.json, &document.json);
        // Documents come to list the body that all errors have anyway.
        for change in &mut changes {
            if change.kind == Kind::Added && is_of_error(&described, &change.at) {
                change.kind = Kind::Outside("service.yaml has it");
            }
        }
        let found = findings(&described.api, document);
        let told = told(old, changes, found);
        outcome.operations.insert(document.name.clone(), told);
    }
    let names: BTreeSet<_> = news.iter().map(|it| it.name.as_str()).collect();
    let gone = olds.iter().filter(|it| !names.contains(it.name.as_str()));
    outcome.gone = gone.map(|it| it.name.clone()).collect();
    outcome.left = described.left;
    Ok(outcome)
}

/// Whether an address is that of a field which the errors of all operations have.
fn is_of_error(described: &Described, at: &str) -> bool {
    let rest = at
        .strip_prefix("response.")
        .and_then(|it| it.split_once('.'));
    rest.is_some_and(|(status, field)| {
        let mut known = described.api.service.error.iter();
        !status.starts_with('2') && known.any(|it| it.name.value == field)
    })
}

fn told(old: &Document, changes: Vec<Change>, found: Vec<Finding>) -> Told {
    let mut told = Told::default();
    let names = names(old);
    let found: Vec<_> = found
        .into_iter()
        .map(|it| (old_name(it.at.as_str(), &names), it))
        .collect();
    let mut used = BTreeSet::new();
    for change in &changes {
        if !change.kind.is_fact() {
            if change.kind != Kind::Text {
                told.outside.push(change.clone());
            }
            continue;
        }
        let mut tells = found.iter().enumerate();
        let tells = tells.find(|(_, (at, it))| *at == change.at && change.kind.is_told_by(it.rule));
        match tells {
            Some((index, (_, finding))) => {
                used.insert(index);
                told.told.push((change.clone(), shown(finding)));
            }
            None => told.missed.push(change.clone()),
        }
    }
    for (index, (at, finding)) in found.iter().enumerate() {
        if used.contains(&index) {
            continue;
        }
        // What is of the same value, or of a value of its list, or speaks of a retyped or new one.
        let same = |change: &&Change| {
            let is_value = at
                .strip_prefix(&change.at)
                .is_some_and(|it| it.is_empty() || it.starts_with('.'));
            let is_field = change
                .at
                .strip_prefix(at.as_str())
                .is_some_and(|it| it.starts_with('.'));
            is_value && matches!(change.kind, Kind::Text | Kind::Type | Kind::Outside(_))
                || is_value
                    && matches!(change.kind, Kind::Added | Kind::TypeAdded)
                    && finding.rule == Rule::Unreadable
                || is_field && finding.rule == Rule::Unreadable
                || *at == change.at
        };
        let of_example = at.starts_with("example.");
        if changes.iter().any(|it| same(&it)) || of_example && !changes.is_empty() {
            told.worded.push(shown(finding));
        } else {
            told.wrong.push(shown(finding));
        }
    }
    told
}

/// What a draft may call the types of a document, and what the document does.
fn names(document: &Document) -> BTreeMap<String, String> {
    let operation = document.page.operation.as_ref().map(|it| it.value.as_str());
    let operation = operation.unwrap_or_default();
    let mut names = BTreeMap::new();
    for table in &document.page.types {
        let name = table.name.value.as_str();
        let plain = truth::pascal(name);
        let longer = format!("{operation}{plain}");
        for ours in [name, plain.as_str(), longer.as_str()] {
            for number in ["", "2", "3", "4"] {
                let ours = format!("{ours}{number}");
                names.entry(ours).or_insert_with(|| name.to_owned());
            }
        }
    }
    // The name itself, whatever another one could be called.
    for table in &document.page.types {
        let name = &table.name.value;
        names.insert(name.clone(), name.clone());
    }
    names
}

/// An address by the names of the document.
fn old_name(at: &str, names: &BTreeMap<String, String>) -> String {
    let Some(rest) = at.strip_prefix("type.") else {
        return at.to_owned();
    };
    let (name, field) = rest.split_once('.').unwrap_or((rest, ""));
    let name = names.get(name).map_or(name, String::as_str);
    match field {
        "" => format!("type.{name}"),
        field => format!("type.{name}.{field}"),
    }
}

fn shown(finding: &Finding) -> String {
    format!("{} {}: {}", finding.rule, finding.at, finding.message)
}

impl Outcome {
    /// How many of something there are in all operations.
    pub(crate) fn count(&self, of: impl Fn(&Told) -> usize) -> usize {
        self.operations.values().map(of).sum()
    }

    /// Whether exactly what changed was found.
    pub(crate) fn is_exact(&self) -> bool {
        self.count(|it| it.missed.len() + it.wrong.len()) == 0
            && self.own.is_empty()
            && self.added.iter().all(|(_, is_told)| *is_told)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, is_told) in &self.added {
            let told = if *is_told { "told" } else { "MISSED" };
            writeln!(f, "+ {name} ({told})")?;
        }
        for name in &self.gone {
            writeln!(f, "- {name}")?;
        }
        for (name, why) in &self.left {
            writeln!(f, "! {name} cannot be described:\n{why}")?;
        }
        for own in &self.own {
            writeln!(f, "! {own}, in its own draft")?;
        }
        for (name, operation) in &self.operations {
            let Told {
                told,
                missed,
                wrong,
                outside,
                worded,
            } = operation;
            if told.len() + missed.len() + wrong.len() + outside.len() + worded.len() == 0 {
                continue;
            }
            writeln!(f, "{name}")?;
            for (change, finding) in told {
                writeln!(f, "  told     {change}\n           {finding}")?;
            }
            for change in missed {
                writeln!(f, "  MISSED   {change}")?;
            }
            for finding in wrong {
                writeln!(f, "  FALSE    {finding}")?;
            }
            for change in outside {
                writeln!(f, "  outside  {change}")?;
            }
            for finding in worded {
                writeln!(f, "  worded   {finding}")?;
            }
        }
        let changed = self.operations.values();
        let changed = changed.filter(|it| it.told.len() + it.missed.len() > 0);
        writeln!(
            f,
            "operations {} (added {}, gone {}, not described {}), changed {}: facts {}, told {}, \
             missed {}, false {}; outside {}, in words {}; findings in own drafts {}",
            self.operations.len() + self.added.len(),
            self.added.len(),
            self.gone.len(),
            self.left.len(),
            changed.count(),
            self.count(|it| it.told.len() + it.missed.len()),
            self.count(|it| it.told.len()),
            self.count(|it| it.missed.len()),
            self.count(|it| it.wrong.len()),
            self.count(|it| it.outside.len()),
            self.count(|it| it.worded.len()),
            self.own.len(),
        )
    }
}
