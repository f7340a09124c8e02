import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { chooseJournalMode, fileSystemOf } from '../../src/file/journal-mode.ts';

const EXT4 = 0xef53;

describe('the journal mode', () => {
  it.each([
    ['3.40.1', 'truncate'],
    ['3.44.5', 'truncate'],
    ['3.44.6', 'wal'],
    ['3.45.9', 'truncate'],
    ['3.49.1', 'truncate'],
    ['3.50.6', 'truncate'],
    ['3.50.7', 'wal'],
    ['3.51.2', 'truncate'],
    ['3.51.3', 'wal'],
    ['3.52.0', 'wal'],
    ['3.53.4', 'wal'],
    ['4.0.0', 'wal'],
    ['3.51', 'truncate'],
    ['', 'truncate'],
    ['three', 'truncate'],
  ])('of SQLite %s is %s', (version, mode) => {
    const because = mode === 'wal' ? {} : { because: 'sqlite-version' };
    expect(chooseJournalMode(version, EXT4)).toEqual({ mode, ...because });
    expect(chooseJournalMode(version, undefined)).toEqual({ mode, ...because });
  });

  it.each([
    ['NFS', 0x6969],
    ['CIFS', 0xff534d42],
    ['CIFS, as a signed number', 0xff534d42 | 0],
    ['SMB 2', 0xfe534d42],
    ['FUSE', 0x65735546],
    ['9P', 0x01021997],
    ['Ceph', 0x00c36400],
  ])('on %s is no log', (_, fileSystem) => {
    expect(chooseJournalMode('3.53.4', fileSystem)).toEqual({
      mode: 'truncate',
      because: 'network-file-system',
    });
  });

  it.each([
    ['ext4', EXT4],
    ['tmpfs', 0x01021994],
    ['overlayfs', 0x794c7630],
    ['btrfs', 0x9123683e],
    ['XFS', 0x58465342],
  ])('on %s is a log', (_, fileSystem) => {
    expect(chooseJournalMode('3.53.4', fileSystem)).toEqual({ mode: 'wal' });
  });

  it('goes by the folder', () => {
    const known = process.platform === 'linux' ? 'number' : 'undefined';
    expect(typeof fileSystemOf(tmpdir())).toBe(known);
    expect(fileSystemOf('/no/such/folder')).toBeUndefined();
  });
});
