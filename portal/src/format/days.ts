/** Days of analytics: calendar days in UTC as the API writes them, `2026-11-22`. They have no time zone to be moved to. */

const milliseconds = 86_400_000;
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Whether it is written as a day and is one; the thirtieth of February is none. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const start = startOf(text);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
}

/** The day so many days later, or earlier. */
export const addDays = (day: string, count: number): string => new Date(startOf(day) + count * milliseconds).toISOString().slice(0, 10);

/** How many days lie from the first to the last, both counted. */
export const countDays = (from: string, to: string): number => Math.round((startOf(to) - startOf(from)) / milliseconds) + 1;

export const eachDay = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, countDays(from, to)) }, (_, index) => addDays(from, index));

/** The day that it is now, in UTC. */
export const todayOf = (now: Date): string => now.toISOString().slice(0, 10);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `22 Nov` */
export const shortDay = (day: string): string => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ''}`;

/** `22 Nov 2026` */
export const fullDay = (day: string): string => `${shortDay(day)} ${day.slice(0, 4)}`;

/** `Sun 22 Nov 2026` */
export const weekDay = (day: string): string => `${weekdays[new Date(startOf(day)).getUTCDay()] ?? ''} ${fullDay(day)}`;

/** `Nov 2026`, of a month as `2026-11`. */
export const monthOf = (month: string): string => `${months[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`;

/** `25 Oct to 21 Nov 2026`; both years when they differ. */
export const daysBetween = (from: string, to: string): string =>
  from === to ? fullDay(to) : `${from.slice(0, 4) === to.slice(0, 4) ? shortDay(from) : fullDay(from)} to ${fullDay(to)}`;
