/** A timeout that does not keep the process alive. */
export function unheldTimeout(run: () => void, ms: number): NodeJS.Timeout {
  const timer = setTimeout(run, ms);
  try {
    return timer.unref();
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}
