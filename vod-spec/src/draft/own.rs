//! What a document says that its own draft cannot: the draft is compared with its document.
//!
//! Some facts have no key, and some documents contradict themselves. What the comparison finds in
//! the draft of the same document is all of that, and becomes entries of `deviations` whose reasons
//! are left to write.

use vod_page::Page;

use crate::drift::{Finding, Wordings, compare};
use crate::format::rule::Rule;
use crate::load::load_draft;
use crate::model::Api;
use crate::source::SourceFile;
use crate::validate::kebab;

use super::filled::filled;

/// What is found when a draft is compared with the page that it is of.
pub(super) fn findings(api: &Api, page: &Page, draft: &str) -> Vec<Finding> {
    let text = filled(api, draft);
    let entry = |key: &str| {
        let line = text.lines().find_map(|it| it.strip_prefix(key));
        line.map(|it| it.trim_matches('"').to_owned())
    };
    let (Some(name), Some(section)) = (entry("operation: "), entry("section: ")) else {
        return Vec::new();
    };
    let is_shared =
        |file: &&SourceFile| file.name == "service.yaml" || file.name.starts_with("types/");
    let files = api.sources.iter().map(|(_, file)| file);
    let files = files.filter(is_shared).cloned();
    let file = format!("{}/{}.yaml", kebab(&section), kebab(&name));
    let own = SourceFile::new(file, text.as_str());
    let Some(api) = load_draft(files.chain([own])) else {
        return Vec::new();
    };
    let mut findings = compare(&api, page, &Wordings::default()).findings;
    findings.retain(|it| {
        let is_open = !it.acknowledged;
        is_open && !matches!(it.rule, Rule::WordingUnrecorded | Rule::UnknownOperation)
    });
    findings
}
