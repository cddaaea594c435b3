//! What the service answers.

use std::collections::{BTreeMap, BTreeSet};

use super::operations::Facts;
use super::part::{Owner, Part, written};
use super::{Differ, Rule, Subject};
use crate::rust::{Reply, RustType};

impl<'a> Facts<'a> {
    /// The fields of the body, then those that travel as headers.
    fn reply_fields(&self) -> Vec<Part<'a>> {
        let Reply::Fields { body, headers } = &self.rust.reply else {
            return Vec::new();
        };
        let reply = &self.model.reply;
        let in_body = reply.fields().iter().zip(&body.fields);
        let in_body = in_body.map(|(field, rust)| Part {
            at: format!("response.{}.{}", reply.status, rust.wire),
            place: "body",
            field,
            rust,
        });
        let in_headers = reply.headers.iter().zip(headers);
        let in_headers = in_headers.map(|(field, rust)| Part {
            at: format!("header.{}", rust.wire),
            place: "headers",
            field,
            rust,
        });
        in_body.chain(in_headers).collect()
    }

    /// The type of the one value that is the whole body.
    fn whole_body(&self) -> Option<&'a RustType> {
        match &self.rust.reply {
            Reply::Whole(body) => body.fields.first().map(|field| &field.ty),
            Reply::Fields { .. } | Reply::Empty(_) => None,
        }
    }
}

impl Differ<'_> {
    pub(super) fn compare_reply(
        &mut self,
        subject: Subject<'_>,
        item: &str,
        (old, new): (Facts<'_>, Facts<'_>),
    ) {
        let (before, after) = (&old.model.reply, &new.model.reply);
        let at = format!("response.{}", after.status);
        if before.status != after.status {
            let (is, was) = (after.status, before.status);
            let message = format!("a success of {item} is HTTP {is}, was {was}");
            self.report(Rule::StatusChanged, subject.at(&at), message);
        }
        let name = new.rust.reply.body().name.as_str();
        let owner = Owner {
            name,
            at: at.clone(),
            subject,
            constructors: None,
            constraints: (&[], &[]),
        };
        self.compare_fields(&owner, &old.reply_fields(), &new.reply_fields());
        self.compare_whole(&owner, (old.whole_body(), new.whole_body()));
        self.documentation(
            subject.at(&at),
            &format!("`{name}`"),
            (&before.doc, &after.doc),
        );
        if before.example != after.example {
            let at = format!("example.{}", after.status);
            let message = format!("`{name}` has another example");
            self.report(Rule::ExampleChanged, subject.at(&at), message);
        }
        let errors = |it: &Facts<'_>| it.model.errors.iter().cloned().collect::<BTreeMap<_, _>>();
        let (before, after) = (errors(&old), errors(&new));
        let statuses: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for status in statuses {
            let docs = (before.get(status), after.get(status));
            self.documentation(subject.at(&format!("response.{status}")), item, docs);
        }
    }

    /// A body that is one value is the field `items`.
    fn compare_whole(
        &mut self,
        owner: &Owner<'_>,
        (old, new): (Option<&RustType>, Option<&RustType>),
    ) {
        let item = format!("`{}::items`", owner.name);
        let (rule, message) = match (old, new) {
            (Some(_), None) => (Rule::FieldRemoved, format!("{item} is gone")),
            (None, Some(_)) => (Rule::FieldAdded, format!("{item} is new")),
            (Some(old), Some(new)) => {
                let none = BTreeMap::new();
                let same = written(old, &self.type_names) == written(new, &none);
                if same {
                    return;
                }
                let (is, was) = (written(new, &none), written(old, &none));
                (Rule::TypeChanged, format!("{item} is `{is}`, was `{was}`"))
            }
            (None, None) => return,
        };
        self.report(rule, owner.subject.at(&owner.at), message);
    }
}
