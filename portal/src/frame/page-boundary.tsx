import { Container } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemPanel } from '@/pieces/problem-panel';
import { ApiProblem, isProblem } from '@/session/problem';

/** A page that fails says so where it stands; the frame around it lives on. */
export function PageBoundary({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const problem = isProblem(error)
    ? error
    : new ApiProblem(0, 'page_failed', error instanceof Error ? error.message : 'Something unexpected happened.', 'Your work is safe. Try again; if it stays, tell us the code.', undefined, {}, undefined);
  return (
    <Container size="sm" py="xl">
      <ProblemPanel
        error={problem}
        what="This page couldn't be shown."
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Container>
  );
}
