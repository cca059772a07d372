use jobs::inspect::JobState;

use crate::lab::{self, Do, Patient, Work};

#[tokio::test]
async fn a_job_enqueued_in_a_committed_transaction_runs_once() {
    let (db, lab, runtime) = lab::start().await;
    let mut tx = db.begin().await.unwrap();
    let job = jobs::enqueue(&mut tx, &Work::note("hello")).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty(), "not before the commit");
    tx.commit().await.unwrap();
    runtime.run_until_idle().await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["hello"]);
    assert_eq!(lab::state(&db, job.id).await, JobState::Completed);
    assert_eq!(lab::attempts(&db, job.id).await, [(1, "completed".into())]);
}

#[tokio::test]
async fn a_job_enqueued_in_a_rolled_back_transaction_never_was() {
    let (db, lab, runtime) = lab::start().await;
    let mut tx = db.begin().await.unwrap();
    jobs::enqueue(&mut tx, &Work::note("hello")).await.unwrap();
    tx.rollback().await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty());
}

#[tokio::test]
async fn many_jobs_go_in_at_once_and_all_run() {
    let (db, lab, runtime) = lab::start().await;
    let work: Vec<Work> = (0..500).map(|n| Work::note(&n.to_string())).collect();
    let enqueued = jobs::enqueue_many(&mut db.acquire().await.unwrap(), &work).await.unwrap();
    assert_eq!(enqueued.len(), 500);
    runtime.run_until_idle().await.unwrap();
    let mut notes: Vec<usize> = lab.notes().iter().map(|note| note.parse().unwrap()).collect();
    notes.sort_unstable();
    assert_eq!(notes, (0..500).collect::<Vec<_>>());
}

#[tokio::test]
async fn jobs_of_all_queues_of_a_pool_run() {
    let (db, lab, runtime) = lab::start().await;
    lab::enqueue(&db, &Work::note("one")).await;
    let other = Patient(Do::Note("two".into()));
    jobs::enqueue(&mut db.acquire().await.unwrap(), &other).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    let mut notes = lab.notes();
    notes.sort();
    assert_eq!(notes, ["one", "two"]);
}

#[tokio::test]
async fn a_job_this_program_does_not_know_is_left_for_one_that_does() {
    let (db, lab, _) = lab::start().await;
    let job = lab::enqueue(&db, &Work::note("new")).await;
    let old = lab::runtime_of(&db, &lab, jobs::Catalogue::new().job::<Patient>());
    old.run_until_idle().await.unwrap();
    assert_eq!(lab::state(&db, job).await, JobState::Available);
    lab::runtime(&db, &lab).run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["new"]);
}

#[tokio::test]
async fn urgent_jobs_go_first() {
    let (db, lab, _) = lab::start().await;
    lab::enqueue(&db, &Work::note("normal")).await;
    sqlx::query("update jobs.job set priority = 2").execute(&db.pool).await.unwrap();
    lab::enqueue(&db, &Work::note("urgent")).await;
    sqlx::query("update jobs.job set priority = 0 where priority = 1")
        .execute(&db.pool)
        .await
        .unwrap();
    let pools = vec![jobs::runtime::Pool::new("one").queue(lab::QUEUE).concurrency(1)];
    let one = jobs::runtime::Runtime::new(
        db.pool.clone(),
        lab::catalogue(),
        lab.clone(),
        pools,
        lab::settings(),
    )
    .unwrap();
    one.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["urgent", "normal"]);
}

#[tokio::test]
async fn arguments_that_cannot_be_read_go_dead_with_the_reason() {
    let (db, _, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::note("hello")).await;
    sqlx::query(r#"update jobs.job set args = '{"task": {"Sing": 1}}'"#)
        .execute(&db.pool)
        .await
        .unwrap();
    runtime.run_until_idle().await.unwrap();
    let dead = lab::view(&db, job).await;
    assert_eq!(dead.state, JobState::Dead);
    assert_eq!(dead.code.as_deref(), Some("job.undecodable"));
    assert!(dead.error.unwrap().contains("unknown variant `Sing`"));
}
