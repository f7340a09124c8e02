'use strict';

/**
 * Preloaded: notes every file that is loaded from here on, and how long each takes to be read, compiled and run. Time
 * belongs to one file at a time: to the one that is being loaded, or else to the innermost whose body runs, so that
 * finding and loading what a file asks for is not counted twice. A module of Node's own counts to the file that asks
 * for it first.
 */
const { registerHooks } = require('node:module');
const { fileURLToPath } = require('node:url');

/** The app pays for it in any case, whoever asks first. */
require('node:http');

const STRICT = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)*(['"])use strict\1/;
const INSTRUMENTED = ['commonjs', 'module'];

const files = new Map();
const running = [];
let current;
let sinceMs = performance.now();

function turnTo(url) {
  const nowMs = performance.now();
  if (current !== undefined) files.get(current).ms += nowMs - sinceMs;
  current = url;
  sinceMs = nowMs;
}

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:')) return nextLoad(url, context);
    if (!files.has(url)) files.set(url, { path: fileURLToPath(url), bytes: 0, ms: 0 });
    turnTo(url);
    const loaded = nextLoad(url, context);
    files.get(url).bytes = loaded.source?.length ?? 0;
    if (!INSTRUMENTED.includes(loaded.format) || loaded.source == null) {
      turnTo(running.at(-1));
      return loaded;
    }
    return { ...loaded, source: instrumented(String(loaded.source), JSON.stringify(url)) };
  },
});

/** With a call before and after the body, on no line of its own. */
function instrumented(source, url) {
  if (source.startsWith('#!')) return source;
  return `${STRICT.test(source) ? "'use strict';" : ''}benchBegin(${url});${source}\n;benchEnd(${url});`;
}

globalThis.benchBegin = (url) => {
  turnTo(url);
  running.push(url);
};

/** A body that returned early or threw said nothing: it ends with the one around it. */
globalThis.benchEnd = (url) => {
  const at = running.lastIndexOf(url);
  if (at !== -1) running.length = at;
  turnTo(running.at(-1));
};

globalThis.benchLoading = () => [...files.values()];
