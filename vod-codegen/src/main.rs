//! The maintainer's command: checks the description and writes the bindings where they can be read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use vod_codegen::Files;
use vod_spec::model::Counts;
use vod_spec::{Diagnostics, Format};

/// Works with the description of the Huawei Cloud VOD API.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Folder of the description.
    #[arg(long, global = true, default_value = "spec")]
    spec: PathBuf,
    /// How mistakes are shown.
    #[arg(long, global = true, value_enum, default_value_t = Shown::Text)]
    format: Shown,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reports all mistakes of the description; the exit code is 1 if there are any.
    Check,
    /// Writes the bindings to a folder, as the build script of vod-api does.
    Generate {
        /// The folder.
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shown {
    /// With the lines they speak of.
    Text,
    /// A line each.
    Short,
    /// Annotations of GitHub Actions.
    Github,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (counts, files) = match bindings(&arguments.spec) {
        Ok(bindings) => bindings,
        Err(diagnostics) => {
            let format = match arguments.format {
                Shown::Text => Format::Text,
                Shown::Short => Format::Short,
                Shown::Github => Format::Github,
            };
            print!("{}", diagnostics.render(format));
            return ExitCode::FAILURE;
        }
    };
    match arguments.command {
        Command::Check => println!(
            "operations {}, types {}, fields {}, enum values {}",
            counts.operations, counts.types, counts.fields, counts.values
        ),
        Command::Generate { out } => {
            if let Err(error) = vod_codegen::write_to(&out, &files) {
                eprintln!("cannot write {error}");
                return ExitCode::FAILURE;
            }
            println!("wrote {} files below {}", files.len(), out.display());
        }
    }
    ExitCode::SUCCESS
}

fn bindings(spec: &Path) -> Result<(Counts, Files), Diagnostics> {
    let api = vod_spec::load_dir(spec)?;
    let files = vod_codegen::generate(&api)?;
    Ok((api.counts(), files))
}
