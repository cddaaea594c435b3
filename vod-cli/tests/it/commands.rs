//! `vod commands` and `vod man`.

use serde_json::Value;

use crate::vod::Vod;

#[tokio::test]
async fn commands_are_listed_for_programs() {
    let vod = Vod::service();
    let out = vod.run("commands --json").await.done();
    let all: Vec<Value> = serde_json::from_str(&out).unwrap();
    let named = |name: &str| all.iter().find(|it| it["command"] == name).unwrap();
    let flags = |name: &str| -> Vec<&str> {
        let flags = named(name)["flags"].as_array().unwrap().iter();
        flags.filter_map(|flag| flag["flag"].as_str()).collect()
    };
    assert!(flags("vod").contains(&"--profile"));
    assert!(flags("vod list").contains(&"--status") && !flags("vod list").contains(&"--profile"));
    assert!(flags("vod api show-asset-detail").contains(&"--asset-id"));
    assert!(all.iter().all(|it| it["command"] != "vod __complete"));
    assert!(all.len() > 90, "{}", all.len());
    let lines = vod.run("commands --no-header").await.done();
    assert_eq!(lines.lines().count(), all.len());
}

#[tokio::test]
async fn pages_for_man_are_printed_or_written() {
    let vod = Vod::service();
    let page = vod.run("man").await.done();
    assert!(
        page.contains(".TH vod 1") && page.contains("Exit codes"),
        "{page}"
    );
    let folder = tempfile::tempdir().unwrap();
    let run = vod.run(&format!("man {}", folder.path().display())).await;
    assert!(run.err.contains(" pages are in "), "{}", run.err);
    for (name, text) in [
        ("vod-list.1", ".SH NAME\nvod\\-list"),
        ("vod-api-raw.1", "PATH"),
        ("vod-api-list-asset-list.1", "\\-\\-status"),
    ] {
        let page = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(page.contains(text), "{name}: {page}");
    }
}
