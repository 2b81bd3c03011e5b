/** Options of the verbs that start brokers, as the parser gives them. */
export interface ClusterFlags {
  readonly brokers?: '1' | '3';
  readonly kafkaVersion?: string;
  readonly config?: Record<string, string>;
  readonly name?: string;
  readonly port?: number;
  readonly secure?: boolean;
}

/** The parsed flags as the sandbox takes them. */
export function clusterOptions({ brokers, kafkaVersion, config, name, port, secure }: ClusterFlags): {
  brokers: 1 | 3 | undefined;
  kafkaVersion: string | undefined;
  extraConfig: Record<string, string> | undefined;
  name: string | undefined;
  port: number | undefined;
  secure: boolean | undefined;
} {
  const count = brokers === undefined ? undefined : brokers === '3' ? 3 : 1;
  return { brokers: count, kafkaVersion, extraConfig: config, name, port, secure };
}
