import type { JobState } from '@/client';
import { jobWords } from '@/words/job-words';
import { compacted, oneOf, text } from '../search-fields';

export interface JobsSearch {
  state?: JobState | undefined;
  queue?: string | undefined;
  name?: string | undefined;
  tag?: string | undefined;
  q?: string | undefined;
}

export const jobStates = Object.keys(jobWords) as JobState[];

export const parseJobsSearch = (search: Record<string, unknown>): JobsSearch => compacted({
  state: oneOf(search.state, jobStates), queue: text(search.queue), name: text(search.name), tag: text(search.tag), q: text(search.q),
});
