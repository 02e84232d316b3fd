//! Where the program is, and whom it asks.

/// Settings of an installation.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether this is the demo, with made-up people.
    pub demo: bool,
    /// The address that people reach it by, without a slash at the end, such as `https://mentor.example`.
    pub url: String,
    /// Where staff prove who they are, besides passkeys.
    pub provider: Option<Provider>,
    /// Whether a proxy stands before it and says in `X-Forwarded-For` who asks.
    pub proxy: bool,
}

/// A provider of identities, by `OpenID` Connect.
#[derive(Clone, Debug)]
pub struct Provider {
    /// What people call it.
    pub name: String,
    /// Its address.
    pub issuer: String,
    /// What it calls this installation.
    pub client: String,
    /// The secret shared with it.
    pub secret: String,
    /// How it is known that more than a password was asked for.
    pub factors: Factors,
}

/// How it is known that a provider has asked for more than a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Factors {
    /// It says so in `amr`.
    Amr,
    /// It says this in `acr`.
    Acr(String),
    /// It always does, by agreement.
    Agreed,
}

impl Settings {
    /// Whether people reach it over TLS.
    pub fn is_secure(&self) -> bool {
        self.url.starts_with("https://")
    }

    /// The host of the address, without the port.
    pub fn host(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or_default()
    }

    /// The name of the cookie of a session. With the prefix a browser keeps it to this very host, and
    /// sends it over TLS only.
    pub fn session_cookie(&self) -> &'static str {
        if self.is_secure() { "__Host-session" } else { "session" }
    }
}
