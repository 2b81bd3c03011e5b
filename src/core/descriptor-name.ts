const descriptorName = /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/(\d+))$/;

/** The descriptor that a path such as `/dev/stdin` or `/dev/fd/63` (a process substitution) stands for; undefined for all others. */
export function descriptorOf(path: string): number | undefined {
  const match = descriptorName.exec(path);
  return match === null ? undefined : Number(match[1] ?? 0);
}
