//! Whether a run can be cut off from the network.

use std::process::Stdio;

use tokio::{process::Command, sync::OnceCell};

use super::find_on_path;
use crate::{MediaError, Source};

/// What network a run has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    /// A namespace of its own with nothing in it, not even loopback.
    None,
    /// The machine's; only the protocol list stands between.
    Host,
}

/// `unshare`'s arguments for a run without network. The user namespace makes it possible without being
/// root, and leaves the process no capability even when we are.
pub(super) const WITHOUT_NETWORK: [&str; 4] = ["--user", "--net", "--ipc", "--"];

/// The network that a run on `source` gets: none for a local file, if this kernel can do that.
pub(super) async fn network_for(source: &Source) -> Result<Network, MediaError> {
    match source {
        Source::Url(_) => Ok(Network::Host),
        Source::File(_) => local_files().await,
    }
}

/// Asked once a process: some kernels and containers forbid user namespaces.
async fn local_files() -> Result<Network, MediaError> {
    static ANSWER: OnceCell<Network> = OnceCell::const_new();
    ANSWER.get_or_try_init(try_namespaces).await.copied()
}

async fn try_namespaces() -> Result<Network, MediaError> {
    let allowed = Command::new(find_on_path("unshare")?)
        .args(WITHOUT_NETWORK)
        .arg(find_on_path("true")?)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await?
        .success();
    if allowed {
        return Ok(Network::None);
    }
    tracing::warn!(
        "user namespaces are not allowed here: media tools keep the machine's network, and only the \
         protocol list keeps them from using it"
    );
    Ok(Network::Host)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::{
        Limits,
        sandbox::{Run, Tool},
    };

    #[tokio::test]
    async fn a_run_on_a_local_file_has_no_network_where_namespaces_are_allowed() {
        let wire = TcpListener::bind("127.0.0.1:0").unwrap();
        wire.set_nonblocking(true).unwrap();
        let address = format!("http://{}/", wire.local_addr().unwrap());
        let (source, limits) = (Source::File("/dev/null".into()), Limits::probe());
        // As a decoder that was taken over would: past all lists.
        let past_the_lists = Run::new(Tool::Ffprobe, &source, &limits)
            .args(["-rw_timeout", "300000", "-i", &address])
            .output()
            .await;
        assert!(past_the_lists.is_err());
        let expected = network_for(&source).await.unwrap() == Network::Host;
        assert_eq!(wire.accept().is_ok(), expected);
    }
}
