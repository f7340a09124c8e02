import { Parser } from 'htmlparser2';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly elements: Element[];
  text: string;
}

/** Of XML 1.0 what a report needs; everything else is a mistake in one. */
const CHARACTER = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const TEXT = /(?:[^<&]|&#\d+;)*/;
const TAG = /<(?:\/[a-z]+|[a-z]+(?: [a-z]+="(?:[^<&"]|&#\d+;)*")*\/?)>/;
const DOCUMENT = new RegExp(
  `^<\\?xml version="1\\.0" encoding="UTF-8"\\?>\\n(?:${TAG.source}${TEXT.source})+$`,
);

/**
 * Parses XML, and takes nothing that only lenient readers would.
 * @throws where it is not well-formed
 */
export function parseStrictly(xml: string): Element {
  if (!CHARACTER.test(xml)) throw new Error('a character that XML has not');
  if (!DOCUMENT.test(xml)) throw new Error(`no well-formed XML: ${xml}`);
  const root: Element = { name: '', attributes: {}, elements: [], text: '' };
  const open = [root];
  const closed: string[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const element = { name, attributes, elements: [], text: '' };
        open.at(-1)!.elements.push(element);
        open.push(element);
      },
      ontext: (text) => {
        open.at(-1)!.text += text;
      },
      onclosetag: (name, isImplied) => {
        const { name: opened } = open.pop()!;
        if (opened !== name) throw new Error(`</${name}> closes <${opened}>`);
        if (isImplied) closed.push(name);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  const selfClosed = xml.match(/<[^<>]*\/>/g)?.length ?? 0;
  if (closed.length > selfClosed) throw new Error('an element is not closed');
  if (root.elements.length !== 1) throw new Error('not one root');
  return root.elements[0]!;
}
