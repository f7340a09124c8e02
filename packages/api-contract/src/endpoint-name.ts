import * as v from 'valibot';

/** In a query and in a path. */
export const EndpointName = v.pipe(
  v.string(),
  v.nonEmpty('the method and route of an endpoint'),
  v.metadata({
    title: 'EndpointName',
    description: '`METHOD route`: the method and the template that the application has for the path.',
    examples: ['GET /users/{id}'],
  }),
);

/**
 * Forms, and `URLSearchParams`, write a space as `+`: behind a method, which has none in it, that is what it is, and in a
 * route it stays itself.
 */
export const EndpointNameInQuery = v.pipe(
  EndpointName,
  v.transform((text) => text.replace(/^([A-Z_]+|\*)\+/, '$1 ')),
);
