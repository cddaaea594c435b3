//! Signals that ask the command to stop.

use std::fmt;
use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use crate::exit::Exit;

/// What asks the command to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// `SIGTERM`, which service managers send.
    Terminate,
}

type Waiting = Pin<Box<dyn Future<Output = Signal> + Send>>;

/// Where signals come from. A command that does not look for them ends at the first one, as any
/// process does.
#[derive(Clone)]
pub struct Interrupt(Arc<dyn Fn() -> Waiting + Send + Sync>);

impl Interrupt {
    /// The signals that a function waits for.
    pub fn new<F>(wait: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Signal> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(wait())))
    }

    /// No signal ever comes.
    pub fn never() -> Self {
        Self::new(pending)
    }

    /// Those of this process. The first one is what a command takes; the next one ends the process,
    /// so that nobody has to wait for a command that is stopping.
    pub fn of_process() -> Self {
        Self::new(of_process)
    }

    /// Does some work, unless a signal comes before it is done. The work is dropped then.
    pub(crate) async fn unless<T>(&self, work: impl Future<Output = T>) -> Result<T, Signal> {
        let (mut signal, mut work) = ((self.0)(), pin!(work));
        poll_fn(|context| {
            if let Poll::Ready(signal) = signal.as_mut().poll(context) {
                return Poll::Ready(Err(signal));
            }
            work.as_mut().poll(context).map(Ok)
        })
        .await
    }
}

impl From<Signal> for Exit {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::Interrupt => Self::Interrupted,
            Signal::Terminate => Self::Terminated,
        }
    }
}

async fn of_process() -> Signal {
    let Ok(mut signals) = Signals::listen() else {
        // Then they have their usual effect.
        return pending().await;
    };
    let first = signals.next().await;
    tokio::spawn(async move {
        let next = signals.next().await;
        std::process::exit(Exit::from(next).code().into());
    });
    first
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> Signal {
        poll_fn(|context| {
            if let Poll::Ready(Some(())) = self.interrupt.poll_recv(context) {
                return Poll::Ready(Signal::Interrupt);
            }
            match self.terminate.poll_recv(context) {
                Poll::Ready(Some(())) => Poll::Ready(Signal::Terminate),
                _ => Poll::Pending,
            }
        })
        .await
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) -> Signal {
        match self.0.recv().await {
            Some(()) => Signal::Interrupt,
            None => pending().await,
        }
    }
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupt")
    }
}
