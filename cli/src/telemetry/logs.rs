//! The log: one line an event, with the request and the trace that it belongs to.

use std::io;

use studio::config::Environment;
use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{EnvFilter, Layer, registry::LookupSpan};

use super::redaction::Redacting;

/// The layer that writes the log of this process to standard error.
pub(super) fn layer<S>(environment: Environment) -> impl Layer<S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let filter =
        EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    let lines = tracing_subscriber::fmt::layer().with_writer(Redacting::new(io::stderr));
    let lines = match environment {
        Environment::Development => lines.compact().boxed(),
        Environment::Test | Environment::Production => {
            lines.json().flatten_event(true).with_current_span(false).boxed()
        }
    };
    lines.with_filter(filter)
}
