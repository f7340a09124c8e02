import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { childSpans } from '../src/child-spans/child-spans.ts';
import type { Instrumentation } from '../src/child-spans/instrumentation.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** An application that has installed a package with this code. */
function applicationWith(name: string, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tacho-test-'));
  folders.push(folder);
  const installed = join(folder, 'node_modules', name);
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'index.js'), code);
  return folder;
}

function enabled(instrumentations: 'auto' | Instrumentation[], folder: string) {
  const warnings: string[] = [];
  const notices = { info: () => {}, warn: (text: string) => warnings.push(text), warnRarely: () => {} };
  const stop = childSpans({ instrumentations, folders: () => [folder], notices })();
  return { stop, warnings };
}

class Calls implements Instrumentation {
  readonly instrumentationName = 'calls';
  readonly calls: string[] = [];
  isEnabled: boolean | undefined;

  constructor(isEnabled?: boolean) {
    this.isEnabled = isEnabled;
  }
  getConfig() {
    return { enabled: this.isEnabled };
  }
  setTracerProvider(): void {
    this.calls.push('setTracerProvider');
  }
  setMeterProvider(): void {
    this.calls.push('setMeterProvider');
  }
  enable(): void {
    this.calls.push('enable');
  }
  disable(): void {
    this.calls.push('disable');
    throw new Error('not now');
  }
}

describe('auto', () => {
  it('finds nothing where nothing is installed', () => {
    expect(enabled('auto', applicationWith('something-else', '')).warnings).toEqual([]);
  });

  it.each([
    ['throws when it is loaded', 'throw new Error("broken")', 'Error: broken'],
    ['has not what it should', 'exports.Other = class {}', 'Error: it has no PgInstrumentation'],
    ['throws when it is made', 'exports.PgInstrumentation = class { constructor() { throw 1 } }', '1'],
  ])('leaves out one that %s, with one line', (_what, code, why) => {
    const name = '@opentelemetry/instrumentation-pg';
    expect(enabled('auto', applicationWith(name, code)).warnings).toEqual([
      `${name} failed and is left out: ${why}`,
    ]);
  });
});

describe('instrumentations of the application', () => {
  it.each([
    [true, ['setTracerProvider', 'setMeterProvider', 'disable']],
    [undefined, ['setTracerProvider', 'setMeterProvider', 'disable']],
    [false, ['setTracerProvider', 'setMeterProvider', 'enable', 'disable']],
  ])('are enabled unless they are, and disabled in the end: %s', (isEnabled, calls) => {
    const instrumentation = new Calls(isEnabled);
    const { stop, warnings } = enabled([instrumentation], tmpdir());
    stop();
    expect(instrumentation.calls).toEqual(calls);
    expect(warnings).toEqual([]);
  });

  it('are enabled again where tacho starts anew', () => {
    class Quiet extends Calls {
      override disable(): void {
        this.calls.push('disable');
      }
    }
    const instrumentation = new Quiet(true);
    enabled([instrumentation], tmpdir()).stop();
    enabled([instrumentation], tmpdir());
    expect(instrumentation.calls.filter((call) => !call.startsWith('set'))).toEqual(['disable', 'enable']);
  });

  it('are without that of HTTP, which there is already', () => {
    const { warnings } = enabled([new HttpInstrumentation({ enabled: false })], tmpdir());
    expect(warnings).toEqual([expect.stringContaining('instrumentation-http is left out')]);
  });
});
