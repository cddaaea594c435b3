//! Who calls now, and for which project: kept from call to call, and renewed when it is due.

pub(crate) mod keyring;
pub(crate) mod project;
mod single_flight;
