import fc from 'fast-check';

/** What parsers of URLs, of numbers and of names stumble over. */
const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    '%',
    '%00',
    '%C0%AF',
    '%E0%A4%A',
    '%ED%A0%80',
    '%2F',
    '..',
    '__proto__',
    '+',
    '{id}',
    '[',
  ),
  fc.constantFrom('\xff', '\t', '0', '1001', '-1', '1e3', '1e30', '0x10', '%D9%A3', '9'.repeat(400), '%20'),
  fc.constantFrom('=', '?', '/', '#', '%0d%0aX:%20y', '%1b[2J', '%E2%80%A8', "p95';DROP", 'constructor'),
  fc.string({ maxLength: 12 }),
);

const encodedText = fc
  .string({ unit: 'binary', maxLength: 6 })
  .map((text) => encodeURIComponent(text.toWellFormed()));

export const text = fc.oneof({ weight: 1, arbitrary: nastyText }, { weight: 2, arbitrary: encodedText });
