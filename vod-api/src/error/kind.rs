//! Kinds of errors, and what the codes of the service mean.

/// The broad category of an error. More may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built or used like this: a setting is missing or wrong. The message says which.
    Configuration,
    /// The request breaks a documented limit or cannot be written as HTTP. Nothing was sent: change it. A request that
    /// the service refuses is of kind [`Service`](Self::Service).
    InvalidRequest,
    /// The credentials could not be obtained, or IAM could not be asked for the project id. This attempt sent nothing to
    /// the service. Where IAM knows no such project, or several, the kind is [`Configuration`](Self::Configuration).
    Credentials,
    /// No connection to the service: name look-up, TCP, TLS or proxy. This attempt sent nothing, and
    /// [`was_sent`](crate::Error::was_sent) tells about those before. Check the region or endpoint, the network and the
    /// proxy, and repeat.
    Connect,
    /// The time for the call or its attempts ran out. Repeat it with more time; see [`Sent`] before you repeat one that
    /// must not be done twice. From [`Task::until_done`](crate::Task::until_done) it means that the task still runs: wait
    /// again, and do not start another one.
    Timeout,
    /// The connection broke before the whole reply was there. Repeat it; see [`Sent`] before you repeat one that must not
    /// be done twice.
    Transport,
    /// The service answered with a status that is not a success, or with a success whose body contains only an error.
    /// Its code and message say what, and methods such as [`is_not_found`](crate::Error::is_not_found) what to do.
    Service,
    /// The service answered with a success that cannot be read or unpacked, or that is larger than allowed. What was
    /// asked for has been done: do not repeat it, but look at [`raw_body`](crate::Error::raw_body).
    Decode,
    /// A list cannot be read to its end: there can be more than the service lets anyone list. All items so far are valid.
    /// Narrow the request down to reach the rest.
    Incomplete,
    /// A task was started and has failed. The message has its state, and [`raw_body`](crate::Error::raw_body) what the
    /// service says about it.
    Task,
}

/// Whether the service can have seen a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sent {
    /// The request never left this machine: repeating it does no harm. Whether it can help is told by
    /// [`is_transient`](crate::Error::is_transient).
    No,
    /// There is no telling: ask the service what became of it before you repeat a call that must not be done twice.
    Maybe,
    /// The service answered.
    Yes,
}

/// What a code of the service means, where the status does not tell: most failures come as 400 or 403.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Auth,
    NotFound,
    Throttled,
    InvalidRequest,
    /// The service failed, and may not the next time.
    Internal,
    Other,
}

/// The meaning of a status and a code; a known code counts for more.
pub(super) fn meaning(status: u16, code: Option<&str>) -> Meaning {
    match code.unwrap_or_default() {
        "VOD.10054" | "VOD.10057" | "VOD.10074" | "VOD.10111" | "VOD.10133" | "VOD.10138"
        | "VST.10004" => Meaning::Auth,
        "VOD.10062" | "VOD.10064" | "VOD.10068" | "VOD.10089" | "VOD.10129" => Meaning::NotFound,
        "APIGW.0308" => Meaning::Throttled,
        "VOD.10053" | "VOD.10081" | "VST.10001" => Meaning::InvalidRequest,
        // 10127: it was a service behind this one that refused, so this one has begun to work.
        "VOD.10051" | "VOD.10052" | "VOD.10127" | "VST.10002" => Meaning::Internal,
        code => match status {
            401 => Meaning::Auth,
            // VOD uses 403 for nearly everything; from the gateway it means what it says.
            403 if !code.starts_with("VOD.") => Meaning::Auth,
            // VOD says with a code of its own what does not exist. Without one, or from the gateway, it is the API itself.
            404 if !code.is_empty() && !code.starts_with("APIGW.") => Meaning::NotFound,
            429 => Meaning::Throttled,
            400 => Meaning::InvalidRequest,
            408 | 500 | 502 | 503 | 504 => Meaning::Internal,
            _ => Meaning::Other,
        },
    }
}
