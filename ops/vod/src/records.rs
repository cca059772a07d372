//! Transcodes on disk: one JSON file each, replaced atomically, so that a crash loses nothing that was
//! answered with 202.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
};

use tokio::{
    fs,
    io::AsyncWriteExt,
    sync::{Mutex, MutexGuard},
};

use crate::transcode::{State, Transcode};

/// All transcodes, in memory and on disk.
pub struct Records {
    folder: PathBuf,
    // Held over the write: changes of all transcodes are in one order, memory never ahead of the disk.
    all: Mutex<HashMap<String, Transcode>>,
}

impl Records {
    /// Reads `folder`, which is made if it is not there.
    pub async fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder).await?;
        let mut all = HashMap::new();
        let mut entries = fs::read_dir(&folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("json") => {
                    let transcode = read(&path).await?;
                    all.insert(transcode.id.clone(), transcode);
                }
                // Begun before a crash and never renamed.
                Some("draft") => fs::remove_file(&path).await?,
                _ => {}
            }
        }
        Ok(Self { folder, all: Mutex::new(all) })
    }

    pub async fn find(&self, id: &str) -> Option<Transcode> {
        self.all.lock().await.get(id).cloned()
    }

    /// Those that `which` picks, oldest first.
    pub async fn list(&self, which: impl Fn(&Transcode) -> bool) -> Vec<Transcode> {
        let all = self.all.lock().await;
        let mut picked: Vec<_> =
            all.values().filter(|transcode| which(transcode)).cloned().collect();
        picked.sort_by_key(|transcode| transcode.created_at);
        picked
    }

    /// The transcode of this reference, or the new one, on disk. Says whether it is new.
    pub async fn find_or_insert(
        &self,
        reference: &str,
        new: impl FnOnce() -> Transcode,
    ) -> io::Result<(Transcode, bool)> {
        let mut all = self.all.lock().await;
        if let Some(known) = all.values().find(|known| known.order.reference == reference) {
            return Ok((known.clone(), false));
        }
        let transcode = new();
        self.write(&transcode).await?;
        all.insert(transcode.id.clone(), transcode.clone());
        Ok((transcode, true))
    }

    /// Changes one and stores it. `None` if it is not there.
    pub async fn change<T>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Transcode) -> T,
    ) -> io::Result<Option<T>> {
        let mut all = self.all.lock().await;
        self.change_locked(&mut all, id, change).await
    }

    /// Takes the oldest that waits and sets it running.
    pub async fn claim(
        &self,
        start: impl Fn(&mut Transcode) -> bool,
    ) -> io::Result<Option<Transcode>> {
        let mut all = self.all.lock().await;
        loop {
            let oldest = all
                .values()
                .filter(|one| {
                    one.state == State::Queued && !one.is(crate::faults::Fault::never_answers)
                })
                .min_by_key(|one| one.created_at)
                .map(|one| one.id.clone());
            let Some(id) = oldest else { return Ok(None) };
            if self.change_locked(&mut all, &id, &start).await? == Some(true) {
                return Ok(all.get(&id).cloned());
            }
        }
    }

    /// Notes progress in memory alone: after a crash the work begins anew anyway.
    pub async fn note_progress(&self, id: &str, percent: u8) {
        if let Some(running) = self.all.lock().await.get_mut(id)
            && running.state == State::Running
        {
            running.progress_percent = percent;
        }
    }

    /// Forgets one.
    pub async fn remove(&self, id: &str) -> io::Result<()> {
        let mut all = self.all.lock().await;
        if all.contains_key(id) {
            fs::remove_file(self.file(id)).await?;
            all.remove(id);
        }
        Ok(())
    }

    async fn change_locked<T>(
        &self,
        all: &mut MutexGuard<'_, HashMap<String, Transcode>>,
        id: &str,
        change: impl FnOnce(&mut Transcode) -> T,
    ) -> io::Result<Option<T>> {
        let Some(mut changed) = all.get(id).cloned() else { return Ok(None) };
        let answer = change(&mut changed);
        self.write(&changed).await?;
        all.insert(changed.id.clone(), changed);
        Ok(Some(answer))
    }

    async fn write(&self, transcode: &Transcode) -> io::Result<()> {
        let draft = self.folder.join(format!("{}.draft", transcode.id));
        let mut file = fs::File::create(&draft).await?;
        file.write_all(&serde_json::to_vec(transcode)?).await?;
        file.sync_all().await?;
        fs::rename(&draft, self.file(&transcode.id)).await?;
        fs::File::open(&self.folder).await?.sync_all().await // the rename itself
    }

    fn file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }
}

async fn read(path: &Path) -> io::Result<Transcode> {
    let bytes = fs::read(path).await?;
    serde_json::from_slice(&bytes)
        .map_err(|error| io::Error::other(format!("{} is damaged: {error}", path.display())))
}
