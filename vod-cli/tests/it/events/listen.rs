//! `vod events listen`.

use super::*;

#[tokio::test]
async fn what_is_signed_is_shown_and_all_else_is_refused() {
    let (timestamp, signature, body) = notification().await;
    let port = free_port();
    let vod = vod();
    let line = format!("events listen --port {port} --count 1");
    let signed = [
        ("auth_timestamp", timestamp.as_str()),
        ("auth_sign", signature.as_str()),
    ];
    let sending = async {
        [
            sent(port, &[], None).await,
            sent(port, &[], Some(&body)).await,
            sent(port, &signed, Some(&body.replace("SUCCEED", "FAILED"))).await,
            sent(port, &signed, Some(&body)).await,
        ]
    };
    let (run, statuses) = tokio::join!(vod.run(&line), sending);
    assert_eq!(statuses.map(|it| it.as_u16()), [405, 401, 401, 200]);
    assert_eq!(
        (run.exit, run.out.as_str()),
        (
            Exit::Done,
            "asset_id\tstatus\tevent_type\ttitle\n\
             81b89afdb5e6c94c68e5028b2747b1f0\tSUCCEED\tcreateComplete\texample\n"
        )
    );
    let said: Vec<_> = run.err.lines().collect();
    assert_eq!(said[0], format!("listening on http://127.0.0.1:{port}"));
    assert!(
        said[1].starts_with("warning: a notification was refused: the header `auth_sign` is"),
        "{}",
        run.err
    );
    assert!(
        said[2].starts_with("warning: a notification was refused: `auth_sign` does not fit"),
        "{}",
        run.err
    );
    assert_eq!(said.len(), 3, "{}", run.err);
    assert!(
        !run.err.contains(KEY) && !run.err.contains(&signature),
        "{}",
        run.err
    );
}

/// An event that `send` sends to `listen`, with their flags.
async fn told(send: &str, listen: &str, vod: Vod) -> (Run, Run) {
    let port = free_port();
    let listen = format!("events listen --port {port} --count 1 {listen}");
    let send = format!("events send {send} --to http://127.0.0.1:{port}/vod");
    let sending = async {
        loop {
            let run = self::vod().run(&send).await;
            if run.exit != Exit::Later {
                return run;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(vod.run(&listen), sending)
}

#[tokio::test]
async fn the_forms_of_events_are_those_of_programs_and_of_people() {
    let (listened, sent) = told("coverComplete", "-o jsonl", vod()).await;
    assert_eq!(sent.done(), "event_type\tanswer\ncoverComplete\t200\n");
    let event: Value = serde_json::from_str(&listened.out).unwrap();
    assert_eq!(event["event_type"], "coverComplete");
    assert_eq!(event["cover_info"]["cover_type"], "HEAD_FRAME_COVER");

    let (listened, _) = told("covercomplete --set title=Ferien", "", vod().terminal(80)).await;
    assert_eq!(
        listened.out,
        "coverComplete         SUCCEED  13d570ca574035a3efd7014689c34507  Ferien\n"
    );
}

#[tokio::test]
async fn ctrl_c_ends_it_with_what_came() {
    let port = free_port();
    let stop = Arc::new(Notify::new());
    let signal = stop.clone();
    let interrupt = Interrupt::new(move || {
        let signal = signal.clone();
        async move {
            signal.notified().await;
            Signal::Interrupt
        }
    });
    let listen = format!("events listen --port {port} -o json --query '[].event_type'");
    let send = format!("events send parseComplete --to http://127.0.0.1:{port}");
    let vod = vod().interrupt(interrupt);
    let sending = async {
        while self::vod().run(&send).await.exit == Exit::Later {
            tokio::task::yield_now().await;
        }
        stop.notify_one();
    };
    let (listened, ()) = tokio::join!(vod.run(&listen), sending);
    assert_eq!(listened.exit, Exit::Interrupted);
    assert_eq!(listened.out, "[\"parseComplete\"]\n");
}

#[tokio::test]
async fn what_is_right_goes_on_to_a_server_as_it_came() {
    // The second server is the command again, which checks the signature.
    let (first, second) = (free_port(), free_port());
    let vod = vod();
    let lines = [
        format!("events listen --port {second} --count 1 -o ids"),
        format!("events listen --port {first} --count 2 --forward-to 127.0.0.1:{second}/vod"),
    ];
    let send = format!("events send parseComplete --to http://127.0.0.1:{first}");
    let sending = async {
        let mut answers = Vec::new();
        while answers.len() < 2 {
            let run = vod.run(&send).await;
            if run.exit != Exit::Later {
                answers.push(run);
            }
            tokio::task::yield_now().await;
        }
        answers
    };
    let (last, middle, sent) = tokio::join!(vod.run(&lines[0]), vod.run(&lines[1]), sending);
    assert_eq!(last.out, "d501e8fd23f550a432f2c528c3823fd8\n");
    assert_eq!(middle.exit, Exit::Done);
    assert_eq!(sent[0].exit, Exit::Done, "{}", sent[0].err);
    // The server behind has ended after the first.
    assert_eq!(sent[1].exit, Exit::Failed);
    assert_eq!(sent[1].out, "event_type\tanswer\nparseComplete\t502\n");
    assert_eq!(
        sent[1].err,
        "error: the server answered with 502 Bad Gateway\n"
    );
    assert!(
        middle
            .err
            .contains("--forward-to: the notification did not get through"),
        "{}",
        middle.err
    );
}
