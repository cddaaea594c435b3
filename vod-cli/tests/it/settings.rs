//! Where settings come from, and which go first.

use vod_cli::Exit;
use vod_local::{Reply, Service};

use crate::vod::Vod;

const LINE: &str = "api show-asset-detail --asset-id a1";

/// The first line of what a dry run shows.
async fn shown(vod: &Vod, flags: &str) -> String {
    let out = vod.run(&format!("{LINE} --dry-run {flags}")).await.done();
    out.lines().next().unwrap().to_owned()
}

fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    std::fs::write(&path, text).unwrap();
    let path = path.display().to_string();
    (folder, path)
}

const FILE: &str = "[basic]\nak = a\nsk = s\nregion = cn-north-1\nproject_id = p-basic\n\
                    [work]\nak = a\nsk = s\nendpoint = https://work.example.com\n";

#[tokio::test]
async fn flags_go_before_variables_and_these_before_the_profile() {
    let (_folder, path) = file(FILE);
    let profile = || Vod::service().set("HUAWEICLOUD_SDK_CREDENTIALS_FILE", &path);
    let variables = || {
        profile()
            .set("VOD_REGION", "cn-east-2")
            .set("HUAWEICLOUD_SDK_PROJECT_ID", "p-sdk")
    };
    let vod_variables = || variables().set("VOD_PROJECT_ID", "p-vod");
    struct Case {
        name: &'static str,
        vod: Vod,
        flags: &'static str,
        host: &'static str,
        project: &'static str,
    }
    let cases = [
        Case {
            name: "nothing",
            vod: Vod::service(),
            flags: "",
            host: "vod.{region}.myhuaweicloud.com",
            project: "{project_id}",
        },
        Case {
            name: "profile",
            vod: profile(),
            flags: "",
            host: "vod.cn-north-1.myhuaweicloud.com",
            project: "p-basic",
        },
        Case {
            name: "another profile",
            vod: profile(),
            flags: "--profile work",
            host: "work.example.com",
            project: "{project_id}",
        },
        Case {
            name: "another profile by a variable",
            vod: profile().set("VOD_PROFILE", "work"),
            flags: "",
            host: "work.example.com",
            project: "{project_id}",
        },
        Case {
            name: "variables of other clients",
            vod: variables(),
            flags: "",
            host: "vod.cn-east-2.myhuaweicloud.com",
            project: "p-sdk",
        },
        Case {
            name: "variables",
            vod: vod_variables(),
            flags: "",
            host: "vod.cn-east-2.myhuaweicloud.com",
            project: "p-vod",
        },
        Case {
            name: "flags",
            vod: vod_variables(),
            flags: "--region cn-south-1 --project-id p-flag",
            host: "vod.cn-south-1.myhuaweicloud.com",
            project: "p-flag",
        },
        Case {
            name: "an endpoint",
            vod: vod_variables(),
            flags: "--endpoint https://vod.example.com",
            host: "vod.example.com",
            project: "p-vod",
        },
    ];
    for Case {
        name,
        vod,
        flags,
        host,
        project,
    } in cases
    {
        let expected = format!("GET https://{host}/v1.0/{project}/asset/details?asset_id=a1");
        assert_eq!(shown(&vod, flags).await, expected, "{name}");
    }
    // Flags stand before the operation as well.
    let vod = Vod::service();
    let out = vod
        .run(&format!("--region cn-south-1 {LINE} --dry-run"))
        .await
        .done();
    assert!(out.contains("vod.cn-south-1."), "{out}");
}

#[tokio::test]
async fn a_profile_that_is_named_must_be_there() {
    let (_folder, path) = file(FILE);
    let vod = Vod::service().set("HUAWEICLOUD_SDK_CREDENTIALS_FILE", &path);
    let said = vod
        .run(&format!("{LINE} --dry-run --profile wrok"))
        .await
        .failed(Exit::Usage);
    assert!(said.contains("there is no section [wrok]"), "{said}");
    assert!(said.contains("did you mean [work]?"), "{said}");
    let nowhere = Vod::service().set("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/nowhere");
    let said = nowhere
        .run(&format!("{LINE} --dry-run"))
        .await
        .failed(Exit::Usage);
    assert!(said.contains("/nowhere"), "{said}");
}

#[tokio::test]
async fn the_keys_of_a_named_profile_go_before_those_of_variables() {
    let service = Service::start().await.unwrap();
    service.respond(|_| Reply::documented());
    let keys = format!(
        "[basic]\nak = x\nsk = y\n[work]\nak = {}\nsk = {}\n",
        Service::ACCESS_KEY,
        Service::SECRET_KEY
    );
    let (_folder, path) = file(&keys);
    let vod = Vod::service()
        .at(&service)
        .set("HUAWEICLOUD_SDK_CREDENTIALS_FILE", &path)
        .set("HUAWEICLOUD_SDK_SK", "wrong");
    vod.run(LINE).await.failed(Exit::Credentials);
    vod.run(&format!("{LINE} --profile work")).await.done();
}

#[tokio::test]
async fn what_is_missing_is_said_before_anything_is_sent() {
    let said = Vod::service().run(LINE).await.failed(Exit::Usage);
    assert!(
        said.starts_with("error: there is no region\nhint: name one by --region"),
        "{said}"
    );
    let half = Vod::service()
        .set("VOD_REGION", "cn-north-4")
        .set("HUAWEICLOUD_SDK_AK", "a");
    let said = half.run(LINE).await.failed(Exit::Credentials);
    assert!(said.contains("HUAWEICLOUD_SDK_SK is not set"), "{said}");
    let http = Vod::service().set("VOD_ENDPOINT", "http://vod:8863");
    let said = http.run(LINE).await.failed(Exit::Usage);
    assert!(said.contains("http"), "{said}");
}
