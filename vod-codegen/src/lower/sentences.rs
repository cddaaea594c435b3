//! Facts in words: a sentence or two for each kind of fact.

use vod_spec::Spanned;
use vod_spec::model::{
    self, Basis, LengthUnit, Operation, Outcome, Pagination, PaginationStyle, Permission, Rate,
    TimeForm, TimeFormat, TimeZone, Wait,
};

use crate::names;
use crate::rust::bounds_in_words;

/// How a time is written.
pub(crate) fn of_time(time: TimeFormat) -> String {
    let form = match time.form {
        TimeForm::Rfc3339 => "A time in the format of RFC 3339".to_owned(),
        TimeForm::Seconds => "Seconds since 1970".to_owned(),
        form => format!("A time of the form `{}`", form.as_str()),
    };
    let zone = match time.zone {
        Some(TimeZone::Utc8) => ", in UTC+8",
        Some(_) => ", in UTC",
        None if time.form.has_zone() => "",
        None => "; the docs name no zone",
    };
    format!("{form}{zone}{}.", of_basis(time.basis))
}

/// What is said behind a fact that rests on `basis`.
pub(super) fn of_basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Inferred => " (inferred)",
        _ => "",
    }
}

/// The values of an enum that can be sent.
pub(super) fn of_values(values: &[Spanned<String>]) -> String {
    format!("Only {} can be sent.", listed(values))
}

/// `A`, `B` and `C`, in backticks.
pub(crate) fn listed(values: &[Spanned<String>]) -> String {
    let values: Vec<_> = values.iter().map(|it| format!("`{}`", it.value)).collect();
    enumerated(&values)
}

/// A, B and C.
pub(super) fn enumerated(texts: &[String]) -> String {
    match texts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => texts.concat(),
    }
}

/// The prefix of a limit on the items of an array.
pub(crate) const EACH: &str = "Each item: ";

/// The limits of a field, each in a sentence: of its range, its length and its number of items.
pub(crate) fn limits_in_words(field: &model::Field) -> [Option<String>; 3] {
    // A flag needs no range.
    let range = bounds_in_words(field.limits.range, "").filter(|_| !field.flag);
    let unit = match field.limits.unit {
        LengthUnit::Bytes => "byte",
        _ => "character",
    };
    let length = bounds_in_words(field.limits.length, unit);
    let each = |text: String| match field.ty {
        model::Type::Array(_) => format!("{EACH}{}", lower_first(&text)),
        _ => text,
    };
    let items = bounds_in_words(field.limits.items, "value");
    [range.map(each), length.map(each), items]
}

pub(super) fn of_deprecation(instead: Option<&str>) -> String {
    let text = |instead| format!("Deprecated: {}", lower_first(instead));
    instead.map(text).unwrap_or_default()
}

pub(super) fn of_pagination(pagination: &Pagination, operation: &Operation) -> String {
    let parameters = || operation.parameters.iter().map(|it| &it.field);
    let position = name_in(parameters(), &pagination.position);
    let size = name_in(parameters(), &pagination.size);
    let items = name_in(operation.reply.fields(), &pagination.items);
    let first = pagination.first;
    let mut text = match (pagination.style, &pagination.next) {
        (PaginationStyle::Page, _) => {
            format!(
                "A list in pages: `{position}` counts them from {first}, each with up to `{size}` items in `{items}`."
            )
        }
        (PaginationStyle::Marker, Some(next)) => {
            let next = name_in(operation.reply.fields(), next);
            format!(
                "A list in pages: `{next}` of a reply is the `{position}` of the next call; without it, there is no more."
            )
        }
        _ => format!(
            "A list in pages: `{position}` counts items from {first}; a reply has up to `{size}` of them in `{items}`."
        ),
    };
    if let Some(total) = &pagination.total {
        let total = name_in(operation.reply.fields(), total);
        text.push_str(&format!(" `{total}` is the number of all items."));
    }
    if let Some(ceiling) = pagination.ceiling {
        text.push_str(&format!(" At most {ceiling} items can be listed."));
    }
    text.push_str(" [`Call::items`] and [`Call::pages`] fetch page after page.");
    if let Some(window) = &pagination.window {
        let name = |wire: &str| name_in(parameters(), wire);
        let (from, to) = (name(&window.from), name(&window.to));
        let basis = of_basis(window.basis);
        text.push_str(&format!(
            " [`Call::items_by_time`] lists them all, by shorter periods from `{from}` to `{to}`{basis}."
        ));
    }
    text
}

/// What a field that the service calls `wire` is called in Rust.
fn name_in<'f>(fields: impl IntoIterator<Item = &'f model::Field>, wire: &str) -> String {
    let mut fields = fields.into_iter();
    let field = fields.find(|field| field.name.value == wire);
    field.map_or_else(|| wire.to_owned(), rust_name)
}

pub(super) fn rust_name(field: &model::Field) -> String {
    names::chosen(&field.name, &field.rust, names::snake)
}

pub(super) fn of_batch(field: &model::Field) -> Option<String> {
    let name = rust_name(field);
    let max = field.limits.items.max?;
    Some(format!(
        "One call takes at most {max} `{name}`; [`Call::in_batches`] splits a longer list over several calls."
    ))
}

/// How the tasks of an operation are waited for, and how sure it is that none of before is meant.
pub(super) fn of_waits(waits: &[Wait]) -> String {
    let Some(first) = waits.first() else {
        return String::new();
    };
    let method = names::snake(&first.operation.value).unwrap_or_default();
    let mut text = format!(
        "The task goes on after the reply. To wait for its end, use [`Call::start`] and then \
         [`Task::until_done`](crate::Task::until_done). It asks [`Client::{method}`]"
    );
    for (index, wait) in waits.iter().enumerate() {
        text.push_str(if index == 0 { ", " } else { "; " });
        if let Some(asked_by) = &wait.asked_by {
            text.push_str(&format!("for `{}` ", asked_by.value));
        }
        text.push_str(&of_wait(wait));
    }
    text.push('.');
    let is_state = |wait: &Wait| {
        let earlier = wait.earlier.as_ref();
        earlier.map(|it| it.value == wait.state.value)
    };
    match waits.iter().find_map(is_state) {
        Some(true) => text.push_str(
            " The state can be that of an earlier task, so `start` asks for it first: an end that \
             was there before counts only after another state has been seen. If the new task is \
             over before that, the wait goes on to its deadline. A task that still runs at the start \
             cannot be told from the new one.",
        ),
        Some(false) => text.push_str(
            " `start` asks for earlier tasks first, and leaves them out. The first task that was \
             created after that is taken for the new one, with those of the two seconds after it.",
        ),
        None => {}
    }
    text
}

fn of_wait(wait: &Wait) -> String {
    let list = |items: Vec<String>, word: &str| items.join(word);
    let states = |states: &[Spanned<String>]| {
        let states = states.iter();
        list(
            states.map(|state| format!("`{}`", state.value)).collect(),
            " or ",
        )
    };
    let pass = wait.pass.iter().map(|(parameter, field)| {
        if parameter.value == field.value {
            format!("the `{}`", parameter.value)
        } else {
            format!("the `{}` as `{}`", field.value, parameter.value)
        }
    });
    let set = wait.set.iter();
    let set = set.map(|(parameter, value)| format!("`{}` as `{}`", value.value, parameter.value));
    format!(
        "with {}: `{}` is {} when the task is done, {} when it has failed",
        list(pass.chain(set).collect(), " and "),
        wait.state.value,
        states(&wait.done),
        states(&wait.failed)
    )
}

pub(super) fn of_rate(rate: &Rate) -> String {
    let mut text = format!("Rate limit: {} calls per minute", rate.per_minute);
    if let Some(all) = rate.all_tenants {
        text.push_str(&format!(", {all} for all tenants together"));
    }
    text.push_str(of_basis(rate.basis));
    text.push('.');
    text
}

pub(super) fn of_outcome(outcome: &Outcome) -> String {
    format!(
        "A call that succeeds can have failed for some of its items; \
         [`Response::failures`](crate::Response::failures) returns them{}.",
        of_basis(outcome.basis)
    )
}

pub(super) fn of_permission(permission: &Permission) -> String {
    let mut text = format!(
        "IAM users need the action `{}` (access level {}",
        permission.action, permission.access
    );
    if let Some(resource) = &permission.resource {
        match resource.strip_suffix('*') {
            Some(name) => {
                text.push_str(&format!("; policies must name the resource type `{name}`"))
            }
            None => text.push_str(&format!("; resource type `{resource}`")),
        }
    }
    let lists = [
        ("condition key", &permission.condition_keys),
        ("alias", &permission.alias),
        ("also needed", &permission.dependencies),
    ];
    for (what, names) in lists {
        if !names.is_empty() {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            text.push_str(&format!("; {what}: {}", names.join(", ")));
        }
    }
    text.push_str(").");
    text
}

/// The first sentence of a text, with its full stop.
pub(super) fn first_sentence(text: &str) -> &str {
    let text = text.lines().next().unwrap_or_default();
    let mut stops = text.match_indices(". ");
    let end = stops.find(|(at, _)| {
        let rest = text.get(at + 2..).unwrap_or_default();
        let before = text.get(..*at).unwrap_or_default();
        rest.starts_with(|c: char| c.is_uppercase() || c == '`')
            && before.matches('`').count() % 2 == 0
    });
    end.map_or(text, |(at, _)| text.get(..=at).unwrap_or(text))
}

/// A sentence as the second part of another one; words that are capitals throughout stay, but for
/// `A`.
pub(super) fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next();
    let rest = chars.as_str();
    match first {
        Some(first) if rest.starts_with(char::is_lowercase) || sentence.starts_with("A ") => {
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_ends_at_its_full_stop() {
        struct Case {
            name: &'static str,
            text: &'static str,
            first: &'static str,
        }
        let cases = [
            Case {
                name: "one sentence",
                text: "Id of the task.",
                first: "Id of the task.",
            },
            Case {
                name: "two sentences",
                text: "Id of the task. Only one can be given.",
                first: "Id of the task.",
            },
            Case {
                name: "code begins the second one",
                text: "Sampling rate. `AUTO` is usual.",
                first: "Sampling rate.",
            },
            Case {
                name: "a full stop in code",
                text: "Such as `a. B` here. More.",
                first: "Such as `a. B` here.",
            },
            Case {
                name: "an abbreviation",
                text: "Things, e.g. so.",
                first: "Things, e.g. so.",
            },
            Case {
                name: "two paragraphs",
                text: "One: \nTwo.",
                first: "One: ",
            },
            Case {
                name: "nothing",
                text: "",
                first: "",
            },
        ];
        for Case { name, text, first } in cases {
            assert_eq!(first_sentence(text), first, "{name}");
        }
    }
}
