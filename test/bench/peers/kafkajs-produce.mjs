// Raw kafkajs as most programs use it: lines of stdin in batches of half a megabyte, acks=all. kafkajs has no lz4 of its own, so the
// comparison leaves compression out.
import { createInterface } from 'node:readline';
import kafkajs from 'kafkajs';

const [bootstrap, topic] = process.argv.slice(2);
const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.ERROR });
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
await producer.connect();
let messages = [];
let bytes = 0;
for await (const line of createInterface({ input: process.stdin })) {
  messages.push({ value: line });
  bytes += line.length;
  if (bytes >= 500_000) {
    await producer.send({ topic, messages, acks: -1 });
    messages = [];
    bytes = 0;
  }
}
if (messages.length > 0) await producer.send({ topic, messages, acks: -1 });
await producer.disconnect();
