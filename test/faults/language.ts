/** What ECMAScript gives by itself: a call of it is no call of anything outside. */
const GLOBALS = [
  ...[
    'Object',
    'Function',
    'Array',
    'Number',
    'Boolean',
    'String',
    'Symbol',
    'BigInt',
    'Math',
    'JSON',
    'Reflect',
  ],
  ...[
    'Proxy',
    'Promise',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'FinalizationRegistry',
    'RegExp',
    'Date',
  ],
  ...[
    'Error',
    'AggregateError',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
  ],
  ...[
    'ArrayBuffer',
    'SharedArrayBuffer',
    'DataView',
    'Atomics',
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
  ],
  ...[
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
  ],
  ...[
    'BigUint64Array',
    'Iterator',
    'Intl',
    'parseInt',
    'parseFloat',
    'isNaN',
    'isFinite',
    'encodeURIComponent',
  ],
  ...['decodeURIComponent', 'encodeURI', 'decodeURI', 'escape', 'unescape'],
];

/** Of the language by name, but not of the process alone. */
const OUTSIDE: readonly unknown[] = [Date.now, Atomics.wait, Atomics.notify];

/** All functions of the language itself. */
export function languageFunctions(): WeakSet<object> {
  const functions = new WeakSet<object>();
  const seen = new Set<object>();
  const waiting: unknown[] = [
    ...GLOBALS.map((name) => Reflect.get(globalThis, name)),
    (function* () {})(),
    (async function* () {})(),
    [].values(),
    new Map().entries(),
    new Set().values(),
    ''.matchAll(/./g),
    ''[Symbol.iterator](),
  ];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
      continue;
    seen.add(value);
    if (typeof value === 'function' && !OUTSIDE.includes(value)) functions.add(value);
    waiting.push(Object.getPrototypeOf(value));
    for (const { value: held, get, set } of Object.values(Object.getOwnPropertyDescriptors(value)))
      waiting.push(held, get, set);
    for (const key of Object.getOwnPropertySymbols(value))
      waiting.push(Object.getOwnPropertyDescriptor(value, key)?.value);
  }
  return functions;
}
