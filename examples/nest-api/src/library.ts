import { Controller, Get, Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { Books } from './books.ts';
import { decorate } from './decorate.ts';

class Broken {
  fail(): never {
    throw new Error('broken on purpose');
  }
}

Controller('broken')(Broken);
decorate(Broken, 'fail', [Get()]);

class Library {}

Module({ controllers: [Books, Broken] })(Library);

/** The service. The library's controllers are below `/library`. */
export class Service {}

Module({ imports: [Library, RouterModule.register([{ path: 'library', module: Library }])] })(Service);
