import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page, Response } from '@playwright/test';
import { told } from './settings.ts';

/** What a creator's figures look like: none, those of a first day that is not over, a late count, or months of them. */
export type Shape = 'empty' | 'first-day' | 'late' | 'busy';

/** Gives a creator works with events and counted days, through the product's own program. */
export async function seedFigures(email: string, shape: Shape): Promise<void> {
  await promisify(execFile)(told('CREATOR_STUDIO_TEST_PROGRAM'), ['seed', 'analytics', '--creator', email, '--shape', shape]);
}

/** A day's figures as the API gives them. */
export interface DailyStat {
  date: string;
  views: number;
  watch_time: number;
  likes: number;
}

export interface Overview {
  from: string;
  to: string;
  daily_stats: DailyStat[];
  totals: { views: number; watch_minutes: number; likes: number };
  previous?: { daily_stats: DailyStat[]; totals: { views: number } };
  freshness: { sentence: string; stale: boolean; complete_through?: string };
}

/** What the API answers while a page does something. */
export async function answerOf<T>(page: Page, path: string, does: () => Promise<unknown>, fits: (address: URL) => boolean = () => true): Promise<T> {
  const isIt = (response: Response) => {
    const address = new URL(response.url());
    return response.request().method() === 'GET' && address.pathname === path && fits(address);
  };
  const [response] = await Promise.all([page.waitForResponse(isIt), does()]);
  return (await response.json()) as T;
}

/** `12,480`, as tables and charts write counts. */
export const exact = (count: number): string => new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(count);
