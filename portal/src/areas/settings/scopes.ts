import type { Role, Scope } from '@/client';
import { isCreator, isStaff } from '@/session/session';

const all: { scope: Scope; may: string; who: (roles: readonly Role[]) => boolean }[] = [
  { scope: 'content:read', may: 'Read works and uploads', who: isCreator },
  { scope: 'analytics:read', may: 'Read figures', who: isCreator },
  { scope: 'content:write', may: 'Upload, edit, publish and delete works', who: isCreator },
  { scope: 'account:read', may: 'Read your profile and notifications', who: () => true },
  { scope: 'ops:read', may: 'Read jobs, runs, queues and the audit log', who: isStaff },
  { scope: 'ops:act', may: 'Retry and cancel jobs and runs', who: isStaff },
];

/** What somebody may hand to a token: never more than they may do themselves. */
export const grantable = (roles: readonly Role[]): { scope: Scope; may: string }[] => all.filter(({ who }) => who(roles));
