//! `vod completion`, and the words that its scripts ask for.

#[cfg(unix)]
use std::{path::Path, process::Command};

use vod_cli::Exit;
use vod_local::Reply;

use crate::library::{self, HOLIDAYS};
use crate::vod::Vod;

/// The words that can stand at the end of a line.
async fn words(vod: &Vod, line: &str) -> Vec<String> {
    let (before, current) = line.rsplit_once(' ').unwrap();
    let out = vod
        .run(&format!("__complete '--current={current}' -- {before}"))
        .await
        .done();
    let words = out
        .lines()
        .map(|line| line.split('\t').next().unwrap().to_owned());
    words.collect()
}

#[tokio::test]
async fn words_are_those_of_the_commands() {
    let vod = Vod::service();
    for (line, expected) in [
        (" complet", vec!["completion"]),
        (" __", vec![]),
        ("completion p", vec!["powershell"]),
        ("list --max", vec!["--max-items"]),
        ("list --status PUB", vec!["PUBLISHED"]),
        ("list --status=PUB", vec!["--status=PUBLISHED"]),
        ("list --status = PUB", vec!["PUBLISHED"]),
        ("list --status CREATED,PUB", vec!["CREATED,PUBLISHED"]),
        ("-o json list --form", vec!["--format"]),
        ("list -o js", vec!["json", "jsonl"]),
        ("api show-asset-d", vec!["show-asset-detail"]),
        ("api ShowAssetDetail --asset", vec!["--asset-id"]),
        ("api describe list-asset-l", vec!["list-asset-list"]),
        ("config g", vec!["get"]),
        ("man ", vec![":files"]),
        ("list --since ", vec![]),
        ("nonsense --form", vec!["--format"]),
    ] {
        assert_eq!(words(&vod, line).await, expected, "{line:?}");
    }
    let all = words(&vod, "api ").await;
    assert!(all.len() > 80 && all.contains(&"raw".to_owned()), "{all:?}");
}

#[tokio::test]
async fn ids_are_those_that_were_listed() {
    let local = library::started().await;
    let cache = tempfile::tempdir().unwrap();
    let vod = || {
        let vod = Vod::service().at_local(&local);
        vod.set("XDG_CACHE_HOME", &cache.path().display().to_string())
    };
    let line = "api show-asset-detail --asset-id f4";
    assert_eq!(words(&vod(), line).await, Vec::<String>::new());
    vod().run("list").await.done();
    assert_eq!(words(&vod(), line).await, [HOLIDAYS]);
    vod().run("category tree").await.done();
    let paths = ["Travel/Summer", "Travel/Summer/November"];
    assert_eq!(words(&vod(), "list --category Travel/S").await, paths);
    vod().run("template list").await.done();
    let templates = words(&vod(), "upload --template system").await;
    assert_eq!(templates, ["system_template_group"]);
    // Another project has others.
    let line = format!("--project-id p2 {line}");
    assert_eq!(words(&vod(), &line).await, Vec::<String>::new());
    for file in std::fs::read_dir(cache.path().join("vod")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(text.contains("\"name\":\"holidays\""), "{text}");
        assert!(!text.contains("http") && !text.contains("local"), "{text}");
    }
    // What was deleted is not offered any more; a call that fails deletes nothing.
    let line = "api show-asset-detail --asset-id f4";
    local.fail("DeleteAssets").with(Reply::status(400));
    let run = vod().run(&format!("rm {HOLIDAYS}")).await;
    run.failed(Exit::Failed);
    assert_eq!(words(&vod(), line).await, [HOLIDAYS]);
    vod().run("category rm November").await.done();
    let paths = ["Travel/Summer"];
    assert_eq!(words(&vod(), "list --category Travel/S").await, paths);
    vod().run(&format!("rm {HOLIDAYS}")).await.done();
    assert_eq!(words(&vod(), line).await, Vec::<String>::new());
}

#[tokio::test]
async fn profiles_are_those_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    std::fs::write(&path, "[basic]\nak=a\nsk=hidden\n[work]\nak=a\nsk=hidden\n").unwrap();
    let path = path.display().to_string();
    let vod = Vod::service().set("HUAWEICLOUD_SDK_CREDENTIALS_FILE", &path);
    assert_eq!(words(&vod, "list --profile ").await, ["basic", "work"]);
    let said = vod.run("completion tcsh").await.failed(Exit::Usage);
    assert!(said.contains("tcsh"), "{said}");
}

/// The shell, if it is there.
#[cfg(unix)]
fn shell(name: &str) -> Option<Command> {
    let mut command = Command::new(name);
    let runs = command.arg("--version").output().is_ok();
    runs.then(|| Command::new(name))
}

#[cfg(unix)]
#[test]
fn fish_completes_words() {
    let Some(mut fish) = shell("fish") else {
        return;
    };
    let script = "set PATH $argv[1] $PATH; vod completion fish | source; \
                  complete -C 'vod api show-asset-d'; complete -C 'vod list --status=PUB'";
    let output = fish
        .args(["--no-config", "-c", script])
        .arg(folder())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let words = out.lines().map(|line| line.split('\t').next().unwrap());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        words.collect::<Vec<_>>(),
        ["show-asset-detail", "--status=PUBLISHED"],
        "{said}"
    );
}

/// Where the command is.
#[cfg(unix)]
fn folder() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_vod")).parent().unwrap()
}

#[cfg(unix)]
#[test]
fn bash_completes_words() {
    let Some(mut bash) = shell("bash") else {
        return;
    };
    let script = r#"
        PATH=$1:$PATH
        eval "$(vod completion bash)"
        ask() {
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
            _vod vod "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            echo "${COMPREPLY[*]}"
        }
        complete -p vod
        ask vod completi
        ask vod api show-asset-d
        ask vod api show-asset-detail --asset
        ask vod list --format = jsonl
        ask vod list -o ""
    "#;
    let output = bash
        .args(["-c", script, "bash"])
        .arg(folder())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let expected = "complete -F _vod vod\ncompletion\nshow-asset-detail\n--asset-id\njsonl\n\
                    table tsv json jsonl csv ids\n";
    assert_eq!(out, expected, "{}", String::from_utf8_lossy(&output.stderr));
}
