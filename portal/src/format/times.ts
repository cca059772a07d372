/** Moments in the one time zone that the page uses. Every function takes the zone: a page never mixes two. */

const day = 86_400_000;

/** `22 Nov 2026, 14:05 CET` */
export function moment(at: Date | string, zone: string): string {
  const date = new Date(at);
  return `${dayOf(date, zone)}, ${clock(date, zone)} ${zoneName(date, zone)}`;
}

/** `22 Nov 2026` */
export const dayOf = (at: Date | string, zone: string): string =>
  parts(at, zone, { day: 'numeric', month: 'short', year: 'numeric' }, ['day', 'month', 'year']);

/** `22 Dec` */
export const dayAndMonth = (at: Date | string, zone: string): string =>
  parts(at, zone, { day: 'numeric', month: 'short' }, ['day', 'month']);

/** `14:05` */
export const clock = (at: Date | string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** `14:05:09` */
export const clockSeconds = (at: Date | string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** `CET`, or `UTC+5:30` where the zone has no short name. */
export function zoneName(at: Date | string, zone: string): string {
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(new Date(at))
    .find((part) => part.type === 'timeZoneName')?.value ?? zone;
  return name.replace('GMT+', 'UTC+').replace('GMT-', 'UTC-');
}

/** Under 24 hours in words (`5 min ago`, `in 2 h`), then the day and the time. */
export function relative(at: Date | string, zone: string, now: Date): string {
  const date = new Date(at);
  const away = date.getTime() - now.getTime();
  const size = Math.abs(away);
  if (size >= day) return `${dayAndMonth(date, zone)}${sameYear(date, now) ? '' : ` ${date.getUTCFullYear()}`}, ${clock(date, zone)}`;
  if (size < 45_000) return away > 0 ? 'in a moment' : 'just now';
  const minutes = Math.max(1, Math.round(size / 60_000));
  const words = minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return away > 0 ? `in ${words}` : `${words} ago`;
}

const sameYear = (one: Date, other: Date) => one.getUTCFullYear() === other.getUTCFullYear();

function parts(at: Date | string, zone: string, options: Intl.DateTimeFormatOptions, order: string[]): string {
  const found = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).formatToParts(new Date(at));
  return order.map((type) => found.find((part) => part.type === type)?.value ?? '').join(' ').replace('Sept', 'Sep');
}
