//! Example requests, in lines and in code.

use super::Reader;
use super::request_line::http;
use crate::facts::{ExampleRequest, Stated};
use crate::page::words;

impl Reader {
    /// A line of an example request: `POST https://...`, or a header of the last such line.
    pub(super) fn example_line(&mut self, line: usize, text: &str) {
        if let Some(value) = http(text) {
            self.page.example_requests.push(ExampleRequest {
                http: Some(Stated { value, line }),
                body: None,
            });
            self.open_example = true;
        } else {
            let header = text.split_once(": ");
            self.open_example &= header.is_some_and(|(name, _)| words::may_be_wire_name(name));
        }
    }

    /// Code of an example request: its body, or all of it.
    pub(super) fn example_code(&mut self, line: usize, code: &str) {
        let is_body = |line: &str| line.trim_start().starts_with(['{', '[']);
        let lines = || code.lines().zip(line..);
        for (text, line) in lines().take_while(|(text, _)| !is_body(text)) {
            if !text.trim().is_empty() {
                self.example_line(line, text);
            }
        }
        if let Some((_, line)) = lines().find(|(text, _)| is_body(text)) {
            let body: Vec<&str> = code.lines().skip_while(|text| !is_body(text)).collect();
            let body = Some(Stated {
                value: body.join("\n"),
                line,
            });
            match self.page.example_requests.last_mut() {
                Some(example) if self.open_example => example.body = body,
                _ => {
                    let http = None;
                    self.page
                        .example_requests
                        .push(ExampleRequest { http, body });
                }
            }
            self.open_example = false;
        }
    }
}
