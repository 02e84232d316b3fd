//! Serves the web until told to stop.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

use super::Stop;
use crate::web::{App, Words, router};
use mentoring::Say;

/// This machine, and nobody else.
pub(super) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Serves on a port; 0 takes a free one.
pub(super) async fn serve(app: App, address: IpAddr, port: u16, words: Words) -> Result<(), Stop> {
    let listener = TcpListener::bind(SocketAddr::from((address, port))).await.map_err(|error| {
        let say = Say::new("cli-port").with("port", u32::from(port)).with("x", error.to_string());
        Stop::Failed(words.page(&say))
    })?;
    let address = listener.local_addr()?;
    println!("{}", words.page(&Say::new("cli-open").with("x", format!("http://{address}/"))));
    let mut end = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    let stop = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = end.recv() => {}
        }
    };
    axum::serve(listener, router(Arc::new(app))).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// Logs to standard error; the environment variable `RUST_LOG` says how much.
pub(super) fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
