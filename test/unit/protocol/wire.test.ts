import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { WireFrame } from '../../fixtures/wire/wire-recorder.js';
import { decodeRawResponse, decodeRequest, decodeResponse, encodeResponse } from '../../../src/protocol/frame.js';
import type { AnyMessage, ResponseBody } from '../../../src/protocol/message.js';
import { ConsumerGroupDescribe } from '../../../src/protocol/messages/consumer-group-describe.js';
import { Fetch } from '../../../src/protocol/messages/fetch.js';
import { JoinGroup } from '../../../src/protocol/messages/join-group.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { Metadata } from '../../../src/protocol/messages/metadata.js';
import { Produce } from '../../../src/protocol/messages/produce.js';
import { decodeSubscription } from '../../../src/protocol/messages/consumer-protocol.js';
import { allMessages } from './all-messages.js';
import { requestFrame } from './request-frame.js';

const messages = new Map((await allMessages()).map((message) => [message.name, message]));

async function loadFrames(kafka: string): Promise<WireFrame[]> {
  const text = await readFile(new URL(`../../fixtures/wire/kafka-${kafka}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as WireFrame[]; // written by capture.ts
}

function messageOf({ message: name }: WireFrame): AnyMessage {
  const message = messages.get(name);
  if (message === undefined) throw new Error(`no message ${name} is declared`);
  return message;
}

function reencode(frame: WireFrame): Buffer {
  const message = messageOf(frame);
  const raw = Buffer.from(frame.base64, 'base64');
  if (frame.direction === 'request') {
    const request = decodeRequest(message, raw);
    return requestFrame(message, request, request.body);
  }
  const answer = decodeRawResponse(message, frame.version, raw);
  return encodeResponse(message, frame.version, answer.correlationId, answer.body as unknown).subarray(4);
}

describe.each(['4.3.0', '3.9.0'])('frames of a Kafka %s broker', async (kafka) => {
  const frames = await loadFrames(kafka);

  function answers<M extends AnyMessage>(message: M): ResponseBody<M>[] {
    return frames
      .filter((frame) => frame.message === message.name && frame.direction === 'response')
      .map((frame) => decodeRawResponse(message, frame.version, Buffer.from(frame.base64, 'base64')).body);
  }

  test('are decoded and encoded again byte by byte', () => {
    for (const frame of frames) {
      expect(reencode(frame).toString('base64'), `${frame.message} ${frame.direction} version ${frame.version}`).toBe(frame.base64);
    }
  });

  test('hold every declared message in both directions', () => {
    const held = new Set(frames.map(({ message, direction }) => `${message} ${direction}`));
    expect(held).toEqual(new Set([...messages.keys()].flatMap((name) => [`${name} request`, `${name} response`])));
  });

  test('describe one broker and a topic with its partition', () => {
    for (const { brokers, topics, clusterId } of answers(Metadata)) {
      expect(clusterId).toHaveLength(22);
      expect(brokers).toEqual([{ nodeId: 1, host: '127.0.0.1', port: expect.any(Number) as number, rack: 'r1' }]);
      const partition = { errorCode: 0, partitionIndex: 0, leaderId: 1, replicaNodes: [1], isrNodes: [1], offlineReplicas: [] };
      expect(topics).toContainEqual(expect.objectContaining({ errorCode: 0, partitions: [expect.objectContaining(partition)] }));
    }
  });

  test('give offsets as they were after four records', () => {
    const offsets = answers(ListOffsets).flatMap(({ topics }) =>
      topics.flatMap(({ partitions }) => partitions.map(({ offset }) => offset)),
    );
    expect(new Set(offsets)).toEqual(new Set([4n, 0n, -1n]));
  });

  test('say which record of a batch was refused', () => {
    const refused = answers(Produce).flatMap(({ responses }) => responses.flatMap(({ partitionResponses }) => partitionResponses));
    const recordErrors = [{ batchIndex: 0, batchIndexErrorMessage: expect.stringContaining('without key') as string }];
    expect(refused).toContainEqual(expect.objectContaining({ errorCode: 87, recordErrors }));
  });

  test('carry records of magic 2 in a fetch, and where a log diverges', () => {
    const partitions = answers(Fetch).flatMap(({ responses }) => responses.flatMap((topic) => topic.partitions));
    expect(partitions.filter(({ records }) => records !== null && records.length > 0).map(({ records }) => records?.[16])).toEqual([
      2, 2,
    ]);
    expect(partitions).toContainEqual(expect.objectContaining({ divergingEpoch: { epoch: 0, endOffset: 4n } }));
  });

  test('show the subscription of a group member to its leader', () => {
    const members = answers(JoinGroup).flatMap((joined) => joined.members);
    expect(members.length).toBeGreaterThan(0);
    for (const { metadata } of members) expect(decodeSubscription(metadata).topics).toEqual([expect.stringMatching(/^wire-/)]);
  });

  test('describe the member of a group of the new protocol', () => {
    const groups = answers(ConsumerGroupDescribe).flatMap((answer) => answer.groups.filter(({ errorCode }) => errorCode === 0));
    expect(groups[0]?.assignorName).toBe('uniform');
    expect(groups[0]?.members).toContainEqual(
      expect.objectContaining({ clientId: 'wire', subscribedTopicNames: [expect.any(String)] }),
    );
  });
});

test('a group that a 3.9 broker answers four times is read once, as the answer that knows it', async () => {
  const frames = (await loadFrames('3.9.0')).filter(({ message }) => message === 'ConsumerGroupDescribe').slice(-2);
  const [request, response] = frames.map(({ base64 }) => Buffer.from(base64, 'base64'));
  if (request === undefined || response === undefined) throw new Error('the fixture holds no ConsumerGroupDescribe');
  const { groupIds } = decodeRequest(ConsumerGroupDescribe, request).body;
  expect(decodeRawResponse(ConsumerGroupDescribe, 0, response).body.groups).toHaveLength(4);
  const { groups } = decodeResponse(ConsumerGroupDescribe, 0, response, { groupIds, includeAuthorizedOperations: false }).body;
  expect(groups.map(({ groupId, groupState, errorCode }) => ({ groupId, groupState, errorCode }))).toEqual([
    { groupId: groupIds[0], groupState: 'Stable', errorCode: 0 },
    { groupId: groupIds[1], groupState: '', errorCode: 69 },
  ]);
});
