import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readContainer } from '../src/host/cgroup.ts';
import { ControlGroup, LIMITED, LIMITED_V1, LIMITED_V2 } from './control-group.ts';

let group: ControlGroup;
beforeEach(() => {
  group = new ControlGroup();
});
afterEach(() => group.remove());

describe.each([
  ['2', LIMITED_V2],
  ['1', LIMITED_V1],
])('a container of control groups version %s', (_version, limited) => {
  it('has the limits and the use that its files tell', async () => {
    group.write(limited);
    expect(await readContainer(group.root)).toEqual(LIMITED);
  });

  it.each(Object.keys(limited))('is read without %s, as far as that goes', async (missing) => {
    const { [missing]: _left, ...files } = limited;
    group.write(files);
    const { memory, cpu } = await readContainer(group.root);
    if (missing.endsWith('memory.stat')) expect(memory?.usedBytes).toBe(300 * 1024 * 1024);
    else expect(memory).toEqual(missing.includes('memory') ? undefined : LIMITED.memory);
    expect(cpu).toEqual(missing.includes('cpu') ? undefined : LIMITED.cpu);
  });

  it.each(Object.keys(limited))('has no figure that is none, whatever is in %s', async (path) => {
    group.write(limited);
    for (const garbage of [
      '',
      '\n',
      'garbage',
      'max',
      'max max',
      '-1',
      '0',
      '0 0',
      '1e9',
      '0x10',
      '-150000 100000',
      '150000',
      '150000 garbage',
      'Infinity 100000',
      'usage_usec',
      'usage_usec garbage',
      'usage_usec 1 2',
      'inactive_file garbage',
      'total_inactive_file garbage',
      '\u0000\u0001',
      '9'.repeat(400),
      'x'.repeat(100_000),
    ]) {
      group.write({ [path]: garbage });
      const { memory, cpu } = await readContainer(group.root);
      const figures = [...Object.values(memory ?? {}), ...Object.values(cpu ?? {})];
      expect({
        garbage,
        figures: figures.filter((figure) => !Number.isFinite(figure) || figure < 0),
      }).toEqual({
        garbage,
        figures: [],
      });
    }
  });
});

describe('no limit is', () => {
  it('`max` in version 2', async () => {
    group.write({ ...LIMITED_V2, 'memory.max': 'max\n', 'cpu.max': 'max 100000\n' });
    expect(await readContainer(group.root)).toEqual({ memory: undefined, cpu: undefined });
  });

  it('-1 for processors in version 1', async () => {
    group.write({ ...LIMITED_V1, 'cpu/cpu.cfs_quota_us': '-1\n' });
    expect(await readContainer(group.root)).toEqual({ memory: LIMITED.memory, cpu: undefined });
  });

  it('a folder without files, and one that is not there', async () => {
    expect(await readContainer(group.root)).toEqual({ memory: undefined, cpu: undefined });
    expect(await readContainer(`${group.root}/nowhere`)).toEqual({ memory: undefined, cpu: undefined });
  });

  it('a file where a folder is, or a folder where a file is', async () => {
    group.write({ memory: 'a file', 'memory.max/a': 'a folder', 'cpu.max/a': 'a folder' });
    expect(await readContainer(group.root)).toEqual({ memory: undefined, cpu: undefined });
  });
});

it('memory that is reclaimable beyond what is used leaves nothing used', async () => {
  group.write({ ...LIMITED_V2, 'memory.current': '10\n' });
  expect((await readContainer(group.root)).memory?.usedBytes).toBe(0);
});

it('a field is not another whose name begins alike', async () => {
  group.write({ ...LIMITED_V2, 'cpu.stat': 'usage_usec_of_all 1\nusage_usec 2500000\n' });
  expect(await readContainer(group.root)).toEqual(LIMITED);
});

it('version 2 comes before version 1 where both are mounted', async () => {
  group.write({ ...LIMITED_V1, 'memory/memory.limit_in_bytes': '1\n', ...LIMITED_V2 });
  expect(await readContainer(group.root)).toEqual(LIMITED);
});
