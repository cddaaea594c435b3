//! `vod events verify`.

use super::*;

#[tokio::test]
async fn a_notification_that_was_kept_is_checked() {
    let (timestamp, signature, body) = notification().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("body.json");
    std::fs::write(&path, &body).unwrap();
    let path = path.display();
    let headers =
        format!("--header 'auth_sign: {signature}' --header 'auth_timestamp: {timestamp}'");
    let out = vod()
        .run(&format!("events verify {path} {headers}"))
        .await
        .done();
    assert!(
        out.starts_with("{\"create_info\":") || out.contains("createComplete"),
        "{out}"
    );

    let other = Vod::service().set("VOD_CALLBACK_KEY", "another");
    let err = other
        .run(&format!("events verify {path} {headers}"))
        .await
        .failed(Exit::Failed);
    assert!(
        err.starts_with("error: the notification is not verified: `auth_sign` does not fit"),
        "{err}"
    );
    let line = format!("events verify {path} {headers} --max-age 5m");
    assert!(vod().run(&line).await.done().contains("createComplete"));

    struct Case {
        name: &'static str,
        text: String,
        why: &'static str,
    }
    for Case { name, text, why } in [
        Case {
            name: "no headers",
            text: body.clone(),
            why: "no empty line stands before the body",
        },
        Case {
            name: "a line that is no header",
            text: "POST / HTTP/1.1\nhm\n\n{}".to_owned(),
            why: "a header is NAME: VALUE",
        },
        Case {
            name: "too short",
            text: "Content-Length: 9\n\n{}".to_owned(),
            why: "the body has 2 bytes, not 9",
        },
        Case {
            name: "chunks",
            text: "Transfer-Encoding: chunked\n\n2\n{}".to_owned(),
            why: "its body is in chunks",
        },
        Case {
            name: "nothing",
            text: String::new(),
            why: "no empty line stands before the body",
        },
    ] {
        let err = vod()
            .stdin(&text)
            .run("events verify -")
            .await
            .failed(Exit::Usage);
        assert!(err.contains(why), "{name}: {err}");
    }
    let err = vod().run("events verify nowhere").await.failed(Exit::Usage);
    assert!(
        err.starts_with("error: nowhere: it cannot be read: "),
        "{err}"
    );
}

#[tokio::test]
async fn a_notification_can_be_too_old() {
    let verifier = MfsVerifier::new(KEY).unwrap();
    let message = json!({"event_type": "somethingNew"}).to_string();
    let signature = verifier.sign("1796030000", &message);
    let text = format!(
        "auth_timestamp: 1796030000\r\nauth_sign: {signature}\r\n\r\n{}",
        json!({ "message": message })
    );
    let verify = |flags: &str| {
        let vod = vod().stdin(&text);
        let line = format!("events verify - {flags}");
        async move { vod.run(&line).await }
    };
    assert_eq!(
        verify("").await.done(),
        "{\"event_type\":\"somethingNew\"}\n"
    );
    let err = verify("--max-age 5m").await.failed(Exit::Failed);
    assert!(err.contains("too long ago"), "{err}");
}
