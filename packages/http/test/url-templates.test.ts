import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UrlTemplates } from '../src/url-templates.ts';
import { growth, LINEAR } from './growth.ts';

/** Nodes of the trie, and beside them `/` and `*`. */
const MOST_TEMPLATES = 602;

describe('a path becomes a template', () => {
  it.each([
    ['/', '/'],
    ['*', '*'],
    ['/users', '/users'],
    ['/users/', '/users/'],
    ['/users/17', '/users/{id}'],
    ['/users/17/posts', '/users/{id}/posts'],
    ['/users/17/posts/9f1c2a34-0b1d-4c2e-8f3a-5b6c7d8e9f0a', '/users/{id}/posts/{id}'],
    ['/api/v2/auth/oauth2', '/api/v2/auth/oauth2'],
    ['/by-mail/user@sharif.edu', '/by-mail/{id}'],
    ['/by-mail/user%40sharif.edu', '/by-mail/{id}'],
    ['/days/2025-07-19/summary', '/days/{id}/summary'],
    ['/favicon.ico', '/favicon.ico'],
    ['//', '//'],
    ['//[', '//{id}'],
    ['/a//b', '/a//b'],
    ['/%00', '/{id}'],
    ['/../../etc/passwd', '/../../etc/passwd'],
    ['/__proto__', '/__proto__'],
    ['/constructor/prototype/toString', '/constructor/prototype/toString'],
    ['/hasOwnProperty/17', '/hasOwnProperty/{id}'],
    ['/1/2/3/4/5/6/7/8', '/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}'],
    ['/a/b/c/d/e/f/g/h', '/a/b/c/d/e/f/g/h'],
    ['/a/b/c/d/e/f/g/h/i', '/a/b/c/d/e/f/g/h/{...}'],
    ['/a/b/c/d/e/f/g/h/i/j/k', '/a/b/c/d/e/f/g/h/{...}'],
    ['/a/b/c/d/e/f/g/h/', '/a/b/c/d/e/f/g/h/{...}'],
    ['example.org:443', '/{name}'],
  ])('%s: %s', (path, template) => {
    const templates = new UrlTemplates();
    expect(templates.learn(path)).toBe(template);
    expect(templates.learn(path)).toBe(template);
  });

  it('whose depth is bounded, however deep the path', () => {
    const template = new UrlTemplates().learn('/a'.repeat(7_500));
    expect(template).toBe('/a/a/a/a/a/a/a/a/{...}');
  });
});

describe('a path that was not answered for', () => {
  it('teaches no words: what is not known is a name', () => {
    const templates = new UrlTemplates();
    expect(templates.learn('/people/jane-doe', false)).toBe('/{name}/{name}');
    expect(templates.learn('/people/17')).toBe('/people/{id}');
    expect(templates.learn('/people/jane-doe', false)).toBe('/people/{name}');
    expect(templates.learn('/people/17/', false)).toBe('/people/{id}/');
    expect(templates.learn('/', false)).toBe('/');
  });
});

describe('words below one prefix', () => {
  it('fold into `{name}` from the 49th on, and those before stay as they are', () => {
    const templates = new UrlTemplates();
    const words = Array.from(
      { length: 100 },
      (_, n) => `word${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10)]}`,
    );
    const learned = words.map((word) => templates.learn(`/tags/${word}`));
    expect(learned.slice(0, 48)).toEqual(words.slice(0, 48).map((word) => `/tags/${word}`));
    expect(new Set(learned.slice(48))).toEqual(new Set(['/tags/{name}']));
    expect(words.map((word) => templates.learn(`/tags/${word}`))).toEqual(learned);
    expect(templates.learn('/tags/17')).toBe('/tags/{id}');
    expect(templates.learn('/other/word')).toBe('/other/word');
  });
});

describe('what is learned is bounded', () => {
  it('to 602 templates of bounded length by a million paths', () => {
    const templates = new UrlTemplates();
    const known = ['/api/users/17', '/api/users/17/posts', '/login'];
    const before = known.map((path) => templates.learn(path));
    const seen = new Set<string | undefined>();
    let unlearned = 0;
    for (const path of randomPaths(1_000_000)) {
      const template = templates.learn(path);
      if (template === undefined) unlearned++;
      else seen.add(template);
    }
    expect(seen.size).toBeLessThanOrEqual(MOST_TEMPLATES);
    expect(unlearned).toBeGreaterThan(0);
    expect([...seen].reduce((sum, template) => sum + (template?.length ?? 0), 0)).toBeLessThan(600 * 300);
    expect(known.map((path) => templates.learn(path))).toEqual(before);
  });

  it('to 602, whatever is fed', () => {
    const segment = fc.oneof(
      fc.constantFrom('', '{id}', '{name}', '{...}', '__proto__', 'users', 'v1', '*', '%'),
      fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.stringMatching(/^[a-z]{1,6}$/),
    );
    const path = fc.array(segment, { maxLength: 10 }).map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(fc.array(path, { minLength: 50, maxLength: 200 }), (paths) => {
        const templates = new UrlTemplates();
        const first = paths.map((one) => templates.learn(one));
        expect(new Set(first).size).toBeLessThanOrEqual(MOST_TEMPLATES);
        // A path folds the same way for ever.
        expect(paths.map((one) => templates.learn(one))).toEqual(first);
        expect(paths.toReversed().map((one) => templates.learn(one))).toEqual(first.toReversed());
      }),
      { numRuns: 20 },
    );
  });
});

describe('the time to fold a path', () => {
  it.each(['/a', '/', 'a', '1', '-', '%', '.', '/1', '{id}/'])(
    'is in proportion to its length: %j',
    (unit) => {
      const templates = new UrlTemplates();
      const learn = (path: string): string | undefined => templates.learn(path);
      expect(growth((length) => `/${unit.repeat(length / unit.length)}`, learn)).toBeLessThan(LINEAR);
    },
  );

  it('is far from noticeable at 15 KB', () => {
    const templates = new UrlTemplates();
    const paths = Array.from({ length: 200 }, (_, n) => `/${n}${'/abc%'.repeat(3_000)}`);
    const before = performance.now();
    for (const path of paths) templates.learn(path);
    // The aim is 1 ms each; ten times that would be something growing out of hand.
    expect((performance.now() - before) / paths.length).toBeLessThan(10);
  });
});

/** Distinct paths of up to four segments, words and some numbers, from a linear congruential generator. */
function* randomPaths(count: number): Generator<string> {
  const syllables = [...'bcdfghjklmnpqrstvwxz'].flatMap((a) => [...'aeiou'].map((b) => a + b));
  const words = syllables.flatMap((a) => syllables.map((b) => a + b));
  let state = 12_345;
  for (let i = 0; i < count; i++) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    const a = words[state % words.length];
    const b = syllables[state % 89];
    yield i % 10 === 0 ? `/${a}/${i}/${b}` : `/${a}${b}/${words[i % words.length]}/${syllables[i % 97]}/${b}`;
  }
}
