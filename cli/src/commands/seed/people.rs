//! The demo people: one or two of every role.

use studio::{
    Studio,
    accounts::{Role, demo},
    ids::AccountId,
};

use crate::commands::Result;

/// The password of all of them. `demo::create` refuses to make them outside development.
const PASSWORD: &str = "correct-horse-demo-7";

const PEOPLE: [(&str, &str, Role); 6] = [
    ("creator@demo.test", "Ada Marlow", Role::Creator),
    ("creator2@demo.test", "Ben Okafor", Role::Creator),
    ("finance@demo.test", "Finn Castell", Role::Finance),
    ("finance2@demo.test", "Mira Castell", Role::Finance),
    ("ops@demo.test", "Olga Petrov", Role::Ops),
    ("admin@demo.test", "Ana Lindt", Role::Admin),
];

/// Makes those who are not there yet, and gives the first creator.
pub async fn make(studio: &Studio) -> Result<AccountId> {
    let mut first = None;
    for (email, name, role) in PEOPLE {
        let account = demo::create(studio, email, name, PASSWORD, &[role]).await?;
        first.get_or_insert(account);
        tracing::info!(email, "a demo person is there");
    }
    first.ok_or_else(|| "there are no demo people".into())
}
