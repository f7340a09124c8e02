import { type Check, overallVerdict } from './check.ts';
import { CHECK_WORDS, checkWords, endpointWords, limitWords } from './check-words.ts';
import { withEntities } from './entities.ts';

/**
 * The checks as JUnit XML: a suite for each endpoint, a case for each check. What can't be told is a skipped case, which
 * says so: a failure is proven. The exit code tells the three apart.
 * @param startedMs epoch milliseconds, UTC
 */
export function junitXml(checks: readonly Check[], startedMs: number): string {
  const byEndpoint = Map.groupBy(checks, ({ endpoint }) => endpoint);
  const suites = [...byEndpoint.values()].map((own) => suite(own, startedMs));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tacho check: ${overallVerdict(checks)}" ${counts(checks)} time="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(checks: readonly Check[], startedMs: number): string {
  const name = withEntities(endpointWords(checks[0]!));
  // The schema of the Ant task has no zone and no fraction: it is UTC.
  const timestamp = new Date(startedMs).toISOString().slice(0, 19);
  return [
    `  <testsuite name="${name}" ${counts(checks)} time="0" timestamp="${timestamp}" hostname="localhost">`,
    ...checks.map((check) => testCase(check, name)),
    '  </testsuite>',
  ].join('\n');
}

/** @param suiteName escaped */
function testCase(check: Check, suiteName: string): string {
  const name = withEntities(`${CHECK_WORDS[check.check]} ${limitWords(check)}`);
  const start = `    <testcase name="${name}" classname="${suiteName}" time="0"`;
  const words = withEntities(checkWords(check));
  switch (check.verdict) {
    case 'pass':
      return `${start}/>`;
    case 'fail':
      return `${start}><failure message="${words}" type="${check.check}">${words}</failure></testcase>`;
    case 'cannot_tell':
      return `${start}><skipped message="cannot tell: ${words}"/></testcase>`;
    case 'skipped':
      return `${start}><skipped message="${words}"/></testcase>`;
  }
}

function counts(checks: readonly Check[]): string {
  const failures = checks.filter(({ verdict }) => verdict === 'fail').length;
  const skipped = checks.filter(({ verdict }) => verdict === 'cannot_tell' || verdict === 'skipped').length;
  return `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}
