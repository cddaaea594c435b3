//! Kinds of errors, and what the codes of the service mean.

/// What went wrong, coarsely. More kinds may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built or used like this: a setting is missing or wrong. Nothing was sent.
    Configuration,
    /// The request breaks a documented limit or cannot be written as HTTP. Nothing was sent.
    InvalidRequest,
    /// The credentials, or the id of their project, could not be obtained. Nothing was sent to the service.
    Credentials,
    /// No connection to the service: name look-up, TCP, TLS or proxy. Nothing was sent.
    Connect,
    /// The time for the call ran out.
    Timeout,
    /// The connection broke.
    Transport,
    /// The service answered with something other than a success.
    Service,
    /// The service answered with a success that cannot be read, or that is larger than allowed. What was asked for has
    /// been done.
    Decode,
    /// A list cannot be read to its end: there can be more than the service lets anyone list. All that came is good.
    Incomplete,
    /// A task was started and has failed.
    Task,
}

/// Whether the service can have seen a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sent {
    /// It never left: the call can be repeated without harm.
    No,
    /// There is no telling.
    Maybe,
    /// It answered.
    Yes,
}

/// What a code of the service means, where the status does not tell: most failures come as 400 or 403.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Auth,
    NotFound,
    Throttled,
    InvalidRequest,
    Other,
}

/// The meaning of a status and a code; a known code counts for more.
pub(super) fn meaning(status: u16, code: Option<&str>) -> Meaning {
    match code.unwrap_or_default() {
        "VOD.10054" | "VOD.10057" | "VOD.10074" | "VOD.10111" | "VOD.10133" | "VOD.10138"
        | "VST.10004" => Meaning::Auth,
        "VOD.10062" | "VOD.10064" | "VOD.10068" | "VOD.10089" | "VOD.10129" => Meaning::NotFound,
        "VOD.10127" | "APIGW.0308" => Meaning::Throttled,
        "VOD.10053" | "VOD.10081" | "VST.10001" => Meaning::InvalidRequest,
        "VST.10002" => Meaning::Other,
        code => match status {
            401 => Meaning::Auth,
            // VOD uses 403 for nearly everything; from the gateway it means what it says.
            403 if !code.starts_with("VOD.") => Meaning::Auth,
            404 => Meaning::NotFound,
            429 => Meaning::Throttled,
            400 => Meaning::InvalidRequest,
            _ => Meaning::Other,
        },
    }
}
