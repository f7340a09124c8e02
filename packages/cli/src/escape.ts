export { escapeControls } from '@tacho/core';
