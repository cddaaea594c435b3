//! Tests of pages, batches, tasks and uploads that hold for the service with state as well.

use std::process::Command;

use crate::common::backend::WITH_STATE;

/// Those that are left out tell the service replies that its state does not have, or read lists so
/// long that it would take minutes.
const TESTS: &[&str] = &[
    "batches::after_a_stop_a_call_without_values_is_not_made",
    "batches::after_a_stop_no_more_is_sent",
    "batches::a_wait_that_is_given_up_sends_nothing_twice",
    "batches::an_empty_list_makes_no_call",
    "batches::each_value_is_sent_once_and_outcomes_come_in_order",
    "batches::one_that_fails_takes_no_other_with_it",
    "pages::a_list_goes_on_from_a_stored_request",
    "pages::a_list_in_memory",
    "pages::a_request_that_is_wrong_is_refused",
    "pages::after_an_error_the_same_page_is_asked_again",
    "pages::by_time::a_list_on_one_page_takes_one_call",
    "pages::by_time::a_request_for_a_page_or_without_times_is_refused",
    "pages::by_time::a_second_with_too_many_items_is_told",
    "pages::nothing_is_sent_before_it_is_asked_for",
    "pages::pages_are_replies",
    "pages::streams_end_after_an_error",
    "tasks::nothing_is_started_if_it_cannot_be_told_from_earlier_tasks",
    "tasks::what_is_refused_is_not_asked_about",
    "uploads::faults::each_fault_has_an_outcome",
    "uploads::flow::a_large_file_is_sent_in_parts",
    "uploads::flow::a_small_file_is_sent_in_one_piece",
    "uploads::flow::a_watermark_gets_its_image",
    "uploads::flow::an_asset_gets_a_new_file",
    "uploads::flow::cover_and_subtitles_go_with_it",
    "uploads::flow::duplicates_are_a_hint",
    "uploads::flow::progress_is_told",
    "uploads::flow::refused_urls_of_cover_and_subtitles_are_replaced",
    "uploads::flow::requests_to_the_store_hold_nothing_of_vod",
    "uploads::flow::somebody_else_sends_the_parts",
    "uploads::flow::what_vod_does_not_take_is_refused_before_anything_is_sent",
    "uploads::running::a_file_that_changes_is_not_confirmed",
    "uploads::running::a_low_rate_is_no_stall",
    "uploads::running::a_store_that_is_silent_for_ever_ends_the_upload",
    "uploads::running::a_url_that_vod_does_not_sign_at_once_is_waited_for",
    "uploads::running::an_attempt_ends_when_nothing_moves",
    "uploads::running::dropping_an_upload_keeps_what_is_there",
    "uploads::running::escaped_urls_are_used",
    "uploads::running::no_more_parts_than_allowed_are_sent_at_once",
    "uploads::running::nothing_that_is_shown_holds_a_url",
    "uploads::running::the_limit_is_for_reading_too",
    "uploads::running::the_rate_is_limited",
    "uploads::running::the_total_of_bytes_is_told",
    "uploads::running::the_whole_upload_has_a_limit",
    "uploads::running::urls_that_are_not_encrypted_are_refused",
    "uploads::sources::a_reader_of_another_length_is_not_confirmed",
    "uploads::sources::a_reader_that_fails_ends_the_upload",
    "uploads::sources::a_slow_reader_does_not_hide_a_failure",
    "uploads::sources::bytes_are_sent",
    "uploads::sources::readers_are_sent",
    "waiters::a_call_that_fails_starts_no_task",
    "waiters::a_question_is_not_put_off_for_long",
    "waiters::a_question_without_an_answer_does_not_outlast_the_deadline",
    "waiters::a_task_can_be_stored_and_waited_for_later",
    "waiters::a_task_is_asked_about_until_it_is_done",
    "waiters::failures_that_pass_do_not_end_the_wait",
    "waiters::pauses_grow_up_to_the_longest",
];

#[test]
fn they_pass_with_state() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(WITH_STATE, "1").arg("--exact").args(TESTS);
    let output = command.output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{out}");
    // A name that is not known is no failure by itself.
    let count = format!("{} passed", TESTS.len());
    assert!(out.contains(&count), "{out}");
}
