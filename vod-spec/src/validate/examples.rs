//! Examples: JSON that has to fit the schema beside it.

use std::ops::Range;

use super::Validator;
use super::constraints::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::fit::{Checker, Misfit, Names, Value};
use crate::model::{Constraint, Direction, ReplyBody, TypeDef};
use crate::raw;
use crate::source::Span;
use vod_page::json::{self, Json, Object, Place};

impl Validator<'_> {
    /// An example request: an object with a member per parameter.
    pub(super) fn request_example(
        &mut self,
        example: &raw::Example,
        scope: Scope<'_>,
        constraints: &[Constraint],
    ) -> Option<Object> {
        let (value, place) = self.json(example)?;
        let mut checker = Checker::new(scope.types, Direction::Request, Names::Ways);
        checker.object(whole(&value, &place), scope.fields, constraints);
        self.bad_example(example, checker.misfits());
        match value {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn reply_example(
        &mut self,
        example: &raw::Example,
        body: &ReplyBody,
        types: &[TypeDef],
    ) -> Option<Json> {
        let (value, place) = self.json(example)?;
        let mut checker = Checker::new(types, Direction::Reply, Names::Ways);
        match body {
            ReplyBody::Empty => {
                let place = place.value.clone();
                self.does_not_fit(example, place, "this reply has no body");
            }
            ReplyBody::Fields(fields) => {
                let fields: Vec<_> = fields.iter().collect();
                checker.object(whole(&value, &place), &fields, &[]);
            }
            ReplyBody::Whole(ty) => checker.value(whole(&value, &place), ty),
        }
        self.bad_example(example, checker.misfits());
        Some(value)
    }

    pub(super) fn json(&mut self, example: &raw::Example) -> Option<(Json, Place)> {
        let error = match json::parse(&example.text.value) {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        let span = self.place_in_example(example, error.place);
        self.report(match error.problem {
            json::Problem::Syntax(message) => {
                Diagnostic::new(Code::BadExample, span, format!("not JSON: {message}")).help(
                    "JSON has quotes around keys and texts, commas between entries and none behind the last",
                )
            }
            json::Problem::Duplicate { name, first } => {
                let message = format!("`{name}` is given twice");
                Diagnostic::new(Code::BadExample, span, message)
                    .related(self.place_in_example(example, first), "the first one")
                    .help("keep one of the two")
            }
        });
        None
    }

    /// Reports the first thing that does not fit; the others may follow from it.
    pub(super) fn bad_example(&mut self, example: &raw::Example, misfits: Vec<Misfit>) {
        if let Some(misfit) = misfits.into_iter().next() {
            let message = misfit.to_string();
            self.does_not_fit(example, misfit.place, &message);
        }
    }

    pub(super) fn does_not_fit(&mut self, example: &raw::Example, place: Range<usize>, why: &str) {
        let span = self.place_in_example(example, place);
        let message = format!("the example does not fit: {why}");
        self.report(
            Diagnostic::new(Code::BadExample, span, message)
                .help("correct the example, or the types if the docs show that it is right"),
        );
    }

    /// A part of the text of an example, as a place in the file.
    fn place_in_example(&self, example: &raw::Example, part: Range<usize>) -> Span {
        let block = example.text.span;
        let value = example.text.value.as_str();
        let source = self.sources.text(block);
        let place = |start, end| Span {
            source: block.source,
            start,
            end,
        };
        if !example.literal {
            return self.part(&example.text, part);
        }
        // A block begins with its first line that is not empty, behind the indent that all its lines have in the file.
        let blank = value.len() - value.trim_start_matches('\n').len();
        let indent = self.sources.position(block).1 - 1;
        let in_file = |at: usize| {
            let before = value.as_bytes().get(blank..at).unwrap_or_default();
            let lines = before.iter().filter(|byte| **byte == b'\n').count();
            let column = before
                .rsplit(|byte| *byte == b'\n')
                .next()
                .map_or(0, <[u8]>::len);
            let skipped: usize = source.split_inclusive('\n').take(lines).map(str::len).sum();
            block.start + skipped + column + if lines == 0 { 0 } else { indent }
        };
        let start = in_file(part.start);
        match part.end.checked_sub(1) {
            Some(last) if last >= part.start => place(start, in_file(last) + 1),
            _ => place(start, start),
        }
    }
}

/// The whole of an example, which has no name.
fn whole<'v>(json: &'v Json, place: &'v Place) -> Value<'v> {
    Value {
        json,
        at: "",
        place,
    }
}
