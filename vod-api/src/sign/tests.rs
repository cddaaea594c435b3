use serde_json::Value;

use super::claim::canonical_query;
use super::*;

/// Requests that other implementations signed.
fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("../../tests/data/signing-vectors.json")).unwrap()
}

struct Vector {
    value: Value,
}

impl Vector {
    fn text(&self, name: &str) -> &str {
        self.value[name].as_str().unwrap()
    }

    fn headers(&self) -> Vec<(&str, &str)> {
        let all = self.value["headers"].as_object().unwrap();
        all.iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
            .collect()
    }

    /// Only these were signed; `None` for all.
    fn signed(&self) -> Option<Vec<&str>> {
        let names = self.value.get("signed_headers")?.as_array().unwrap();
        Some(names.iter().map(|name| name.as_str().unwrap()).collect())
    }

    fn parts<'a>(&'a self, headers: &'a [(&'a str, &'a str)]) -> Parts<'a> {
        let target = self.text("request_target");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Parts {
            method: self.text("method"),
            path,
            query,
            headers,
            body: self.text("body").as_bytes(),
        }
    }
}

#[test]
fn signs_as_others_do() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 12);
    for value in vectors {
        let vector = Vector { value };
        let name = vector.text("name");
        let (mut headers, date): (Vec<_>, Vec<_>) = vector
            .headers()
            .into_iter()
            .partition(|(name, _)| !name.eq_ignore_ascii_case("X-Sdk-Date"));
        if let Some(signed) = vector.signed() {
            headers.retain(|(name, _)| signed.contains(&name.to_ascii_lowercase().as_str()));
        }
        let at = crate::parse_time(date[0].1).unwrap();
        let query = canonical_query(vector.parts(&headers).query);
        let parts = Parts {
            query: &query,
            ..vector.parts(&headers)
        };
        let signed = sign(&parts, vector.text("ak"), vector.text("sk"), at);
        assert_eq!(signed.date, date[0].1, "{name}");
        assert_eq!(signed.authorization, vector.text("authorization"), "{name}");

        let (canonical, _) = canonical::request(&parts, Some(date[0]));
        assert_eq!(canonical, vector.text("canonical_request"), "{name}");
        assert_eq!(
            string_to_sign(&signed.date, &canonical),
            vector.text("string_to_sign"),
            "{name}"
        );
    }
}

#[test]
fn claims_of_others_hold() {
    for value in vectors() {
        let vector = Vector { value };
        let headers = vector.headers();
        let parts = vector.parts(&headers);
        let claim = Claim::parse(vector.text("authorization")).unwrap();
        assert_eq!(claim.access_key, vector.text("ak"));
        assert!(claim.holds(&parts, vector.text("sk")));
        assert!(!claim.holds(&parts, "another"));
        assert!(!claim.holds(
            &Parts {
                method: "PATCH",
                ..parts
            },
            vector.text("sk")
        ));
        assert!(!claim.holds(
            &Parts {
                headers: &[],
                ..parts
            },
            vector.text("sk")
        ));
    }
}

#[test]
fn order_of_the_received_query_does_not_matter() {
    let parts = Parts {
        method: "GET",
        path: "/a",
        query: "a=1&b=x&b=%C3%A9",
        headers: &[("Host", "h")],
        body: b"",
    };
    let signed = sign(&parts, "ak", "sk", SystemTime::UNIX_EPOCH);
    let claim = Claim::parse(&signed.authorization).unwrap();
    let headers = [("host", "h"), ("X-Sdk-Date", signed.date.as_str())];
    assert!(claim.holds(
        &Parts {
            query: "b=%c3%a9&b=x&a=1",
            headers: &headers,
            ..parts
        },
        "sk"
    ));
}

#[test]
fn other_authorizations_are_no_claims() {
    for text in [
        "",
        "Bearer x",
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=b",
        "SDK-HMAC-SHA256Access=a",
    ] {
        assert_eq!(Claim::parse(text), None, "{text}");
    }
}
