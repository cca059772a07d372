import { useEffect, useState } from 'react';

/** The present moment, renewed every `every` milliseconds while the page is seen. */
export function useNow(every = 30_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) setNow(new Date()); }, every);
    return () => { clearInterval(timer); };
  }, [every]);
  return now;
}
