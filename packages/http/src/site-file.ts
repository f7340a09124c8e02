import { isWord } from './url-word.ts';

/** What a web site is made of. Photographs, documents and archives are named by and after people. */
const SITE_EXTENSIONS = new Set(
  'asp aspx cgi css htm html ico js json map mjs php png rss svg txt wasm webmanifest webp woff woff2 xml'.split(
    ' ',
  ),
);

/** Between a file's name and its extension: `jquery.min.js`. */
const MARKS = new Set(['bundle', 'chunk', 'config', 'd', 'min', 'module', 'slim', 'umd', 'worker']);

/**
 * True for the files of a site (`favicon.ico`, `jquery-3.7.1.min.js`), dot files (`.well-known`) and versions
 * (`v1.2`): the only dots that no user brings. `jane.doe` is none of them.
 *
 * @param segment at most 40 characters, with a dot in it
 */
export function isSiteFile(segment: string): boolean {
  const parts = segment.split('.');
  const [first = ''] = parts;
  if (first === '') return parts.length === 2 && isWord(parts[1] ?? '');
  if (first.length <= 3 && (first[0] === 'v' || first[0] === 'V') && parts.slice(1).every(isVersionPart))
    return isWord(first);
  const extension = parts.at(-1) ?? '';
  return (
    SITE_EXTENSIONS.has(extension) &&
    isWord(withoutVersion(first)) &&
    parts.slice(1, -1).every((part) => MARKS.has(part) || isVersionPart(part))
  );
}

/** `jquery-3` is `jquery`. */
function withoutVersion(name: string): string {
  const dash = name.lastIndexOf('-');
  return dash > 0 && isVersionPart(name.slice(dash + 1)) ? name.slice(0, dash) : name;
}

function isVersionPart(part: string): boolean {
  return part.length > 0 && part.length <= 2 && [...part].every((digit) => digit >= '0' && digit <= '9');
}
