//! What pages, batches and tasks need of a call.

use std::pin::Pin;

use crate::error::Error;
use crate::facts::OperationMeta;
use crate::pipeline::Shared;
use crate::pipeline::options::CallOptions;
use crate::response::Response;

/// A call on its way.
pub(super) type Sending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// A call that can be sent again, typed or from JSON.
pub(super) trait Resend: Clone {
    /// The body of a reply.
    type Reply;

    fn meta(&self) -> &'static OperationMeta;

    fn shared(&self) -> &Shared;

    fn options(&self) -> &CallOptions;

    fn resend(self) -> Sending<Self::Reply>;
}
