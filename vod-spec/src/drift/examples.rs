//! Examples of the page against the description. What is reported for the tables is not reported
//! again.

use vod_page::{Address, ExampleRequest, Stated, Subject};

use crate::format::rule::Rule;
use crate::model::fit::{Checker, Misfit, Names, Problem, Value};
use crate::model::{self, Field, ReplyBody, ScalarType, Type};
use crate::source::Span;
use vod_page::json::{self, Json, Object, Place};

use super::{Comparer, Difference, Direction, Finding};

/// What does not fit in an example.
struct Found {
    line: usize,
    /// None of what concerns the example as a whole.
    at: Option<Address>,
    why: String,
}

impl Comparer<'_, '_> {
    pub(super) fn examples(&mut self) {
        let page = self.page;
        let operation = self.operation;
        let places = &operation.places;
        for example in &page.example_requests {
            let mut found = self.address(example);
            if operation.body
                && let Some(body) = &example.body
            {
                found.extend(self.text(body, |comparer, json, place| {
                    let mut checker = comparer.checker(Direction::Request);
                    let fields = comparer.fields(model::Place::Body);
                    let at = Subject::Body.as_str();
                    checker.object(Value { json, at, place }, &fields, &[]);
                    checker.misfits()
                }));
            }
            let at = Address::of(Subject::Example, "request");
            self.misfit(at, places.http, found);
        }
        for (status, example) in &page.example_responses {
            let found = self.text(example, |comparer, json, place| {
                comparer.reply(*status, json, place)
            });
            let at = Address::of(Subject::Example, status);
            self.misfit(at, places.responses, found);
        }
    }

    fn reply(&self, status: u16, json: &Json, place: &Place) -> Vec<Misfit> {
        let at = Address::of(Subject::Response, status);
        let at = at.as_str();
        let value = Value { json, at, place };
        let mut checker = self.checker(Direction::Reply);
        let is_error = self.operation.errors.iter().any(|(it, _)| *it == status);
        let fields = match &self.operation.reply.body {
            _ if is_error => self.api.service.error.as_slice(),
            ReplyBody::Whole(ty) => {
                checker.value(value, ty);
                return checker.misfits();
            }
            ReplyBody::Fields(fields) => fields,
            ReplyBody::Empty => &[],
        };
        let fields: Vec<_> = fields.iter().collect();
        checker.object(value, &fields, &[]);
        checker.misfits()
    }

    fn checker(&self, direction: Direction) -> Checker<'_> {
        Checker::new(&self.api.types, direction, Names::Types)
    }

    fn fields(&self, place: model::Place) -> Vec<&Field> {
        let parameters = self.operation.parameters.iter();
        let of_place = parameters.filter(|it| it.place == place);
        of_place.map(|it| &it.field).collect()
    }

    /// Method, path and query of an example request.
    fn address(&self, example: &ExampleRequest) -> Vec<Found> {
        let Some(http) = &example.http else {
            return Vec::new();
        };
        let (method, target) = &http.value;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut found = Vec::new();
        if method != self.operation.method.as_str() {
            let why = format!("it has the method `{method}`");
            found.push(Found {
                line: http.line,
                at: Some(Address::of(Subject::Http, "method")),
                why,
            });
        }
        if !is_path(path, &self.operation.path) {
            let why = format!("it has the path `{path}`");
            found.push(Found {
                line: http.line,
                at: Some(Address::of(Subject::Http, "path")),
                why,
            });
        }
        let pairs: Vec<_> = query
            .split('&')
            .filter_map(|it| it.split_once('='))
            .collect();
        let fields = self.fields(model::Place::Query);
        let json = &query_object(&pairs, &fields);
        let place = &nowhere(json);
        let at = Subject::Query.as_str();
        let mut checker = self.checker(Direction::Request);
        checker.object(Value { json, at, place }, &fields, &[]);
        let mut misfits = checker.misfits();
        // What is escaped, or stands for a value, says nothing of it.
        let is_open = |it: &Misfit| {
            let of_it = |name: &str| it.at.strip_prefix("query.") == Some(name);
            let mut pairs = pairs.iter();
            pairs.any(|(name, value)| of_it(name) && value.contains(['{', '<', '%', '*']))
        };
        misfits.retain(|it| matches!(it.problem, Problem::Unknown) || !is_open(it));
        found.extend(misfits.into_iter().map(|it| told(http.line, it)));
        found
    }

    /// What `check` finds in JSON text, or that it is none.
    fn text(
        &self,
        example: &Stated<String>,
        check: impl Fn(&Self, &Json, &Place) -> Vec<Misfit>,
    ) -> Vec<Found> {
        let text = example.value.as_str();
        let start = text.len() - text.trim_start().len();
        let line = |at: usize| {
            let before = text.get(..start + at).unwrap_or(text);
            example.line + before.matches('\n').count()
        };
        match json::parse(text.trim()) {
            Ok((value, place)) => {
                let misfits = check(self, &value, &place).into_iter();
                misfits.map(|it| told(line(it.place.start), it)).collect()
            }
            Err(error) => {
                let why = match error.problem {
                    json::Problem::Syntax(message) => format!("it is not JSON: {message}"),
                    json::Problem::Duplicate { name, .. } => format!("`{name}` is given twice"),
                };
                let line = line(error.place.start);
                vec![Found {
                    line,
                    at: None,
                    why,
                }]
            }
        }
    }

    /// Reports what of an example no other finding tells.
    fn misfit(&mut self, at: Address, spec: Span, found: Vec<Found>) {
        let is_new = |found: &Found| {
            let same = |it: &Finding| Some(&it.at) == found.at.as_ref();
            self.reach.is_whole(found.line) && !self.findings.iter().any(same)
        };
        let found: Vec<_> = found.into_iter().filter(is_new).collect();
        let Some(line) = found.iter().map(|it| it.line).min() else {
            return;
        };
        let mut reasons: Vec<String> = Vec::new();
        for Found { why, .. } in found {
            if !reasons.contains(&why) {
                reasons.push(why);
            }
        }
        let reasons = reasons.join("; ");
        let message = format!("the example does not fit: {reasons}");
        let rule = Rule::ExampleMisfit;
        self.report(Difference {
            rule,
            direction: Direction::Reply,
            at,
            line,
            spec,
            message,
            states: Some(reasons),
            fix: None,
        });
    }
}

fn told(line: usize, misfit: Misfit) -> Found {
    let why = misfit.to_string();
    // A value has an address of its own.
    let at = Address::from_printed(misfit.at);
    let at = match misfit.problem {
        Problem::NoValue(value) => at.member(value),
        _ => at,
    };
    let at = Some(at);
    Found { line, at, why }
}

/// Whether a path is this one, with anything in place of its parameters.
fn is_path(path: &str, template: &str) -> bool {
    let parts = || path.split('/').zip(template.split('/'));
    path.split('/').count() == template.split('/').count()
        && parts().all(|(part, due)| part == due || (due.starts_with('{') && !part.is_empty()))
}

/// The values of a query by their names.
fn query_object(pairs: &[(&str, &str)], fields: &[&Field]) -> Json {
    let mut object = Object::new();
    for (name, value) in pairs {
        let field = fields.iter().find(|field| field.name.value == *name);
        match field.map(|field| &field.ty) {
            Some(Type::Array(inner)) => {
                let empty = || Json::Array(Vec::new());
                let items = object.entry((*name).to_owned()).or_insert_with(empty);
                if let Json::Array(items) = items {
                    items.push(value_of(value, inner));
                }
            }
            Some(ty) => {
                object.insert((*name).to_owned(), value_of(value, ty));
            }
            None => {
                object.insert((*name).to_owned(), Json::Null);
            }
        }
    }
    Json::Object(object)
}

/// A text as a value of this type, if it is one.
fn value_of(text: &str, ty: &Type) -> Json {
    let value = match ty {
        Type::Scalar(ScalarType::String) | Type::Named(_) => None,
        _ => json::parse(text).ok().map(|(value, _)| value),
    };
    value.unwrap_or_else(|| Json::String(text.to_owned()))
}

/// Places for a value that is no part of a JSON text.
fn nowhere(value: &Json) -> Place {
    let inner = match value {
        Json::Array(items) => items.iter().map(nowhere).collect(),
        Json::Object(members) => members.values().map(nowhere).collect(),
        _ => Vec::new(),
    };
    Place {
        key: 0..0,
        value: 0..0,
        inner,
    }
}
