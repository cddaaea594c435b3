//! What is on this machine: versions, files, keys and settings.

use std::fs;
use std::path::Path;

use super::{Finding, Outcome};
use crate::session::Session;
use crate::settings::{Found, Keys, keys_path, origins, state_folder};

pub(super) async fn check(session: &Session<'_>) -> Vec<Finding> {
    let operations = session.catalog.operations().len();
    let version = format!("vod {}, {operations} operations", env!("CARGO_PKG_VERSION"));
    let mut findings = vec![
        Finding::well("version", version),
        file(session),
        keys(session),
    ];
    findings.extend(settings(session).await);
    findings.extend([proxy(session), uploads(session)]);
    findings
}

/// The credentials file: it has to be readable, for its owner alone.
fn file(session: &Session<'_>) -> Finding {
    const CHECK: &str = "credentials file";
    let Some(path) = keys_path(&session.io.variables) else {
        return Finding::skipped(CHECK, "no variable says where it is");
    };
    let shown = path.display().to_string();
    if !path.exists() {
        return Finding::skipped(CHECK, "there is none").of(shown);
    }
    if let Err(failure) = Keys::read(&path) {
        return Finding::wrong(CHECK, failure.to_string(), "correct the line").of(shown);
    }
    match mode(&path) {
        Some(mode) if mode & 0o077 != 0 => {
            let found = format!("mode {mode:03o}: others can read it");
            let advice = format!("chmod 600 {shown}");
            Finding::wrong(CHECK, found, advice).of(shown)
        }
        Some(mode) => Finding::well(CHECK, format!("mode {mode:03o}")).of(shown),
        None => Finding::well(CHECK, "it can be read").of(shown),
    }
}

/// Who may do what with a file, where the system says so.
fn mode(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        let file = fs::metadata(path).ok()?;
        Some(std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o777)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Where the client will take keys from. The secret key is never looked at.
fn keys(session: &Session<'_>) -> Finding {
    const CHECK: &str = "keys";
    let variables = &session.io.variables;
    let named = session.settings.profile.clone();
    let named = named.or_else(|| variables.get("VOD_PROFILE"));
    let access_key = variables.get("HUAWEICLOUD_SDK_AK");
    if let (None, Some(access_key)) = (&named, &access_key) {
        let found = if variables.get("HUAWEICLOUD_SDK_SK").is_some() {
            Finding::well(CHECK, masked(access_key))
        } else {
            let found = "HUAWEICLOUD_SDK_SK is not set";
            Finding::wrong(CHECK, found, "set both, or neither")
        };
        return found.of("HUAWEICLOUD_SDK_AK");
    }
    let section = named.unwrap_or_else(|| "basic".to_owned());
    let keys = keys_path(variables).and_then(|path| Keys::read(&path).ok());
    let keys = keys.unwrap_or_default();
    let origin = format!("[{section}]");
    match (keys.get(&section, "ak"), keys.get(&section, "sk")) {
        (Some(access_key), Some(_)) => Finding::well(CHECK, masked(access_key)).of(origin),
        (None, None) => Finding::wrong(
            CHECK,
            "there are none, unless this is a cloud server with an agency",
            "`vod configure`, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
        ),
        (access_key, _) => {
            let missing = if access_key.is_some() { "sk" } else { "ak" };
            let found = format!("there is no {missing}");
            Finding::wrong(CHECK, found, format!("`vod config set {missing} -`")).of(origin)
        }
    }
}

/// The start of an access key, by which its owner knows it.
fn masked(access_key: &str) -> String {
    let start: String = access_key.chars().take(4).collect();
    format!("{start}…")
}

/// Region, endpoint and project.
async fn settings(session: &Session<'_>) -> Vec<Finding> {
    let origins = match origins(&session.settings, session.io).await {
        Ok(origins) => origins,
        Err(failure) => {
            let advice = failure.hint().unwrap_or_default();
            return vec![Finding::wrong("settings", failure.to_string(), advice)];
        }
    };
    let found = |check, found: Option<&Found>| {
        found.map(|it| Finding::well(check, it.value.clone()).of(it.origin.clone()))
    };
    let region = found("region", origins.region.as_ref());
    let endpoint = found("endpoint", origins.endpoint.as_ref());
    let region = region.unwrap_or_else(|| match endpoint {
        Some(_) => Finding::skipped("region", "the endpoint says where the service is"),
        None => Finding::wrong(
            "region",
            "there is none",
            "`vod config set region cn-north-4`, or set VOD_REGION",
        ),
    });
    let project = found("project", origins.project_id.as_ref());
    let project =
        project.unwrap_or_else(|| Finding::well("project", "looked up at the first call"));
    [Some(region), endpoint, Some(project)]
        .into_iter()
        .flatten()
        .collect()
}

/// The variables of proxies, without the password that an address can have.
fn proxy(session: &Session<'_>) -> Finding {
    const NAMES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let variables = &session.io.variables;
    let mut set = NAMES
        .iter()
        .filter_map(|name| Some((*name, variables.get(name)?)));
    match set.next() {
        None => Finding::well("proxy", "no variable names one"),
        Some((name, value)) => {
            let address = value.rsplit('@').next().unwrap_or_default();
            let address = address.rsplit("://").next().unwrap_or_default();
            Finding::well("proxy", address).of(name)
        }
    }
}

/// Records of uploads that did not end.
fn uploads(session: &Session<'_>) -> Finding {
    const CHECK: &str = "uploads";
    let Some(folder) = state_folder(&session.io.variables) else {
        return Finding::wrong(
            CHECK,
            "there is no folder for records, so that none can go on later",
            "set HOME or XDG_STATE_HOME",
        );
    };
    let folder = folder.join("uploads");
    let count = fs::read_dir(&folder).map_or(0, Iterator::count);
    let found = match count {
        0 => "no records".to_owned(),
        count => format!("{count} records"),
    };
    Finding::new(CHECK, Outcome::Well, found).of(folder.display().to_string())
}
