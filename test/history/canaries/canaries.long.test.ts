import { afterEach, expect, it } from '@jest/globals';
import { endAll } from '../../processes.ts';
import { removeFolders, temporaryFolder } from '../../temporary-folder.ts';
import { CANARIES } from './canaries.ts';
import { portsOf, said, startExporting } from './exporting.ts';
import { sendCanaries } from './load.ts';
import { expectNothingComesOut } from './nothing-comes-out.ts';
import { answersOf, filesIn } from './outputs.ts';
import { type Output, scan } from './scan.ts';

afterEach(endAll);
afterEach(removeFolders);

const TEXTS = CANARIES.map(({ text }) => text);

it('no canary that a request brings comes out again, of all', async () => {
  await expectNothingComesOut(CANARIES);
});

it('every canary comes out in spans that are to have it, and even then nowhere else', async () => {
  const folder = await temporaryFolder();
  const service = await startExporting(folder, ['hook', 'keep']);
  await sendCanaries(portsOf(service), CANARIES);
  await service.ask('idle');
  const answers = await answersOf(service.admin);
  await service.stop();

  const outputs = [...answers, ...said(service), ...(await filesIn(folder, 'after its end'))];
  const isTrace = ({ name }: Output): boolean => /-v1-traces /.test(name);
  expect(
    scan(
      TEXTS,
      outputs.filter((output) => !isTrace(output)),
    ),
  ).toEqual([]);
  const found = new Set(scan(TEXTS, outputs.filter(isTrace)).map(({ text }) => text));
  expect(TEXTS.filter((text) => !found.has(text))).toEqual([]);
});
