//! Stops a worker at an exact place, so that a test can kill it there.
//!
//! A trigger in the test's own database makes the statement that reaches that place wait for a lock
//! that the test holds. Nothing in the product knows of it.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// Any number that nobody else locks in this database.
const LOCK: i64 = 42;

/// A place at which whoever arrives waits, until this value is let go.
pub struct Halt {
    connection: PgConnection,
    table: &'static str,
}

impl Halt {
    /// Before a step begins: the one before it is complete, its own job is fetched.
    pub async fn before_step(database: &str, step: &str) -> Self {
        let place = format!("new.name = '{step}' and new.state = 'running'");
        Self::before_update(database, "jobs.step", &place).await
    }

    /// Inside a step: its effects outside are done, its completion is not committed.
    pub async fn inside_step(database: &str, step: &str) -> Self {
        let place = format!("new.name = '{step}' and new.state = 'completed'");
        Self::before_update(database, "jobs.step", &place).await
    }

    /// Before a row of `table` is changed to one for which `place` holds.
    pub async fn before_update(database: &str, table: &'static str, place: &str) -> Self {
        Self::before(database, "update", table, place).await
    }

    /// Before a row of `table` is removed.
    pub async fn before_delete(database: &str, table: &'static str) -> Self {
        Self::before(database, "delete", table, "true").await
    }

    /// Before a row for which `place` holds is added to `table`.
    pub async fn before_insert(database: &str, table: &'static str, place: &str) -> Self {
        Self::before(database, "insert", table, place).await
    }

    async fn before(database: &str, change: &str, table: &'static str, place: &str) -> Self {
        let mut connection = PgConnection::connect(database).await.expect("the test's database");
        let halt = format!(
            "select pg_advisory_lock({LOCK});
             create or replace function halt() returns trigger language plpgsql as
             $$ begin perform pg_advisory_xact_lock_shared({LOCK}); return coalesce(new, old); end $$;
             create trigger halt before {change} on {table}
             for each row when ({place}) execute function halt()"
        );
        connection.execute(AssertSqlSafe(halt)).await.expect("a trigger of the test");
        Self { connection, table }
    }

    /// Waits until somebody stands at the place; gives up after a minute.
    pub async fn reached(&mut self) {
        for _ in 0..1200 {
            if self.waiting().await > 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("nobody came to the place at which this test waits");
    }

    async fn waiting(&mut self) -> i64 {
        let waiting = "select count(*) from pg_locks
            where locktype = 'advisory' and objid = $1 and not granted
                and database = (select oid from pg_database where datname = current_database())";
        sqlx::query_scalar(waiting)
            .bind(LOCK)
            .fetch_one(&mut self.connection)
            .await
            .expect("the locks of the test's database")
    }

    /// Lets whoever stands here go on, and all who come later.
    pub async fn let_go(mut self) {
        let unlock = format!("select pg_advisory_unlock({LOCK})");
        self.connection.execute(AssertSqlSafe(unlock)).await.expect("the place is freed");
    }

    /// Lets go, after the worker that stood here was killed: its connections break, as those of a
    /// dead machine do, so that nothing of it commits late.
    pub async fn let_go_after_kill(mut self) {
        // The waiting statement holds its table: it goes first, then the trigger can.
        let end = [
            format!(
                "select pg_terminate_backend(pid) from pg_locks
                 where locktype = 'advisory' and objid = {LOCK} and not granted"
            ),
            format!("drop trigger halt on {}", self.table),
            format!("select pg_advisory_unlock({LOCK})"),
        ];
        for statement in end {
            self.connection.execute(AssertSqlSafe(statement)).await.expect("the place is freed");
        }
    }
}
