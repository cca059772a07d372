import type { Role } from '@/theme/tokens';

export type IconName =
  | 'upload' | 'pause' | 'file' | 'shield' | 'film' | 'alert' | 'file-x' | 'lock' | 'calendar' | 'globe'
  | 'clock-x' | 'bin' | 'clock' | 'play' | 'hand' | 'hourglass' | 'refresh' | 'check' | 'octagon' | 'x';

/** A state as people read it: a word, its role, its icon, and a sentence that says what it means now. */
export interface Stated {
  word: string;
  role: Role;
  icon: IconName;
  sentence: string;
}
