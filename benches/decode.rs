//! Reading a list of 100 media assets, against what serde derives for the same structs; and the replies that take the
//! most time and memory within the default limits.

use divan::{AllocProfiler, Bencher, black_box};
use serde_json::Value;
use vod_api::model::ShowAssetMetaResponse;
use vod_api::support::Wire;
use vod_api::support::bench::read_reply;
use vod_bench::sample::asset_list;
use vod_bench::types::ShowAssetMeta;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench]
fn vod_api(bencher: Bencher<'_, '_>) {
    let text = asset_list().to_string();
    bencher.bench(|| read_reply::<ShowAssetMetaResponse>(black_box(text.as_bytes())));
}

#[divan::bench]
fn by_hand(bencher: Bencher<'_, '_>) {
    let text = asset_list().to_string();
    bencher.bench(|| serde_json::from_slice::<ShowAssetMeta>(black_box(text.as_bytes())));
}

/// As many values as the limit allows: an item of a list, and how often it is repeated.
const VALUES: [(&str, usize); 3] = [("{}", 249_990), (r#"{"":0}"#, 166_650), ("0", 499_980)];

/// 64 MiB of text, as a title: plain, escaped, and with invalid escapes that have to be replaced.
const TEXTS: [(&str, usize); 3] = [("a", 64 << 20), (r"\n", 32 << 20), (r"\ud800", 11 << 20)];

#[divan::bench(args = VALUES, sample_count = 3, sample_size = 1)]
fn most_values(bencher: Bencher<'_, '_>, (item, count): (&str, usize)) {
    read::<ShowAssetMetaResponse>(
        bencher,
        format!("{}{item}", format!("{item},").repeat(count - 1)),
    );
}

#[divan::bench(args = VALUES, sample_count = 3, sample_size = 1)]
fn most_raw_values(bencher: Bencher<'_, '_>, (item, count): (&str, usize)) {
    read::<Value>(
        bencher,
        format!("{}{item}", format!("{item},").repeat(count - 1)),
    );
}

#[divan::bench(args = TEXTS, sample_count = 3, sample_size = 1)]
fn a_long_text(bencher: Bencher<'_, '_>, (piece, count): (&str, usize)) {
    let text = format!(r#"{{"title": "{}"}}"#, piece.repeat(count));
    read::<ShowAssetMetaResponse>(bencher, text);
}

fn read<T: Wire>(bencher: Bencher<'_, '_>, items: String) {
    let text = format!(r#"{{"asset_info_array": [{items}]}}"#);
    bencher.bench(|| read_reply::<T>(black_box(text.as_bytes())));
}
