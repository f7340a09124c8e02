import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { startMonitoring } from 'tacho';
import { Service } from './library.ts';

startMonitoring();

const app = await NestFactory.create(Service, { logger: ['error', 'warn'] });
await app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
console.log('listening', app.getHttpServer().address());
