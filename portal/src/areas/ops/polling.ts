/** Ops pages ask again while they are seen; what they show says how old it is. */
export const polled = { refetchInterval: 3_000, refetchIntervalInBackground: false, staleTime: 1_000 } as const;
