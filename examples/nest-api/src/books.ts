import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { decorate } from './decorate.ts';

const titles = ['Emma', 'Middlemarch', 'Ulysses'];

export class Books {
  one(id: string): object {
    const title = titles[Number(id)];
    if (title === undefined) throw new NotFoundException('no such book');
    return { title };
  }

  loan(id: string, reader: string): object {
    return { id, reader };
  }
}

Controller('books')(Books);
decorate(Books, 'one', [Get(':id')], [Param('id')]);
decorate(Books, 'loan', [Get(':id/loans/:reader')], [Param('id'), Param('reader')]);
