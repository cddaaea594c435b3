//! `service.yaml`.

use std::collections::BTreeMap;

use super::types::Names;
use super::{BASIS, Choice, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::type_expr::is_type_name;
use crate::model::{AuthScheme, Basis, ErrorCode, ErrorCodeKind, Header, Service};
use crate::raw;
use crate::source::{SourceId, Spanned};
use crate::yaml::read::Text;

const STYLE: Choice<&str> = Choice {
    what: "a style of arrays in a query",
    all: &["repeat"],
    as_str: |it| it,
};

const KIND: Choice<ErrorCodeKind> = Choice {
    what: "a kind of error",
    all: ErrorCodeKind::ALL,
    as_str: ErrorCodeKind::as_str,
};

impl Validator<'_> {
    pub(super) fn service(
        &mut self,
        source: SourceId,
        service: &raw::Service,
        names: &Names<'_>,
    ) -> Service {
        if let Some(endpoint) = &service.endpoint
            && !is_endpoint(&endpoint.value)
        {
            self.bad_value(
                endpoint,
                format!("`{}` is not an endpoint", endpoint.value),
                "write an https address of letters, digits, `-` and `.`, with `{region}` in it once",
            );
        }
        for (region, _) in &service.regions {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if region.value.is_empty() || !region.value.chars().all(plain) {
                self.bad_value(
                    region,
                    format!("`{}` is not a region id", region.value),
                    "use small letters, digits and `-`",
                );
            }
        }
        Service {
            name: self.title(service.name.as_ref()),
            title: self.title(service.title.as_ref()),
            endpoint: plain(service.endpoint.as_ref()),
            regions: service
                .regions
                .iter()
                .map(|(id, name)| (id.clone(), self.title(name.as_ref())))
                .collect(),
            project_id: self.prose(service.project_id.as_ref()),
            auth: service
                .auth
                .iter()
                .map(|scheme| self.scheme(scheme))
                .collect(),
            query_arrays: self.query_arrays(service.query_arrays.as_ref()),
            error: self.fields(&service.error, source, names),
            error_codes: self.error_codes(&service.error_codes),
            event: self.fields(&service.event, source, names),
            rates: self.rates(&service.rates),
            sections: service
                .sections
                .iter()
                .map(|section| self.section_of_docs(section))
                .collect(),
        }
    }

    fn error_codes(&mut self, codes: &[raw::ErrorCode]) -> Vec<ErrorCode> {
        let mut first = BTreeMap::new();
        for name in codes.iter().filter_map(|code| code.name.as_ref()) {
            let first = *first.entry(&name.value).or_insert(name.span);
            if first != name.span {
                let message = format!("there is an error code called `{}` already", name.value);
                self.report(
                    Diagnostic::new(Code::NameCollision, name.span, message)
                        .related(first, "the first one")
                        .help("give one of them another name"),
                );
            }
        }
        codes.iter().map(|code| self.error_code(code)).collect()
    }

    fn error_code(&mut self, raw: &raw::ErrorCode) -> ErrorCode {
        let status = raw.status.as_ref().and_then(|status| {
            let number = u16::try_from(status.value).ok();
            let number = number.filter(|number| (200..600).contains(number));
            if number.is_none() {
                self.report(
                    Diagnostic::new(
                        Code::BadValue,
                        status.span,
                        format!("{} is not a status of a reply", status.value),
                    )
                    .help("write a number from 200 to 599"),
                );
            }
            number
        });
        self.code(Some(&raw.code));
        if let Some(name) = raw.name.as_ref().filter(|it| !is_type_name(&it.value)) {
            self.bad_value(
                name,
                format!("`{}` cannot be the name of an error code", name.value),
                "write a capital, then letters and digits",
            );
        }
        let kind = raw.kind.as_ref().and_then(|kind| self.word(kind, KIND));
        let failure = raw.failure.as_ref().is_none_or(|failure| failure.value);
        if let Some(kind) = raw.kind.as_ref().filter(|_| !failure) {
            let message = "a code that does not stand for a failure has no kind";
            self.bad_value(kind, message, "drop `kind`, or `failure: false`");
        }
        let basis = raw.basis.as_ref();
        let basis = basis.and_then(|basis| self.word(basis, BASIS));
        // Where it is missing, that has been reported.
        let name = raw.name.clone();
        ErrorCode {
            name: name.unwrap_or_else(|| Spanned::new(String::new(), raw.code.span)),
            code: raw.code.clone(),
            kind,
            status: status.unwrap_or_default(),
            failure,
            basis: basis.unwrap_or(Basis::Documented),
            doc: self.prose(raw.doc.as_ref()),
        }
    }

    fn scheme(&mut self, scheme: &raw::AuthScheme) -> AuthScheme {
        self.wire_name(&scheme.name, "an auth scheme");
        for header in &scheme.headers {
            self.wire_name(&header.name, "a header");
        }
        AuthScheme {
            name: scheme.name.value.clone(),
            doc: self.prose(scheme.doc.as_ref()),
            headers: scheme
                .headers
                .iter()
                .map(|header| Header {
                    name: header.name.value.clone(),
                    doc: self.prose(header.doc.as_ref()),
                    sensitive: header.sensitive,
                })
                .collect(),
        }
    }

    fn query_arrays(&mut self, arrays: Option<&raw::QueryArrays>) -> Basis {
        let Some(arrays) = arrays else {
            return Basis::Inferred;
        };
        // The client knows one style; another one in the docs would need code first.
        if let Some(style) = &arrays.style {
            self.word(style, STYLE);
        }
        self.prose(arrays.because.as_ref());
        arrays
            .basis
            .as_ref()
            .and_then(|basis| self.word(basis, BASIS))
            .unwrap_or(Basis::Inferred)
    }
}

/// Whether `text` is an https address with one `{region}` in it.
fn is_endpoint(text: &str) -> bool {
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let parts = text
        .strip_prefix("https://")
        .and_then(|it| it.split_once("{region}"));
    parts.is_some_and(|(before, after)| before.chars().chain(after.chars()).all(is_host))
}

/// Text that needs no check.
pub(super) fn plain(text: Option<&Text>) -> String {
    text.map(|text| text.value.clone()).unwrap_or_default()
}
