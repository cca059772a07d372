import { describe, expect, it } from 'vitest';
import { contrast } from './contrast';
import { inks, paper, primaryFill, quiet, strongLine, well } from './tokens';

describe('the colours of the portal', () => {
  it('measures black on white as 21 to 1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });

  for (const [role, ink] of Object.entries(inks)) {
    it(`shows ${role} text at 5 to 1 or better on the page, light and dark`, () => {
      expect(contrast(ink.onLight, paper.onLight)).toBeGreaterThanOrEqual(5);
      expect(contrast(ink.onDark, paper.onDark)).toBeGreaterThanOrEqual(5);
    });

    it(`keeps ${role} text readable (4.5) on the quieter paper`, () => {
      for (const ground of [quiet, well]) {
        expect(contrast(ink.onLight, ground.onLight)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(ink.onDark, ground.onDark)).toBeGreaterThanOrEqual(4.5);
      }
    });
  }

  it('shows where files are dropped at 3 to 1', () => {
    expect(contrast(strongLine.onLight, paper.onLight)).toBeGreaterThanOrEqual(3);
    expect(contrast(strongLine.onDark, paper.onDark)).toBeGreaterThanOrEqual(3);
  });

  it('keeps the label of a primary button readable', () => {
    expect(contrast('#ffffff', primaryFill)).toBeGreaterThanOrEqual(4.5);
  });
});
