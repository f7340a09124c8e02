import { describe, expect, it } from '@jest/globals';
import { type Method, patchMethod } from '../src/patch-method.ts';

const shouting = (original: Method): Method =>
  function loud(this: unknown, ...args) {
    return `${Reflect.apply(original, this, args)}!`;
  };

class Animal {
  say(word: string): string {
    return `${this.constructor.name} says ${word}`;
  }
}
class Dog extends Animal {}

describe('a patched method', () => {
  it('is called with the `this` and the arguments of its callers', () => {
    const undo = patchMethod(Animal.prototype, 'say', shouting);
    expect(new Animal().say('hm')).toBe('Animal says hm!');
    expect(new Dog().say('wau')).toBe('Dog says wau!');
    undo();
    expect(new Dog().say('wau')).toBe('Dog says wau');
  });

  it('is restored as it was, a property of its own', () => {
    const before = Object.getOwnPropertyDescriptor(Animal.prototype, 'say');
    const undo = patchMethod(Animal.prototype, 'say', shouting);
    expect(Object.getOwnPropertyDescriptor(Animal.prototype, 'say')?.enumerable).toBe(before?.enumerable);
    undo();
    expect(Object.getOwnPropertyDescriptor(Animal.prototype, 'say')).toEqual(before);
  });

  it('is removed where it was inherited', () => {
    const undo = patchMethod(Dog.prototype, 'say', shouting);
    expect(Object.hasOwn(Dog.prototype, 'say')).toBe(true);
    undo();
    expect(Object.hasOwn(Dog.prototype, 'say')).toBe(false);
    expect(new Dog().say('wau')).toBe('Dog says wau');
  });

  it('stays in the chain where somebody has wrapped it since', () => {
    const undo = patchMethod(Dog.prototype, 'say', shouting);
    const undoTheirs = patchMethod(Dog.prototype, 'say', shouting);
    undo();
    expect(new Dog().say('wau')).toBe('Dog says wau!!');
    undoTheirs();
    expect(new Dog().say('wau')).toBe('Dog says wau!');
    undo();
    expect(new Dog().say('wau')).toBe('Dog says wau');
  });
});
