//! Asks a server whether it is well, where there is no other program that could.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use super::env;
use super::options::PORT;

/// Which server.
#[derive(Debug, Clone, clap::Args)]
#[non_exhaustive]
pub struct HealthOptions {
    /// The port of the server on this machine.
    #[arg(long, env = "VOD_LOCAL_PORT", default_value = PORT)]
    pub port: u16,
    /// Takes the port from a file that the server wrote.
    #[arg(long, env = "VOD_LOCAL_PORT_FILE", value_name = "FILE")]
    pub port_file: Option<PathBuf>,
}

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many bytes of the answer are read.
const MOST: u64 = 4096;

impl HealthOptions {
    pub(super) fn ask(&self) -> io::Result<()> {
        let port = match &self.port_file {
            Some(path) => env::port(path)?,
            None => self.port,
        };
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(
            format!(
                "GET /_vod/health HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n"
            )
            .as_bytes(),
        )?;
        let mut text = Vec::new();
        stream.take(MOST).read_to_end(&mut text)?;
        if text.starts_with(b"HTTP/1.1 200 ") {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&text);
        let line = text.lines().next().unwrap_or("nothing");
        Err(io::Error::other(format!("port {port} answered {line:?}")))
    }
}
