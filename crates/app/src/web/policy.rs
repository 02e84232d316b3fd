//! Who may ask for what: a route cannot be made without a policy, and what no policy has let through
//! is not answered.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use mentoring::{Purview, Right};

use super::state::Visitor;
use super::{App, Error};

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Anybody; nothing of any organisation is within reach.
    Anybody,
    /// Whoever is signed in; nothing but what is their own is within reach.
    SignedIn,
    /// Staff with this right, strongly signed in; within reach is what the right reaches.
    Staff(Right),
    /// Anybody, and only in the demo.
    Demo,
}

/// What a policy has let through: how far this request reaches.
#[derive(Clone)]
pub(super) struct Granted(pub(super) Purview);

/// The mark of an answer that a policy has decided on.
#[derive(Clone)]
struct Decided;

impl Policy {
    /// How far a request reaches.
    fn grant(self, visitor: Option<&Visitor>, demo: bool) -> Result<Purview, Error> {
        match (self, visitor) {
            (Self::Anybody, _) | (Self::SignedIn, Some(_)) => Ok(Purview::nothing()),
            (Self::Demo, _) if demo => Ok(Purview::nothing()),
            (Self::Demo, _) => Err(Error::NotFound),
            (Self::SignedIn | Self::Staff(_), None) => Err(Error::Door),
            (Self::Staff(right), Some(visitor)) => {
                let purview = visitor.purview(right);
                if purview.is_nothing() {
                    Err(Error::Forbidden)
                } else if visitor.session.way.is_strong() {
                    Ok(purview)
                } else {
                    Err(Error::Weak)
                }
            }
        }
    }
}

async fn gate(State((app, policy)): State<(Arc<App>, Policy)>, mut request: Request, next: Next) -> Response {
    let mut response = match policy.grant(request.extensions().get(), app.demo()) {
        Ok(purview) => {
            request.extensions_mut().insert(Granted(purview));
            next.run(request).await
        }
        Err(error) => error.into_response(),
    };
    response.extensions_mut().insert(Decided);
    response
}

/// A route as it is known: method, path and policy.
pub type Known = (Method, &'static str, Policy);

/// Routes, each with its policy.
pub(super) struct Routes {
    app: Arc<App>,
    router: Router<Arc<App>>,
    known: Vec<Known>,
}

/// Makes the answer to one method, with its policy before it.
type Make = Box<dyn FnOnce(&Arc<App>) -> MethodRouter<Arc<App>> + Send>;

/// What a path answers to.
pub(super) struct Methods(Vec<(Method, Policy, Make)>);

fn guarded<H, T>(method: Method, filter: MethodFilter, policy: Policy, handler: H) -> Methods
where
    H: Handler<T, Arc<App>>,
    T: 'static,
{
    let make = move |app: &Arc<App>| on(filter, handler).layer(from_fn_with_state((Arc::clone(app), policy), gate));
    Methods(vec![(method, policy, Box::new(make))])
}

/// What a GET is answered by, and to whom.
pub(super) fn get<H: Handler<T, Arc<App>>, T: 'static>(policy: Policy, handler: H) -> Methods {
    guarded(Method::GET, MethodFilter::GET, policy, handler)
}

/// What a POST is answered by, and to whom.
pub(super) fn post<H: Handler<T, Arc<App>>, T: 'static>(policy: Policy, handler: H) -> Methods {
    guarded(Method::POST, MethodFilter::POST, policy, handler)
}

impl Methods {
    /// Answers POST as well.
    pub(super) fn post<H: Handler<T, Arc<App>>, T: 'static>(mut self, policy: Policy, handler: H) -> Self {
        self.0.extend(post(policy, handler).0);
        self
    }
}

impl Routes {
    pub(super) fn new(app: Arc<App>) -> Self {
        Self { app, router: Router::new(), known: Vec::new() }
    }

    /// Answers at a path.
    pub(super) fn at(mut self, path: &'static str, methods: Methods) -> Self {
        let mut all = MethodRouter::new();
        for (method, policy, make) in methods.0 {
            self.known.push((method, path, policy));
            all = all.merge(make(&self.app));
        }
        self.router = self.router.route(path, all);
        self
    }

    /// The routes, with what no policy has decided on left unanswered.
    pub(super) fn end(self) -> (Router<Arc<App>>, Vec<Known>) {
        (self.router.layer(from_fn(refuse_undecided)), self.known)
    }
}

/// An answer that no policy has decided on comes from a route made past them: nobody gets it.
async fn refuse_undecided(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let refused = response.status().is_client_error() || response.status().is_server_error();
    if refused || response.extensions().get::<Decided>().is_some() {
        return response;
    }
    tracing::error!(path, "a route without a policy");
    StatusCode::NOT_FOUND.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_route_made_past_the_policies_is_not_answered() {
        let planted = Router::new().route("/planted", axum::routing::get(async || "everybody's data"));
        let guarded = planted.layer(from_fn(refuse_undecided));
        let answer = guarded.oneshot(Request::get("/planted").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
}
