import { describe, expect, it } from '@jest/globals';
import { linesOf, runProgram } from './run-node.ts';

const OPEN = { TACHO_ADMIN_PORT: '0', TACHO_ADMIN_TOKEN: 'Xyzzy' };

describe.each(['--import', '--require'])('node %s tacho/register', (flag) => {
  const nodeArguments = [flag, 'tacho/register'];

  it('starts by the environment alone, before the application, which may ask for the handle', async () => {
    const { code, said, stderr } = await runProgram(
      'commonjs',
      `const running = Symbol.for('tacho.monitoring') in globalThis;
      const { startMonitoring } = require('tacho');
      console.log(JSON.stringify([running, startMonitoring() === startMonitoring()]));`,
      { nodeArguments, env: OPEN },
    );
    expect({ code, said }).toEqual({ code: 0, said: [true, true] });
    expect(stderr).toContain('tacho: startMonitoring was called again');
    expect(stderr).not.toContain('Xyzzy');
  });

  it('lets the application run whatever the environment is, a line for each wrong variable', async () => {
    const wrong = {
      OTEL_SERVICE_NAME: 'x'.repeat(1000),
      TACHO_ADMIN_HOST: 'http://me:Xyzzy@host',
      TACHO_ADMIN_PORT: '65536',
      TACHO_ADMIN_TOKEN: 'Xyzzy Xyzzy',
      TACHO_DISABLED: '2',
      OTEL_SDK_DISABLED: 'maybe',
      TACHO_STORE: '\u001b[2J',
      TACHO_STROE: 'x',
    };
    const { code, said, stderr } = await runProgram('module', 'console.log(1)', {
      nodeArguments,
      env: wrong,
    });
    expect({ code, said }).toEqual({ code: 0, said: 1 });
    const lines = linesOf(stderr);
    expect(lines.filter((line) => !line.startsWith('tacho: '))).toEqual([]);
    for (const name of Object.keys(wrong))
      expect(lines.filter((line) => line.startsWith(`tacho: ${name} `))).toHaveLength(1);
    expect(stderr).not.toContain('Xyzzy');
    expect(stderr).not.toContain('\u001b');
  });

  it('does nothing where it is disabled', async () => {
    const { code, said, stderr } = await runProgram(
      'module',
      "console.log(JSON.stringify(Symbol.for('tacho.monitoring') in globalThis))",
      { nodeArguments, env: { ...OPEN, TACHO_DISABLED: '1' } },
    );
    expect({ code, said, stderr }).toEqual({ code: 0, said: false, stderr: '' });
  });
});
