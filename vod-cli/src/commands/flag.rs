//! Flags as they are written in many commands.

use clap::{Arg, ArgAction};

/// A flag with a value.
pub(super) fn value(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

/// A flag without a value.
pub(super) fn switch(name: &'static str, help: &'static str) -> Arg {
    let flag = Arg::new(name).long(name).help(help);
    flag.action(ArgAction::SetTrue)
}
