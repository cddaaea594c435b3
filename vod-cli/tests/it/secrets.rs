//! No secret stands in any output, log or file: each command is run with secrets that can be told
//! from all other text, loudly, and as it fails.

use std::path::Path;

use serde_json::{Value, json};
use vod_api::Credentials;
use vod_cli::Exit;
use vod_local::{Local, Reply, Service};

use crate::film;
use crate::library::{BROKEN, HOLIDAYS, TALK, UNFINISHED, library};
use crate::vod::Vod;

/// Secrets, and what only signed URLs and signed requests have.
const SECRETS: [(&str, &str); 9] = [
    ("secret key", "s3cretk3yOfCalls"),
    ("playback key", "s3cretk3yOfPlayback"),
    ("callback key", "s3cretk3yOfCallbacks"),
    ("private key", "s3cretk3yOfHttps"),
    ("signed URL", "Signature="),
    ("signed play URL", "auth_key="),
    ("signed play URL", "auth_info="),
    ("signed request", "51deadbeef"),
    ("token in an address", "t0kenOfAnAddress"),
];

/// A command, and whether signed URLs are what it is asked for.
struct Line {
    line: &'static str,
    shows_urls: bool,
}

/// An error message that repeats what was sent.
const SAID: &str = "Authorization: SDK-HMAC-SHA256 Access=ak, Signature=51deadbeef51deadbeef; \
    s3cretk3yOfCalls is not the key";

const fn line(line: &'static str) -> Line {
    Line {
        line,
        shows_urls: false,
    }
}

const fn urls(line: &'static str) -> Line {
    Line {
        line,
        shows_urls: true,
    }
}

/// All commands. `ID` and the like stand for media assets, `DIR` for a folder with files.
const LINES: &[Line] = &[
    line("list --all"),
    line("ls --columns asset_id,title -o csv"),
    urls("show FILM -o json"),
    line("show FILM TALK --no-header -o tsv"),
    urls("url FILM"),
    line("url FILM --type DASH"),
    line("download FILM --to DIR/got/ --force"),
    line("download FILM --quality HD --to DIR/got.mp4"),
    line("download FILM --to DIR/nowhere/at/all.mp4"),
    line("upload DIR/film.mp4 --title t --category Talks --publish"),
    line("upload DIR/film.mp4 --again --cover DIR/logo.png --wait"),
    line("upload -r DIR --dry-run"),
    line("upload DIR/key.pem"),
    line("import https://example.com/film.mp4?t0kenOfAnAddress --title t"),
    line("import obs://bucket/film.mp4"),
    line("uploads list"),
    line("uploads resume --all"),
    line("uploads abort --all --yes"),
    line("transcode FILM -t system_template_group --wait"),
    line("transcode FILM -t nothing"),
    line("snapshot take FILM --at 5,10 --wait"),
    urls("snapshot list FILM"),
    line("snapshot get FILM --to DIR/pictures/ --force"),
    line("snapshot cover FILM 1"),
    line("review TALK"),
    line("snapshot take FILM --at 1 --wait"),
    urls("snapshot list FILM"),
    line("snapshot get FILM --to DIR/pictures"),
    line("snapshot cover FILM 1"),
    line("tasks"),
    line("wait FILM"),
    line("edit TALK --title talks"),
    line("publish TALK UNFINISHED"),
    line("unpublish TALK"),
    line("clean"),
    line("rm BROKEN"),
    line("category tree"),
    line("category add Music"),
    line("category rename Music Songs"),
    line("category move TALK --to Songs"),
    line("category rm Songs --yes"),
    line("template list"),
    line("template show system_template_group"),
    line("template create web --output HD"),
    line("template delete web"),
    line("watermark add DIR/logo.png"),
    // JSON has all members of a reply, the address of the image among them.
    urls("watermark list"),
    line("watermark rm logo"),
    line("events send createComplete --to http://127.0.0.1:9/?t0kenOfAnAddress"),
    line("events send createComplete --dry-run"),
    line("events verify DIR/body.json --header 'auth_sign: 00' --header 'auth_timestamp: 1'"),
    line("events listen --port 99999"),
    line("api list"),
    line("api describe update-https-config"),
    urls("api show-asset-detail --asset-id HOLIDAYS"),
    line(
        "api update-https-config --domain media.example.com --certificate c --private-key @DIR/key.pem",
    ),
    line(
        "api update-https-config --domain media.example.com --certificate c --private-key @DIR/key.pem --dry-run",
    ),
    line("api update-https-config --json @DIR/https.json"),
    line("api update-https-config --json @DIR/https.json --set private_key=@DIR/key.pem --dry-run"),
    line("api update-https-config --json @DIR/https.json --set domain.x=1"),
    urls("api create-asset-by-file-upload --title t --video-name v.mp4 --video-type MP4"),
    urls("api raw GET '/v1.0/{project_id}/asset/details?asset_id=HOLIDAYS&x=t0kenOfAnAddress'"),
    line("config list"),
    line("config get sk"),
    line("config get callback_key"),
    line("config set playback_key s3cretk3yOfPlayback"),
    line("config set region cn-north-4"),
    line("config path"),
    line("configure --access-key ak --no-check"),
    line("doctor"),
    line("completion bash"),
    line("man"),
    line("commands"),
    line("nothing"),
];

/// A service whose secret key is one of the secrets.
async fn service() -> Local {
    let builder = library().credentials("ak", "s3cretk3yOfCalls");
    let local = builder.start().await.unwrap();
    local.clock().set(crate::vod::now());
    local
}

fn vod(local: &Local, home: &Path) -> Vod {
    let home = home.display().to_string();
    Vod::service()
        .at_local(local)
        .set("HUAWEICLOUD_SDK_AK", "ak")
        .set("HUAWEICLOUD_SDK_SK", "s3cretk3yOfCalls")
        .set("VOD_PLAYBACK_KEY", "s3cretk3yOfPlayback")
        .set("VOD_CALLBACK_KEY", "s3cretk3yOfCallbacks")
        .set("HOME", &home)
        .set(
            "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
            &format!("{home}/credentials"),
        )
        .set("XDG_STATE_HOME", &format!("{home}/state"))
        .set("XDG_CACHE_HOME", &format!("{home}/cache"))
        .set("XDG_CONFIG_HOME", &format!("{home}/config"))
}

/// Files that commands read; the profile has secrets as well.
fn files(home: &Path, folder: &Path) {
    let profile = "[basic]\nak = ak\nsk = s3cretk3yOfCalls\nplayback_key = s3cretk3yOfPlayback\n\
                   callback_key = s3cretk3yOfCallbacks\nother = s3cretk3yOfCalls\n";
    std::fs::write(home.join("credentials"), profile).unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    write("logo.png", "\u{89}PNG".to_owned());
    write("film.mp4", "film".repeat(100));
    write("key.pem", "-----s3cretk3yOfHttps-----".to_owned());
    write("body.json", json!({"message": "{}"}).to_string());
    let https = json!({"domain": "media.example.com", "certificate": "c",
        "private_key": "s3cretk3yOfHttps"});
    write("https.json", https.to_string());
}

/// The secrets in a text: a line for each.
fn found(text: &str, what: &str, shows_urls: bool) -> Vec<String> {
    let text = text.replace("Signature=[redacted]", "");
    let is_url = |name: &str| name.starts_with("signed ") && name.ends_with(" URL");
    let shown = SECRETS.iter().filter(|(name, secret)| {
        let is_asked_for = shows_urls && is_url(name);
        !is_asked_for && text.contains(secret)
    });
    let lines = shown.map(|(name, _)| format!("{name} in {what}:\n{text}"));
    lines.collect()
}

#[tokio::test(start_paused = true)]
async fn no_command_shows_a_secret_however_it_ends() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    files(home.path(), folder.path());
    let local = service().await;
    let film = film::made(&local, 1000).await;
    let refusing = Service::start().await.unwrap();
    let credentials = Credentials::new("ak", "s3cretk3yOfCalls");
    refusing.accept(credentials);
    refusing.respond(|_| Reply::error(400, "X", SAID).unchecked());
    let (mut ended, mut wrong, mut told) = (Vec::new(), Vec::new(), 0);
    for Line { line, shows_urls } in LINES {
        let line = line
            .replace("FILM", &film)
            .replace("HOLIDAYS", HOLIDAYS)
            .replace("TALK", TALK)
            .replace("BROKEN", BROKEN)
            .replace("UNFINISHED", UNFINISHED)
            .replace("DIR", &folder.path().display().to_string());
        let run = vod(&local, home.path()).run(&format!("{line} -vv")).await;
        wrong.extend(found(&run.out, &line, *shows_urls));
        wrong.extend(found(&run.err, &line, false));
        ended.push(run.exit);
        told += run.err.matches(": HTTP 200 in ").count();
        let refused = vod(&local, home.path())
            .at(&refusing)
            .set("HUAWEICLOUD_SDK_AK", "ak")
            .set("HUAWEICLOUD_SDK_SK", "s3cretk3yOfCalls")
            .terminal(40);
        for flags in ["-vv", "-v -o jsonl"] {
            let run = refused.run(&format!("{line} {flags}")).await;
            let what = format!("{line} {flags}, refused");
            wrong.extend(found(&run.out, &what, *shows_urls));
            wrong.extend(found(&run.err, &what, false));
        }
    }
    assert!(ended.contains(&Exit::Done) && ended.contains(&Exit::Usage));
    assert!(told > LINES.len(), "{told} requests are told of");
    let mut kept = 0;
    read_all(home.path(), &mut |path, text| {
        if path.ends_with("credentials") {
            return;
        }
        wrong.extend(found(text, &path.display().to_string(), false));
        kept += 1;
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        kept > 0,
        "there are records of uploads, and names for the completion"
    );
}

#[tokio::test]
async fn no_command_is_left_out() {
    let out = Vod::service().run("commands --json").await.done();
    let all: Vec<Value> = serde_json::from_str(&out).unwrap();
    let names = all.iter().filter_map(|it| it["command"].as_str());
    let mut names: Vec<_> = names.filter_map(|name| name.strip_prefix("vod ")).collect();
    names.retain(|name| {
        // Operations are all sent in one way, and `vod local` has no secret but its key, which it
        // prints for others.
        let is_operation = name.starts_with("api ") && name.contains('-');
        !is_operation && !name.starts_with("local")
    });
    let is_above = |name: &str| names.iter().any(|it| it.starts_with(&format!("{name} ")));
    for name in &names {
        let has = |line: &Line| line.line == *name || line.line.starts_with(&format!("{name} "));
        assert!(
            is_above(name) || LINES.iter().any(has),
            "no line for `vod {name}`"
        );
    }
}

fn read_all(folder: &Path, read: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, read);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            read(&path, &String::from_utf8_lossy(&bytes));
        }
    }
}
