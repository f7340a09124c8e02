import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Reference, referencesIn } from './references.ts';
import { type SyntaxNode, syntaxNodes } from './syntax.ts';

/** One `packages/<folder>` of the workspace. */
export interface Package {
  folder: string;
  npmName: string;
  /** What its package.json lists under `dependencies`, and under `devDependencies`: those it is bundled with. */
  dependencies: string[];
  files: SourceFile[];
}

/** One TypeScript file under a package's `src`. */
export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  path: string;
  lineCount: number;
  nodes: SyntaxNode[];
  references: Reference[];
}

export function readPackages(root: string): Package[] {
  return globSync('packages/*/package.json', { cwd: root })
    .sort()
    .map((path) => {
      const folder = basename(dirname(path));
      const { name, dependencies, devDependencies } = JSON.parse(readFileSync(join(root, path), 'utf8'));
      return {
        folder,
        npmName: name,
        dependencies: Object.keys({ ...dependencies, ...devDependencies }),
        files: readSources(root, folder),
      };
    });
}

function readSources(root: string, folder: string): SourceFile[] {
  return globSync(`packages/${folder}/src/**/*.{ts,cts,mts}`, { cwd: root })
    .sort()
    .map((path) => readSource(root, path));
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const nodes = syntaxNodes(text);
  return { path, lineCount: text.split('\n').length - 1, nodes, references: referencesIn(nodes) };
}
