import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FrameReader } from '../../src/client/frame-reader.js';
import { decodeRequest, peekRequest, type RequestHeader } from '../../src/protocol/frame.js';
import { Fetch } from '../../src/protocol/messages/fetch.js';
import { Produce } from '../../src/protocol/messages/produce.js';
import type { Random } from './random.js';
import { rewriteAddresses } from './rewrite-addresses.js';

/** What a proxy does to the bytes that pass it. */
export type Weather = 'calm' | 'delay' | 'trickle' | 'stall' | 'corrupt';

export interface ConnectionHost {
  readonly weather: Weather;
  readonly random: Random;
  portOf(port: number): number;
  /** Something was done to a connection in use. */
  hit(): void;
}

const longest = 200 * 1024 * 1024;
const delayMs = 300;
/** Of the answers: often enough to be felt, too rarely for a reader that asks eight times in a row to give up. */
const damagedShare = 0.3;

/** One client connection and the one to the broker behind it; frames are passed on whole, in order. */
export class ProxiedConnection {
  private readonly client: Socket;
  private readonly broker: Socket;
  private readonly host: ConnectionHost;
  private readonly asked: RequestHeader[] = [];
  private toBroker: Promise<void> = Promise.resolve();
  private toClient: Promise<void> = Promise.resolve();

  constructor(client: Socket, broker: Socket, host: ConnectionHost) {
    this.client = client;
    this.broker = broker;
    this.host = host;
    const requests = new FrameReader(longest);
    const answers = new FrameReader(longest);
    client.on('data', (chunk) => {
      requests.push(chunk, (frame) => this.note(frame));
      this.toBroker = this.toBroker.then(() => this.pass(broker, chunk, false));
    });
    broker.on('data', (chunk) => answers.push(chunk, (frame) => this.answer(frame)));
    for (const [from, to] of [
      [client, broker],
      [broker, client],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  }

  get isOpen(): boolean {
    return !this.client.destroyed;
  }

  /** Breaks it with a reset. */
  cut(): void {
    this.client.resetAndDestroy();
    this.broker.destroy();
  }

  /** The broker's side says that it is done, and says nothing more. */
  halfClose(): void {
    this.client.end();
    this.broker.pause();
  }

  private note(frame: Buffer): void {
    const header = peekRequest(frame);
    const isUnanswered = header.apiKey === Produce.apiKey && decodeRequest(Produce, frame).body.acks === 0;
    if (!isUnanswered) this.asked.push(header);
  }

  private answer(frame: Buffer): void {
    const request = this.asked.shift();
    if (request === undefined) return this.cut();
    const bytes = rewriteAddresses(request, Buffer.from(frame), (port) => this.host.portOf(port));
    const isFetch = request.apiKey === Fetch.apiKey;
    this.toClient = this.toClient.then(() => this.pass(this.client, isFetch ? this.damaged(bytes) : bytes, true));
  }

  /** A fetch answer with records, broken where the client can tell: in its length, its correlation id or its records. */
  private damaged(bytes: Buffer): Buffer {
    const { host } = this;
    if (host.weather !== 'corrupt' || bytes.length < 300 || host.random.next() > damagedShare) return bytes;
    host.hit();
    const broken = Buffer.from(bytes);
    const where = host.random.pick(['length', 'correlation id', 'records'] as const);
    if (where === 'length') broken.writeInt32BE(0x7ffffff0, 0);
    else if (where === 'correlation id') broken.writeInt32BE(broken.readInt32BE(4) ^ 0x5555, 4);
    else broken[broken.length - 20] = (broken[broken.length - 20] ?? 0) ^ 0x10; // near the end of the last record
    return broken;
  }

  private async pass(to: Socket, bytes: Buffer, isAnswer: boolean): Promise<void> {
    const { host } = this;
    if (host.weather === 'delay') {
      host.hit();
      await sleep(delayMs);
    }
    while (host.weather === 'stall' && this.isOpen) {
      host.hit();
      await sleep(50);
    }
    if (host.weather === 'trickle' && isAnswer) await this.trickle(to, bytes);
    else if (!to.destroyed) to.write(bytes);
  }

  private async trickle(to: Socket, bytes: Buffer): Promise<void> {
    const { host } = this;
    host.hit();
    for (let at = 0; at < bytes.length && !to.destroyed;) {
      const size = host.weather === 'trickle' ? host.random.between(1, 200) : bytes.length;
      to.write(bytes.subarray(at, at + size));
      at += size;
      await sleep(2);
    }
  }
}
