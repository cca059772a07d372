import type { Audience, AudienceCell } from '@/client';

/** One part of the audience as it is shown. */
export interface Part {
  name: string;
  views: number;
  watchMinutes?: number;
}

const ages = ['13-17', '18-24', '25-34', '35-44', '45-54', '55-64', '65+', 'unknown'];
const genders = ['female', 'male', 'other', 'unknown'];

const words: Record<string, string> = {
  unknown: 'Not known', other: 'Other', female: 'Women', male: 'Men',
  phone: 'Phone', tablet: 'Tablet', computer: 'Computer', tv: 'TV', console: 'Games console',
  search: 'Search', browse: 'Browsing', suggested: 'Suggested beside others', external: 'Other sites and apps', subscriptions: 'Subscriptions', playlist: 'Playlists',
};

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** `Germany` for `DE`; a code that is none stays as it is. */
export function countryName(code: string): string {
  if (code in words) return words[code] ?? code;
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

const byKey = (cells: Record<string, number>, order: string[]): Part[] =>
  Object.entries(cells)
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([key, views]) => ({ name: words[key] ?? key.replace('-', '–'), views }));

const byViews = (cells: AudienceCell[], nameOf: (value: string) => string): Part[] =>
  cells.toSorted((one, other) => other.views - one.views).map(({ value, views, watch_minutes: watchMinutes }) => ({ name: nameOf(value), views, watchMinutes }));

/** The audience in five ways, each with the views that are not shown since too few viewers stand behind them. */
export function partsOf({ demographics, countries, devices, sources, hidden }: Audience): { title: string; parts: Part[]; hidden: number }[] {
  const wordFor = (value: string): string => words[value] ?? value;
  return [
    { title: 'Age', parts: byKey(demographics.age, ages), hidden: hidden.age },
    { title: 'Gender', parts: byKey(demographics.gender, genders), hidden: hidden.gender },
    { title: 'Country', parts: byViews(countries, countryName), hidden: hidden.country },
    { title: 'Device', parts: byViews(devices, wordFor), hidden: hidden.device },
    { title: 'What led there', parts: byViews(sources, wordFor), hidden: hidden.source },
  ];
}
