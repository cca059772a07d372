import type { Chart } from './series';

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The chart as CSV (RFC 4180): plain numbers, days as the API writes them, nothing where there is no figure. */
export const csvOf = ({ pointName, points, lines }: Chart): string =>
  [
    [pointName, ...lines.map(({ name }) => name)],
    ...points.map(({ key }, index) => [key, ...lines.map(({ values }) => String(values[index] ?? ''))]),
  ].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

/** `views-per-day.csv` */
export const fileNameOf = ({ title }: Pick<Chart, 'title'>): string => `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}.csv`;

/** Hands a text to the browser as a file. */
export function saveText(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
