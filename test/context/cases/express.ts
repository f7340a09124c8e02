import { randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import multer from 'multer';
import type { ContextCase, Sending } from '../case.ts';
import { see } from '../observation.ts';
import { FORM, multipart } from './form.ts';

const app = express();

function seen(label: string) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    see(req, label);
    next();
  };
}

function parsed(req: Request, res: Response): void {
  res.on('finish', () => see(req, 'finish'));
  see(req, 'parsed');
  res.json({ length: JSON.stringify(req.body)?.length });
}

app.use(seen('first middleware'));
app.post('/json', express.json(), parsed);
app.post('/urlencoded', express.urlencoded({ extended: true }), parsed);
app.post('/raw', express.raw({ type: '*/*', verify: (req) => see(req as Request, 'verify') }), parsed);
app.post('/text', express.text({ type: '*/*' }), parsed);
app.post(
  '/bad-json',
  express.json(),
  parsed,
  (_error: unknown, req: Request, res: Response, _next: unknown) => {
    see(req, 'error handler');
    res.sendStatus(400);
  },
);
app.get('/throws', async (req) => {
  await new Promise((settle) => setTimeout(settle, 1));
  see(req, 'before the error');
  throw new Error('to be handled');
});
app.get('/file', (req, res) => {
  res.sendFile(import.meta.filename, () => see(req, 'sent'));
});
app.get(
  '/chain/:id',
  (_req, _res, next) => {
    setTimeout(next, 1);
  },
  seen('after next in a timer'),
  (req, res) => {
    see(req, 'route');
    res.on('close', () => see(req, 'close'));
    res.send('text');
  },
);

const upload = multer({
  storage: multer.memoryStorage(),
  fileFilter(req, _file, done) {
    see(req, 'file filter');
    setImmediate(done, null, true);
  },
});
app.post('/upload', upload.fields([{ name: 'file' }, { name: 'other' }]), parsed);
const uploadToDisk = multer({
  storage: multer.diskStorage({
    filename(req, file, done) {
      see(req, 'file name');
      done(null, `${file.fieldname}-${randomUUID()}`);
    },
  }),
});
app.post('/upload-to-disk', uploadToDisk.single('file'), parsed);
app.post('/upload-refused', multer({ limits: { fileSize: 1 } }).single('file'), parsed);

app.use((_error: unknown, req: Request, res: Response, _next: NextFunction) => {
  see(req, 'last error handler');
  res.sendStatus(500);
});

function expressCase(name: string, sends: Sending, callbacks: readonly string[]): ContextCase {
  return {
    name: `express: ${name}`,
    callbacks: ['first middleware', ...callbacks],
    sends,
    handle: ({ req, res }) => app(req, res),
  };
}

function posted(target: string, type: string, ...body: string[]): Sending {
  return { method: 'POST', targets: [target], headers: [`Content-Type: ${type}`], body };
}

const PARSED = ['parsed', 'finish'];

export const expressApp: readonly ContextCase[] = [
  expressCase('express.json', posted('/json', 'application/json', '{"a":', '[1,2', ',3]}'), PARSED),
  expressCase(
    'express.urlencoded',
    posted('/urlencoded', 'application/x-www-form-urlencoded', 'a=1&', 'b=', '2'),
    PARSED,
  ),
  expressCase('express.raw, and its verify', posted('/raw', 'a/b', 'first', 'second', 'third'), [
    'verify',
    ...PARSED,
  ]),
  expressCase('express.text', posted('/text', 'text/plain', 'first', 'second', 'third'), PARSED),
  expressCase(
    'error handler of a route whose body is no JSON',
    posted('/bad-json', 'application/json', '{"a":', 'no JSON'),
    ['error handler'],
  ),
  expressCase('an error after an await, and the application’s error handler', { targets: ['/throws'] }, [
    'before the error',
    'last error handler',
  ]),
  expressCase('res.sendFile', { targets: ['/file'] }, ['sent']),
  expressCase('middleware that calls next in a timer', { targets: ['/chain/7'] }, [
    'after next in a timer',
    'route',
    'close',
  ]),
  expressCase('multer in memory, files and fields', multipart('/upload', FORM), ['file filter', ...PARSED]),
  expressCase('multer on disk', multipart('/upload-to-disk', FORM), ['file name', ...PARSED]),
  expressCase('multer, a file that is too large', multipart('/upload-refused', FORM), ['last error handler']),
];
