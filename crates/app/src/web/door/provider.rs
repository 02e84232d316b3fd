//! A provider of identities: staff prove who they are where their organisation knows them.
//!
//! An account is known by what the provider says of itself and of the person, `iss` and `sub`, never by
//! an address: addresses change hands. The two are tied once, when an invitation is taken.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
    CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IdTokenClaims, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse,
};
use serde::{Deserialize, Serialize};
use store::{Account, Stamp, Way};

use super::begin;
use super::passkey::{wait, waited};
use crate::mail::INVITATION;
use crate::secret::digest;
use crate::settings::{Factors, Provider};
use crate::web::error::safe_path;
use crate::web::{Answer, App, Error};

/// What a waiting sign-in is for.
const PURPOSE: &str = "provider";

/// How a signature may be made: with the provider's own key. The others could be made by whoever knows
/// what is public, or the secret shared with us.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 7] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;
type Claims = IdTokenClaims<EmptyAdditionalClaims, CoreGenderClaim>;
type Answered =
    Pin<Box<dyn Future<Output = Result<HttpResponse, openidconnect::HttpClientError<reqwest::Error>>> + Send>>;

/// What a sign-in expects when the person comes back.
#[derive(Serialize, Deserialize)]
struct Expected {
    state: String,
    nonce: String,
    verifier: String,
    invitation: String,
    back: String,
}

/// Asks the provider over HTTP; never follows it elsewhere.
fn http() -> Result<impl Fn(HttpRequest) -> Answered, Error> {
    // Another part of the program may have been first; either way there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(10))
        .build()
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(move |request: HttpRequest| -> Answered {
        let client = client.clone();
        Box::pin(async move {
            let answer = client.execute(request.try_into().map_err(Box::new)?).await.map_err(Box::new)?;
            let mut response = axum::http::Response::builder().status(answer.status());
            for (name, value) in answer.headers() {
                response = response.header(name, value);
            }
            let body = answer.bytes().await.map_err(Box::new)?.to_vec();
            response.body(body).map_err(openidconnect::HttpClientError::Http)
        })
    })
}

/// What the provider says of itself now; asked for at every sign-in, so that its keys may change.
async fn client(app: &App, provider: &Provider, http: &impl Fn(HttpRequest) -> Answered) -> Result<Client, Error> {
    let said = |error: &dyn std::fmt::Display| Error::Internal(format!("the provider of identities: {error}"));
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| said(&error))?;
    let known = CoreProviderMetadata::discover_async(issuer, http).await.map_err(|error| said(&error))?;
    let back = RedirectUrl::new(format!("{}/provider/return", app.settings.url)).map_err(|error| said(&error))?;
    let (id, secret) = (ClientId::new(provider.client.clone()), ClientSecret::new(provider.secret.clone()));
    Ok(CoreClient::from_provider_metadata(known, id, Some(secret)).set_redirect_uri(back))
}

#[derive(Deserialize)]
pub(in crate::web) struct Start {
    #[serde(default)]
    back: String,
    /// The secret of an invitation that is being taken.
    #[serde(default)]
    invitation: String,
}

/// Leads to the provider.
pub(in crate::web) async fn start(State(app): State<Arc<App>>, Query(start): Query<Start>) -> Answer {
    let provider = app.settings.provider.as_ref().ok_or(Error::NotFound)?;
    let client = client(&app, provider, &http()?).await?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let code = CoreAuthenticationFlow::AuthorizationCode;
    let mut asked = client.authorize_url(code, CsrfToken::new_random, Nonce::new_random);
    for scope in ["email", "profile"] {
        asked = asked.add_scope(Scope::new(scope.to_owned()));
    }
    if let Factors::Acr(wanted) = &provider.factors {
        asked = asked.add_auth_context_value(openidconnect::AuthenticationContextClass::new(wanted.clone()));
    }
    let (url, state, nonce) = asked.set_pkce_challenge(challenge).url();
    let expected = Expected {
        state: state.secret().clone(),
        nonce: nonce.secret().clone(),
        verifier: verifier.secret().clone(),
        invitation: start.invitation,
        back: safe_path(&start.back).unwrap_or("/").to_owned(),
    };
    let jar = wait(&app, PURPOSE, "", serde_json::to_string(&expected)?).await?;
    Ok((jar, Redirect::to(url.as_str())).into_response())
}

#[derive(Deserialize)]
pub(in crate::web) struct Returned {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    /// Who answers (RFC 9207); a provider that does not say leaves it out.
    iss: Option<String>,
}

/// Takes the person back from the provider.
pub(in crate::web) async fn returned(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    jar: CookieJar,
    Query(returned): Query<Returned>,
) -> Answer {
    let refused = |key: &'static str| Err(Error::Faulty(mentoring::Say::new(key)));
    let provider = app.settings.provider.as_ref().ok_or(Error::NotFound)?;
    let Some(link) = waited(&app, PURPOSE, &jar).await? else { return refused("provider-again") };
    let expected: Expected = serde_json::from_str(&link.subject)?;
    let other = returned.iss.as_ref().is_some_and(|iss| *iss != provider.issuer);
    if expected.state != returned.state || other || returned.code.is_empty() {
        return refused("provider-again");
    }
    let claims = match prove(&app, provider, &returned.code, &expected).await {
        Ok(claims) => claims,
        Err(why) => {
            tracing::warn!(why, "a sign-in by the provider was refused");
            return refused("provider-wrong");
        }
    };
    if !has_factors(&claims, &provider.factors) {
        return refused("provider-factors");
    }
    let (issuer, subject) = (claims.issuer().as_str(), claims.subject().as_str());
    let account = match app.store.account_by_identity(issuer, subject).await? {
        Some(account) => account,
        None => match tie(&app, &claims, &expected.invitation).await? {
            Some(account) => account,
            None => return refused("provider-unknown"),
        },
    };
    let jar = begin(&app, &account, Way::Provider, &headers, jar).await?;
    Ok((jar, Redirect::to(&expected.back)).into_response())
}

/// Trades the code for a token, and checks the token: signature, audience, issuer, time and nonce.
async fn prove(app: &App, provider: &Provider, code: &str, expected: &Expected) -> Result<Claims, String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let http = http().map_err(|_| "no HTTP".to_owned())?;
    let client = client(app, provider, &http).await.map_err(|error| format!("{error:?}"))?;
    let tokens = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|error| said(&error))?
        .set_pkce_verifier(PkceCodeVerifier::new(expected.verifier.clone()))
        .request_async(&http)
        .await
        .map_err(|error| said(&error))?;
    let token = tokens.id_token().ok_or("no token")?;
    let verifier: CoreIdTokenVerifier = client.id_token_verifier().set_allowed_algs(SIGNED_BY);
    let claims = token.claims(&verifier, &Nonce::new(expected.nonce.clone())).map_err(|error| said(&error))?;
    Ok(claims.clone())
}

/// Whether the provider has asked for more than a password.
fn has_factors(claims: &Claims, factors: &Factors) -> bool {
    /// What RFC 8176 calls several factors, or one that is more than a password.
    const MORE: [&str; 6] = ["mfa", "otp", "hwk", "swk", "fpt", "face"];
    match factors {
        Factors::Agreed => true,
        Factors::Acr(wanted) => claims.auth_context_ref().is_some_and(|acr| acr.as_str() == wanted),
        Factors::Amr => {
            let told = claims.auth_method_refs();
            told.is_some_and(|told| told.iter().any(|method| MORE.contains(&method.as_str())))
        }
    }
}

/// Ties whoever takes an invitation to the account invited: only if the provider vouches for the very
/// address that the invitation went to.
async fn tie(app: &App, claims: &Claims, invitation: &str) -> Result<Option<Account>, Error> {
    let now = app.now();
    let Some(link) = app.store.link(&digest(invitation), INVITATION, now).await?.filter(|link| !link.used) else {
        return Ok(None);
    };
    let vouched = claims.email_verified() == Some(true)
        && claims.email().is_some_and(|email| email.as_str().eq_ignore_ascii_case(link.email.trim()));
    let Some(account) = app.store.account_by_email(&link.email).await?.filter(|_| vouched) else { return Ok(None) };
    let invites = app.store.invites(&account.id, &link.subject).await?;
    if !invites || app.store.use_link(&digest(invitation), INVITATION, now).await?.is_none() {
        return Ok(None);
    }
    let stamp = Stamp { by: account.name.clone(), account: Some(account.id.clone()), at: now };
    app.store.tie_identity(&account.id, claims.issuer().as_str(), claims.subject().as_str(), &stamp).await?;
    Ok(Some(account))
}
