import type {
  Audience, DailyStat, Dashboard, Export, Freshness, OpsAnalytics, Overview, Realtime, Retention, Schedule, TopContent,
} from '@/client';
import { addDays, eachDay } from '@/format/days';
import { contentId } from './samples';

/** Answers of analytics for tests of pages, as on 22 Nov 2026 with 21 Nov complete. */

export const freshness = (change: Partial<Freshness> = {}): Freshness => ({
  complete_through: '2026-11-21', counting: ['2026-11-22'], correcting: [], lag_seconds: 50_000, stale: false,
  sentence: 'Complete to 21 Nov. 22 Nov is still being counted.', counted_at: '2026-11-22T00:20:00Z', ...change,
});

export const late = (): Freshness => freshness({
  complete_through: '2026-11-20', counting: ['2026-11-21', '2026-11-22'], stale: true,
  sentence: 'Complete to 20 Nov. The count of 21 Nov is late; nothing is lost, and it goes on by itself.',
});

const stats = (from: string, to: string, views: number): DailyStat[] =>
  eachDay(from, to).map((date, index) => ({ date, views: views + index, watch_time: views * 2.5, likes: index % 3 }));

const totals = (views: number, likes: number) => ({ views, watch_minutes: views * 2.5, likes, unlikes: 2, shares: 7, subscribers: 3 });

export const overview = (change: Partial<Overview> = {}): Overview => {
  const { from = '2026-10-25', to = '2026-11-21' } = change;
  return {
    from, to, daily_stats: stats(from, to, 100), totals: totals(12_400, 27),
    previous: { from: addDays(from, -28), to: addDays(from, -1), totals: totals(10_000, 30), daily_stats: stats(addDays(from, -28), addDays(from, -1), 80) },
    set_aside: [], freshness: freshness(), ...change,
  };
};

export const topContent = (change: Partial<TopContent> = {}): TopContent => ({
  content: contentId, title: 'Beach', kind: 'video', views: 12_480, watch_minutes: 31_200.5, likes: 27, previous_views: 10_000, ...change,
});

export const dashboard = (change: Partial<Dashboard> = {}): Dashboard => ({
  state: 'counted', overview: overview(), top: [topContent()], freshness: freshness(),
  newest: {
    content: contentId, title: 'Beach', published_at: '2026-11-18T10:00:00Z', days: 3, views: 120, watch_minutes: 300, usual_views: 80,
    sentence: '120 views in its first 3 days; usually 80.',
  },
  ...change,
});

export const audience = (change: Partial<Audience> = {}): Audience => ({
  from: '2026-10-25', to: '2026-11-21', demographics: { age: { '25-34': 60, '18-24': 40 }, gender: {} },
  countries: [{ value: 'FR', views: 10, watch_minutes: 20 }, { value: 'DE', views: 90, watch_minutes: 200 }],
  devices: [{ value: 'tv', views: 100, watch_minutes: 220 }], sources: [{ value: 'search', views: 100, watch_minutes: 220 }],
  hidden: { age: 4, gender: 104, country: 0, device: 0, source: 0 }, smallest_cell: 5, freshness: freshness(), ...change,
});

export const retention = (change: Partial<Retention> = {}): Retention => ({
  content: contentId, duration_seconds: 200, views: 412, too_few: false,
  points: [{ percent: 0, ratio: 1 }, { percent: 50, ratio: 0.64 }, { percent: 100, ratio: 0.2 }], freshness: freshness(), ...change,
});

export const realtime = (change: Partial<Realtime> = {}): Realtime => ({
  available: true, sentence: "Estimate. Final figures come with the day's count.", views_60_minutes: 12, views_48_hours: 480,
  minutes: [{ at: '2026-11-22T13:00:00Z', views: 5 }, { at: '2026-11-22T13:01:00Z', views: 7 }], hours: [{ at: '2026-11-22T13:00:00Z', views: 480 }],
  freshness: freshness(), ...change,
});

export const exported = (change: Partial<Export> = {}): Export => ({
  id: 'exp_1', report: 'daily', from: '2026-10-25', to: '2026-11-21', state: 'ready', rows: 28, size_bytes: 4200, file_name: 'daily-2026-11-21.csv',
  created_at: '2026-11-22T10:00:00Z', download_url: 'https://files.test/daily.csv', ...change,
});

export const schedule = (change: Partial<Schedule> = {}): Schedule => ({
  name: 'analytics.count_days', job: 'analytics.begin_count', about: 'Counts the day that has ended.', expression: '15 0 * * *', time_zone: 'UTC',
  missed: 'once', paused: false, next_at: '2036-11-23T00:15:00Z', missed_recently: 0,
  firings: [
    { tick: '2026-11-22T00:15:00Z', fired_at: '2026-11-22T00:15:01Z', kind: 'tick', job_id: 'job_1', job_state: 'completed', run_id: 'run_1' },
    { fired_at: '2026-11-21T09:00:00Z', kind: 'by_hand', by: 'Olu', job_id: 'job_2', job_state: 'dead' },
  ],
  ...change,
});

export const opsAnalytics = (change: Partial<OpsAnalytics> = {}): OpsAnalytics => ({
  freshness: freshness(),
  days: [
    { date: '2026-11-22', state: 'open', shards_done: 0, shards_total: 16, events: 1200, set_aside_events: 0, late_marks: 0 },
    { date: '2026-11-21', state: 'counted', shards_done: 16, shards_total: 16, events: 40_211, set_aside_events: 88, late_marks: 2, counted_at: '2026-11-22T00:20:00Z', run_id: 'run_1' },
  ],
  rejected: [{ date: '2026-11-22', origin: 'http', code: 'engagement.too_old', count: 12 }, { date: '2026-11-21', origin: 'stream', code: 'engagement.too_old', count: 2 }],
  stream: { state: 'up', waiting_messages: 3, sentence: 'The stream is read.' },
  outbox: { state: 'down', waiting: 7, oldest_seconds: 65, sentence: 'The broker does not answer; nothing is lost.' },
  rules: [{ rule: 'session_flood', sentence: 'One session reported more views than a person can watch.', events: 88 }],
  ...change,
});
