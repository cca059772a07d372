//! What every process of ours tells: structured logs without secrets, and traces for whoever asks for
//! them by the standard `OTEL_*` variables.

mod logs;
mod measuring;
mod redaction;
mod traces;

pub use measuring::measure;
use opentelemetry_sdk::trace::SdkTracerProvider;
use studio::config::Config;
use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

/// What kind of process tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// The API and the portal.
    Api,
    /// Pools of jobs.
    Worker,
    /// Something that ends by itself.
    Command,
}

impl Process {
    /// What traces call it, unless `OTEL_SERVICE_NAME` says otherwise.
    const fn service_name(self) -> &'static str {
        match self {
            Self::Api => "creator-studio-api",
            Self::Worker => "creator-studio-worker",
            Self::Command => "creator-studio",
        }
    }
}

/// Keeps telemetry running; sends what is left when dropped.
#[must_use = "telemetry stops when this is dropped"]
pub struct Telemetry {
    provider: SdkTracerProvider,
}

/// Telemetry could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// `OTEL_*` asks for an exporter that cannot be made.
    #[error("the OTLP exporter that the OTEL_* variables describe cannot be made")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
    /// A second start in one process.
    #[error("telemetry was started before")]
    Started(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts logs and traces of this process. Logs go to standard error, as text for people in development and as JSON lines elsewhere; `RUST_LOG` says
/// how much.
///
/// # Errors
/// Names the `OTEL_*` variable at fault, or a second start.
pub fn start(process: Process, config: &Config) -> Result<Telemetry, TelemetryError> {
    let provider = traces::provider(process.service_name())?;
    tracing_subscriber::registry()
        .with(traces::layer(&provider))
        .with(logs::layer(config.environment))
        .try_init()?;
    Ok(Telemetry { provider })
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Err(error) = self.provider.shutdown() {
            tracing::warn!(%error, "the last spans could not be sent");
        }
    }
}
