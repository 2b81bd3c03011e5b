// Makes the wall clock of a program jump, by as many milliseconds as the file named by FAULT_CLOCK says at any time.
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const file = process.env.FAULT_CLOCK ?? '';
const RealDate = Date;
let shiftMs = 0;

function read() {
  shiftMs = Number(readFileSync(file, 'utf8'));
}

read();
setInterval(read, 50).unref();
const now = () => RealDate.now() + shiftMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  get: (target, key, self) => (key === 'now' ? now : Reflect.get(target, key, self)),
});
