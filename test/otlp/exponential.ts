/** The bucket of an exponential histogram that a value belongs to: above `base ** n`, up to `base ** (n + 1)`. */
export function indexOf(value: number, scale: number): number {
  return Math.ceil(Math.log2(value) * 2 ** scale) - 1;
}
