/** Names that trip code which keeps them in plain objects, joins them, or stores them carelessly. */
export const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  '0',
  'a\nb',
  'a\u0000b',
  '\ufeffa',
  '/😀',
  '/\u202ertl',
  '/a b',
];
