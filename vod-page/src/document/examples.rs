//! Examples of requests and of replies, read as a whole.

use crate::facts::{ExampleRequest, Stated};
use crate::json::Json;
use crate::{Address, Subject};

use super::reader::{Opened, Reader};
use super::tree::{Member, Node};

impl<'d> Reader<'d> {
    /// `x-request-examples-url-1` and the body that goes with it, which has two names.
    pub(super) fn request_examples(&mut self, opened: &Opened<'d>) {
        const START: &str = "x-request-examples-";
        let numbers = opened.keys().filter_map(|name| {
            let rest = name.strip_prefix(START)?;
            rest.rsplit('-').next()?.parse::<usize>().ok()
        });
        let numbers: std::collections::BTreeSet<usize> = numbers.collect();
        for number in numbers {
            let url = opened.get(&*format!("{START}url-{number}"));
            let bodies = [format!("{START}text-{number}"), format!("{START}{number}")];
            let bodies = bodies.iter().filter_map(|it| opened.get(it.as_str()));
            let bodies: Vec<_> = bodies.copied().collect();
            let http = self.example_url(url);
            let mut texts: Vec<Stated<String>> = Vec::new();
            let mut known: Vec<&Json> = Vec::new();
            for body in bodies {
                self.whole(body);
                if !known.contains(&body.value.json) {
                    known.push(body.value.json);
                    texts.extend(self.example(body.value));
                }
            }
            let mut texts = texts.into_iter();
            let example = ExampleRequest {
                http,
                body: texts.next(),
            };
            let others = texts.map(|body| ExampleRequest {
                http: None,
                body: Some(body),
            });
            let examples = std::iter::once(example).chain(others);
            let is_one = |it: &ExampleRequest| it.http.is_some() || it.body.is_some();
            self.page.example_requests.extend(examples.filter(is_one));
        }
    }

    /// `POST https://{endpoint}/v1/books`; the method can be left out.
    fn example_url(&mut self, member: Option<&Member<'d>>) -> Option<Stated<(String, String)>> {
        let at = Address::of(Subject::Example, "request");
        let text = self.text(member, &at)?;
        let mut words = text.value.split_whitespace();
        let first = words.next()?;
        let (method, url) = match words.next() {
            Some(url) => (first.to_owned(), url),
            None => {
                let http = self.page.http.as_ref();
                (http.map(|it| it.value.0.clone())?, first)
            }
        };
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)),
            None => Some(url),
        };
        let is_method = method.chars().all(|c| c.is_ascii_alphabetic());
        match path.filter(|it| is_method && it.starts_with('/')) {
            Some(path) => Some(Stated {
                value: (method, path.to_owned()),
                line: text.line,
            }),
            None => {
                if let Some(member) = member {
                    self.note(member.key, &at, "no method and address of a request");
                }
                None
            }
        }
    }

    /// The text of an example: JSON, or a text that has JSON in it.
    pub(super) fn example(&mut self, node: Node<'d>) -> Option<Stated<String>> {
        if Self::is_blank(node.json) {
            return None;
        }
        let line = self.line(node.start());
        let value = match node.json.as_str() {
            // Its lines are none of the document.
            Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            None => self.source(node).to_owned(),
        };
        Some(Stated { value, line })
    }

    /// The example of a reply, by the types of bodies that it is given for.
    pub(super) fn reply_examples(&mut self, status: u16, member: Member<'d>) {
        let at = Address::of(Subject::Example, status);
        for entry in self.entries(member, &at) {
            if !entry.name.starts_with("application/json") {
                self.skip(entry, "it is not JSON");
                continue;
            }
            self.whole(entry);
            if let Some(example) = self.example(entry.value) {
                self.page.example_responses.push((status, example));
            }
        }
    }

    /// The examples of a body in a newer document: one, or several with names.
    pub(super) fn content_examples(&mut self, opened: &Opened<'d>) -> Vec<Stated<String>> {
        let mut found = Vec::new();
        if let Some(member) = opened.get("example") {
            self.whole(*member);
            found.extend(self.example(member.value));
        }
        if let Some(member) = opened.get("examples") {
            self.whole(*member);
            for named in member.value.members() {
                let value = named.value.member("value").map(|it| it.value);
                found.extend(value.and_then(|it| self.example(it)));
            }
        }
        found
    }
}
