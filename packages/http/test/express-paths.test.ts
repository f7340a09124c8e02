import { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { RequestHandler } from 'express';
import type { Layer, Router } from '../src/routes/express/layer.ts';
import { mountPathsOf } from '../src/routes/express/layer-paths.ts';
import { type Express, express4, express5, forgetPaths } from './express-serving.ts';
import { Watch } from './watching.ts';

const pass: RequestHandler = (_request, _response, next) => next();

function layerFor(express: Express, path: string | RegExp | (string | RegExp)[]): Layer {
  const router = express.Router().use(path, pass) as unknown as Router;
  return router.stack[0]!;
}

describe('the path that a router of Express 4 was mounted at', () => {
  const templateFor = (path: string | RegExp | (string | RegExp)[], text: string): string | undefined =>
    mountPathsOf(layerFor(express4, path)).match(text)?.template;

  it.each([
    ['/api', '/api'],
    ['/Api.v1', '/api.V1/x'],
    ['/users/:id', '/users/17'],
    ['/users/:id?', '/users'],
    ['/users/:id(\\d+)', '/users/17'],
    ['/users/:id(\\d+(?:-\\d+))', '/users/17-18'],
    ['/:from-:to', '/1-2'],
    ['/:file.:extension', '/a.b'],
    ['/file.:extension?', '/file'],
    ['/files/*', '/files/a/b'],
    ['/a*b', '/a-b'],
    ['/ab?cd', '/acd'],
    ['/a(bc)?d', '/ad'],
    ['/x(\\d+)', '/x17'],
    ['/(x|y)/:z', '/x/17'],
    ['/:rest*', '/a/b'],
    ['/:rest(.*)/end', '/a/b/end'],
    ['/@:name', '/@me'],
    ['/:version(v1|v2)/users', '/v2/users'],
    ['/[ab]+/:id', '/ab/17'],
    ['/a|b', '/a'],
    ['*', '/anything/at/all'],
  ])('is read back from its regular expression: %s', (path, text) => {
    expect(templateFor(path, text)).toBe(path);
  });

  it.each([
    ['/', '/users', ''],
    ['/api/', '/api/x', '/api'],
    [/^\/u\/(\w+)/i, '/U/x', '/^\\/u\\/(\\w+)/i'],
    [['/a', '/b/:c'], '/b/17', '/b/:c'],
    [[/^\/x(\d+)/, '/y/:z'], '/x17', '/^\\/x(\\d+)/i'],
    [[/^\/x(\d+)/, '/y/:z'], '/y/17', '/y/:z'],
  ])('is shown as it matches: %s', (path, text, template) => {
    expect(templateFor(path, text)).toBe(template);
  });
});

describe('the path of a router that says nothing but whether it matches', () => {
  const pathsFor = (path: string | RegExp) => {
    const layer = layerFor(express5, path);
    forgetPaths({ stack: [layer] } as never);
    return mountPathsOf(layer);
  };

  it.each([
    ['/users/:id', '/users/17/x', '/users/:id'],
    ['/Users/:id', '/USERS/%C3%A9%20x', '/users/:id'],
    ['/:id/x', '/x/x', '/:id/x'],
    ['/:from-:to', '/1-2-3', '/:from-:to'],
    ['/:from-:to/:x', '/a-a/a', '/:from-:to/:x'],
    ['/files/*rest', '/files/a//b', '/files/*rest'],
    ['/a{/b}', '/a/b', '/a/b'],
    ['/a{/:b}{/:c}', '/a/1', '/a/:b'],
    ['/a{/:b}{/:c}', '/a/1/2', '/a/:b/:c'],
    ['/:"a name"', '/17', '/:"a name"'],
    [/^\/u\/(\w+)/, '/u/jane', '/u/:0'],
    [/^\/(?:one|two)/, '/two', '/two'],
  ])('is told by probing: %s', (path, text, template) => {
    expect(pathsFor(path).match(text)?.template).toBe(template);
  });

  it.each([
    [/^\/u\/\w+/, '/u/jane'],
    [/^\/u\/[a-m]+/, '/u/abel'],
    [/^\/a+/, '/aaa'],
    [/^\/((\w+)-\w+)/, '/jane-doe'],
    [/^\/(?<a>(?<b>\w+)-\w+)/, '/jane-doe'],
    [/^\/u\/.{4}\/(\w+)/, '/u/jane/x'],
    ['/:long', `/${'x'.repeat(200)}`],
  ])('is not told where a client’s text would stand in it: %s', (path, text) => {
    expect(pathsFor(path).match(text)).toBeUndefined();
  });

  it('stays the same for whatever comes later', () => {
    const paths = pathsFor('/Users/:id');
    for (const text of ['/users/17', '/USERS/users', '/uSeRs/%41', '/users/-']) {
      expect(paths.match(text)?.template).toBe('/users/:id');
    }
  });
});

it('leaves alone a regular expression that goes on from where it last matched', () => {
  for (const express of [express4, express5]) {
    const regexp = /\/u\/(\w+)/g;
    const paths = mountPathsOf(layerFor(express, regexp));
    regexp.lastIndex = 3;
    expect(paths.match('/u/jane')?.template).toBe('/\\/u\\/(\\w+)/g');
    expect(regexp.lastIndex).toBe(3);
  }
});

it('the route of a request is otherwise a property like any', () => {
  const { hooks } = Watch.install();
  const request = new IncomingMessage(null as never) as IncomingMessage & { route?: unknown };
  expect(request.route).toBeUndefined();
  for (const value of [17, null, 'text', {}, { path: 1, stack: [], methods: null, dispatch: () => {} }]) {
    request.route = value;
    expect(request.route).toBe(value);
  }
  expect(Object.keys(request)).not.toContain('route');
  const other = new IncomingMessage(null as never) as IncomingMessage & { route?: unknown };
  expect(other.route).toBeUndefined();
  hooks.uninstall();
  expect('route' in other).toBe(false);
});
