import { Guarded } from '@/frame/guarded';
import { isCreator } from '@/session/session';

/** One's own works: for creators, and for admins who have works of their own. */
export const Studio = () => <Guarded allows={isCreator} />;
