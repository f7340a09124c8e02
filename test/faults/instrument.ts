import { parseAst } from 'rolldown/parseAst';
import { OURS } from './instrument-mark.ts';

/** A place in a file at which something is called. */
export interface CallSite {
  /** From 1 on, and different in all files. */
  readonly id: number;
  /** Lines from 1, columns from 0, in the file that was read. */
  readonly line: number;
  readonly column: number;
  /** What is called, as it is written. */
  readonly callee: string;
}

const HELPERS = '$call, $chain, $held, $import, $maybe, $method, $new';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

interface Edit {
  readonly at: number;
  /** Where what is replaced ends; `at` to insert alone. */
  readonly until: number;
  readonly text: string;
  /** Whether it ends what an edit at an earlier place has begun. */
  readonly closes: boolean;
}

/**
 * Has each call of a module go through `fault-points.ts`, which may make it fail. Nothing else is changed, lines
 * least of all.
 *
 * @param firstId of its call sites
 * @param faultPoints the URL of that module
 */
export function instrument(
  source: string,
  firstId: number,
  faultPoints: string,
): { readonly text: string; readonly sites: readonly CallSite[] } {
  const edits: Edit[] = [];
  const sites: CallSite[] = [];
  const insert = (at: number, text: string): void => {
    edits.push({ at, until: at, text, closes: false });
  };
  const close = (at: number, text = ')'): void => {
    edits.push({ at, until: at, text, closes: true });
  };
  const replace = (at: number, until: number, text: string): void => {
    edits.push({ at, until, text, closes: false });
  };
  const siteOf = (callee: Node): number => {
    const before = source.slice(0, callee.start).split('\n');
    const column = before.at(-1)!.length;
    const text = source.slice(callee.start, callee.end).replaceAll(/\s+/g, ' ').slice(-60);
    sites.push({ id: firstId + sites.length, line: before.length, column, callee: text });
    return sites.at(-1)!.id;
  };

  const visit = (node: Node): void => {
    if (node.type === 'CallExpression') visitCall(node);
    else if (node.type === 'NewExpression') {
      const callee = node.callee as Node;
      insert(callee.start, `($new(${siteOf(callee)}, `);
      close(callee.end, '))');
    } else if (node.type === 'ImportExpression') {
      insert(node.start, `$import(${siteOf(node)}, () => `);
      close(node.end);
    } else if (node.type === 'ClassBody') insert(node.start + 1, OURS);
    else if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) {
      const body = node.body as Node;
      insert(body.type === 'BlockStatement' ? body.start + 1 : body.start, OURS);
    }
    for (const child of childrenOf(node)) visit(child);
  };

  const visitCall = (node: Node): void => {
    const callee = node.callee as Node;
    if (callee.type === 'Super') return;
    if (callee.type !== 'MemberExpression') {
      insert(callee.start, `$call(${siteOf(callee)}, `);
      close(callee.end);
      return;
    }
    const object = callee.object as Node;
    const property = callee.property as Node;
    if (object.type === 'Super') return;
    if (property.type === 'PrivateIdentifier') {
      if (object.type !== 'ThisExpression' && object.type !== 'Identifier') return;
      insert(callee.start, `$held(${siteOf(callee)}, ${source.slice(object.start, object.end)}, `);
      close(callee.end);
      return;
    }
    const isShort = callee.optional === true || isChained(object);
    const helper = node.optional === true ? '$maybe' : isShort ? '$chain' : '$method';
    insert(callee.start, `${helper}(${siteOf(callee)}, `);
    // The object may stand in parentheses, which stay.
    const dotAt = object.end + source.slice(object.end, property.start).search(/[.?[]/);
    if (callee.computed === true) {
      replace(dotAt, property.start, ', ');
      replace(property.end, callee.end, ')');
    } else replace(dotAt, callee.end, `, ${JSON.stringify(property.name)})`);
    if (isShort && node.optional !== true) insert(callee.end, '?.');
  };

  visit(parseAst(source) as unknown as Node);
  const preamble = `import { ${HELPERS} } from ${JSON.stringify(faultPoints)}; `;
  return { text: preamble + applied(source, edits), sites };
}

/** Whether an expression may be cut short by a `?.` in it. */
function isChained(node: Node): boolean {
  if (node.type === 'CallExpression') return node.optional === true || isChained(node.callee as Node);
  if (node.type === 'MemberExpression') return node.optional === true || isChained(node.object as Node);
  return false;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string');
}

/** Of edits at one place those that close come first, from within; the others from without, as they were made. */
function applied(source: string, edits: readonly Edit[]): string {
  const closing = edits.filter(({ closes }) => closes).reverse();
  const ordered = [...closing, ...edits.filter(({ closes }) => !closes)].sort((a, b) => a.at - b.at);
  let text = '';
  let done = 0;
  for (const { at, until, text: added } of ordered) {
    text += source.slice(done, at) + added;
    done = until;
  }
  return text + source.slice(done);
}
