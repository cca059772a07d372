import { Button, Group, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { daysBetween, shortDay, todayOf } from '@/format/days';
import { useNow } from '@/pieces/now';
import { ranges, usualRange, whyNoRange, type AnalyticsSearch, type Days } from './analytics-search';

const route = getRouteApi('/frame/studio/analytics');
const ownDays = 'days';

/** Which days: so many up to the last complete one, or two of one's own; and whether as many before stand beside them. */
export function RangeControl({ search, days, completeThrough, canCompare }: {
  search: AnalyticsSearch;
  days: Days;
  completeThrough: string | undefined;
  canCompare: boolean;
}) {
  const navigate = route.useNavigate();
  const [choosing, setChoosing] = useState(false);
  const isOwn = search.from !== undefined || choosing;
  const change = (next: AnalyticsSearch) => {
    void navigate({ search: (now) => ({ ...now, range: undefined, from: undefined, to: undefined, ...next }), replace: true });
  };
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <SegmentedControl
          aria-label="Range"
          size="sm"
          className="touchable"
          value={isOwn ? ownDays : String(search.range ?? usualRange)}
          data={[...ranges.map((count) => ({ value: String(count), label: `${count} d` })), { value: ownDays, label: 'Dates' }]}
          onChange={(value) => {
            setChoosing(value === ownDays);
            const range = ([7, 90, 365] as const).find((count) => String(count) === value);
            if (value !== ownDays) change({ range });
          }}
        />
        {canCompare && (
          <Switch
            label="Compare with before"
            checked={search.compare !== false}
            onChange={(event) => { const { checked } = event.currentTarget; void navigate({ search: (now) => ({ ...now, compare: checked ? undefined : false }), replace: true }); }}
          />
        )}
        <Text size="sm" c="dimmed"><span>{daysBetween(days.from, days.to)}</span>{completeThrough && <span>. Last full day {shortDay(completeThrough)}.</span>}</Text>
      </Group>
      {isOwn && <OwnDays key={`${days.from} ${days.to}`} days={days} onChosen={change} />}
    </Stack>
  );
}

function OwnDays({ days, onChosen }: { days: Days; onChosen: (days: Days) => void }) {
  const [from, setFrom] = useState(days.from);
  const [to, setTo] = useState(days.to);
  const today = todayOf(useNow());
  const [problem, setProblem] = useState<string>();
  return (
    <form
      aria-label="Dates"
      onSubmit={(event) => {
        event.preventDefault();
        const why = whyNoRange(from, to, today);
        setProblem(why);
        if (!why) onChosen({ from, to });
      }}
    >
      <Group gap="sm" align="flex-end">
        <TextInput type="date" label="First day" value={from} max={today} onChange={(event) => { setFrom(event.currentTarget.value); }} error={problem !== undefined} />
        <TextInput type="date" label="Last day" value={to} max={today} onChange={(event) => { setTo(event.currentTarget.value); }} error={problem !== undefined} />
        <Button type="submit" variant="default">Show</Button>
      </Group>
      {problem && <Text size="sm" c="var(--ink-bad)" role="alert" mt={4}>{problem}</Text>}
    </form>
  );
}
