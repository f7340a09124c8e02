const ignore = (): void => {};

/**
 * Runs code of the application's that was handed to us. Whatever it throws, or rejects with when it returns a
 * promise, goes to `onFailure` and no further. What it returns is ignored.
 */
export function absorb(run: () => unknown, onFailure: (thrown: unknown) => void): void {
  try {
    Promise.resolve(run()).catch(onFailure).catch(ignore);
  } catch (thrown) {
    onFailure(thrown);
  }
}
