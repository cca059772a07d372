//! Lists what the workers know, and what waits.

use jobs::inspect;

use super::{Result, connect};

/// Runs the command.
#[allow(clippy::print_stdout, reason = "this command's answer is its output")]
pub async fn run() -> Result {
    let studio = connect().await?;
    println!("{:<36} {:<10} WHAT IT DOES", "JOB", "QUEUE");
    for job in workers::catalogue().listings() {
        println!("{:<36} {:<10} {}", job.name, job.queues.join(","), job.about);
    }
    println!("\n{:<12} {:>10} {:>10} {:>10}", "QUEUE", "DUE", "RUNNING", "DEAD");
    for queue in inspect::queues(&mut *studio.db.acquire().await?).await? {
        println!(
            "{:<12} {:>10} {:>10} {:>10}",
            queue.queue, queue.available, queue.running, queue.dead
        );
    }
    Ok(())
}
