//! One gibibyte, a client that dies twice, an API that is restarted, and the rest from another device.

use std::{
    fs::File,
    io::{BufWriter, Read, Write},
    path::Path,
};

use sha2::{Digest, Sha256};
use tests::{Client, Harness, processes::Running};
use url::Url;

/// 1 GiB of samples: of 192 kHz, 8 channels, 32 bits, about three minutes.
const SAMPLES: usize = 1024 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_gibibyte_survives_two_dead_clients_a_restarted_api_and_a_change_of_device() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let file = harness.folder.path().join("three-minutes-of-noise.wav");
    let sha256 = record_noise(&file);

    let (api, base) = harness.api_process().await;
    let mut first = uploader(&creator, &base, &file, None);
    let upload = first.line_that_starts_with("upload ").await;
    sent(&mut first, 20).await;
    first.kill().await;

    let mut second = uploader(&creator, &base, &file, Some(&upload));
    sent(&mut second, 20).await;
    api.kill().await;
    second.kill().await;

    let (_api, base) = harness.api_process().await;
    let elsewhere = uploader(&creator, &base, &file, Some(&upload));
    assert!(elsewhere.wait().await.success(), "another device sends the rest and completes");

    harness.run_until_settled(&vod).await;
    let uploaded = creator.get(&format!("/v1/uploads/{upload}")).await.expect(200);
    assert_eq!(uploaded["state"], "accepted", "{uploaded}");
    assert_eq!(stored_sha256(&harness, &upload).await, sha256);
}

fn uploader(creator: &Client, base: &Url, file: &Path, upload: Option<&str>) -> Running {
    let token = creator.token().expect("a signed-in creator");
    let file = file.to_str().expect("a path of ours");
    let arguments = [base.as_str(), token, file, "audio/wav"];
    Running::start("uploader", arguments.into_iter().chain(upload))
}

/// Waits until `count` more parts have been sent.
async fn sent(uploader: &mut Running, count: usize) {
    for _ in 0..count {
        uploader.line_that_starts_with("sent ").await;
    }
}

/// Writes a WAV file of noise and gives its SHA-256.
fn record_noise(path: &Path) -> String {
    let mut hash = Sha256::new();
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    let mut write = |bytes: &[u8]| {
        hash.update(bytes);
        file.write_all(bytes).unwrap();
    };
    write(&wav_header(SAMPLES));
    let mut noise = File::open("/dev/urandom").unwrap();
    let mut block = vec![0; 1 << 20];
    noise.read_exact(&mut block).unwrap();
    let mut left = SAMPLES;
    let mut turn = 0_u64;
    while left > 0 {
        // One block of real noise, made different each time: no two parts are the same.
        block[..8].copy_from_slice(&turn.to_le_bytes());
        turn += 1;
        let take = left.min(block.len());
        write(&block[..take]);
        left -= take;
    }
    file.flush().unwrap();
    hex::encode(hash.finalize())
}

/// The 44 bytes before the samples: RIFF/WAVE, linear PCM.
fn wav_header(samples: usize) -> Vec<u8> {
    let (channels, rate, bits) = (8_u16, 192_000_u32, 32_u16);
    let frame = channels * bits / 8;
    let size = u32::try_from(samples).unwrap();
    let mut header = Vec::with_capacity(44);
    header.extend(b"RIFF");
    header.extend((size + 36).to_le_bytes());
    header.extend(b"WAVEfmt ");
    header.extend(16_u32.to_le_bytes());
    header.extend(1_u16.to_le_bytes());
    header.extend(channels.to_le_bytes());
    header.extend(rate.to_le_bytes());
    header.extend((rate * u32::from(frame)).to_le_bytes());
    header.extend(frame.to_le_bytes());
    header.extend(bits.to_le_bytes());
    header.extend(b"data");
    header.extend(size.to_le_bytes());
    header
}

/// Reads the stored object itself.
async fn stored_sha256(harness: &Harness, upload: &str) -> String {
    let original = harness.original_of(upload).await;
    let mut body = original.into_async_read();
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        let read = tokio::io::AsyncReadExt::read(&mut body, &mut block).await.unwrap();
        if read == 0 {
            return hex::encode(hash.finalize());
        }
        hash.update(&block[..read]);
    }
}
