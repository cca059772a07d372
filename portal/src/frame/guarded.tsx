import { Outlet } from '@tanstack/react-router';
import type { Role } from '@/client';
import { useAccount } from '@/session';
import { NotFound } from './not-found';

/** An area that only some roles enter. The API refuses as well; this only keeps the words right. */
export function Guarded({ allows }: { allows: (roles: readonly Role[]) => boolean }) {
  const { roles } = useAccount();
  return allows(roles) ? <Outlet /> : <NotFound />;
}
