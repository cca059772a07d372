use std::time::Duration;

use jobs::inspect::{self, JobFilter, JobState};

use crate::lab::{self, Do, Work};

#[tokio::test]
async fn jobs_are_found_by_state_name_tag_and_text_live_and_finished() {
    let (db, _, runtime) = lab::start().await;
    let done = lab::enqueue(&db, &Work::note("the red balloon")).await;
    let dead = lab::enqueue(&db, &Work::new(Do::Refuse)).await;
    runtime.run_until_idle().await.unwrap();
    let mut conn = db.acquire().await.unwrap();
    let later = Duration::from_hours(1);
    let waiting = jobs::enqueue_in(&mut conn, &Work::note("100%_sure"), later).await.unwrap().id;

    let mut found = async |filter: JobFilter| {
        let page = inspect::jobs(&mut conn, &filter, None, 50).await.unwrap();
        page.items.into_iter().map(|job| job.id).collect::<Vec<_>>()
    };
    assert_eq!(found(JobFilter::default()).await, [waiting, dead, done]);
    let with = |state| JobFilter { state: Some(state), ..JobFilter::default() };
    assert_eq!(found(with(JobState::Dead)).await, [dead]);
    assert_eq!(found(with(JobState::Scheduled)).await, [waiting]);
    let text = |text: &str| JobFilter { text: Some(text.into()), ..JobFilter::default() };
    assert_eq!(found(text("RED ball")).await, [done]);
    assert_eq!(found(text("cannot be done")).await, [dead]);
    assert_eq!(found(text("0%_s")).await, [waiting]);
    assert!(found(text("0__s")).await.is_empty());
    let tag = JobFilter { tag: Some("kind=Note".into()), ..JobFilter::default() };
    assert_eq!(found(tag).await, [waiting, done]);
    let name = JobFilter { name: Some("lab.patient".into()), ..JobFilter::default() };
    assert!(found(name).await.is_empty());
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page() {
    let (db, _, runtime) = lab::start().await;
    let work: Vec<Work> = (0..25).map(|n| Work::note(&n.to_string())).collect();
    let mut conn = db.acquire().await.unwrap();
    let ids = jobs::enqueue_many(&mut conn, &work).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = inspect::jobs(&mut conn, &JobFilter::default(), after, 10).await.unwrap();
        seen.extend(page.items.iter().map(|job| job.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let newest_first: Vec<_> = ids.iter().rev().map(|enqueued| enqueued.id).collect();
    assert_eq!(seen, newest_first);
}

#[tokio::test]
async fn queues_show_their_depth() {
    let (db, _, runtime) = lab::start().await;
    lab::enqueue(&db, &Work::new(Do::Refuse)).await;
    lab::enqueue(&db, &Work::new(Do::Fail(1))).await;
    lab::enqueue(&db, &Work::note("x")).await;
    runtime.run_until_idle().await.unwrap();
    lab::enqueue(&db, &Work::note("y")).await;
    let mut conn = db.acquire().await.unwrap();
    let queues = inspect::queues(&mut conn).await.unwrap();
    let [queue] = queues.as_slice() else { panic!("one queue: {queues:?}") };
    let depth = (queue.available, queue.retrying, queue.dead, queue.completed_last_hour);
    assert_eq!(depth, (1, 1, 1, 1));
    assert!(queue.oldest_due_at.is_some());
}

#[tokio::test]
async fn history_is_swept_when_its_retention_is_over_and_the_dead_stay_longer() {
    let (db, lab, runtime) = lab::start().await;
    let done = lab::enqueue(&db, &Work::note("x")).await;
    let dead = lab::enqueue(&db, &Work::new(Do::Refuse)).await;
    runtime.run_until_idle().await.unwrap();
    let day = Duration::from_hours(24);
    let mut conn = db.acquire().await.unwrap();
    assert_eq!(runtime.sweep_history().await.unwrap(), 0);
    lab::advance(&db, 8 * day).await;
    assert_eq!(runtime.sweep_history().await.unwrap(), 1);
    assert!(inspect::job(&mut conn, done).await.unwrap().is_none());
    assert!(inspect::job(&mut conn, dead).await.unwrap().is_some());
    lab::advance(&db, 90 * day).await;
    assert_eq!(runtime.sweep_history().await.unwrap(), 1);
    assert!(inspect::attempts(&mut conn, &[dead]).await.unwrap().is_empty());
    assert_eq!(lab.notes(), ["x"]);
}
