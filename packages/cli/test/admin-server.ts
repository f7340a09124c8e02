import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answers, someAnswers } from './reports.ts';

export const TOKEN = 'a-token-for-these-tests';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A small service with the admin API's addresses: what it answers is up to the test, and so is how badly. */
export class AdminServer {
  answers: Answers = someAnswers();
  /** Answers in place of the usual, where it is set. */
  answer: Answering | undefined;
  /** Of each request: method, target and `Authorization`. */
  readonly asked: { method: string; target: string; authorization: string | undefined }[] = [];
  readonly #server: Server = createServer((request, response) => {
    const { method = '', url: target = '', headers } = request;
    this.asked.push({ method, target, authorization: headers.authorization });
    (this.answer ?? this.#usual)(request, response);
  });

  static async start(): Promise<AdminServer> {
    const admin = new AdminServer();
    await admin.open(0);
    return admin;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async open(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  readonly #usual: Answering = ({ url = '', headers }, response) => {
    const path = new URL(url, this.url).pathname.replace('/api/performance', '');
    if (headers.authorization !== `Bearer ${TOKEN}`) sendProblem(response, 401, 'unauthorized');
    else if (path in this.answers) send(response, 200, this.answers[path as keyof Answers]);
    else sendProblem(response, 404, 'not_found');
  };
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function sendProblem(response: ServerResponse, status: number, code: string, detail = 'No.'): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title: 'Problem', status, detail, code }));
}
