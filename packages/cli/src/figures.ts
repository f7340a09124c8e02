import { figures } from '@tacho/core';

export const { count, counted, duration, percent, size } = figures;
