//! IAM, as far as clients ask it: projects, the account, and tokens.

use std::time::Duration;

use serde_json::{Value, json};
use vod_api::{Credentials, format_rfc3339};

use crate::clock::Clock;
use crate::digest;
use crate::reply::Reply;
use crate::request::ReceivedRequest;

/// How long tokens are valid.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// Who can log in, and what is there.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// The name of the user, which is the access key.
    pub(crate) user: String,
    pub(crate) password: String,
    /// The project of the handle, which a region has by its name.
    pub(crate) project_id: String,
}

/// Whether a path is one of IAM.
pub(crate) fn owns(path: &str) -> bool {
    path.starts_with("/v3/") && !path.starts_with("/v3/auth/tokens/")
}

/// Whether the request is the one that needs no signature.
pub(crate) fn is_login(request: &ReceivedRequest) -> bool {
    request.method == http::Method::POST && request.path == "/v3/auth/tokens"
}

impl Account {
    /// The id of the project with a name: that of a region, or `{region}_{more}`.
    fn project(&self, name: &str) -> String {
        if name.contains('_') {
            digest::id(&format!("project {name}"), 0)
        } else {
            self.project_id.clone()
        }
    }

    fn domain_id(&self) -> String {
        digest::id("domain", 0)
    }

    /// Answers a request whose signature is right.
    pub(crate) fn answer(&self, request: &ReceivedRequest) -> Reply {
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/v3/projects") => {
                let query = request.query();
                let name = query.iter().find(|(name, _)| name == "name");
                let name = name.map_or("cn-north-4", |(_, name)| name.as_str());
                let project = json!({
                    "id": self.project(name), "name": name, "enabled": true,
                    "domain_id": self.domain_id(), "parent_id": self.domain_id(),
                    "is_domain": false, "description": "", "links": {},
                });
                Reply::json(200, json!({"projects": [project], "links": {}}))
            }
            ("GET", "/v3/auth/domains") => {
                let domain = json!({
                    "id": self.domain_id(), "name": self.user, "enabled": true,
                    "description": "", "links": {},
                });
                Reply::json(200, json!({"domains": [domain], "links": {}}))
            }
            _ => refuse(404, "IAM.0004", "IAM has no such operation here."),
        }
    }

    /// A new token for a user and a password, and the reply that has it.
    pub(crate) fn login(
        &self,
        request: &ReceivedRequest,
        clock: &Clock,
        number: usize,
    ) -> (Option<Credentials>, Reply) {
        let body = request.json().unwrap_or_default();
        let user = &body["auth"]["identity"]["password"]["user"];
        if user["name"] != self.user.as_str() || user["password"] != self.password.as_str() {
            let message = "The username or password is wrong.";
            return (None, refuse(401, "IAM.0002", message));
        }
        let scope = &body["auth"]["scope"]["project"];
        let id = match (&scope["id"], &scope["name"]) {
            (Value::String(id), _) => id.clone(),
            (_, Value::String(name)) => self.project(name),
            _ => self.project_id.clone(),
        };
        let now = clock.now();
        let expiry = now.checked_add(LIFETIME).unwrap_or(now);
        let token = digest::id("token", u64::try_from(number).unwrap_or(0));
        let reply = json!({"token": {
            "expires_at": format_rfc3339(expiry),
            "issued_at": format_rfc3339(now),
            "methods": ["password"],
            "project": {"id": id, "name": scope["name"].as_str().unwrap_or("cn-north-4")},
            "user": {"id": digest::id("user", 0), "name": self.user},
        }});
        let reply = Reply::json(201, reply).header("X-Subject-Token", token.as_str());
        (Some(Credentials::token(token).with_expiry(expiry)), reply)
    }
}

fn refuse(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(
        status,
        json!({"error": {"code": status, "title": code, "message": message}}),
    )
}
