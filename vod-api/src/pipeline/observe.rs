//! Spans of calls and attempts for `tracing`, named as OpenTelemetry names them, and an event for
//! each call that fails. They hold no secret and no signature, and their text is visible and short;
//! without the feature `tracing` there are none, and they cost nothing.

#[cfg(feature = "tracing")]
pub(crate) use self::with_tracing::{AttemptSpan, CallSpan, reported, retry};
#[cfg(all(feature = "tracing", feature = "upload"))]
pub(crate) use self::with_tracing::{failed, mark};
#[cfg(not(feature = "tracing"))]
pub(crate) use self::without::{AttemptSpan, CallSpan, reported, retry};

#[cfg(feature = "tracing")]
mod with_tracing {
    use std::time::Duration;

    use http::StatusCode;
    use tracing::field::Empty;
    use tracing::instrument::Instrumented;
    use tracing::{Instrument, Span, debug, debug_span, info_span, warn};

    use crate::endpoints::endpoint::Endpoint;
    use crate::error::text::{NAME, line};
    use crate::error::{Error, ErrorKind};
    use crate::request::EncodedCall;
    use crate::response::ResponseMeta;

    /// The span of a whole call.
    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn begin(service: &str, endpoint: &Endpoint, call: &EncodedCall) -> Self {
            let (host, port) = endpoint.host_and_port();
            Self(info_span!(
                target: "vod_api",
                "vod_api.call",
                otel.name = line(&call.name, NAME),
                otel.kind = "client",
                otel.status_code = Empty,
                otel.status_description = Empty,
                rpc.system = "huaweicloud-api",
                rpc.service = service,
                rpc.method = line(&call.name, NAME),
                http.request.method = line(call.method.as_str(), NAME),
                url.template = line(&call.template, NAME),
                server.address = host,
                server.port = port,
                http.response.status_code = Empty,
                huaweicloud.request_id = Empty,
                error.r#type = Empty,
                vod_api.attempts = Empty,
            ))
        }

        pub(crate) fn around<F: Future>(&self, work: F) -> Instrumented<F> {
            work.instrument(self.0.clone())
        }

        pub(crate) fn end(self, result: Result<&ResponseMeta, &Error>) {
            record(&self.0, result);
            let attempts = match result {
                Ok(reply) => reply.attempts(),
                Err(error) => error.attempts(),
            };
            self.0.record("vod_api.attempts", attempts);
            if let Err(error) = result {
                self.0.in_scope(|| failed(error));
            }
        }
    }

    /// The span of one attempt.
    pub(crate) struct AttemptSpan(Span);

    impl AttemptSpan {
        /// `before` is the number of attempts before this one.
        pub(crate) fn begin(endpoint: &Endpoint, call: &EncodedCall, before: u32) -> Self {
            let (host, port) = endpoint.host_and_port();
            let span = debug_span!(
                target: "vod_api",
                "vod_api.attempt",
                otel.name = line(call.method.as_str(), NAME),
                otel.kind = "client",
                otel.status_code = Empty,
                otel.status_description = Empty,
                http.request.method = line(call.method.as_str(), NAME),
                http.request.resend_count = Empty,
                url.template = line(&call.template, NAME),
                server.address = host,
                server.port = port,
                http.response.status_code = Empty,
                huaweicloud.request_id = Empty,
                error.r#type = Empty,
            );
            if before > 0 {
                span.record("http.request.resend_count", before);
            }
            Self(span)
        }

        pub(crate) fn around<F: Future>(&self, work: F) -> Instrumented<F> {
            work.instrument(self.0.clone())
        }

        pub(crate) fn end(self, result: Result<&ResponseMeta, &Error>) {
            record(&self.0, result);
        }
    }

    /// Says why there will be another attempt.
    pub(crate) fn retry(error: &Error, delay: Duration) {
        debug!(
            target: "vod_api",
            {
                error.r#type = error_type(error),
                delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
            },
            "trying again"
        );
    }

    /// Reports a call that was refused before it was sent, and has no span.
    pub(crate) fn reported(error: Error) -> Error {
        failed(&error);
        error
    }

    /// Reports a failure, in the span that is entered.
    pub(crate) fn failed(error: &Error) {
        warn!(target: "vod_api", { error.r#type = error_type(error) }, "{error}");
    }

    fn record(span: &Span, result: Result<&ResponseMeta, &Error>) {
        match result {
            Ok(reply) => record_reply(span, Some(reply.status()), reply.request_id()),
            Err(error) => mark(span, error),
        }
    }

    /// Records a failure.
    pub(crate) fn mark(span: &Span, error: &Error) {
        if span.is_disabled() {
            return;
        }
        record_reply(span, error.status(), error.request_id());
        span.record("otel.status_code", "ERROR");
        span.record("otel.status_description", error.to_string());
        span.record("error.type", error_type(error));
    }

    fn record_reply(span: &Span, status: Option<StatusCode>, request_id: Option<&str>) {
        if let Some(status) = status {
            span.record("http.response.status_code", status.as_u16());
        }
        if let Some(id) = request_id {
            span.record("huaweicloud.request_id", line(id, NAME));
        }
    }

    /// The code of the service, its status, or what kind of error it is: few different values.
    fn error_type(error: &Error) -> String {
        match (error.code(), error.status(), error.kind()) {
            (Some(code), _, _) => line(code, NAME),
            (None, Some(status), ErrorKind::Service) => status.as_u16().to_string(),
            (None, _, kind) => format!("{kind:?}"),
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod without {
    use std::time::Duration;

    use crate::endpoints::endpoint::Endpoint;
    use crate::error::Error;
    use crate::request::EncodedCall;
    use crate::response::ResponseMeta;

    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn begin(_: &str, _: &Endpoint, _: &EncodedCall) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(&self, work: F) -> F {
            work
        }

        pub(crate) fn end(self, _: Result<&ResponseMeta, &Error>) {}
    }

    pub(crate) struct AttemptSpan;

    impl AttemptSpan {
        pub(crate) fn begin(_: &Endpoint, _: &EncodedCall, _: u32) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(&self, work: F) -> F {
            work
        }

        pub(crate) fn end(self, _: Result<&ResponseMeta, &Error>) {}
    }

    pub(crate) fn retry(_: &Error, _: Duration) {}

    pub(crate) fn reported(error: Error) -> Error {
        error
    }
}
