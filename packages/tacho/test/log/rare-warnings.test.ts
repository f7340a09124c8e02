import { describe, expect, it } from '@jest/globals';
import { RareWarnings } from '../../src/log/rare-warnings.ts';

describe('a warning of a kind', () => {
  it('is let through once a minute, then with the number left out', () => {
    const rare = new RareWarnings();
    expect(rare.admit('user', 'first', 0)).toBe('first');
    expect(rare.admit('user', 'second', 1)).toBeUndefined();
    expect(rare.admit('user', 'third', 59_999)).toBeUndefined();
    expect(rare.admit('user', 'fourth', 60_000)).toBe('fourth (2 more like this were left out)');
    expect(rare.admit('user', 'fifth', 60_001)).toBeUndefined();
    expect(rare.admit('user', 'sixth', 1e9)).toBe('sixth (1 more like this was left out)');
    expect(rare.admit('user', 'seventh', 2e9)).toBe('seventh');
  });

  it('has no say over another', () => {
    const rare = new RareWarnings();
    rare.admit('user', 'one', 0);
    expect(rare.admit('timer', 'other', 0)).toBe('other');
  });

  it('is not silenced by a clock that is set back', () => {
    const rare = new RareWarnings();
    rare.admit('user', 'before', 1e9);
    expect(rare.admit('user', 'after', 1e6)).toBe('after');
    expect(rare.admit('user', 'again', 1e6 + 1)).toBeUndefined();
  });

  it('shares a turn with other late ones past the 64th kind', () => {
    const rare = new RareWarnings();
    for (let kind = 0; kind < 64; kind++) expect(rare.admit(`kind ${kind}`, 'text', 0)).toBe('text');
    expect(rare.admit('kind 64', 'text', 0)).toBe('text');
    expect(rare.admit('kind 65', 'text', 1)).toBeUndefined();
    expect(rare.admit('kind 63', 'text', 60_000)).toBe('text');
  });
});
