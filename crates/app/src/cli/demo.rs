//! `mentorpar demo`.

use clap::Args;
use store::{Stamp, Store};

use super::web::{LOOPBACK, log, serve};
use super::{Stop, block_on, chance, now, say};
use crate::demo::{Scale, fill};
use crate::mail::{Carrier, Smtp};
use crate::settings::Settings;
use crate::web::{App, Words};
use mentoring::Say;

/// The setting that says that a database holds made-up people only.
const MADE_UP: &str = "demo";

/// Starts the program with a made-up national year, to try it.
#[derive(Args)]
pub(super) struct Demo {
    /// A small year: 80 mentees and 90 mentors.
    #[arg(long)]
    small: bool,
    /// Port on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Database to fill: sqlite:PATH or postgres://…; by default a new SQLite file that is removed at
    /// the end.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Seed of the year: the same seed makes the same people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day the demo begins on, YYYY-MM-DD; by default today.
    #[arg(long, value_name = "DAY")]
    today: Option<jiff::civil::Date>,
    /// Port of a mail server on this machine that letters are handed to as well, such as one that only catches them.
    #[arg(long, value_name = "PORT")]
    smtp_port: Option<u16>,
}

impl Demo {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        log();
        block_on(async {
            let folder = std::env::temp_dir().join(format!("mentorpar-demo-{:016x}", chance()));
            let url = if let Some(url) = &self.database {
                url.clone()
            } else {
                std::fs::create_dir(&folder)?;
                format!("sqlite:{}", folder.join("demo.sqlite").display())
            };
            let done = self.fill_and_serve(&url, words).await;
            if self.database.is_none() {
                std::fs::remove_dir_all(&folder)?;
            }
            done
        })?
    }

    async fn fill_and_serve(&self, url: &str, words: Words) -> Result<(), Stop> {
        let store = Store::open(url).await?;
        let app = App::new(store.clone(), now, chance, Settings { demo: true, ..Settings::default() });
        if let Some(day) = self.today {
            app.clock.set_day(day);
        }
        let scale = if self.small { Scale::SMALL } else { Scale::NATIONAL };
        let people = Say::new("cli-demo").with("mentees", scale.mentees).with("mentors", scale.mentors);
        println!("{}", words.page(&people));
        // Never into a database that somebody uses.
        if store.organisations().await?.is_empty() {
            fill(&store, scale, app.today(), self.seed, app.now()).await?;
            store.set(MADE_UP, "yes", 0, &Stamp::program("demo", app.now())).await?;
        } else if store.setting(MADE_UP).await?.is_none() {
            // Here everybody may be anybody: nothing for the data of real people.
            return Err(say(&Say::new("cli-demo-real").with("x", url), words));
        } else {
            println!("{}", words.t("cli-demo-kept"));
        }
        // Letters to made-up people never leave this machine.
        let smtp = self.smtp_port.and_then(|port| {
            Smtp::from_url(&format!("smtp://127.0.0.1:{port}?tls=none"), "demo@example.org".parse().ok()?, None)
        });
        serve(app, Some(smtp.map_or(Carrier::Demo, Carrier::Smtp)), (LOOPBACK, self.port), None, words).await
    }
}
