import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadFrameLength, FrameReader } from '../../../src/client/frame-reader.js';

function framed(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

test('frames come out whole and in order however the stream is cut', () => {
  const bodies = fc.array(fc.uint8Array({ minLength: 4, maxLength: 40 }), { maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(bodies, cuts, (frames, sizes) => {
      const stream = Buffer.concat(frames.map(framed));
      const found: string[] = [];
      const reader = new FrameReader(1000);
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        reader.push(stream.subarray(at, at + size), (frame) => found.push(frame.toString('hex')));
        at += size;
      }
      expect(found).toEqual(frames.map((frame) => Buffer.from(frame).toString('hex')));
    }),
  );
});

test('a frame longer than the limit is refused before its bytes arrive', () => {
  const reader = new FrameReader(100);
  expect(() => reader.push(Buffer.from([0, 0, 0, 101]), () => {})).toThrow(BadFrameLength);
});

test.each([
  ['a negative length', [0xff, 0xff, 0xff, 0xff]],
  ['a length too short for a correlation id', [0, 0, 0, 3]],
])('%s is refused', (_, head) => {
  expect(() => new FrameReader(100).push(Buffer.from(head), () => {})).toThrow(BadFrameLength);
});

test('frames come out whole, each where it was placed, however a socket fills the space it is given', () => {
  const bodies = fc.array(fc.uint8Array({ minLength: 4, maxLength: 60 }), { maxLength: 8 });
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(bodies, sizes, (frames, reads) => {
      const stream = Buffer.concat(frames.map(framed));
      const places: Buffer[] = [];
      const found: Buffer[] = [];
      const reader = new FrameReader(1000, (length) => {
        const place = Buffer.alloc(length);
        places.push(place);
        return place;
      });
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const space = reader.space();
        const count = stream.copy(space, 0, at, at + Math.min(space.length, reads[turn % reads.length] ?? 1));
        reader.received(space, count, (frame) => found.push(frame));
        at += count;
      }
      expect(found.map((frame) => frame.toString('hex'))).toEqual(frames.map((frame) => Buffer.from(frame).toString('hex')));
      expect(found.every((frame, index) => frame === places[index])).toBe(true);
    }),
  );
});

test('a small frame that was handed out stays as it is while the next ones are read', () => {
  const reader = new FrameReader(1000);
  const found: Buffer[] = [];
  for (const text of ['first', 'other']) {
    const space = reader.space();
    const count = framed(Buffer.from(text)).copy(space);
    reader.received(space, count, (frame) => found.push(frame));
  }
  expect(found.map(String)).toEqual(['first', 'other']);
});
