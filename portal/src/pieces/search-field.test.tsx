import { MantineProvider } from '@mantine/core';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { SearchField } from './search-field';

const field = (value: string | undefined, onSearch: (text: string | undefined) => void) => (
  <MantineProvider><SearchField label="Search" value={value} onSearch={onSearch} /></MantineProvider>
);

it('tells what was typed once the typing rests, and is emptied when the address is', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const told = vi.fn();
  const { rerender } = render(field(undefined, told));
  const input = screen.getByRole('searchbox', { name: 'Search' });
  await userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }).type(input, 'beach ');
  await act(() => vi.advanceTimersByTimeAsync(300));
  expect(told.mock.calls).toEqual([['beach']]);

  rerender(field('beach', told));
  expect(input).toHaveProperty('value', 'beach ');
  rerender(field(undefined, told));
  expect(input).toHaveProperty('value', '');
  vi.useRealTimers();
});
