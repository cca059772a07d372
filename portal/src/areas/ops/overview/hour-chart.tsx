import { Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { QueueFigure } from '@/client';
import { clock } from '@/format/times';
import { exact } from '@/format/sizes';
import { useTimeZone } from '@/preferences/preferences';
import { lastHour, type Slice } from './slices';

const height = 96;
const bar = 40;

/** Jobs that finished, per five minutes: done upward in one tone, dead on top, hatched. The same as a table for whoever prefers it. */
export function HourChart({ figures, until }: { figures: QueueFigure[]; until: string }) {
  const zone = useTimeZone();
  const [asTable, setAsTable] = useState(false);
  const slices = lastHour(figures, until);
  const total = slices.reduce((sum, { completed, dead }) => sum + completed + dead, 0);
  const most = Math.max(1, ...slices.map(({ completed, dead }) => completed + dead));
  return (
    <div>
      <Text fz={13} c="dimmed" mb={4}>
        Jobs per 5 min, highest {exact(most)}. Plain: done. Hatched: dead.{' '}
        <button type="button" className="text-button" onClick={() => { setAsTable(!asTable); }}>{asTable ? 'As chart' : 'As table'}</button>
      </Text>
      {asTable ? <SliceTable slices={slices} zone={zone} /> : (
        <svg viewBox={`0 0 ${slices.length * bar} ${height + 4}`} width="100%" height={height + 4} preserveAspectRatio="none" role="img" aria-label={`${exact(total)} jobs finished in the last hour, at most ${exact(most)} in five minutes`}>
          <defs>
            <pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="2.5" height="5" fill="var(--ink-bad)" />
            </pattern>
          </defs>
          <line x1="0" x2={slices.length * bar} y1={height} y2={height} stroke="var(--ink-neutral)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
          {slices.map((slice, index) => <Bar key={slice.from.getTime()} slice={slice} x={index * bar + 4} most={most} />)}
        </svg>
      )}
      {!asTable && slices[0] && (
        <Text fz={12} c="dimmed" className="tabular" style={{ display: 'flex', justifyContent: 'space-between' }} component="div">
          <span>{clock(slices[0].from, zone)}</span><span>{clock(until, zone)}</span>
        </Text>
      )}
    </div>
  );
}

function Bar({ slice: { completed, dead }, x, most }: { slice: Slice; x: number; most: number }) {
  const done = (completed / most) * (height - 4);
  const lost = (dead / most) * (height - 4);
  return (
    <>
      <rect x={x} width={bar - 8} y={height - done} height={done} fill="var(--ink-progress)" />
      <rect x={x} width={bar - 8} y={height - done - lost} height={lost} fill="url(#hatched)" stroke="var(--ink-bad)" strokeWidth={lost > 0 ? 1 : 0} />
    </>
  );
}

function SliceTable({ slices, zone }: { slices: Slice[]; zone: string }) {
  return (
    <Table fz={13} verticalSpacing={2} maw={320}>
      <Table.Thead><Table.Tr><Table.Th>From</Table.Th><Table.Th ta="right">Done</Table.Th><Table.Th ta="right">Dead</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>
        {slices.map(({ from, completed, dead }) => (
          <Table.Tr key={from.getTime()} className="tabular">
            <Table.Td>{clock(from, zone)}</Table.Td><Table.Td ta="right">{exact(completed)}</Table.Td><Table.Td ta="right">{exact(dead)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
