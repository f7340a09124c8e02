import { DEFAULT_LIMITS } from '@tacho/core';
import { describeStore } from '../src/describe-store.ts';
import { MemoryJournal } from '../src/memory-journal.ts';
import { MemoryState } from '../src/memory-state.ts';
import { MemoryStore } from '../src/memory-store.ts';

describeStore('the memory store', (clock) => ({
  windows: new MemoryStore({ clock, limits: DEFAULT_LIMITS }),
  journal: new MemoryJournal(),
  state: new MemoryState({ clock }),
}));
