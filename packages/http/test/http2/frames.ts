/** Frames of HTTP/2 (RFC 9113, section 4.1), a character a byte. */

const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;

const END_STREAM_AND_HEADERS = 0x05;

/** `GET / HTTP/2`, over plain HTTP, of `test`: in names of the static table of RFC 7541. */
const REQUEST = '\x82\x86\x84\x41\x04test';

const CANCEL = '\0\0\0\x08';

export const SETTINGS_AND_PREFACE = `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${frame(SETTINGS, 0, 0, '')}`;

/** A request that its client takes back in the same breath. */
export function requestAndReset(streamId: number): string {
  return frame(HEADERS, END_STREAM_AND_HEADERS, streamId, REQUEST) + frame(RST_STREAM, 0, streamId, CANCEL);
}

function frame(type: number, flags: number, streamId: number, payload: string): string {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(streamId, 5);
  return header.toString('latin1') + payload;
}
