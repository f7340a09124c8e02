import { chmod, copyFile, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Files that services left behind: one in the clear, one encrypted. */
export interface Samples {
  readonly plain: string;
  readonly encrypted: string;
}

export interface BadFile {
  readonly name: string;
  /** Puts it at the path. */
  readonly put: (path: string, samples: Samples) => Promise<void>;
  /**
   * What becomes of it: `used`, as the store that it is; `begun`, as an empty one; `moved` aside, for a new one to
   * take its place; `left` as it is, to the byte, and health says why.
   */
  readonly fate: 'used' | 'begun' | 'moved' | 'left';
  /** What health says of one that is left. */
  readonly reason?: RegExp;
  /** Whether the service has to run without the rights of the superuser, who may do all. */
  readonly unprivileged?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** As long as a key has to be, and not the one that the sample is encrypted with. */
const WRONG_KEY = 'ab'.repeat(32);

const bytes = (content: string | Uint8Array) => (path: string) => writeFile(path, content);

const damaged =
  (damage: (path: string) => Promise<void> | void) =>
  async (path: string, { plain }: Samples): Promise<void> => {
    await copyFile(plain, path);
    await damage(path);
  };

const changed = (...statements: readonly string[]) =>
  damaged((path) => {
    const database = new DatabaseSync(path, { defensive: false });
    for (const statement of statements) database.exec(statement);
    database.close();
  });

const encrypted = (path: string, samples: Samples) => copyFile(samples.encrypted, path);

export const BAD_FILES: readonly BadFile[] = [
  { name: 'no bytes', put: bytes(''), fate: 'begun' },
  { name: 'one byte', put: bytes('S'), fate: 'moved' },
  { name: 'text', put: bytes('not a database\n'.repeat(1000)), fate: 'moved' },
  { name: 'garbage', put: bytes(garbage(100_000)), fate: 'moved' },
  {
    name: 'half of a store',
    put: damaged(async (path) => truncate(path, (await readFile(path)).length / 2)),
    fate: 'moved',
  },
  { name: 'a flipped header', put: damaged((path) => flip(path, 5)), fate: 'moved' },
  { name: 'a flipped page of the schema', put: damaged((path) => flip(path, 100)), fate: 'moved' },
  {
    name: 'a planted trigger',
    put: changed('CREATE TRIGGER t AFTER INSERT ON window BEGIN DELETE FROM window; END'),
    fate: 'moved',
  },
  { name: 'a missing table', put: changed('DROP TABLE accepted'), fate: 'moved' },
  { name: 'an empty folder', put: (path) => mkdir(path), fate: 'moved' },
  {
    name: 'a log of garbage',
    put: damaged((path) => writeFile(`${path}-wal`, garbage(50_000))),
    fate: 'used',
  },
  {
    name: 'a folder with something in it',
    put: async (path) => {
      await mkdir(path);
      await writeFile(`${path}/mine`, 'mine');
    },
    fate: 'left',
    reason: /a folder, and left untouched/,
  },
  {
    name: 'a database of another program',
    put: async (path) => {
      const database = new DatabaseSync(path);
      database.exec("CREATE TABLE mine (a); INSERT INTO mine VALUES ('mine')");
      database.close();
    },
    fate: 'left',
    reason: /not a tacho store/,
  },
  {
    name: 'a store of a later version',
    put: changed('PRAGMA user_version = 99'),
    fate: 'left',
    reason: /later version/,
  },
  {
    name: 'a symbolic link',
    put: async (path, { plain }) => {
      await copyFile(plain, `${path}.target`);
      await symlink(`${path}.target`, path);
    },
    fate: 'left',
    reason: /a symbolic link, and left untouched/,
  },
  {
    name: 'an encrypted store without its key',
    put: encrypted,
    fate: 'left',
    reason: /encrypted, and no key was given/,
  },
  {
    name: 'an encrypted store with another key',
    put: encrypted,
    fate: 'left',
    reason: /encrypted with another key/,
    env: { TACHO_ENCRYPTION_KEY: WRONG_KEY },
  },
  {
    name: 'a file that may only be read',
    put: damaged((path) => chmod(path, 0o444)),
    fate: 'left',
    reason: /EACCES|can only be read|cannot be opened/,
    unprivileged: true,
  },
  {
    name: 'a folder that may only be read',
    put: damaged((path) => chmod(dirname(path), 0o555)),
    fate: 'left',
    reason: /EACCES|can only be read|cannot be opened/,
    unprivileged: true,
  },
];

/** The same bytes each time. */
function garbage(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (state * 48_271) % 0x7fffffff;
    return state & 0xff;
  });
}

async function flip(path: string, at: number): Promise<void> {
  const content = await readFile(path);
  content[at] = (content[at] ?? 0) ^ 0xff;
  await writeFile(path, content);
}
