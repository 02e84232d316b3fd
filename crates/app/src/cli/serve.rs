//! `mentorpar serve`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mentoring::{ContractArea, County, Organisation, OrganisationKind, Programme, Say, StaffRole};
use store::Store;

use super::web::{log, serve};
use super::{Stop, block_on, chance, no_database, no_file, now, say};
use crate::demo::{organisations, programmes};
use crate::mail::{Carrier, Smtp};
use crate::settings::{Factors, Provider, Settings};
use crate::web::{App, Words, invite, setup_link};

/// Starts the program on a database of your own.
#[derive(Args)]
pub(super) struct Serve {
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    address: IpAddr,
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address that people reach the program by; without it only this machine.
    #[arg(long, value_name = "URL", env = "MENTORPAR_URL")]
    url: Option<String>,
    /// A proxy stands before the program and says in X-Forwarded-For who asks.
    #[arg(long, env = "MENTORPAR_PROXY")]
    proxy: bool,
    /// The mail server: `smtps://USER:PASSWORD@HOST:465` or `smtp://…:587` (STARTTLS).
    #[arg(long, value_name = "URL", env = "MENTORPAR_SMTP", hide_env_values = true)]
    smtp: Option<String>,
    /// A certificate (PEM) that the mail server may have besides those the world trusts.
    #[arg(long, value_name = "FILE", env = "MENTORPAR_SMTP_CERTIFICATE")]
    smtp_certificate: Option<PathBuf>,
    /// The address that mails come from.
    #[arg(long, value_name = "ADDRESS", env = "MENTORPAR_SENDER")]
    sender: Option<String>,
    /// The address of a provider of identities for staff (`OpenID` Connect).
    #[arg(long, value_name = "URL", env = "MENTORPAR_OIDC", requires_all = ["oidc_client", "oidc_secret"])]
    oidc: Option<String>,
    /// What the provider is called on the page.
    #[arg(long, value_name = "NAME", env = "MENTORPAR_OIDC_NAME", default_value = "OpenID")]
    oidc_name: String,
    /// What the provider calls this installation.
    #[arg(long, value_name = "CLIENT", env = "MENTORPAR_OIDC_CLIENT")]
    oidc_client: Option<String>,
    /// The secret shared with the provider.
    #[arg(long, value_name = "SECRET", env = "MENTORPAR_OIDC_SECRET", hide_env_values = true)]
    oidc_secret: Option<String>,
    /// How the provider shows that it has asked for more than a password.
    #[arg(long, value_name = "amr|acr|agreed", env = "MENTORPAR_OIDC_FACTORS", default_value = "amr")]
    oidc_factors: Shown,
    /// What acr says then.
    #[arg(long, value_name = "VALUE", env = "MENTORPAR_OIDC_ACR", required_if_eq("oidc_factors", "acr"))]
    oidc_acr: Option<String>,
}

/// How a provider shows that it has asked for more than a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "lower")]
enum Shown {
    Amr,
    Acr,
    Agreed,
}

impl Serve {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        let settings = self.settings(words)?;
        let carrier = self.carrier(words)?;
        if settings.is_secure() && carrier.is_none() {
            return Err(say(&Say::new("cli-no-smtp"), words));
        }
        log();
        block_on(async {
            let store = ready(&self.database).await.map_err(|error| no_database(&self.database, error, words))?;
            self.check_file(words)?;
            let app = App::new(store, now, chance, settings);
            if carrier.is_none() {
                eprintln!("{}", words.t("cli-mail-waits"));
            }
            let first = way_in(&app).await?;
            serve(app, carrier, (self.address, self.port), first, words).await
        })?
    }

    /// What the arguments say, or why they are unsafe together.
    fn settings(&self, words: Words) -> Result<Settings, Stop> {
        let url = self.url.clone().unwrap_or_default().trim_end_matches('/').to_owned();
        let mut settings = Settings { url, proxy: self.proxy, ..Settings::default() };
        let local = matches!(settings.host(), "" | "localhost" | "127.0.0.1");
        if !settings.is_secure() && !(local && (settings.url.is_empty() || settings.url.starts_with("http://"))) {
            return Err(say(&Say::new("cli-url-unsafe").with("x", settings.url.as_str()), words));
        }
        if !self.address.is_loopback() && !settings.is_secure() {
            return Err(say(&Say::new("cli-loopback").with("x", self.address.to_string()), words));
        }
        if let (Some(issuer), Some(client), Some(secret)) = (&self.oidc, &self.oidc_client, &self.oidc_secret) {
            let plain = issuer.starts_with("http://localhost:") || issuer.starts_with("http://127.0.0.1:");
            if !(issuer.starts_with("https://") || plain && local) {
                return Err(say(&Say::new("cli-oidc-unsafe").with("x", issuer.as_str()), words));
            }
            let factors = match self.oidc_factors {
                Shown::Amr => Factors::Amr,
                Shown::Acr => Factors::Acr(self.oidc_acr.clone().unwrap_or_default()),
                Shown::Agreed => Factors::Agreed,
            };
            settings.provider = Some(Provider {
                name: self.oidc_name.clone(),
                issuer: issuer.clone(),
                client: client.clone(),
                secret: secret.clone(),
                factors,
            });
        }
        Ok(settings)
    }

    fn carrier(&self, words: Words) -> Result<Option<Carrier>, Stop> {
        let Some(url) = &self.smtp else { return Ok(None) };
        let bad = || say(&Say::new("cli-smtp"), words);
        let sender = self.sender.as_deref().ok_or_else(|| say(&Say::new("cli-sender"), words))?;
        let sender = sender.parse().map_err(|_| say(&Say::new("cli-sender"), words))?;
        let certificate = match &self.smtp_certificate {
            Some(file) => Some(std::fs::read(file).map_err(|error| no_file(file, &error, words))?),
            None => None,
        };
        let smtp = Smtp::from_url(url, sender, certificate).ok_or_else(bad)?;
        Ok(Some(Carrier::Smtp(smtp)))
    }

    /// Refuses a database file that everybody on the machine can read.
    #[cfg(unix)]
    fn check_file(&self, words: Words) -> Result<(), Stop> {
        use std::os::unix::fs::PermissionsExt;
        let Some(path) = self.database.strip_prefix("sqlite:") else { return Ok(()) };
        let path = path.trim_start_matches("//");
        let mode = std::fs::metadata(path)?.permissions().mode();
        let readable = mode & 0o004 != 0 || mode & 0o002 != 0;
        if readable { Err(say(&Say::new("cli-world-readable").with("x", path), words)) } else { Ok(()) }
    }

    #[cfg(not(unix))]
    fn check_file(&self, _: Words) -> Result<(), Stop> {
        Ok(())
    }
}

/// The path by which the first owner comes in, as long as none can sign in: to found the programme, or
/// to make the passkey that was not made then.
async fn way_in(app: &App) -> store::Result<Option<String>> {
    let staff = app.store.everywhere().staff().await?;
    let mut owners = staff.iter().filter(|row| row.held.role == StaffRole::Owner).peekable();
    let Some(first) = owners.peek().map(|row| row.account.email.clone()) else {
        return Ok(Some(format!("/setup/{}", setup_link(app).await?)));
    };
    if owners.any(|row| row.proven) {
        return Ok(None);
    }
    Ok(Some(format!("/invitation/{}", invite(app, &first).await?)))
}

/// Opens a database; a new one gets the two programmes and their owner, who delivers them everywhere
/// until there are other organisations.
pub(super) async fn ready(url: &str) -> store::Result<Store> {
    let store = Store::open(url).await?;
    if store.organisations().await?.is_empty() {
        let everywhere =
            |programme: Programme| County::all().map(move |county| ContractArea::new(&programme.code, county));
        let areas = programmes().into_iter().flat_map(everywhere).collect();
        let owner = organisations().into_iter().find(|organisation| organisation.kind == OrganisationKind::Owner);
        let owner = owner.map(|owner| Organisation { areas, ..owner });
        store.put_programmes(&programmes()).await?;
        store.put_organisations(owner.as_slice()).await?;
    }
    Ok(store)
}
