//! What comes back: the reply that says that the request worked, and the statuses that say that it did not.

use std::collections::BTreeMap;

use super::Validator;
use super::operations::Known;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Reply, ReplyBody};
use crate::raw;
use crate::source::SourceId;
use crate::yaml::read::Text;

impl Validator<'_> {
    /// The one reply that says that the request worked.
    pub(super) fn replies(
        &mut self,
        source: SourceId,
        raw: &raw::Operation,
        known: Known<'_>,
    ) -> Option<Reply> {
        let Known { names, types, .. } = known;
        let mut reply = None;
        for response in raw.responses.iter().filter(|it| !is_error(it)) {
            let status = self.status(&response.status);
            let body = match (&response.fields, &response.ty) {
                (Some(fields), None) => ReplyBody::Fields(self.fields(fields, source, names)),
                (None, Some(ty)) => ReplyBody::Whole(self.resolve(ty, source, names)),
                (None, None) => ReplyBody::Empty,
                (Some(fields), Some(ty)) => {
                    self.bad_value(
                        ty,
                        "a reply has `fields` or a `type`, not both",
                        "drop one of the two",
                    );
                    ReplyBody::Fields(self.fields(fields, source, names))
                }
            };
            let example = response
                .example
                .as_ref()
                .and_then(|example| self.reply_example(example, &body, types));
            if !(200..300).contains(&status) && status != 0 {
                self.bad_value(
                    &response.status,
                    format!("{status} does not say that the request worked"),
                    "add `error: true`",
                );
                if reply.is_some() {
                    continue;
                }
            } else if reply.is_some() {
                self.bad_value(
                    &response.status,
                    "there is a reply for success already",
                    "keep one: an operation has one such reply",
                );
            }
            let built = Reply {
                status,
                doc: self.prose(response.doc.as_ref()),
                headers: self.fields(&response.headers, source, names),
                body,
                example,
            };
            self.one_name_each(&built);
            reply = Some(built);
        }
        if reply.is_none() && !raw.responses.is_empty() {
            self.report(
                Diagnostic::new(
                    Code::BadValue,
                    raw.responses_key,
                    "no reply says that the request worked",
                )
                .help("describe the one without `error: true`"),
            );
        }
        reply
    }

    /// Fields and headers of a reply go by different names; headers by such that differ in more than capitals.
    fn one_name_each(&mut self, reply: &Reply) {
        let fields = reply.fields().iter().map(|it| &it.name);
        let mut fields: BTreeMap<_, _> = fields.map(|it| (it.value.as_str(), it.span)).collect();
        let mut headers = BTreeMap::new();
        for Field { name, .. } in &reply.headers {
            let lower = name.value.to_ascii_lowercase();
            let header = *headers.entry(lower).or_insert(name.span);
            let field = *fields.entry(&name.value).or_insert(name.span);
            let (place, first) = if header != name.span {
                ("headers", header)
            } else {
                ("body", field)
            };
            if first != name.span {
                self.report(
                    Diagnostic::new(
                        Code::NameCollision,
                        name.span,
                        format!("the reply has `{}` in its {place} already", name.value),
                    )
                    .related(first, "the first one")
                    .help(
                        "drop one: a stored reply has one key per name, wherever the value travels",
                    ),
                );
            }
        }
    }

    pub(super) fn errors(&mut self, raw: &raw::Operation) -> Vec<(u16, String)> {
        let mut errors = Vec::new();
        for response in raw.responses.iter().filter(|it| is_error(it)) {
            if response.fields.is_some()
                || response.ty.is_some()
                || !response.headers.is_empty()
                || response.example.is_some()
            {
                self.bad_value(
                    &response.status,
                    "an error has the body that service.yaml describes",
                    "keep its `doc` and drop `fields`, `type`, `headers` and `example`",
                );
            }
            let status = self.status(&response.status);
            if (200..300).contains(&status) {
                self.bad_value(
                    &response.status,
                    format!("{status} says that the request worked"),
                    "drop `error: true`, or the whole status",
                );
            }
            errors.push((status, self.prose(response.doc.as_ref())));
        }
        errors
    }

    fn status(&mut self, status: &Text) -> u16 {
        match status.value.parse::<u16>() {
            Ok(number) if (200..600).contains(&number) && status.value.len() == 3 => number,
            _ => {
                self.bad_value(
                    status,
                    format!("`{}` is not a status of a reply", status.value),
                    "write a number from 200 to 599",
                );
                0
            }
        }
    }
}

pub(super) fn is_error(response: &raw::Response) -> bool {
    response.error.as_ref().is_some_and(|it| it.value)
}
