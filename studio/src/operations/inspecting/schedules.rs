//! Schedules and what they did lately, as staff see them.

use std::collections::BTreeSet;

use ::jobs::inspect::{self, FiringView, ScheduleView};
use sqlx::PgConnection;

use crate::{
    Result, Studio,
    accounts::account_store,
    ids::AccountId,
    operations::{refusals, staff::CONSOLE},
};

/// How many firings of a schedule are shown.
const FIRINGS: u16 = 10;

/// All that is known about one schedule.
#[derive(Debug, Clone)]
pub struct SchedulePage {
    /// The schedule.
    pub schedule: ScheduleView,
    /// Its last firings, the newest first.
    pub firings: Vec<FiringView>,
}

/// Every schedule that runs, by name.
pub async fn list_schedules(studio: &Studio) -> Result<Vec<ScheduleView>> {
    let mut db = studio.db.acquire().await?;
    let mut schedules = inspect::schedules(&mut db).await?;
    name_people(&mut db, schedules.iter_mut().flat_map(people_of)).await?;
    Ok(schedules)
}

/// One schedule with its last firings.
///
/// # Errors
/// [`refusals::NO_SUCH_SCHEDULE`].
pub async fn show_schedule(studio: &Studio, name: &str) -> Result<SchedulePage> {
    let mut db = studio.db.acquire().await?;
    let found = inspect::schedule(&mut db, name).await?;
    let mut schedule = found.ok_or_else(|| refusals::NO_SUCH_SCHEDULE.refuse())?;
    let mut firings = inspect::firings(&mut db, name, FIRINGS).await?;
    let firers = firings.iter_mut().filter_map(|firing| firing.by.as_mut());
    name_people(&mut db, people_of(&mut schedule).chain(firers)).await?;
    Ok(SchedulePage { schedule, firings })
}

fn people_of(schedule: &mut ScheduleView) -> impl Iterator<Item = &mut String> {
    let paused = schedule.paused.as_mut().and_then(|pause| pause.by.as_mut());
    let fired = schedule.last.as_mut().and_then(|firing| firing.by.as_mut());
    paused.into_iter().chain(fired)
}

/// The engine keeps who acted by their account's id; people read the name that they have now.
async fn name_people<'a>(
    db: &mut PgConnection,
    people: impl Iterator<Item = &'a mut String>,
) -> Result<()> {
    let people: Vec<&mut String> = people.filter(|by| *by != CONSOLE).collect();
    let ids: BTreeSet<AccountId> = people.iter().filter_map(|by| by.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let names = account_store::names(db, &ids.into_iter().collect::<Vec<_>>()).await?;
    for by in people {
        if let Some(name) = by.parse().ok().and_then(|id: AccountId| names.get(&id)) {
            by.clone_from(name);
        }
    }
    Ok(())
}
