import { describe, expect, it } from 'vitest';
import { homeOf, pageOfId, placesOf } from './places';

describe('who sees which area', () => {
  it('shows a creator the Studio alone', () => {
    expect(placesOf(['creator']).map(({ area }) => area)).toEqual(['Studio']);
    expect(homeOf(['creator'])).toBe('/studio');
  });

  it('shows ops what hurts first', () => {
    expect(placesOf(['ops']).map(({ area }) => area)).toEqual(['Ops']);
    expect(homeOf(['ops'])).toBe('/ops');
  });

  it('shows an admin everything', () => {
    expect(placesOf(['admin']).map(({ area }) => area)).toEqual(['Studio', 'Ops']);
  });

  it('shows somebody in finance no link to an area of others', () => {
    expect(placesOf(['finance'])).toEqual([]);
    expect(homeOf(['finance'])).toBe('/settings/profile');
  });
});

describe('a pasted id', () => {
  const hex = '0192f0c18a7b7c3d9e4f5a6b7c8d9e0f';

  it('opens its page, also out of a pasted sentence', () => {
    expect(pageOfId(`run_${hex}`)).toEqual({ to: '/ops/runs/$runId', params: { runId: `run_${hex}` } });
    expect(pageOfId(` failed: job_${hex}, see log`)?.to).toBe('/ops/jobs/$jobId');
    expect(pageOfId(`cnt_${hex}`)?.to).toBe('/studio/library/$contentId');
  });

  it('is nothing when it is cut off or of another kind', () => {
    expect(pageOfId('run_123')).toBeUndefined();
    expect(pageOfId(`acc_${hex}`)).toBeUndefined();
  });
});
