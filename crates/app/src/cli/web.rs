//! Serves the web until told to stop.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

use super::Stop;
use crate::mail::{Carrier, work};
use crate::web::{App, Words, router};
use mentoring::Say;

/// This machine, and nobody else.
pub(super) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// So many mails are under way at a time: one slow mail server must not hold up whoever waits.
const POSTS: usize = 3;

/// Serves at an address and port (0 takes a free one) and carries mail; tells the address, with the way
/// in for the first owner if there is one.
pub(super) async fn serve(
    mut app: App,
    carrier: Option<Carrier>,
    at: (IpAddr, u16),
    first: Option<String>,
    words: Words,
) -> Result<(), Stop> {
    let listener = TcpListener::bind(SocketAddr::from(at)).await.map_err(|error| {
        let say = Say::new("cli-port").with("port", u32::from(at.1)).with("x", error.to_string());
        Stop::Failed(words.page(&say))
    })?;
    let address = listener.local_addr()?;
    if app.settings.url.is_empty() {
        // Passkeys need a name; the demo has none and can be reached by either.
        let host = if app.demo() { address.ip().to_string() } else { "localhost".to_owned() };
        app.settings.url = format!("http://{host}:{}", address.port());
    }
    println!("{}", words.page(&Say::new("cli-open").with("x", format!("{}/", app.settings.url))));
    if let Some(path) = first {
        println!("{}", words.page(&Say::new("cli-first").with("x", format!("{}{path}", app.settings.url))));
    }
    let stop = asked_to_end()?;
    // Told at once, not when somebody waits in vain: the mails themselves wait until it is mended.
    if let Some(Carrier::Smtp(smtp)) = &carrier {
        let (smtp, words) = (smtp.clone(), words);
        tokio::spawn(async move {
            if let Err(why) = smtp.check().await {
                let at = format!("{}:{}", smtp.host, smtp.port);
                eprintln!("{}", words.page(&Say::new("cli-mail-fails").with("x", at).with("why", why)));
            }
        });
    }
    let app = Arc::new(app);
    for carrier in carrier.iter().flat_map(|carrier| std::iter::repeat_n(carrier, POSTS)) {
        tokio::spawn(work(Arc::clone(&app), carrier.clone()));
    }
    tokio::spawn(crate::jobs::work(Arc::clone(&app)));
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// Logs to standard error; the environment variable `RUST_LOG` says how much.
pub(super) fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn,app=info".into());
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Waits until somebody wants the program to end, in whichever of the usual ways; listens from now on. Only inside a
/// runtime.
pub(super) fn asked_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut ended) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = ended.recv() => {}
        }
    })
}
