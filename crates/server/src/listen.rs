//! The port: connections in, no more than can be served, none that dawdles, and a graceful end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use thiserror::Error;
use tokio::{net::TcpListener, sync::Semaphore, task::JoinSet, time::timeout};

/// Connections at once.
const MOST_CONNECTIONS: usize = 1_024;
/// Time for the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// Bytes of the head of a request, and of what is read ahead of a body.
const MOST_HEAD: usize = 128 << 10;
/// Time that open connections have at the end.
const GRACE: Duration = Duration::from_secs(10);

/// Why nothing is served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ListenError {
    /// The address cannot be listened at.
    #[error("cannot listen at {address}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The system gives no threads or timers.
    #[error("the server cannot be started")]
    Runtime(#[source] std::io::Error),
}

/// Serves a router at an address until `end` comes to pass; `ready` is given the address that is listened at. Connections that are open
/// then have ten seconds.
///
/// # Errors
/// [`ListenError`] where the address cannot be listened at.
pub fn serve(
    router: &Router,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
    end: impl Future<Output = ()>,
) -> Result<(), ListenError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ListenError::Runtime)?;
    runtime.block_on(async {
        let failed = |source| ListenError::Address { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        ready(listener.local_addr().map_err(failed)?);
        accept(&listener, router, end).await;
        Ok(())
    })
}

/// Waits, while something is served.
pub async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

async fn accept(listener: &TcpListener, router: &Router, end: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut end = std::pin::pin!(end);
    loop {
        // The semaphore is never closed.
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { break };
        let stream = tokio::select! {
            () = &mut end => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Too many open files, or whoever came has gone again: others may come.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let service = TowerToHyperService::new(router.clone());
        connections.spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(MOST_HEAD)
                .serve_connection(TokioIo::new(stream), service);
            // A connection that breaks is the client's business.
            let _ = connection.await;
            drop(permit);
        });
        while connections.try_join_next().is_some() {}
    }
    let _ = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
}
