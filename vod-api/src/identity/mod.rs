//! Credentials and project of the calls: kept between calls, and renewed when necessary.

pub(crate) mod keyring;
pub(crate) mod project;
pub(crate) mod single_flight;
