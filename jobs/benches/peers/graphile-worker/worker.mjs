// Tuned graphile-worker: `worker.mjs drain|latency <database url> <count>` prints one JSON line.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";

const [mode, connectionString, countText] = process.argv.slice(2);
const count = Number(countText);
const { version } = JSON.parse(
  readFileSync(new URL("./node_modules/graphile-worker/package.json", import.meta.url)),
);
const logger = new Logger(() => () => {});
const pgPool = new pg.Pool({ connectionString, max: 30 });
// It asks for handlers; an error that matters also fails the query that met it.
pgPool.on("error", () => {});
pgPool.on("connect", (client) => client.on("error", () => {}));
const utils = await makeWorkerUtils({ pgPool, logger });
await utils.migrate();

/** Starts a runner whose only task calls `onJob`. */
const start = (onJob, worker) =>
  run({
    taskList: { noop: onJob },
    pgPool,
    logger,
    noHandleSignals: true,
    preset: { worker: { concurrentJobs: 24, ...worker } },
  });

const batched = { localQueue: { size: 500 }, completeJobBatchDelay: 100, failJobBatchDelay: 100 };

async function drain() {
  for (let n = 0; n < count; n += 1000) {
    const batch = Array.from({ length: Math.min(1000, count - n) }, (_, i) => n + i);
    await utils.addJobs(batch.map((n) => ({ identifier: "noop", payload: { n } })));
  }
  await pgPool.query("vacuum analyze");
  let left = count;
  let finished;
  const done = new Promise((resolve) => (finished = resolve));
  const began = performance.now();
  const runner = await start(() => {
    left -= 1;
    if (left === 0) finished();
  }, batched);
  await done;
  await runner.stop();
  return { seconds: (performance.now() - began) / 1000 };
}

async function latency() {
  let picked;
  const runner = await start(() => picked(performance.now()), {});
  const milliseconds = [];
  for (let n = 0; n < count + 20; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10 + (n % 7)));
    const started = new Promise((resolve) => (picked = resolve));
    const began = performance.now();
    await utils.addJob("noop", { n });
    milliseconds.push((await started) - began);
  }
  await runner.stop();
  return { milliseconds: milliseconds.slice(20) };
}

const result = mode === "drain" ? await drain() : await latency();
console.log(JSON.stringify({ version, ...result }));
process.exit(0);
