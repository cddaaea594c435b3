//! The tokio runtime that calls need.

use tokio::runtime::Handle;

use crate::error::Error;

/// Returns an error outside of a runtime, where timers and sockets would panic.
pub(crate) fn check() -> Result<(), Error> {
    match Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::configuration(
            "there is no tokio runtime: await calls in a function with #[tokio::main] or in Runtime::block_on, or use \
             send_blocking (feature `blocking`)",
        )),
    }
}
