/** What a chart shows, apart from how it is drawn: the picture, the reading of a point, the table and the CSV have it in common. */

export interface Point {
  /** Below the axis: `22 Nov`. */
  label: string;
  /** Read out and in the table: `Sun 22 Nov 2026`. */
  name: string;
  /** In the CSV: `2026-11-22`. */
  key: string;
}

export interface Line {
  /** In the table and in the reading: `28 days before`. */
  name: string;
  /** At its end: `Before`. */
  end: string;
  /** One a point. What is missing is undefined: a gap, never a 0. */
  values: readonly (number | undefined)[];
  /** It stands beside the first line, to compare: dashed and grey. */
  isBeside?: boolean;
}

/** Points about which something must be said: still being counted, late, recounted. */
export interface Band {
  from: number;
  to: number;
  /** Above it: `Counting`. */
  word: string;
}

export interface Chart {
  /** With its unit: `Views per day`, `Watch time per day, minutes`. */
  title: string;
  /** What the points are: `Day`. */
  pointName: string;
  points: readonly Point[];
  lines: readonly Line[];
  bands?: readonly Band[];
  /** A value exactly. */
  format: (value: number) => string;
  /** A value below the axis, short. */
  formatTick?: (value: number) => string;
  /** Whether only whole numbers make sense. */
  wholes?: boolean;
}

/** What is said of one point: `Thu 19 Nov 2026: 812. 28 days before: 644.` */
export function readingOf({ points, lines, bands = [], format }: Chart, index: number): string {
  const point = points[index];
  if (!point) return '';
  const band = bands.find(({ from, to }) => from <= index && index <= to);
  const values = lines.map(({ name, values }, at) => {
    const value = values[index];
    const text = value === undefined ? (at === 0 && band ? band.word.toLowerCase() : 'no figure') : format(value);
    return at === 0 ? text : `${name}: ${text}`;
  });
  const [first = '', ...others] = values;
  const remark = band && lines[0]?.values[index] !== undefined ? ` (${band.word.toLowerCase()})` : '';
  return `${[`${point.name}: ${first}${remark}`, ...others].join('. ')}.`;
}

/** What a chart says before a point is chosen: its highest value. */
export function summaryOf({ points, lines, format }: Chart): string {
  const values = lines[0]?.values ?? [];
  let highest = -1;
  values.forEach((value, index) => {
    if (value !== undefined && (highest < 0 || value > (values[highest] ?? 0))) highest = index;
  });
  const point = points[highest];
  if (!point) return 'No figures yet.';
  return (values[highest] ?? 0) === 0 ? 'Nothing in these days.' : `Highest: ${format(values[highest] ?? 0)}, ${point.name}.`;
}

/** The chart as rows: a head, then one row a point. */
export function rowsOf({ pointName, points, lines, bands = [], format }: Chart): { head: string[]; rows: string[][] } {
  return {
    head: [pointName, ...lines.map(({ name }) => name)],
    rows: points.map((point, index) => {
      const band = bands.find(({ from, to }) => from <= index && index <= to);
      return [
        point.name,
        ...lines.map(({ values, isBeside }) => {
          const value = values[index];
          if (value === undefined) return !isBeside && band ? band.word : '–';
          return !isBeside && band ? `${format(value)} (${band.word.toLowerCase()})` : format(value);
        }),
      ];
    }),
  };
}
