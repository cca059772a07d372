import type { Problem } from '@/client';

/** A refusal of the API, or the network's: what happened, what to do, and a code to copy. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** The HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly whatToDo: string | undefined,
    readonly requestId: string | undefined,
    readonly fields: Readonly<Record<string, string>>,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(message);
  }

  /** The same request may succeed later without anybody changing anything. */
  get passes(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export const isProblem = (error: unknown): error is ApiProblem => error instanceof ApiProblem;

/** Turns what the client throws (a problem document, a text, a network error) into one shape. */
export function problemFrom(error: unknown, response: Response | undefined): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (!response) {
    return new ApiProblem(0, 'connection_lost', 'The connection is lost.', "It goes on when you're back.", undefined, {}, undefined);
  }
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const document = isDocument(error) ? error : undefined;
  return new ApiProblem(
    response.status,
    document?.code ?? `http_${response.status}`,
    document ? sentence(document) : 'The service could not answer.',
    document?.what_to_do ?? (document ? undefined : 'Try again in a moment.'),
    document?.request_id ?? response.headers.get('x-request-id') ?? undefined,
    fieldsOf(document),
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

const isDocument = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'title' in error;

const sentence = (problem: Problem): string => {
  const text = problem.detail || problem.title;
  return /[.!?]$/.test(text) ? text : `${text}.`;
};

function fieldsOf(problem: Problem | undefined): Record<string, string> {
  const fields: Record<string, string> = {};
  if (problem?.field) fields[problem.field] = sentence(problem);
  for (const error of problem?.errors ?? []) fields[error.field] = error.detail;
  return fields;
}
