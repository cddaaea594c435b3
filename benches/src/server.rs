//! The service that a benchmark calls: another process, which answers on a loopback port as fast as it can.

use std::io::{self, BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::{env, thread};

use crate::Error;

/// Tells the program to be the service.
pub const SERVE: &str = "--serve";

/// The process. It ends with the value.
#[derive(Debug)]
pub struct Server {
    process: Child,
    origin: String,
}

impl Server {
    /// Starts this program as the service.
    pub fn start() -> Result<Self, Error> {
        let mut process = Command::new(env::current_exe()?)
            .arg(SERVE)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut origin = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut origin)?;
        }
        Ok(Self {
            process,
            origin: origin.trim_end().to_owned(),
        })
    }

    /// Where it listens, as `http://127.0.0.1:49152`.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Is the service, until the process is ended. Each connection is answered on a thread of its own.
pub fn serve(answer: fn(&TcpStream) -> io::Result<()>) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        // A client that hangs up ends its connection only.
        thread::spawn(move || answer(&stream));
    }
    Ok(())
}
