import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with the files of a control group, as the kernel shows them. */
export class ControlGroup {
  readonly root = mkdtempSync(join(tmpdir(), 'control-group-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write(files);
  }

  /** @param files text by path below the root */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const MIB = 1024 * 1024;

/** A container of version 2 limited to 512 MiB, 300 of them used and 100 of these given up at need, and to 1.5 cores. */
export const LIMITED_V2: Readonly<Record<string, string>> = {
  'memory.max': `${512 * MIB}\n`,
  'memory.current': `${300 * MIB}\n`,
  'memory.stat': `anon ${180 * MIB}\nfile ${120 * MIB}\nactive_file 1\ninactive_file ${100 * MIB}\nslab 7\n`,
  'cpu.max': '150000 100000\n',
  'cpu.stat': 'usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\n',
};

/** The same container as version 1 shows it. */
export const LIMITED_V1: Readonly<Record<string, string>> = {
  'memory/memory.limit_in_bytes': `${512 * MIB}\n`,
  'memory/memory.usage_in_bytes': `${300 * MIB}\n`,
  'memory/memory.stat': `cache 1\ninactive_file 5\ntotal_cache 2\ntotal_inactive_file ${100 * MIB}\n`,
  'cpu/cpu.cfs_quota_us': '150000\n',
  'cpu/cpu.cfs_period_us': '100000\n',
  'cpuacct/cpuacct.usage': '2500000000\n',
};

/** What is to be read of either. */
export const LIMITED = {
  memory: { limitBytes: 512 * MIB, usedBytes: 200 * MIB },
  cpu: { limitCores: 1.5, usedSeconds: 2.5 },
};
