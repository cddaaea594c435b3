//! Spans of an upload for `tracing`. They hold no URL, no name of a file and no secret; without the
//! feature `tracing` there are none, and they cost nothing.

#[cfg(feature = "tracing")]
pub(super) use self::with_tracing::{AttemptSpan, UploadSpan, in_this_span};
#[cfg(not(feature = "tracing"))]
pub(super) use self::without::{AttemptSpan, UploadSpan, in_this_span};

#[cfg(feature = "tracing")]
mod with_tracing {
    use http::StatusCode;
    use tracing::field::Empty;
    use tracing::instrument::Instrumented;
    use tracing::{Instrument, Span, debug_span, info_span};

    use crate::error::Error;
    use crate::pipeline::{failed, mark};
    use crate::upload::step::Step;

    /// The span of a whole upload.
    pub(in crate::upload) struct UploadSpan(Span);

    impl UploadSpan {
        pub(in crate::upload) fn begin() -> Self {
            Self(info_span!(
                target: "vod_api",
                "vod_api.upload",
                otel.status_code = Empty,
                otel.status_description = Empty,
                http.response.status_code = Empty,
                huaweicloud.request_id = Empty,
                error.r#type = Empty,
                vod_api.upload.bytes = Empty,
                vod_api.upload.parts = Empty,
            ))
        }

        pub(in crate::upload) fn around<F: Future>(&self, work: F) -> Instrumented<F> {
            work.instrument(self.0.clone())
        }

        pub(in crate::upload) fn end(self, result: Result<(u64, u32), &Error>) {
            match result {
                Ok((bytes, parts)) => {
                    self.0.record("vod_api.upload.bytes", bytes);
                    self.0.record("vod_api.upload.parts", parts);
                }
                Err(error) => {
                    mark(&self.0, error);
                    self.0.in_scope(|| failed(error));
                }
            }
        }
    }

    /// The span of one request to the store.
    pub(in crate::upload) struct AttemptSpan(Span);

    impl AttemptSpan {
        pub(in crate::upload) fn begin(step: Step, attempt: u32) -> Self {
            let span = debug_span!(
                target: "vod_api",
                "vod_api.upload.attempt",
                otel.name = %step,
                otel.kind = "client",
                otel.status_code = Empty,
                otel.status_description = Empty,
                http.request.method = step.method().as_str(),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                huaweicloud.request_id = Empty,
                error.r#type = Empty,
            );
            if attempt > 1 {
                span.record("http.request.resend_count", attempt - 1);
            }
            Self(span)
        }

        pub(in crate::upload) fn around<F: Future>(&self, work: F) -> Instrumented<F> {
            work.instrument(self.0.clone())
        }

        pub(in crate::upload) fn end(self, result: Result<StatusCode, &Error>) {
            match result {
                Ok(status) => {
                    self.0.record("http.response.status_code", status.as_u16());
                }
                Err(error) => mark(&self.0, error),
            }
        }
    }

    /// Keeps work that is moved to another task in the span of this one.
    pub(in crate::upload) fn in_this_span<F: Future>(work: F) -> Instrumented<F> {
        work.instrument(Span::current())
    }
}

#[cfg(not(feature = "tracing"))]
mod without {
    use http::StatusCode;

    use crate::error::Error;
    use crate::upload::step::Step;

    pub(in crate::upload) struct UploadSpan;

    impl UploadSpan {
        pub(in crate::upload) fn begin() -> Self {
            Self
        }

        pub(in crate::upload) fn around<F: Future>(&self, work: F) -> F {
            work
        }

        pub(in crate::upload) fn end(self, _: Result<(u64, u32), &Error>) {}
    }

    pub(in crate::upload) struct AttemptSpan;

    impl AttemptSpan {
        pub(in crate::upload) fn begin(_: Step, _: u32) -> Self {
            Self
        }

        pub(in crate::upload) fn around<F: Future>(&self, work: F) -> F {
            work
        }

        pub(in crate::upload) fn end(self, _: Result<StatusCode, &Error>) {}
    }

    pub(in crate::upload) fn in_this_span<F: Future>(work: F) -> F {
        work
    }
}
