//! The flags of `vod api OPERATION`, made of the facts and docs of the operation.

use clap::{Arg, ArgAction, ArgMatches, Command};
use vod_api::operation::{OperationMeta, Property, SchemaKind};

use crate::api::{values, words};
use crate::catalog::{Catalog, Docs};
use crate::names::kebab;
use crate::settings;

/// What stands before the name of a parameter in the ids of its flag, so that it is not taken for a
/// flag of our own.
const PARAMETER: &str = "parameter:";

/// The command for an operation.
pub(super) fn command(catalog: &Catalog, meta: &'static OperationMeta) -> Command {
    let docs = catalog.docs(meta.name);
    let mut command = Command::new(kebab(meta.name))
        .no_binary_name(true)
        .bin_name(format!("vod api {}", kebab(meta.name)))
        .override_usage(usage(meta))
        .about(meta.summary)
        .long_about(about(meta, &docs))
        .after_long_help(after(meta, &docs))
        .disable_help_flag(true)
        .disable_version_flag(true);
    for parameter in meta.parameters {
        command = command.arg(flag(catalog, &docs, &parameter.property));
    }
    command.args(own(meta)).args(settings::flags())
}

/// The values given for a parameter.
pub(super) fn given<'m>(
    matches: &'m ArgMatches,
    property: &Property,
) -> Option<impl Iterator<Item = &'m str> + use<'m>> {
    let values = matches.get_many::<String>(&id(property))?;
    Some(values.map(String::as_str))
}

/// The flag of a parameter.
pub(super) fn name(property: &Property) -> String {
    format!("--{}", kebab(property.name))
}

fn id(property: &Property) -> String {
    format!("{PARAMETER}{}", property.name)
}

fn usage(meta: &OperationMeta) -> String {
    let required = meta.parameters.iter().map(|it| &it.property);
    let required = required.filter(|property| property.required);
    let required = required.map(|property| {
        format!(
            " {} <{}>",
            name(property),
            words::placeholder(&property.schema)
        )
    });
    let required: String = required.collect();
    format!("vod api {}{required} [OPTIONS]", kebab(meta.name))
}

fn about(meta: &OperationMeta, docs: &Docs) -> String {
    let mut about = meta.summary.to_owned();
    if let Some(instead) = meta.deprecated {
        about.push_str(&format!("\n\nDeprecated: {instead}"));
    }
    if !docs.text("description").is_empty() {
        about.push_str("\n\n");
        about.push_str(&docs.text("description").replace('\n', "\n\n"));
    }
    about
}

fn after(meta: &OperationMeta, docs: &Docs) -> String {
    let mut after = String::new();
    for constraint in docs.list("constraints") {
        after.push_str(&format!("- {constraint}\n"));
    }
    if !after.is_empty() {
        after.insert_str(0, "Together:\n");
        after.push('\n');
    }
    let command = kebab(meta.name);
    after.push_str(&format!(
        "{} {}\n`vod api describe {command}` says more: errors, permission, types of values.",
        meta.method, meta.path
    ));
    if let Some(page) = meta.docs {
        after.push_str(&format!("\n{page}"));
    }
    after
}

fn flag(catalog: &Catalog, docs: &Docs, property: &Property) -> Arg {
    let schema = &property.schema;
    let said = docs.inner("parameters", property.name);
    let flag = Arg::new(id(property))
        .long(kebab(property.name))
        .aliases([property.name.to_owned(), property.name.replace('-', "_")])
        .alias(kebab(property.name).replace('-', "_"))
        .value_name(words::placeholder(schema))
        .help(words::first_sentence(said.text("doc")).to_owned())
        .long_help(help(catalog, property, &said))
        .help_heading(if property.required {
            "Required"
        } else {
            "Parameters"
        });
    match schema.kind() {
        SchemaKind::Array(_) if !values::is_json(schema) => flag.action(ArgAction::Append),
        SchemaKind::Bool | SchemaKind::Flag | SchemaKind::TextFlag => {
            flag.num_args(0..=1).default_missing_value("true")
        }
        _ => flag,
    }
    .allow_negative_numbers(true)
}

/// All that is known of a parameter.
fn help(catalog: &Catalog, property: &Property, said: &Docs) -> String {
    let schema = &property.schema;
    let mut sentences = vec![said.text("doc").to_owned()];
    sentences.extend(words::limits(schema));
    if let Some(default) = said.value("default") {
        sentences.push(format!("Default: {}.", words::default(schema, default)));
    }
    if let SchemaKind::Array(_) = schema.kind()
        && !values::is_json(schema)
    {
        sentences.push("Repeat the flag, or put commas between the values.".to_owned());
    }
    if property.sensitive {
        sentences.push("A secret: give it as @FILE or - (standard input).".to_owned());
    }
    if !said.text("deprecated").is_empty() {
        sentences.push(format!("Deprecated: {}", said.text("deprecated")));
    }
    let mut help = sentences.join(" ");
    let kind = catalog.type_docs(said.text("type"));
    let values = kind.pairs("values").collect::<Vec<_>>();
    for value in words::listed(schema) {
        let doc = values.iter().find(|(name, _)| name == value);
        help.push_str(&format!("\n- {value}: {}", doc.map_or("", |(_, doc)| doc)));
    }
    if let Some(members) = words::members(schema) {
        let names: Vec<_> = members.iter().map(|member| member.name).collect();
        help.push_str(&format!(
            "\nMembers: {}. Set one by --set {}.{}=…",
            names.join(", "),
            match schema.kind() {
                SchemaKind::Array(_) => format!("{}[0]", property.name),
                _ => property.name.to_owned(),
            },
            names.first().unwrap_or(&"name"),
        ));
    }
    help
}

/// The flags that are not parameters.
fn own(meta: &OperationMeta) -> Vec<Arg> {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let switch = |name: &'static str, help: &'static str| {
        let switch = Arg::new(name).long(name).help(help);
        switch.action(ArgAction::SetTrue)
    };
    let mut own = vec![
        value(
            "json",
            "JSON",
            "The whole request: JSON, @FILE or -; flags go over it",
        ),
        value(
            "set",
            "PATH=VALUE",
            "A value inside of a parameter, such as thumbnail.type=time",
        )
        .action(ArgAction::Append),
        switch("no-validate", "Sends values that the docs do not allow"),
        switch("dry-run", "Shows the request, and sends nothing"),
        switch(
            "skeleton",
            "Shows a request with all members, to be filled in for --json",
        ),
        switch(
            "required-only",
            "Leaves what is optional out of the skeleton",
        )
        .requires("skeleton"),
        switch(
            "example",
            "Shows the request that the docs have as an example",
        ),
    ];
    if meta.method == vod_api::http::Method::DELETE {
        own.push(switch(
            "yes",
            "Deletes even what the request does not name one by one",
        ));
    }
    if meta.pagination.is_some() {
        own.push(switch("all", "Reads the whole list, page by page"));
        own.push(
            value(
                "max-items",
                "N",
                "Reads the list, page by page, up to so many items",
            )
            .value_parser(clap::value_parser!(u64)),
        );
    }
    if !meta.tasks.is_empty() {
        let time =
            |name, value_name, help| value(name, value_name, help).value_parser(settings::duration);
        own.push(switch(
            "wait",
            "Waits for the end of the task, and shows it",
        ));
        own.push(
            time(
                "wait-timeout",
                "TIME",
                "How long to wait; an hour by default",
            )
            .requires("wait"),
        );
        own.push(
            time(
                "poll-interval",
                "TIME",
                "How long to wait before each question",
            )
            .requires("wait"),
        );
    }
    if meta.batch.is_some() {
        let batch = switch(
            "batch",
            "Sends more values than one call takes in several calls",
        );
        own.push(if meta.tasks.is_empty() {
            batch
        } else {
            batch.conflicts_with("wait")
        });
    }
    let mut own: Vec<_> = own
        .into_iter()
        .map(|arg| arg.help_heading("Request"))
        .collect();
    own.push(
        Arg::new("help")
            .long("help")
            .short('h')
            .action(ArgAction::Help)
            .help("Shows this help; -h a short one")
            .help_heading("Request"),
    );
    own
}
