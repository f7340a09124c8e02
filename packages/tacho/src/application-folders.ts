import { dirname } from 'node:path';

/** Where an application looks for packages: beside its main module, then where it was started. */
export function applicationFolders({ argv, cwd }: Pick<NodeJS.Process, 'argv' | 'cwd'>): readonly string[] {
  const [, mainModule] = argv;
  return mainModule === undefined ? [cwd()] : [dirname(mainModule), cwd()];
}
