import { describeStore } from '@tacho/store/conformance';
import { newPath, openTestStore } from './test-store.ts';

describeStore('the SQLite store', (clock) => openTestStore(newPath(), { clock }).store);
