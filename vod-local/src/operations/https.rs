//! HTTPS settings of domain names. Any name is taken to be one of the project.

use serde_json::{Value, json};
use vod_api::codes;

use super::{Answer, Call, Refusal};
use crate::data::object;
use crate::state::{Domain, Project};

/// `UpdateHttpsConfig`.
pub(crate) fn change(project: &mut Project, call: &Call<'_>) -> Answer {
    let name = name(call);
    // The name in all URLs of this service is the one that it has assigned.
    let host = call.context.base.rsplit('/').next().unwrap_or_default();
    let assigned = host.rsplit_once(':').map_or(host, |(host, _)| host);
    if name == assigned || name == host {
        let message = "HTTPS cannot be set up for the domain name that the service has assigned.";
        return Err(Refusal::new(codes::HTTPS_NOT_AVAILABLE, message));
    }
    let text = |name: &str| call.text(name).filter(|text| !text.is_empty());
    let length = |name: &str| text(name).map(|text| text.chars().count());
    if length("cert_name").is_some_and(|length| length < 3) {
        let message = "cert_name must have at least 3 characters.";
        return Err(Refusal::parameter(message));
    }
    if length("cert_id").is_some_and(|length| length != 16) {
        return Err(Refusal::parameter("cert_id must have 16 characters."));
    }
    let is_managed = call.text("source") == Some("scm");
    let cert_id = text("cert_id").filter(|_| is_managed);
    let is_on = |name| call.flag(name).unwrap_or(false);
    project.domains.insert(Domain {
        name,
        source: if is_managed { "scm" } else { "user" }.to_owned(),
        cert_name: text("cert_name").or(cert_id).map(str::to_owned),
        cert_id: cert_id.map(str::to_owned),
        certificate: text("certificate").map(str::to_owned),
        https: is_on("https_status"),
        redirect: is_on("force_redirect_https"),
        http2: is_on("http2"),
    });
    Ok(Value::Null)
}

/// `ShowHttpsConfig`.
pub(crate) fn show(project: &mut Project, call: &Call<'_>) -> Answer {
    let Some(domain) = project.domains.get(&name(call)) else {
        return Ok(json!({"https_status": 0, "force_redirect_https": 0, "http2": 0}));
    };
    let flag = |flag: bool| Value::from(u8::from(flag));
    Ok(object([
        ("source", domain.source.as_str().into()),
        ("cert_name", domain.cert_name.clone().into()),
        ("cert_id", domain.cert_id.clone().into()),
        ("https_status", flag(domain.https)),
        ("certificate", domain.certificate.clone().into()),
        ("force_redirect_https", flag(domain.redirect)),
        ("http2", flag(domain.http2)),
    ]))
}

/// Domain names do not differ by the case of their letters.
fn name(call: &Call<'_>) -> String {
    let name = call.text("domain").unwrap_or_default();
    name.to_ascii_lowercase()
}
