import type { DailyStat, Freshness, Overview } from '@/client';
import type { Band, Chart, Line } from '@/charts/series';
import { minutes } from '@/format/figures';
import { addDays, countDays, eachDay, shortDay, weekDay } from '@/format/days';
import { counted, exact } from '@/format/sizes';

type Figure = 'views' | 'watch_time' | 'likes';

const looks: Record<Figure, Pick<Chart, 'title' | 'format'> & { wholes: boolean; name: string }> = {
  views: { title: 'Views per day', name: 'Views', format: exact, wholes: true },
  watch_time: { title: 'Minutes per day', name: 'Minutes', format: minutes, wholes: false },
  likes: { title: 'Likes per day', name: 'Likes', format: exact, wholes: true },
};

export const figures = Object.keys(looks) as Figure[];

/** One figure of a range, day by day, with as many days before, and with the days that are still being counted. */
export function dayChart(figure: Figure, overview: Overview, today: string): Chart {
  const days = daysShown(overview);
  const { name, ...look } = looks[figure];
  return {
    ...look,
    pointName: 'Day',
    points: days.map((day) => ({ key: day, label: shortDay(day), name: weekDay(day) })),
    lines: linesOf(figure, overview, days, name),
    bands: bandsOf(overview.freshness, days, today),
  };
}

/** The days of the range, and those that follow its last complete one and are not complete yet. */
function daysShown({ from, to, freshness: { complete_through: complete, counting } }: Overview): string[] {
  const last = counting.at(-1);
  const showsTheEnd = complete !== undefined && to >= complete && last !== undefined && last > to;
  return eachDay(from, showsTheEnd ? last : to);
}

function linesOf(figure: Figure, { from, daily_stats: stats, previous }: Overview, days: string[], name: string): Line[] {
  const current: Line = { name, end: 'Now', values: valuesOn(days, stats, figure) };
  if (!previous) return [current];
  // The first day stands over the first day before, and so on; where there is nothing to compare, the line ends.
  const before = days.map((day) => addDays(previous.from, countDays(from, day) - 1)).map((day) => (day > previous.to ? '' : day));
  const length = counted(countDays(previous.from, previous.to), 'day');
  return [current, { name: `${length} before`, end: 'Before', isBeside: true, values: valuesOn(before, previous.daily_stats, figure) }];
}

function valuesOn(days: string[], stats: DailyStat[], figure: Figure): (number | undefined)[] {
  const byDay = new Map(stats.map((stat) => [stat.date, stat[figure]]));
  return days.map((day) => byDay.get(day));
}

/** What must be said of days that are not final, neighbours with the same word together. */
export function bandsOf({ counting, correcting, stale }: Freshness, days: string[], today: string): Band[] {
  const wordOf = (day: string): string | undefined => {
    if (counting.includes(day)) return stale && day < today ? 'Late' : 'Counting';
    return correcting.includes(day) ? 'Recounting' : undefined;
  };
  const bands: Band[] = [];
  days.forEach((day, index) => {
    const word = wordOf(day);
    const last = bands.at(-1);
    if (last && last.word === word && last.to === index - 1) last.to = index;
    else if (word) bands.push({ from: index, to: index, word });
  });
  return bands;
}
