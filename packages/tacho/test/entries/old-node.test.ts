import { describe, expect, it } from '@jest/globals';
import { oldNodes } from './old-nodes.ts';
import { linesOf, runNode, runProgram } from './run-node.ts';

const found = oldNodes();
if (found.length === 0)
  process.stderr.write(
    'No Node older than 22.15 on this machine: what tacho does on one is not tested here.\n',
  );

/** Says what the handle gives, and that the program went on. */
const USE = `
  const monitoring = startMonitoring({ nonsense: true });
  monitoring.shutdown().then((given) => {
    console.log(JSON.stringify([typeof given, monitoring.adminApi === undefined, startMonitoring() === monitoring]));
  });`;

const inert = { code: 0, said: ['undefined', true, true] };

(found.length === 0 ? describe.skip : describe).each(found)('on Node $version', ({ version, node }) => {
  const oneLine = [
    expect.stringMatching(`^tacho needs Node\\.js ≥ 22\\.15 and .*switched off; this is ${version}\\.$`),
  ];

  it('an application that imports tacho runs, without it', async () => {
    const program = `import { startMonitoring } from 'tacho';${USE}`;
    const { code, said, stderr } = await runProgram('module', program, { node });
    expect({ code, said }).toEqual(inert);
    expect(linesOf(stderr)).toEqual([`tacho needs Node.js ≥ 22.15 and is switched off; this is ${version}.`]);
  });

  it('an application that requires tacho runs, without it', async () => {
    const program = `const { startMonitoring } = require('tacho');${USE}`;
    const { code, said, stderr } = await runProgram('commonjs', program, { node });
    expect({ code, said }).toEqual(inert);
    expect(linesOf(stderr)).toEqual(oneLine);
  });

  it.each(['--import', '--require'])(
    'an application started with %s tacho/register runs, without it',
    async (flag) => {
      const { code, said, stderr } = await runProgram('commonjs', 'console.log(1)', {
        node,
        nodeArguments: [flag, 'tacho/register'],
        env: { TACHO_ADMIN_PORT: 'wrong' },
      });
      expect({ code, said }).toEqual({ code: 0, said: 1 });
      expect(linesOf(stderr)).toEqual(oneLine);
    },
  );

  it('the command says why it does not run', async () => {
    const { code, stdout, stderr } = await runNode(['dist/bin.js', '--help'], { node });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(linesOf(stderr)).toEqual([`tacho needs Node.js ≥ 22.15; this is ${version}.`]);
  });
});
