// npm run kernel
// Compiles kernel/assembly/ into src/protocol/records/kernel/kernel-code.ts, which is kept with the sources.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compileKernel } from './compile-kernel.js';

writeFileSync(path.resolve(import.meta.dirname, '../src/protocol/records/kernel/kernel-code.ts'), await compileKernel());
