//! `mentorpar serve`.

use std::net::IpAddr;

use clap::Args;
use mentoring::{County, Organisation, OrganisationKind, Programme, Say};
use store::Store;

use super::web::{log, serve};
use super::{Stop, block_on, chance, no_database, now, say};
use crate::demo::{organisations, programmes};
use crate::web::{App, Words};

/// Starts the program on a database of your own.
#[derive(Args)]
pub(super) struct Serve {
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
    /// Address to listen on. Until there is sign-in only this machine itself is allowed.
    #[arg(long, default_value = "127.0.0.1")]
    address: IpAddr,
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

impl Serve {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        if !self.address.is_loopback() {
            return Err(say(&Say::new("cli-loopback").with("x", self.address.to_string()), words));
        }
        log();
        block_on(async {
            let store = ready(&self.database).await.map_err(|error| no_database(&self.database, error, words))?;
            serve(App::new(store, now, chance, false), self.address, self.port, words).await
        })?
    }
}

/// Opens a database; a new one gets the two programmes and their owner, who delivers them everywhere
/// until there are other organisations.
pub(super) async fn ready(url: &str) -> store::Result<Store> {
    let store = Store::open(url).await?;
    if store.organisations().await?.is_empty() {
        let everywhere = |programme: Programme| County::all().map(move |county| (programme.code.clone(), county));
        let areas = programmes().into_iter().flat_map(everywhere).collect();
        let owner = organisations().into_iter().find(|organisation| organisation.kind == OrganisationKind::Owner);
        let owner = owner.map(|owner| Organisation { areas, ..owner });
        store.put_programmes(&programmes()).await?;
        store.put_organisations(owner.as_slice()).await?;
    }
    Ok(store)
}
