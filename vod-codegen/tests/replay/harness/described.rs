//! The drafts of documents as a description.

use std::collections::BTreeMap;

use vod_spec::SourceFile;
use vod_spec::drift::{Finding, Wordings, compare};
use vod_spec::model::Api;
use vod_spec::{Rule, draft, load_sources};

use super::Document;

/// The drafts of documents as a description.
pub(crate) struct Described {
    pub(crate) api: Api,
    /// The operations that cannot be described, and why.
    pub(crate) left: Vec<(String, String)>,
}

impl Described {
    /// Drafts one document after the other, each beside those before it, with nothing but a
    /// `service.yaml` at the start.
    pub(crate) fn new(documents: &[Document]) -> Self {
        let service = SourceFile::new("service.yaml", service(documents));
        let mut files = vec![service.clone()];
        let mut left = Vec::new();
        let mut api = load(&files).unwrap_or_else(|why| panic!("{why}"));
        for document in documents {
            let text = draft::draft(&api, &document.page);
            let text = draft::filled(&api, &text);
            let name = document.page.operation.as_ref();
            let name = name.map_or("", |it| it.value.as_str());
            let file = SourceFile::new(format!("operations/{}.yaml", kebab(name)), text);
            let alone = load(&[service.clone(), file.clone()]);
            files.push(file);
            match alone.and_then(|_| load(&files)) {
                Ok(all) => api = all,
                Err(why) => {
                    files.pop();
                    left.push((document.name.clone(), why));
                }
            }
        }
        Self { api, left }
    }
}

fn load(files: &[SourceFile]) -> Result<Api, String> {
    load_sources(files.iter().cloned()).map_err(|mistakes| mistakes.to_string())
}

/// What a comparison finds, but for texts that were never recorded.
pub(crate) fn findings(api: &Api, document: &Document) -> Vec<Finding> {
    let mut findings = compare(api, &document.page, &Wordings::default()).findings;
    findings.retain(|it| !it.acknowledged && it.rule != Rule::WordingUnrecorded);
    findings
}

/// A service whose errors have the body that most of its documents have.
fn service(documents: &[Document]) -> String {
    let mut bodies = BTreeMap::<Vec<String>, usize>::new();
    for document in documents {
        for reply in &document.page.responses {
            if !(200..300).contains(&reply.status.value) && !reply.fields.is_empty() {
                let names = reply.fields.iter().map(|it| it.name.value.clone());
                *bodies.entry(names.collect()).or_default() += 1;
            }
        }
    }
    let most = bodies.iter().max_by_key(|(_, count)| **count);
    let fields = most.map_or_else(|| vec!["error_code".to_owned()], |(names, _)| names.clone());
    let is_plain = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let fields = fields.iter().filter(|it| is_plain(it));
    let fields: String = fields
        .map(|it| format!("  {it}: {{ type: string, doc: Text. }}\n"))
        .collect();
    format!(
        "\
service: SVC
title: Service
endpoint: https://svc.{{region}}.example.com
regions: {{ north-1: North }}
project_id: Text.
auth:
  token: {{ doc: Text., headers: {{ X-Auth-Token: {{ doc: Text. }} }} }}
  ak_sk:
    doc: Text.
    headers:
      Authorization: {{ doc: Text. }}
      X-Sdk-Date: {{ doc: Text. }}
query_arrays: {{ style: repeat, basis: inferred, because: Text. }}
error:
{fields}sections:
  Operations: Text.
"
    )
}

/// The name of the file of an operation.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in name.chars() {
        let is_next = before.is_ascii_lowercase() || before.is_ascii_digit();
        if c.is_ascii_uppercase() && is_next {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
        before = c;
    }
    out
}
