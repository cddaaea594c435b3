//! The look-up of a project in IAM: a call within a call.

use std::pin::Pin;

use crate::endpoints::endpoint::Endpoint;
use crate::error::Error;
use crate::pipeline::caller::Target;
use crate::pipeline::{Calling, Reply, Shared, observed};
use crate::request::EncodedCall;
use crate::response::{Response, ResponseMeta};

/// Sends a call to IAM, with its attempts and its span. In a box, as this is a call within a call.
pub(super) fn send(
    shared: &Shared,
    endpoint: Endpoint,
    call: EncodedCall,
) -> Pin<Box<dyn Future<Output = Result<ResponseMeta, Error>> + Send + '_>> {
    Box::pin(async move {
        let calling = Calling {
            shared,
            call: &call,
            options: &shared.options,
            target: Target::Iam(&endpoint),
        };
        let keep = |reply: Reply| Ok(Response::from_parts((), reply.meta));
        let reply = observed(calling, keep).await?;
        Ok(reply.into_parts().1)
    })
}
