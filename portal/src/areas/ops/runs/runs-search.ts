import type { RunState } from '@/client';
import { runWords } from '@/words/job-words';
import { compacted, oneOf, text } from '../search-fields';

export interface RunsSearch {
  state?: RunState | undefined;
  workflow?: string | undefined;
  subject?: string | undefined;
}

export const runStates = Object.keys(runWords) as RunState[];

export const parseRunsSearch = (search: Record<string, unknown>): RunsSearch => compacted({
  state: oneOf(search.state, runStates), workflow: text(search.workflow), subject: text(search.subject),
});
