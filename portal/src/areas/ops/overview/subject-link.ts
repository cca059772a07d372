import type { LinkProps } from '@tanstack/react-router';
import type { AttentionItem } from '@/client';

type Subject = Pick<AttentionItem, 'job_id' | 'run_id' | 'queue' | 'worker' | 'dependency'>;

/** The page of what an attention item is about; nothing for a server that is not ours to open. */
export function subjectLink({ job_id: jobId, run_id: runId, queue, worker }: Subject): Pick<LinkProps, 'to' | 'params' | 'search'> | undefined {
  if (jobId) return { to: '/ops/jobs/$jobId', params: { jobId } };
  if (runId) return { to: '/ops/runs/$runId', params: { runId } };
  if (queue) return { to: '/ops/jobs', search: { queue } };
  if (worker) return { to: '/ops/workers' };
  return undefined;
}
