//! What `vod upload` shows on its way.

use vod_cli::Exit;

use crate::uploads::Desk;

#[tokio::test(start_paused = true)]
async fn bars_are_drawn_on_a_terminal_and_nothing_if_quiet() {
    let desk = Desk::new().await;
    let path = desk.file("视频.mp4", 350_000);
    let line = format!("upload {path} --again --part-size 102400 --limit-rate 100kB");
    for columns in [40, 100] {
        let run = desk.vod().terminal(columns).run(&line).await;
        assert!(run.err.contains("█"), "{}", run.err);
        assert!(run.err.contains("视频.mp4"), "{}", run.err);
        // In the end the bars are gone, and a line says what was done.
        let (_, last) = run.err.rsplit_once("\u{1b}[J").unwrap();
        assert_eq!(desk.plain(last), "~/视频.mp4: 350.0 kB in 4 parts, 0:03\n");
        let run = desk
            .vod()
            .terminal(columns)
            .run(&format!("{line} -q"))
            .await;
        assert_eq!(run.err, "");
    }
}

#[tokio::test(start_paused = true)]
async fn a_log_has_a_line_every_half_minute() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 400_000);
    let line = format!("upload {path} --part-size 102400 --limit-rate 4kB");
    let run = desk.vod().run(&line).await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    let lines: Vec<_> = run.err.lines().collect();
    let (last, lines) = lines.split_last().unwrap();
    assert!(last.contains("talk.mp4: 400.0 kB in 4 parts, 1:"), "{last}");
    assert!((2..=3).contains(&lines.len()), "{}", run.err);
    assert!(
        lines.iter().all(|line| line.contains(" % of 400.0 kB, ")),
        "{}",
        run.err
    );
}

#[tokio::test(start_paused = true)]
async fn a_narrow_terminal_shows_the_first_columns() {
    let desk = Desk::new().await;
    let path = desk.file("talk.mp4", 1000);
    let run = desk
        .vod()
        .terminal(40)
        .run(&format!("upload {path} -q"))
        .await;
    assert!(run.out.starts_with("PATH"), "{}", run.out);
    assert!(!run.out.contains("PARTS"), "{}", run.out);
    let run = desk
        .vod()
        .terminal(100)
        .run(&format!("upload {path} -q"))
        .await;
    assert!(run.out.contains("PARTS"), "{}", run.out);
}
