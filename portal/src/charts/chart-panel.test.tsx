import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { BarChart } from './bar-chart';
import { LineChart } from './line-chart';
import type { Chart } from './series';

const chart: Chart = {
  title: 'Views per day', pointName: 'Day', format: String, wholes: true,
  points: ['19 Nov', '20 Nov', '21 Nov', '22 Nov'].map((label) => ({ key: label, label, name: `${label} 2026` })),
  lines: [
    { name: 'Views', end: 'Now', values: [40, undefined, 60, undefined] },
    { name: '28 days before', end: 'Before', isBeside: true, values: [10, 20, 30, 40] },
  ],
  bands: [{ from: 3, to: 3, word: 'Counting' }],
};

const show = (element: React.ReactElement) => render(<MantineProvider env="test">{element}</MantineProvider>);
const lineOf = (name: string) => document.querySelector(`[data-line="${name}"] path`);

it('arrow keys walk the points, and a live region says each', async () => {
  show(<LineChart chart={chart} />);
  const picture = screen.getByRole('application', { name: /Views per day\. Highest: 60, 21 Nov 2026\. Left and right arrow keys/ });
  picture.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.getByRole('status').textContent).toBe('22 Nov 2026: counting. 28 days before: 40.');
  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.getByRole('status').textContent).toBe('21 Nov 2026: 60. 28 days before: 30.');
  await userEvent.keyboard('{Home}');
  expect(screen.getByRole('status').textContent).toMatch(/^19 Nov 2026/);
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('status').textContent).toBe('');
});

it('the pointer reads the point under it, and lets go of it when it leaves', () => {
  show(<LineChart chart={chart} />);
  const picture = screen.getByRole('application');
  fireEvent.pointerMove(picture, { clientX: 50 });
  expect(screen.getByRole('status').textContent).toMatch(/^19 Nov 2026: 40/);
  fireEvent.pointerLeave(picture);
  expect(screen.getByRole('status').textContent).toBe('');
});

it('lines are told apart by dash and by the word at their end; what is missing is a gap', () => {
  show(<LineChart chart={chart} />);
  expect(lineOf('Views')?.getAttribute('stroke-dasharray')).toBeNull();
  expect(lineOf('28 days before')?.getAttribute('stroke-dasharray')).toBeTruthy();
  expect(lineOf('28 days before')?.getAttribute('stroke')).toBe('var(--ink-neutral)');
  expect([screen.getByText('Now'), screen.getByText('Before')]).toHaveLength(2);
  // Two stretches with a gap between: the pen is put down twice.
  expect(lineOf('Views')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
  expect(document.querySelectorAll('[data-line="Views"] circle')).toHaveLength(2);
});

it('what is still being counted is hatched and labelled', () => {
  show(<LineChart chart={chart} />);
  const pattern = document.querySelector('pattern')?.id ?? 'none';
  expect(document.querySelector(`rect[fill="url(#${pattern})"]`)).toBeTruthy();
  expect(screen.getByText('Counting').tagName).toBe('text');
});

it('estimates are hatched, every bar of them', () => {
  show(<BarChart chart={{ ...chart, lines: [{ name: 'Views', end: '', values: [1, 2, 0, 4] }], bands: [] }} isEstimate />);
  const pattern = document.querySelector('pattern')?.id ?? 'none';
  expect(document.querySelectorAll(`rect[fill="url(#${pattern})"]`)).toHaveLength(4);
});

it('is a table for whoever prefers one, and CSV for whoever takes it along', async () => {
  show(<LineChart chart={chart} />);
  await userEvent.click(screen.getByRole('button', { name: 'Views per day as table' }));
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual(['DayViews28 days before', '19 Nov 20264010', '20 Nov 2026–20', '21 Nov 20266030', '22 Nov 2026Counting40']);
  await userEvent.click(screen.getByRole('button', { name: 'Views per day as chart' }));
  expect(screen.getByRole('application')).toBeTruthy();

  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => { saved.push(blob as Blob); return 'blob:x'; });
  await userEvent.click(screen.getByRole('button', { name: 'Views per day as CSV' }));
  expect(await saved[0]?.text()).toMatch(/^Day,Views,28 days before\r\n19 Nov,40,10\r\n/);
  vi.restoreAllMocks();
});
