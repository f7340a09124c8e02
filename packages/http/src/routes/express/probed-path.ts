import type { Path, ToldPath } from './layer.ts';
import { type SimplePath, simplePath, swapCase } from './simple-path.ts';

/** What a path matched of a text, as `router` 2 tells it. */
export type Matcher = (
  text: string,
) => { readonly path: string; readonly params: Readonly<Record<string, unknown>> } | false;

/** Longest text that is probed: each of its characters is replaced by each of these. */
const MAX_LENGTH = 120;
const PROBES = 'x0abcdefghijklmnopqrstuvwyz123456789-_.~AZ';
/** Templates kept of one path; it has several where parts of it are optional. */
const MAX_SHAPES = 8;
/** Texts looked at for one path; after that, what is not known of it stays so. */
const MAX_PROBED = 32;

interface Shape extends ToldPath {
  readonly matches: RegExp;
}

const NOTHING: ToldPath = { template: '', simple: undefined };

/**
 * A path that is known by nothing but whether it matches. Its template is told from the first texts that it matches:
 * a character that another can stand for belongs to a parameter, whose value shows which. One that none can stand
 * for is the path's own; in small letters, where the path does not mind, as clients may write it in any.
 */
export class ProbedPath implements Path {
  readonly simple = undefined;
  readonly #matcher: Matcher;
  readonly #shapes: Shape[] = [];
  #probed = 0;

  constructor(matcher: Matcher) {
    this.#matcher = matcher;
  }

  match(text: string): string | undefined {
    const matched = this.#matcher(text);
    return matched === false ? undefined : matched.path;
  }

  tell(matched: string): ToldPath | undefined {
    const text = matched.endsWith('/') ? matched.slice(0, -1) : matched;
    if (text === '') return NOTHING;
    const known = this.#shapes.find((shape) => shape.matches.test(text));
    if (known !== undefined) return known;
    if (text.length > MAX_LENGTH || this.#probed >= MAX_PROBED || this.#shapes.length >= MAX_SHAPES)
      return undefined;
    this.#probed++;
    const shape = new Probe(this.#matcher, text).shape();
    if (shape !== undefined) this.#shapes.push(shape);
    return shape;
  }
}

/** A part of a text: the path's own, or what a parameter stands for. */
interface Piece {
  readonly name: string | undefined;
  text: string;
}

class Probe {
  readonly #matcher: Matcher;
  readonly #text: string;
  readonly #params: Readonly<Record<string, unknown>>;

  constructor(matcher: Matcher, text: string) {
    this.#matcher = matcher;
    this.#text = text;
    this.#params = this.#paramsOf(text) ?? {};
  }

  /** @returns undefined where the text does not show it */
  shape(): Shape | undefined {
    if (this.#paramsOf(this.#text) === undefined) return undefined;
    const pieces: Piece[] = [];
    // What is written as `%C3%A9` can't be decoded in parts.
    for (const { 0: character, index } of this.#text.matchAll(/(?:%[\da-f]{2})+|./gis)) {
      const owner = this.#ownerOf(character, index);
      if (owner === 'nobody') return undefined;
      const last = pieces.at(-1);
      if (last !== undefined && last.name === owner.name) last.text += character;
      else pieces.push({ name: owner.name, text: character });
    }
    return this.#isWhole(pieces) ? this.#shapeOf(pieces) : undefined;
  }

  /** Whether the pieces of each parameter are its value: nothing of that was taken for the path's own. */
  #isWhole(pieces: readonly Piece[]): boolean {
    return Object.entries(this.#params).every(([name, value]) => {
      const text = pieces.map((piece) => (piece.name === name ? piece.text : '')).join('');
      return decodeURIComponent(text) === (Array.isArray(value) ? value.join('/') : value);
    });
  }

  /** The parameters of a text that matches from end to end. */
  #paramsOf(text: string): Readonly<Record<string, unknown>> | undefined {
    try {
      const matched = this.#matcher(text);
      return matched !== false && matched.path === text ? matched.params : undefined;
    } catch {
      // It can't be decoded.
      return undefined;
    }
  }

  /**
   * A character that changes several parameters is the path's own: they part there.
   *
   * @returns 'nobody' for one that may change, or come twice, and is in no parameter
   */
  #ownerOf(character: string, index: number): { readonly name: string | undefined } | 'nobody' {
    const before = this.#text.slice(0, index);
    const after = this.#text.slice(index + character.length);
    for (const probe of PROBES) {
      if (probe.toLowerCase() === character.toLowerCase()) continue;
      const params = this.#paramsOf(before + probe + after);
      if (params === undefined) continue;
      const [name, another] = this.#changed(params);
      if (name === undefined) return 'nobody';
      return { name: another === undefined ? name : undefined };
    }
    const twice = this.#paramsOf(before + character + character + after);
    const isRepeatable = twice !== undefined && this.#changed(twice).length === 0;
    return isRepeatable ? 'nobody' : { name: undefined };
  }

  /** The names of the parameters that have other values. */
  #changed(params: Readonly<Record<string, unknown>>): string[] {
    const names = new Set([...Object.keys(params), ...Object.keys(this.#params)]);
    return [...names].filter((name) => String(params[name]) !== String(this.#params[name]));
  }

  #shapeOf(pieces: readonly Piece[]): Shape {
    const swapped = pieces.map(({ name, text }) => (name === undefined ? swapCase(text) : text)).join('');
    const mindsCase = this.#paramsOf(swapped) === undefined;
    let template = '';
    let source = '';
    for (const { name, text } of pieces) {
      if (name === undefined) {
        template += mindsCase ? text : text.toLowerCase();
        source += text.replace(/[^\w/]/g, '\\$&');
      } else {
        const isRest = Array.isArray(this.#params[name]);
        template += `${isRest ? '*' : ':'}${/^[$\w]+$/.test(name) ? name : JSON.stringify(name)}`;
        source += isRest || text.includes('/') ? '.+' : '[^/]+';
      }
    }
    return {
      template,
      simple: this.#simple(template),
      matches: new RegExp(`^${source}$`, mindsCase ? '' : 'i'),
    };
  }

  /** Undefined where a parameter may not be any text: then it is that of a regular expression. */
  #simple(template: string): SimplePath | undefined {
    const isAny = ['0', 'a.b~c-d'].every(
      (value) => this.#paramsOf(template.replace(/:\w+/g, value)) !== undefined,
    );
    return isAny ? simplePath(template, (text) => this.#paramsOf(text) !== undefined) : undefined;
  }
}
