import { useNavigate } from '@tanstack/react-router';
import { begin } from '@/uploading/sender';
import { DropZone } from './drop-zone';

/** For a new creator there is one thing to do, and it can be done at once. */
export function FirstDrop() {
  const navigate = useNavigate();
  return (
    <DropZone
      onChosen={(files, whenReady) => {
        void begin(files, whenReady);
        void navigate({ to: '/studio/upload' });
      }}
    />
  );
}
