//! The command `vod`.

use std::process::ExitCode;

use vod_cli::{Catalog, Io, run};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => {
            let (catalog, arguments) = (Catalog::of_service(), std::env::args_os());
            let mut io = Io::of_process();
            runtime.block_on(run(catalog, arguments, &mut io)).into()
        }
        Err(error) => {
            eprintln!("error: there is no runtime: {error}");
            ExitCode::FAILURE
        }
    }
}
