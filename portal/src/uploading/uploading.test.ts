import { describe, expect, it } from 'vitest';
import { missingParts, partAt } from './part-plan';
import { RateMeter } from './rate-meter';
import { putFailure } from './wires';

const cut = { size_bytes: 25, part_size_bytes: 10, part_count: 3 };

describe('the cut of a file', () => {
  it('covers the file without gap or overlap', () => {
    expect([1, 2, 3].map((number) => partAt(cut, number))).toEqual([
      { number: 1, start: 0, end: 10 }, { number: 2, start: 10, end: 20 }, { number: 3, start: 20, end: 25 },
    ]);
  });

  it('misses nothing when all is stored', () => {
    const stored = [10, 10, 5].map((size_bytes, index) => ({ number: index + 1, size_bytes }));
    expect(missingParts(cut, stored)).toEqual([]);
  });
});

describe('the rate of an upload', () => {
  it('says nothing before it knows', () => {
    const meter = new RateMeter();
    meter.add(0, 0);
    meter.add(100, 300);
    expect(meter.bytesPerSecond).toBeUndefined();
  });

  it('follows the last seconds', () => {
    const meter = new RateMeter();
    for (let second = 0; second <= 20; second += 1) meter.add(second < 10 ? second * 1000 : 10_000 + (second - 10) * 5000, second * 1000);
    expect(meter.bytesPerSecond).toBeCloseTo(5000, 0);
    expect(meter.secondsFor(50_000)).toBeCloseTo(10, 1);
  });

  it('starts anew when a part is sent again', () => {
    const meter = new RateMeter();
    meter.add(0, 0);
    meter.add(9000, 1000);
    meter.add(4000, 2000);
    expect(meter.bytesPerSecond).toBeUndefined();
  });
});

describe("the store's answers", () => {
  it('are told apart by what helps', () => {
    expect(putFailure(0, '')).toBe('network');
    expect(putFailure(400, '<Code>BadDigest</Code>')).toBe('damaged');
    expect(putFailure(403, '<Message>Request has expired</Message>')).toBe('signature');
    expect(putFailure(404, '<Code>NoSuchUpload</Code>')).toBe('gone');
    expect(putFailure(503, 'SlowDown')).toBe('busy');
  });
});
