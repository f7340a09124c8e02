import { type Layer, layerLike, type RawPath } from './layer.ts';

/** What Express 4 puts behind a path that more may follow. */
const TAIL = String.raw`\/?(?=\/|$)`;
/** What it writes for a parameter that says nothing of its text, and behind one that ends in `*`. */
const ANY_TEXT = /^(?:\[\^\\?\/(?:\\\.)*\]\+\?|\(\?:\(\?!\\\/\|.*\)\.\)\+\?)$/;
const REST = /^\(\(\?:\[\\?\/(?:\\\.)*\]\.\+\?\)\?\)$/;

/**
 * The paths that a layer of Express 4 was made for, which keeps nothing of them but the regular expression that was
 * made of them: read back from there, and shown to be right by making it again.
 *
 * @returns each with its regular expression; one that the application gave itself is its own path
 */
export function expressFourPaths(
  layer: Layer,
  regexp: RegExp,
): { readonly regexp: RegExp; readonly raw: RawPath }[] {
  const options = { sensitive: !regexp.ignoreCase, strict: false, end: false };
  const names = keyNames(layer);
  return alternatives(regexp.source).map((source) => {
    const alone = source === regexp.source ? regexp : new RegExp(source, regexp.flags);
    const itsNames = names.splice(0, groupsIn(alone));
    const path = pathOf(source, itsNames);
    const again = path === undefined ? undefined : layerLike(layer, path, options);
    const isRight = (again?.regexp as RegExp | undefined)?.source === source && areSame(again, itsNames);
    return { regexp: alone, raw: path !== undefined && isRight ? path : alone };
  });
}

function keyNames(layer: Layer | undefined): unknown[] {
  return (layer as { readonly keys: { readonly name: unknown }[] }).keys.map(({ name }) => name);
}

function areSame(layer: Layer | undefined, names: readonly unknown[]): boolean {
  const others = keyNames(layer);
  return others.length === names.length && others.every((name, n) => name === names[n]);
}

function groupsIn({ source, flags }: RegExp): number {
  return (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) - 1;
}

/** Several paths stand in one regular expression, each from its own `^`. */
function alternatives(source: string): string[] {
  const levels = levelsOf(source);
  const found: string[] = [];
  let start = 0;
  for (let at = source.indexOf('|^'); at !== -1; at = source.indexOf('|^', at + 1)) {
    if (levels[at] !== 0) continue;
    found.push(source.slice(start, at));
    start = at + 1;
  }
  return [...found, source.slice(start)];
}

/** @param names of what the groups capture, in their order */
function pathOf(source: string, names: readonly unknown[]): string | undefined {
  if (!source.startsWith('^') || !source.endsWith(TAIL)) return undefined;
  const body = source.slice(1, -TAIL.length);
  const levels = levelsOf(body);
  let path = '';
  let group = 0;
  for (let at = 0; at < body.length; ) {
    const parameter = body.startsWith('(?:', at) ? parameterAt(body, levels, at, names[group]) : undefined;
    if (parameter !== undefined) {
      path += parameter.path;
      group += groupsIn(new RegExp(body.slice(at, parameter.end)));
      at = parameter.end;
    } else if (body.startsWith('(.*)', at)) {
      path += '*';
      group++;
      at += 4;
    } else if (body.startsWith('(?:', at)) {
      path += '(';
      at += 3;
    } else {
      if (body[at] === '(' && levels[at] !== LITERAL && body[at + 1] !== '?') group++;
      const length = body[at] === '\\' ? 2 : 1;
      path += unescaped(body.slice(at, at + length));
      at += length;
    }
  }
  return path;
}

/** A parameter with the slash or the dot before it, and what it says of its text: `(?:\/([^/]+?))`. */
function parameterAt(
  body: string,
  levels: readonly number[],
  at: number,
  name: unknown,
): { path: string; end: number } | undefined {
  const end = groupEnd(body, levels, at);
  const [lead = '', dot = '', slash = ''] = /^(\\\.)?(\\\/)?/.exec(body.slice(at + 3, end)) ?? [];
  const open = at + 3 + lead.length;
  if (typeof name !== 'string' || body[open] !== '(' || body[open + 1] === '?') return undefined;
  const close = groupEnd(body, levels, open);
  const rest = body.slice(close + 1, end);
  if (rest !== '' && !REST.test(rest)) return undefined;
  const captured = body.slice(open + 1, close);
  const said = ANY_TEXT.test(captured)
    ? ''
    : `(${captured.replace(/\(\.\*\)|\\\//g, (text) => (text === '(.*)' ? '*' : '/'))})`;
  const isOptional = body[end + 1] === '?';
  const before = (slash === '' ? '' : '/') + (dot === '' ? '' : '.');
  const path = `${before}:${name}${said}${rest === '' ? '' : '*'}${isOptional ? '?' : ''}`;
  return { path, end: end + (isOptional ? 2 : 1) };
}

function unescaped(text: string): string {
  return text === String.raw`\/` || text === String.raw`\.` ? text.slice(1) : text;
}

const LITERAL = -1;

/** For each character of a regular expression how many groups are around it; LITERAL where it only looks like one. */
function levelsOf(source: string): number[] {
  const levels: number[] = [];
  let level = 0;
  let isInClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === ')' && !isInClass) level--;
    levels.push(isInClass || character === '\\' ? LITERAL : level);
    if (character === '\\') {
      levels.push(LITERAL);
      at++;
    } else if (isInClass) isInClass = character !== ']';
    else if (character === '[') isInClass = true;
    else if (character === '(') level++;
  }
  return levels;
}

/** Where the group ends that begins at `open`. */
function groupEnd(source: string, levels: readonly number[], open: number): number {
  const level = levels[open];
  for (let at = open + 1; at < source.length; at++) {
    if (source[at] === ')' && levels[at] === level) return at;
  }
  return source.length;
}
