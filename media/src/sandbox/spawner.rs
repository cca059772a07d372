//! Starts processes from one thread that lives as long as we do.
//!
//! The kernel sends `--pdeathsig` when the *thread* that started the process ends, and a runtime's
//! threads come and go. From this one, the signal means that our process died.

use std::{
    io,
    sync::{LazyLock, mpsc},
    thread,
};

use tokio::{
    process::{Child, Command},
    runtime::Handle,
    sync::oneshot,
};

struct Order {
    command: Command,
    runtime: Handle,
    reply: oneshot::Sender<io::Result<Child>>,
}

static ORDERS: LazyLock<mpsc::Sender<Order>> = LazyLock::new(|| {
    let (orders, inbox) = mpsc::channel::<Order>();
    thread::spawn(move || {
        for Order { mut command, runtime, reply } in inbox {
            let _within = runtime.enter(); // the child's pipes belong to the runtime that asked
            // Nobody waits any more: the child is dropped, and with it killed.
            let _ = reply.send(command.spawn());
        }
    });
    orders
});

/// Spawns `command`.
pub(super) async fn spawn(command: Command) -> io::Result<Child> {
    let (reply, answer) = oneshot::channel();
    let stopped = || io::Error::other("the thread that starts media tools has stopped");
    ORDERS.send(Order { command, runtime: Handle::current(), reply }).map_err(|_| stopped())?;
    answer.await.map_err(|_| stopped())?
}
