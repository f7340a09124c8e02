/** Runs what is done beside the application's own work. What it throws comes no further: nobody is there to catch it. */
export function harmlessly(run: () => void): void {
  try {
    run();
  } catch {
    // Of a span that lacks something, the request it is of knows nothing.
  }
}
