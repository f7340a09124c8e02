interface Tally {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}

/**
 * Ends a run with one line that a program can read, `123 passed, 0 failed`, from Jest's own results. A test
 * file that could not be run at all counts as a failure.
 */
export default class TallyReporter {
  onRunComplete(_contexts: unknown, results: Tally): void {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = `${results.numPassedTests} passed, ${failed} failed\n`;
    process.once('exit', () => process.stdout.write(line));
  }
}
