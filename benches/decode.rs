//! Reading a list of 100 media assets, against what serde derives for the same structs.

use divan::{AllocProfiler, Bencher, black_box};
use vod_api::model::ShowAssetMetaResponse;
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
    bencher.bench(|| serde_json::from_str::<ShowAssetMetaResponse>(black_box(&text)));
}

#[divan::bench]
fn by_hand(bencher: Bencher<'_, '_>) {
    let text = asset_list().to_string();
    bencher.bench(|| serde_json::from_str::<ShowAssetMeta>(black_box(&text)));
}
