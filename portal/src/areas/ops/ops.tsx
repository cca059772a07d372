import { Guarded } from '@/frame/guarded';
import { isStaff } from '@/session/session';

/** The machinery: for those who run the product. */
export const Ops = () => <Guarded allows={isStaff} />;
