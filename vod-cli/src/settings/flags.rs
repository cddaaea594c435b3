//! The flags of all commands.

use std::ffi::OsString;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches};

use crate::output::{self, Color, Format};
use crate::settings::duration;

/// The values of the flags that all commands have; `None` where a flag is not given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) profile: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) project_id: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<u32>,
    pub(crate) output: output::Options,
    pub(crate) verbose: u8,
    /// Whether nobody is to be asked.
    pub(crate) no_input: bool,
}

/// The flags, for a command.
pub(crate) fn flags() -> Vec<Arg> {
    let flag = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let service = [
        flag(
            "profile",
            "NAME",
            "Section of the credentials file to take keys and settings from [env: VOD_PROFILE]",
        ),
        flag(
            "region",
            "ID",
            "Region of the service, such as cn-north-4 [env: VOD_REGION]",
        ),
        flag(
            "project-id",
            "ID",
            "Project of the calls; looked up by default [env: VOD_PROJECT_ID]",
        ),
        flag(
            "endpoint",
            "URL",
            "Address of the service, instead of the region's own [env: VOD_ENDPOINT]",
        ),
        flag("timeout", "TIME", "How long a call may take, such as 90s").value_parser(duration),
        flag("retries", "N", "How often a call that failed is repeated")
            .value_parser(clap::value_parser!(u32).range(0..=20)),
    ];
    let output = [
        flag("format", "FORMAT", "table, tsv, json, jsonl, csv or ids")
            .short('o')
            .value_parser(PossibleValuesParser::new(Format::NAMES))
            .hide_possible_values(true),
        flag(
            "query",
            "EXPRESSION",
            "What to show of the output, in JMESPath",
        ),
        flag(
            "columns",
            "NAMES",
            "Columns of tables, with commas between them",
        )
        .value_delimiter(',')
        .action(ArgAction::Append),
        Arg::new("no-header")
            .long("no-header")
            .action(ArgAction::SetTrue)
            .help("Leaves out the line with the names of the columns"),
        flag(
            "color",
            "WHEN",
            "Whether messages have colors: auto, always or never",
        )
        .value_parser(PossibleValuesParser::new(Color::NAMES))
        .hide_possible_values(true),
        Arg::new("quiet")
            .long("quiet")
            .short('q')
            .action(ArgAction::SetTrue)
            .help("No hints and no progress"),
        Arg::new("no-input")
            .long("no-input")
            .action(ArgAction::SetTrue)
            .help("Asks nothing: what needs an answer fails"),
        Arg::new("verbose")
            .long("verbose")
            .short('v')
            .action(ArgAction::Count)
            .help("Says what came of each request, and why it is sent again; twice, `vod api` also says what it sends"),
    ];
    let service = service.map(|flag| flag.help_heading("Service"));
    let output = output.map(|flag| flag.help_heading("Output"));
    service.into_iter().chain(output).collect()
}

impl Settings {
    /// The form of the output that arguments ask for which cannot be read.
    pub(crate) fn of_mistaken(arguments: &[OsString]) -> Self {
        let texts = arguments.iter().filter_map(|argument| argument.to_str());
        let asked = |(flag, value): (&str, &str)| match flag {
            "-o" | "--format" => Format::of_name(value),
            _ => None,
        };
        let mut pairs = texts.clone().zip(texts.clone().skip(1));
        let mut joined = texts.filter_map(|text| {
            let text = text.strip_prefix("--format=").or(text.strip_prefix("-o"))?;
            Format::of_name(text)
        });
        let format = pairs.find_map(asked).or_else(|| joined.next());
        Self {
            output: output::Options {
                format,
                ..output::Options::default()
            },
            ..Self::default()
        }
    }

    /// What the flags of a command say.
    pub(crate) fn read(matches: &ArgMatches) -> Self {
        let text = |name| matches.get_one::<String>(name).cloned();
        let columns = matches.get_many::<String>("columns");
        Self {
            profile: text("profile"),
            region: text("region"),
            project_id: text("project-id"),
            endpoint: text("endpoint"),
            timeout: matches.get_one("timeout").copied(),
            retries: matches.get_one("retries").copied(),
            output: output::Options {
                format: text("format").as_deref().and_then(Format::of_name),
                query: text("query"),
                columns: columns.into_iter().flatten().cloned().collect(),
                no_header: matches.get_flag("no-header"),
                color: text("color").as_deref().and_then(Color::of_name),
                quiet: matches.get_flag("quiet"),
            },
            verbose: matches.get_count("verbose"),
            no_input: matches.get_flag("no-input"),
        }
    }

    /// These, and those of `outer` where a flag is not given: flags can stand before the name of an
    /// operation as well.
    pub(crate) fn or(self, outer: Self) -> Self {
        Self {
            profile: self.profile.or(outer.profile),
            region: self.region.or(outer.region),
            project_id: self.project_id.or(outer.project_id),
            endpoint: self.endpoint.or(outer.endpoint),
            timeout: self.timeout.or(outer.timeout),
            retries: self.retries.or(outer.retries),
            output: self.output.or(outer.output),
            verbose: self.verbose.max(outer.verbose),
            no_input: self.no_input || outer.no_input,
        }
    }
}
