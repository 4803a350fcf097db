import net from 'node:net';
import tls from 'node:tls';
import { hungUp, Incoming, type Reading } from './incoming.ts';
import { readAnswer, type WireAnswer } from './read-answer.ts';

interface Waiting {
  readonly reading: Reading<WireAnswer>;
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One connection of HTTP/1.1, which asks one thing at a time. */
export class Connection {
  readonly #socket: net.Socket;
  #waiting: Waiting | undefined;
  #error: Error | undefined;

  /** @param onEnd called when it is of no more use */
  constructor(origin: URL, trust: TlsTrust, onEnd: () => void) {
    this.#socket = openSocket(origin, trust, (chunk) => this.#read(chunk));
    this.#socket
      .setNoDelay(true)
      .on('end', () => this.#read(undefined))
      .on('error', (error) => (this.#error = error))
      .on('close', () => {
        onEnd();
        this.#fail(this.#error ?? hungUp());
      });
  }

  /**
   * Sends a request and reads its answer.
   * @param longest bytes of a body
   * @throws errors of the operating system and of TLS, BrokenAnswer, TooLong
   */
  ask(request: string, method: string, longest: number): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const reading = readAnswer(new Incoming(), method, longest);
      reading.next();
      this.#waiting = { reading, resolve, reject };
      this.#socket.write(request);
    });
  }

  /** Whether it can be asked. */
  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Ends it, also in the middle of an answer. */
  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer | undefined): void {
    const waiting = this.#waiting;
    // Nobody has asked: it is closed by the other side, or says what is no answer.
    if (!waiting) return this.destroy();
    try {
      const { done, value } = waiting.reading.next(chunk);
      if (!done) return;
      this.#waiting = undefined;
      if (!value.isLasting) this.destroy();
      waiting.resolve(value);
    } catch (thrown) {
      this.#fail(thrown);
      this.destroy();
    }
  }

  #fail(error: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}

export interface TlsTrust {
  /** PEM certificates, in the place of the usual ones. */
  readonly ca?: string[];
  readonly isVerified: boolean;
}

/**
 * Opens the socket of a connection to an origin; what fails is its `error`. It reads into one buffer: a new one of 64 KiB for
 * each answer, as is Node's way, makes the garbage collector take the heap for a large one.
 */
function openSocket(
  { protocol, hostname, port }: URL,
  { ca, isVerified }: TlsTrust,
  read: (chunk: Buffer) => void,
): net.Socket {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const buffer = Buffer.allocUnsafeSlow(64 * 1024);
  const callback = (length: number) => {
    read(Buffer.from(buffer.subarray(0, length)));
    return true;
  };
  const reading = { onread: { buffer, callback } };
  if (protocol === 'http:') return net.connect({ host, port: Number(port || 80), ...reading });
  return tls.connect({
    host,
    port: Number(port || 443),
    ...reading,
    ...(net.isIP(host) === 0 && { servername: host }),
    ...(ca && { ca }),
    rejectUnauthorized: isVerified,
  });
}
