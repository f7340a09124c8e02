import fc from 'fast-check';

const NAMES = [
  'host',
  'user-agent',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'traceparent',
  'tracestate',
  'baggage',
  'b3',
];

/** Any of the header names that are read, in any case. */
const name = fc
  .tuple(fc.constantFrom(...NAMES), fc.nat())
  .map(([text, bits]) =>
    [...text].map((char, index) => (((bits >> (index % 31)) & 1) === 1 ? char.toUpperCase() : char)).join(''),
  );

/** What a header's value may be of, by RFC 9110: visible ASCII, blanks, and bytes above. */
const anyText = fc.string({ unit: fc.constantFrom(...' \t!"#,;=:/@[]az09\x80\xe9\xff'), maxLength: 20 });

const likely = fc.constantFrom(
  '',
  'shop.test',
  'shop.test:8080',
  '[::1]:8080',
  '[2001:db8::1]',
  '203.0.113.7, 10.0.0.1',
  '203.0.113.7:4711',
  'for=192.0.2.60;proto=http;by=203.0.113.43',
  'for="[2001:db8:cafe::17]:4711";host=inner.test:81;proto=https, for=198.51.100.17',
  'host="a.test"',
  'for=unknown',
  'https',
  '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'user=17',
);

/** Names and values in turn, the same name as often as it comes. There is a `Host` at least. */
export const headers: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.tuple(fc.constant('Host'), fc.oneof(likely, anyText)),
    fc.array(fc.tuple(name, fc.oneof(likely, anyText)), { maxLength: 12 }),
    fc.nat(),
  )
  .map(([host, others, at]) => {
    const all = [...others];
    all.splice(at % (others.length + 1), 0, host as [string, string]);
    return all.flat();
  });

export { NAMES as HEADER_NAMES };
