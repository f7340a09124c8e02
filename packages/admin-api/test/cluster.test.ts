import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

describe('in a cluster', () => {
  it('one worker has the port, rather than each answering now and then', async () => {
    const program = join(import.meta.dirname, 'fixtures', 'two-workers.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    expect(stdout).toBe('http://127.0.0.1:PORT\nin use\n');
  });
});
