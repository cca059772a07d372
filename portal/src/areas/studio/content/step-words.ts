import type { Stated } from '@/words/stated';

const done = { word: 'done', role: 'good', icon: 'check' } as const;
const running = { word: 'goes on', role: 'progress', icon: 'hourglass' } as const;
const failed = { word: 'needs you', role: 'bad', icon: 'alert' } as const;
const ahead = { word: 'comes later', role: 'neutral', icon: 'clock' } as const;

/** How a step of getting ready looks to its creator. A step that tries again is, to them, one that goes on. */
export function stepStated(state: string): Pick<Stated, 'word' | 'role' | 'icon'> {
  switch (state) {
    case 'done': case 'completed': return done;
    case 'running': case 'retrying': case 'waiting': return running;
    case 'failed': case 'dead': return failed;
    default: return ahead;
  }
}
