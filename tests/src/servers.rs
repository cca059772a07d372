//! Where the servers of the tests are. `make test` starts them and says so in the environment.

use std::{env, path::PathBuf};

/// The address of Postgres, with a database in which others may be created.
pub fn postgres() -> String {
    variable("POSTGRES")
}

/// The address of Redis.
pub fn redis() -> String {
    variable("REDIS")
}

/// The address of the MongoDB-protocol server.
pub fn mongo() -> String {
    variable("MONGO")
}

/// The endpoint of the S3 store.
pub fn s3() -> String {
    variable("S3")
}

/// The access key and secret key of the S3 store.
pub fn s3_keys() -> (String, String) {
    (variable("S3_ACCESS_KEY"), variable("S3_SECRET_KEY"))
}

/// The folder in which the S3 store keeps its files.
pub fn s3_data() -> PathBuf {
    variable("S3_DATA").into()
}

/// The address of the Kafka broker.
pub fn kafka() -> String {
    variable("KAFKA")
}

/// The program of a Kafka broker, for a test that cuts itself off from one.
pub fn kafka_program() -> PathBuf {
    variable("KAFKA_PROGRAM").into()
}

/// The address of the SMTP server.
pub fn smtp() -> String {
    variable("SMTP")
}

/// The address at which the SMTP server shows what it caught.
pub fn mail_web() -> String {
    variable("MAIL_WEB")
}

fn variable(name: &str) -> String {
    let name = format!("CREATOR_STUDIO_TEST_{name}");
    env::var(&name).unwrap_or_else(|_| {
        panic!("{name} is not set: run the tests by `make test-rust`, which starts the servers")
    })
}
