import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { opsOverviewOptions } from '@/client/@tanstack/react-query.gen';

const words: Record<string, string> = { production: 'Production', development: 'Development', test: 'Test' };

/** Which environment an operator's act will touch. */
export function EnvironmentBadge() {
  const { data } = useQuery(opsOverviewOptions());
  if (!data) return null;
  const production = data.environment === 'production';
  return (
    <Badge variant="outline" radius="sm" tt="none" style={{ flexShrink: 0 }} color={production ? 'var(--ink-bad)' : 'var(--ink-neutral)'}>
      {words[data.environment] ?? data.environment}
    </Badge>
  );
}
