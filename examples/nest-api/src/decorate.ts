type Decorators = readonly [...on: MethodDecorator[]];

/**
 * Puts decorators on a method and on its parameters, as `@` does where there is a compiler.
 *
 * @param parameters those of the first parameter, of the second, and so on; one each
 */
export function decorate(
  type: { readonly prototype: object },
  method: string,
  decorators: Decorators,
  parameters: readonly ParameterDecorator[] = [],
): void {
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, method);
  if (descriptor === undefined) throw new Error(`${method} is no method`);
  for (const [index, decorator] of parameters.entries()) decorator(type.prototype, method, index);
  for (const decorator of decorators) decorator(type.prototype, method, descriptor);
}
