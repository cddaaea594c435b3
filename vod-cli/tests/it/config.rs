//! `vod configure` and `vod config`.

use vod_cli::Exit;
use vod_local::{Local, Reply, Service};

use crate::library;
use crate::vod::Vod;

const FILE: &str =
    "# mine\n[basic]\nak = a\nsk = hidden\n; the office\n[work]\nregion = cn-north-4\n";

/// A file of keys.
struct Keys(tempfile::TempDir);

impl Keys {
    fn new(text: Option<&str>) -> Self {
        let keys = Self(tempfile::tempdir().unwrap());
        if let Some(text) = text {
            std::fs::write(keys.0.path().join("credentials"), text).unwrap();
        }
        keys
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.0.path().join("credentials")).unwrap_or_default()
    }

    fn vod(&self) -> Vod {
        let path = self.0.path().join("credentials").display().to_string();
        Vod::service().set("HUAWEICLOUD_SDK_CREDENTIALS_FILE", &path)
    }
}

#[tokio::test]
async fn settings_are_shown_without_secrets() {
    let keys = Keys::new(Some(FILE));
    let vod = keys.vod();
    let list = vod.run("config list").await.done();
    let expected =
        "section\tkey\tvalue\nbasic\tak\ta\nbasic\tsk\t[set]\nwork\tregion\tcn-north-4\n";
    assert_eq!(list, expected);
    let list = vod
        .run("config list --profile work --no-header")
        .await
        .done();
    assert_eq!(list, "work\tregion\tcn-north-4\n");
    assert_eq!(vod.run("config get sk").await.done(), "[set]\n");
    assert_eq!(
        vod.run("config get region --profile work").await.done(),
        "cn-north-4\n"
    );
    let path = vod.run("config path").await.done();
    assert!(path.ends_with("credentials\n"), "{path}");
    let said = vod.run("config get region").await.failed(Exit::Usage);
    assert!(said.starts_with("error: [basic] has no region\n"), "{said}");
}

#[tokio::test]
async fn a_setting_is_changed_and_the_rest_stays() {
    let keys = Keys::new(Some(FILE));
    let run = keys.vod().run("config set region cn-east-2").await;
    assert!(run.err.starts_with("region of [basic] in "), "{}", run.err);
    let expected = FILE.replace("sk = hidden\n", "sk = hidden\nregion = cn-east-2\n");
    assert_eq!(keys.text(), expected);
    let run = keys
        .vod()
        .stdin("new\nrest")
        .run("config set sk - --profile work")
        .await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    assert_eq!(keys.text(), format!("{expected}sk = new\n"));
    for (line, why) in [
        ("config set sk secret", "sk is a secret"),
        ("config set regoin x", "did you mean region?"),
        ("config set region ''", "region: the value is empty"),
        ("config set region ' x'", "spaces around it"),
        (
            "config set region x --profile 'a]'",
            "cannot be the name of a section",
        ),
    ] {
        let said = keys.vod().run(line).await.failed(Exit::Usage);
        assert!(
            said.contains(why) && !said.contains("secret secret"),
            "{line}: {said}"
        );
    }
    assert_eq!(keys.text(), format!("{expected}sk = new\n"));
}

#[tokio::test]
async fn a_file_that_is_wrong_is_not_changed() {
    let keys = Keys::new(Some("ak = hidden\n"));
    let said = keys
        .vod()
        .run("config set region r")
        .await
        .failed(Exit::Usage);
    assert!(
        said.contains("line 1 is neither") && !said.contains("hidden"),
        "{said}"
    );
    assert_eq!(keys.text(), "ak = hidden\n");
}

#[tokio::test]
async fn configure_asks_tries_and_writes() {
    let local = library::started().await;
    let keys = Keys::new(Some("# mine\n[work]\nak = old\n"));
    let vod = || {
        keys.vod()
            .terminal(80)
            .set("VOD_ENDPOINT", &local.endpoint())
    };
    let typed = format!("\n{}\n\np1\n", Local::SECRET_KEY);
    let run = vod()
        .answer(&typed)
        .run("configure --profile work --no-check")
        .await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    let asked = "Access key [old]: Secret key: Region, such as cn-north-4: \
                 Project id (looked up if empty): [work] is written to ";
    assert!(run.err.starts_with(asked), "{}", run.err);
    let secret = Local::SECRET_KEY;
    let expected = format!("# mine\n[work]\nak = old\nsk = {secret}\nproject_id = p1\n");
    assert_eq!(keys.text(), expected);

    // Keys that the service does not take are not written.
    let typed = "nobody\nwrong-secret\ncn-north-4\np1\n";
    let run = vod().answer(typed).run("configure").await;
    assert_eq!(run.exit, Exit::Credentials, "{}", run.err);
    assert!(run.err.contains("nothing was written"), "{}", run.err);
    assert!(!run.err.contains("wrong-secret"), "{}", run.err);
    assert_eq!(keys.text(), expected);

    let line = format!(
        "configure --access-key {} --secret-stdin --project-id p",
        Local::ACCESS_KEY
    );
    let run = keys
        .vod()
        .set("VOD_ENDPOINT", &local.endpoint())
        .stdin(secret)
        .run(&line)
        .await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    let section = format!(
        "\n[basic]\nak = {}\nsk = {secret}\nproject_id = p\n",
        Local::ACCESS_KEY
    );
    assert_eq!(keys.text(), expected + &section);
}

#[tokio::test]
async fn configure_asks_nothing_without_a_terminal() {
    let keys = Keys::new(None);
    let said = keys.vod().run("configure").await.failed(Exit::Usage);
    assert!(
        said.contains("give --access-key AK and --secret-stdin"),
        "{said}"
    );
    assert!(
        said.contains("ak, sk, region and project_id to [basic]"),
        "{said}"
    );
    let said = keys.vod().answer("a\n").terminal(80).set("CI", "1");
    let said = said
        .run("configure --access-key a")
        .await
        .failed(Exit::Usage);
    assert!(said.contains("give --secret-stdin,"), "{said}");
    assert_eq!(keys.text(), "");
}

#[tokio::test]
async fn keys_are_tried_by_a_call_that_changes_nothing() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let keys = Keys::new(None);
    let vod = keys.vod().set("VOD_ENDPOINT", &service.endpoint());
    let vod = vod.stdin(Service::SECRET_KEY);
    let line = format!(
        "configure --access-key {} --secret-stdin --project-id {}",
        Service::ACCESS_KEY,
        Service::PROJECT_ID
    );
    assert_eq!(vod.run(&line).await.exit, Exit::Done);
    let sent: Vec<_> = service.requests().iter().map(|it| it.operation()).collect();
    assert_eq!(sent, [Some("ListAssetList")]);
}
