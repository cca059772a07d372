//! A worker process for the crash tests to kill: `jobs-crash-worker <database url> <lease, ms>`.
//!
//! A test can only kill a process that is not its own.

mod site;

use std::{env, error::Error, time::Duration};

use sqlx::postgres::PgPoolOptions;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let url = arguments.next().ok_or("the first argument is the database's address")?;
    let lease = arguments.next().ok_or("the second argument is the lease in milliseconds")?;
    let db = PgPoolOptions::new().max_connections(10).connect_lazy(&url)?;
    let runtime = site::runtime(&db, Duration::from_millis(lease.parse()?))?;
    runtime.run(CancellationToken::new()).await;
    Ok(())
}
