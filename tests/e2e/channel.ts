import type { Page } from '@playwright/test';
import { answerOf, seedFigures, type Overview, type Shape } from './figures.ts';
import { join } from './people.ts';

export interface Dashboard {
  state: string;
  overview: Overview;
  top: { title: string; views: number }[];
}

/** A creator of one's own with such figures, at their dashboard; and what the API answered. */
export async function creatorWith(page: Page, shape: Shape): Promise<Dashboard> {
  const person = await join(page);
  await seedFigures(person.email, shape);
  // What the page still asks for after joining is no answer to what comes.
  await page.goto('about:blank');
  return answerOf<Dashboard>(page, '/v1/analytics/dashboard', () => page.goto('/studio'));
}

/** A chart, which arrow keys walk. */
export const chart = (page: Page, title: string) => page.getByRole('application', { name: new RegExp(`^${title}\\.`) });
/** A figure with its trend. */
export const group = (page: Page, name: string) => page.getByRole('main').getByRole('group', { name, exact: true });
