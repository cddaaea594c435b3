//! What a process has: environment variables, and a home.

use vod_api::Client;
use vod_local::Service;

/// Says to the test below that it is its own child.
const CHILD: &str = "VOD_API_TEST_CHILD";

#[tokio::test(flavor = "multi_thread")]
async fn the_environment_and_the_home_of_the_process_are_read() {
    if std::env::var_os(CHILD).is_some() {
        let client = Client::builder().region("cn-north-4").build().unwrap();
        client.delete_thumbnails().asset_id("a1").await.unwrap();
        return;
    }
    let service = Service::start().await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join(".huaweicloud");
    std::fs::create_dir(&directory).unwrap();
    let run = async |set: Vec<(&'static str, String)>| {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child
            .args([
                "--exact",
                "credentials::process::the_environment_and_the_home_of_the_process_are_read",
            ])
            .env_clear()
            .env(CHILD, "yes")
            .env("HOME", home.path())
            .envs(set);
        let run = tokio::task::spawn_blocking(move || child.output().unwrap());
        let output = run.await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{text}");
        service.requests().pop().unwrap()
    };
    let key = |name: &str, value: &str| format!("{name} = {value}\n");
    let variables = vec![
        (
            "HUAWEICLOUD_SDK_AK",
            Service::TEMPORARY_ACCESS_KEY.to_owned(),
        ),
        (
            "HUAWEICLOUD_SDK_SK",
            Service::TEMPORARY_SECRET_KEY.to_owned(),
        ),
        (
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            Service::SECURITY_TOKEN.to_owned(),
        ),
        ("HUAWEICLOUD_SDK_PROJECT_ID", Service::PROJECT_ID.to_owned()),
        ("HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4", service.endpoint()),
    ];
    let sent = run(variables).await;
    assert_eq!(
        sent.header("x-security-token"),
        Some(Service::SECURITY_TOKEN)
    );

    let profile = key("AK", Service::ACCESS_KEY)
        + &key("SK", Service::SECRET_KEY)
        + &key("project_id", Service::PROJECT_ID);
    std::fs::write(directory.join("credentials"), format!("[basic]\n{profile}")).unwrap();
    let regions = format!(
        "VOD:\n  - id: cn-north-4\n    endpoint: {}\n",
        service.endpoint()
    );
    std::fs::write(directory.join("regions.yaml"), regions).unwrap();
    let sent = run(Vec::new()).await;
    assert!(
        sent.header("authorization")
            .unwrap()
            .contains(Service::ACCESS_KEY)
    );
    assert_eq!(service.requests().len(), 2);
}
