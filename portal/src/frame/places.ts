import type { Role } from '@/client';
import { isCreator, isStaff } from '@/session/session';

/** Where somebody begins: creators at what needs them and how they are doing, staff at what hurts. */
export const homeOf = (roles: readonly Role[]): '/studio' | '/ops' | '/settings/profile' => {
  if (roles.includes('creator')) return '/studio';
  if (isStaff(roles)) return '/ops';
  return '/settings/profile';
};

export const areaOf = (path: string): 'studio' | 'ops' | 'settings' =>
  path.startsWith('/ops') ? 'ops' : path.startsWith('/settings') ? 'settings' : 'studio';

export interface Place {
  to: '/studio' | '/studio/upload' | '/studio/library' | '/studio/analytics'
    | '/ops' | '/ops/queues' | '/ops/jobs' | '/ops/runs' | '/ops/schedules' | '/ops/workers' | '/ops/analytics' | '/ops/audit'
    | '/settings/profile';
  label: string;
}

const studio: Place[] = [
  { to: '/studio', label: 'Dashboard' },
  { to: '/studio/upload', label: 'Upload' },
  { to: '/studio/library', label: 'Library' },
  { to: '/studio/analytics', label: 'Analytics' },
];

const ops: Place[] = [
  { to: '/ops', label: 'Overview' },
  { to: '/ops/queues', label: 'Queues' },
  { to: '/ops/jobs', label: 'Jobs' },
  { to: '/ops/runs', label: 'Runs' },
  { to: '/ops/schedules', label: 'Schedules' },
  { to: '/ops/workers', label: 'Workers' },
  { to: '/ops/analytics', label: 'Analytics' },
  { to: '/ops/audit', label: 'Audit' },
];

/** The areas that somebody's roles open; there is no link to any other. */
export function placesOf(roles: readonly Role[]): { area: string; places: Place[] }[] {
  return [
    ...(isCreator(roles) ? [{ area: 'Studio', places: studio }] : []),
    ...(isStaff(roles) ? [{ area: 'Ops', places: ops }] : []),
  ];
}

const pages = { cnt: '/studio/library/$contentId', job: '/ops/jobs/$jobId', run: '/ops/runs/$runId' } as const;

/** The page that a pasted id opens: `cnt_…`, `job_…`, `run_…`. */
export function pageOfId(text: string): { to: '/studio/library/$contentId'; params: { contentId: string } }
  | { to: '/ops/jobs/$jobId'; params: { jobId: string } }
  | { to: '/ops/runs/$runId'; params: { runId: string } } | undefined {
  const id = /\b(cnt|job|run)_[0-9a-f]{32}\b/.exec(text.trim());
  switch (id?.[1]) {
    case 'cnt': return { to: pages.cnt, params: { contentId: id[0] } };
    case 'job': return { to: pages.job, params: { jobId: id[0] } };
    case 'run': return { to: pages.run, params: { runId: id[0] } };
    default: return undefined;
  }
}
