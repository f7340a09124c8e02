import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MAX_BODY_BYTES, PAYLOAD_TOO_LARGE } from './body-limit.ts';
import { invalidBody, UNSUPPORTED_MEDIA_TYPE } from './body-problems.ts';

const inflated = promisify(gunzip);

/**
 * The body of a request that nobody has read yet, without its compression.
 * @throws HttpProblem 400 where it does not arrive whole, 413, 415
 */
export async function bodyBytes(request: IncomingMessage): Promise<Buffer> {
  const coding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (coding !== 'identity' && coding !== 'gzip') throw UNSUPPORTED_MEDIA_TYPE;
  const bytes = await arrived(request);
  if (coding === 'identity') return bytes;
  try {
    return await inflated(bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? PAYLOAD_TOO_LARGE
      : invalidBody('is no gzip');
  }
}

/** Ends reading, and not the connection, where there is too much: somebody waits for the answer. */
function arrived(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      if (bytes <= MAX_BODY_BYTES) return void chunks.push(chunk);
      request.off('data', take).pause();
      reject(PAYLOAD_TOO_LARGE);
    };
    const cutShort = (): void => reject(invalidBody('did not arrive whole'));
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', cutShort);
    request.once('close', cutShort);
  });
}
