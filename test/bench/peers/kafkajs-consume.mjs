// Raw kafkajs reading a topic from the beginning to stdout, one line a record, until `count` records came.
import kafkajs from 'kafkajs';

const [bootstrap, topic, count, groupId] = process.argv.slice(2);
const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.ERROR });
const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
let left = Number(count);
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await new Promise((resolve, reject) => {
  consumer
    .run({
      eachBatch: async ({ batch }) => {
        const text = batch.messages.map((message) => `${message.value}\n`).join('');
        if (!process.stdout.write(text)) await new Promise((drained) => process.stdout.once('drain', drained));
        left -= batch.messages.length;
        if (left <= 0) resolve();
      },
    })
    .catch(reject);
});
await consumer.disconnect();
