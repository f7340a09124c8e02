import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { causesOf, type Dimension, type Part } from '../../src/causes.ts';

describe('the causes of an excess', () => {
  it('is the host that is worse than the others', () => {
    const hosts = dimension('host', part('a', 100, 1000), part('b', 1, 1000), part('c', 2, 1000));
    expect(causesOf([hosts], 100)).toEqual([
      { dimension: 'host', value: 'a', share: expect.closeTo(0.97, 1) },
    ]);
  });

  it('is no host where all are as bad', () => {
    const hosts = dimension('host', part('a', 800, 1000), part('b', 400, 500), part('c', 1600, 2000));
    expect(causesOf([hosts], 2800)).toEqual([]);
  });

  it('is a version that is new, before the endpoint and the status that it is bad with', () => {
    const versions = dimension('version', { ...part('2', 300, 3000), isNew: true });
    const endpoints = dimension('endpoint', part('GET /a', 300, 1000), part('GET /b', 0, 2000));
    const statuses = dimension('status', part('500', 300, 3000));
    const causes = causesOf([statuses, endpoints, versions], 300);
    expect(causes.map(({ value }) => value)).toEqual(['2', 'GET /a', '500']);
  });

  it('is no version and no host that was there before and has nothing beside it', () => {
    const causes = causesOf(
      [dimension('version', part('1', 300, 3000)), dimension('host', part('a', 300, 3000))],
      300,
    );
    expect(causes).toEqual([]);
  });

  it('is a new version only for more than its share, where an earlier one is there too', () => {
    const alike = dimension('version', part('1', 300, 3000), { ...part('2', 100, 1000), isNew: true });
    const worse = dimension('version', part('1', 3, 3000), { ...part('2', 100, 1000), isNew: true });
    expect(causesOf([alike], 400)).toEqual([]);
    expect(causesOf([worse], 100).map(({ value }) => value)).toEqual(['2']);
  });

  it('is nobody that is not known by name', () => {
    expect(causesOf([dimension('user', part('', 100, 100), part('u', 0, 100))], 100)).toEqual([]);
  });

  it('is nothing of which there are a few by chance', () => {
    expect(causesOf([dimension('endpoint', part('GET /a', 2, 100), part('GET /b', 1, 100))], 3)).toEqual([]);
  });

  it('is at most five, with shares from a fifth to one, whatever is measured', () => {
    const anyPart = fc.record({
      value: fc.string(),
      bad: fc.nat(),
      expected: fc.nat(),
      exposure: fc.nat(),
      isNew: fc.boolean(),
    });
    const anyDimension = fc.record({
      dimension: fc.constantFrom('endpoint' as const, 'version' as const, 'user' as const),
      parts: fc.array(anyPart),
      noise: fc.constantFrom('counted' as const, 'timed' as const),
    });
    fc.assert(
      fc.property(fc.array(anyDimension), fc.nat(), (dimensions, excess) => {
        const causes = causesOf(dimensions, excess);
        expect(causes.length).toBeLessThanOrEqual(5);
        for (const { share } of causes) expect(share >= 0.2 && share <= 1).toBe(true);
      }),
    );
  });
});

function dimension(name: Dimension['dimension'], ...parts: readonly Part[]): Dimension {
  return { dimension: name, parts, noise: 'counted' };
}

function part(value: string, bad: number, exposure: number): Part {
  return { value, bad, expected: 0, exposure, isNew: false };
}
