import { DEFAULT_THEME } from '@mantine/core';

/** What a colour says. Colour never speaks alone: an icon and a word stand beside it. */
export type Role = 'neutral' | 'progress' | 'good' | 'warn' | 'bad' | 'hold';

export interface Ink {
  onLight: string;
  onDark: string;
}

const shade = (name: string, index: number): string => {
  const colour = DEFAULT_THEME.colors[name]?.[index];
  if (!colour) throw new Error(`no colour ${name}.${index}`);
  return colour;
};

/** The backgrounds that text stands on. */
export const paper: Ink = { onLight: '#ffffff', onDark: shade('dark', 7) };

/** Quieter paper: side navigation, wells, hovered rows. */
export const quiet: Ink = { onLight: shade('gray', 0), onDark: shade('dark', 6) };

/** What stands for a picture or a screen that is not there yet, and a chosen step. */
export const well: Ink = { onLight: '#f3f5f7', onDark: shade('dark', 6) };

/** Marks that carry a meaning: where files are dropped. */
export const strongLine: Ink = { onLight: shade('gray', 6), onDark: shade('dark', 2) };

export const line: Ink = { onLight: shade('gray', 4), onDark: shade('dark', 4) };

/** Text and icon colours by role; a test measures each against the papers. */
export const inks: Record<Role, Ink> = {
  neutral: { onLight: shade('gray', 7), onDark: shade('gray', 5) },
  progress: { onLight: shade('blue', 8), onDark: shade('blue', 4) },
  good: { onLight: shade('teal', 9), onDark: shade('teal', 4) },
  warn: { onLight: '#a13a06', onDark: shade('orange', 4) },
  bad: { onLight: shade('red', 9), onDark: shade('red', 4) },
  hold: { onLight: shade('violet', 9), onDark: shade('violet', 3) },
};

/** The fill of a primary button; white text stands on it in both schemes. */
export const primaryFill = shade('blue', 8);

export const roleColour = (role: Role): string => `var(--ink-${role})`;
