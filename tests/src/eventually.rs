//! Waiting for a state that others bring about.

use std::time::Duration;

/// Asks until the answer is there; gives up after a minute and says for what it waited.
pub async fn eventually<T>(what: &str, ask: impl AsyncFn() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let answer = tokio::time::timeout(Duration::from_mins(1), asking).await;
    answer.unwrap_or_else(|_| panic!("it did not happen within a minute: {what}"))
}
