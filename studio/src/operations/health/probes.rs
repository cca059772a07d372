//! The smallest question that each server must answer.

use crate::{Dependency, Result, Studio};

/// Asks one server whether it is there.
///
/// # Errors
/// What its client said.
pub(super) async fn probe(studio: &Studio, dependency: Dependency) -> Result<()> {
    match dependency {
        Dependency::Postgres => postgres(studio).await,
        Dependency::Redis => redis(studio).await,
        Dependency::Mongo => mongo(studio).await,
        Dependency::ObjectStore => object_store(studio).await,
        Dependency::Kafka => kafka(studio).await,
        Dependency::Mail => mail(studio).await,
        Dependency::Vod => vod(studio).await,
    }
}

async fn postgres(studio: &Studio) -> Result<()> {
    sqlx::query!("select 1 as alive").fetch_one(&studio.db).await?;
    Ok(())
}

async fn redis(studio: &Studio) -> Result<()> {
    let mut connection = studio.redis.clone();
    Ok(redis::cmd("PING").query_async(&mut connection).await?)
}

async fn mongo(studio: &Studio) -> Result<()> {
    studio.mongo.run_command(bson::doc! { "ping": 1 }).await?;
    Ok(())
}

async fn object_store(studio: &Studio) -> Result<()> {
    studio.objects.ping().await
}

/// One that is not configured is not asked: see [`super::is_configured`].
async fn kafka(studio: &Studio) -> Result<()> {
    match &studio.kafka {
        Some(kafka) => kafka.reach().await,
        None => Ok(()),
    }
}

async fn mail(studio: &Studio) -> Result<()> {
    studio.mailer.reach().await
}

/// An id that nobody gave out: that the service does not know it proves that it is there and accepts
/// our signature.
async fn vod(studio: &Studio) -> Result<()> {
    studio.vod.find("readiness-probe").await?;
    Ok(())
}
