import { openPseudonymKeys } from '../../../src/pseudonym-keys/file-keys.ts';

const [file = '', openMs = '', refreshMs = ''] = process.argv.slice(2);
const keys = openPseudonymKeys(file, Number(openMs), {
  warn: (message) => process.stderr.write(`${message}\n`),
});
const before = keys.pseudonymOf('user@sharif.edu');
await keys.refresh(Number(refreshMs));
await keys.refresh(Number(refreshMs));
process.stdout.write(JSON.stringify({ before, after: keys.pseudonymOf('user@sharif.edu') }));
