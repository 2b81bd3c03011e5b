/** The flags of `console consume`, as the parser gives them. */
export interface ConsumeFlags {
  readonly topic?: string;
  readonly literal?: boolean;
  readonly partition?: string;
  readonly fromBeginning?: boolean;
  readonly offset?: string;
  readonly fromTime?: string;
  readonly fromTimestamp?: string;
  readonly tail?: number;
  readonly exitAtEnd?: boolean;
  readonly untilOffset?: string;
  readonly untilTime?: string;
  readonly maxMessages?: number;
  readonly idleTimeout?: string;
  readonly print?: string;
  readonly separator?: string;
  readonly delimiter?: string;
  readonly headersSeparator?: string;
  readonly headersKeySeparator?: string;
  readonly nullText?: string;
  readonly format?: string;
  readonly raw?: boolean;
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
  readonly fromOffsets?: string;
  readonly toOffsets?: string;
  readonly force?: boolean;
  readonly group?: string;
  readonly groupProtocol?: 'classic' | 'consumer';
  readonly assignor?: readonly string[];
  readonly groupInstanceId?: string;
  readonly sessionTimeout?: string;
  readonly commit?: 'batch' | 'interval' | 'none';
  readonly commitInterval?: string;
}
