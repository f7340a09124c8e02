const ignore = (): void => {};

/**
 * Runs code of the application's that was handed to us. Whatever it throws, or rejects with when it gives a
 * promise, goes to `onFailure` and no further. What else it gives is ignored.
 */
export function absorb(run: () => unknown, onFailure: (thrown: unknown) => void): void {
  try {
    const given = run();
    if (typeof given === 'object' && given !== null) Promise.resolve(given).catch(onFailure).catch(ignore);
  } catch (thrown) {
    onFailure(thrown);
  }
}
