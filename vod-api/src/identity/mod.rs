//! Credentials and project of the calls: kept between calls, and renewed when necessary.

pub(crate) mod keyring;
pub(crate) mod project;
mod single_flight;
