import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A server and a connection to it: gives back requests as Node has parsed them. */
export class Parsing {
  readonly #server: Server;
  readonly #socket: Socket;
  #heard: (request: IncomingMessage) => void = () => {};
  #refused: (error: Error) => void = () => {};

  private constructor(server: Server, socket: Socket) {
    this.#server = server;
    this.#socket = socket.resume();
    server.on('request', (request, response) => {
      this.#heard(request);
      response.end();
    });
    server.on('clientError', (error) => this.#refused(error));
  }

  static async start(): Promise<Parsing> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    return new Parsing(server, socket);
  }

  /** @param headers names and values in turn, which Node must be able to take */
  parse(line: string, headers: readonly string[]): Promise<IncomingMessage> {
    let head = `${line} HTTP/1.1\r\n`;
    for (let index = 0; index < headers.length; index += 2)
      head += `${headers[index]}: ${headers[index + 1]}\r\n`;
    return new Promise((settle, fail) => {
      this.#heard = settle;
      this.#refused = fail;
      this.#socket.write(`${head}\r\n`, 'latin1');
    });
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return new Promise((settle) => {
      this.#server.close(() => settle());
    });
  }
}
