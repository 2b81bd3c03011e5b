/** What a client must look up again before it retries: the topic's leaders and the controller, or the coordinator. */
export type Refresh = 'metadata' | 'coordinator';

/** A Kafka error code explained. */
export interface KafkaError {
  readonly code: number;
  /** Kafka's name, for example `UNKNOWN_TOPIC_OR_PARTITION`; `UNKNOWN_CODE_<n>` for a code newer than this table. */
  readonly name: string;
  /** The same request may succeed later. */
  readonly retriable: boolean;
  readonly refresh: Refresh | undefined;
  /** What it means, for when the broker sends no message of its own. */
  readonly message: string;
}

// r: retriable; m: retriable after fresh metadata; c: retriable after finding the coordinator again; -: final.
// As Kafka classifies them, except that codes which only ever answer an election (80, 83, 84) are final: the
// election was done or refused, and asking again at once gives the same answer.
type Kind = 'r' | 'm' | 'c' | '-';

const table = [
  [-1, 'UNKNOWN_SERVER_ERROR', '-', 'the broker failed in a way it did not expect'],
  [0, 'NONE', '-', 'no error'],
  [1, 'OFFSET_OUT_OF_RANGE', '-', 'the offset is outside the range the partition holds'],
  [2, 'CORRUPT_MESSAGE', 'r', 'the record failed its checksum, is too large, or lacks the key that a compacted topic needs'],
  [3, 'UNKNOWN_TOPIC_OR_PARTITION', 'm', 'the broker does not host this topic or partition'],
  [4, 'INVALID_FETCH_SIZE', '-', 'the fetch size is not valid'],
  [5, 'LEADER_NOT_AVAILABLE', 'm', 'the partition has no leader at the moment'],
  [6, 'NOT_LEADER_OR_FOLLOWER', 'm', 'the broker is not the leader, or not a replica, of the partition'],
  [7, 'REQUEST_TIMED_OUT', 'r', 'the broker could not complete the request in time'],
  [8, 'BROKER_NOT_AVAILABLE', '-', 'the broker is not available'],
  [9, 'REPLICA_NOT_AVAILABLE', 'm', 'the replica is not available'],
  [10, 'MESSAGE_TOO_LARGE', '-', 'a record or batch is larger than the broker accepts'],
  [11, 'STALE_CONTROLLER_EPOCH', '-', 'the controller has moved to another broker'],
  [12, 'OFFSET_METADATA_TOO_LARGE', '-', 'the metadata text of the committed offset is too long'],
  [13, 'NETWORK_EXCEPTION', 'm', 'the broker closed the connection before it answered'],
  [14, 'COORDINATOR_LOAD_IN_PROGRESS', 'r', 'the coordinator is still loading its state'],
  [15, 'COORDINATOR_NOT_AVAILABLE', 'c', 'the coordinator is not available'],
  [16, 'NOT_COORDINATOR', 'c', 'the broker is not the coordinator'],
  [17, 'INVALID_TOPIC_EXCEPTION', '-', 'the topic name is not valid'],
  [18, 'RECORD_LIST_TOO_LARGE', '-', 'the batch is larger than a log segment'],
  [19, 'NOT_ENOUGH_REPLICAS', 'r', 'fewer replicas are in sync than the topic requires'],
  [20, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'r', 'the records were written, but to fewer in-sync replicas than the topic requires'],
  [21, 'INVALID_REQUIRED_ACKS', '-', 'acks must be -1, 0 or 1'],
  [22, 'ILLEGAL_GENERATION', '-', 'the group has moved on to another generation'],
  [23, 'INCONSISTENT_GROUP_PROTOCOL', '-', 'the member shares no protocol with the rest of the group'],
  [24, 'INVALID_GROUP_ID', '-', 'the group id is not valid'],
  [25, 'UNKNOWN_MEMBER_ID', '-', 'the group does not know this member'],
  [26, 'INVALID_SESSION_TIMEOUT', '-', 'the session timeout is outside the range the broker allows'],
  [27, 'REBALANCE_IN_PROGRESS', '-', 'the group is rebalancing'],
  [28, 'INVALID_COMMIT_OFFSET_SIZE', '-', 'the offset commit is too large'],
  [29, 'TOPIC_AUTHORIZATION_FAILED', '-', 'not authorized to use the topic'],
  [30, 'GROUP_AUTHORIZATION_FAILED', '-', 'not authorized to use the group'],
  [31, 'CLUSTER_AUTHORIZATION_FAILED', '-', 'not authorized for this operation on the cluster'],
  [32, 'INVALID_TIMESTAMP', '-', 'the timestamp is outside the range the topic accepts'],
  [33, 'UNSUPPORTED_SASL_MECHANISM', '-', 'the broker does not offer this SASL mechanism'],
  [34, 'ILLEGAL_SASL_STATE', '-', 'the request does not fit the state of the SASL exchange'],
  [35, 'UNSUPPORTED_VERSION', '-', 'the broker does not support this version of the request'],
  [36, 'TOPIC_ALREADY_EXISTS', '-', 'a topic of this name exists already'],
  [37, 'INVALID_PARTITIONS', '-', 'the number of partitions is not valid'],
  [38, 'INVALID_REPLICATION_FACTOR', '-', 'the replication factor is below 1 or larger than the number of available brokers'],
  [39, 'INVALID_REPLICA_ASSIGNMENT', '-', 'the replica assignment is not valid'],
  [40, 'INVALID_CONFIG', '-', 'a configuration value is not valid'],
  [41, 'NOT_CONTROLLER', 'm', 'the broker is not the controller'],
  [42, 'INVALID_REQUEST', '-', 'the broker does not accept the request; its log may say why'],
  [43, 'UNSUPPORTED_FOR_MESSAGE_FORMAT', '-', 'the message format of the topic does not support the request'],
  [44, 'POLICY_VIOLATION', '-', 'a policy of the cluster forbids the request'],
  [45, 'OUT_OF_ORDER_SEQUENCE_NUMBER', '-', 'the sequence number of the batch does not follow the last one'],
  [46, 'DUPLICATE_SEQUENCE_NUMBER', '-', 'the broker has this batch already'],
  [47, 'INVALID_PRODUCER_EPOCH', '-', 'a newer producer has taken over this producer id'],
  [48, 'INVALID_TXN_STATE', '-', 'the transaction is not in a state that allows this'],
  [49, 'INVALID_PRODUCER_ID_MAPPING', '-', 'the producer id is not the one assigned to the transactional id'],
  [50, 'INVALID_TRANSACTION_TIMEOUT', '-', 'the transaction timeout is longer than the broker allows'],
  [51, 'CONCURRENT_TRANSACTIONS', 'r', 'another operation on the same transaction is still running'],
  [52, 'TRANSACTION_COORDINATOR_FENCED', '-', 'the transaction coordinator has been replaced'],
  [53, 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED', '-', 'not authorized to use the transactional id'],
  [54, 'SECURITY_DISABLED', '-', 'the cluster has no authorizer'],
  [55, 'OPERATION_NOT_ATTEMPTED', '-', 'not attempted, because another operation of the same request failed'],
  [56, 'KAFKA_STORAGE_ERROR', 'm', 'the broker cannot read or write its log directory'],
  [57, 'LOG_DIR_NOT_FOUND', '-', 'the broker has no such log directory'],
  [58, 'SASL_AUTHENTICATION_FAILED', '-', 'authentication failed'],
  [59, 'UNKNOWN_PRODUCER_ID', '-', 'the broker knows nothing of this producer id'],
  [60, 'REASSIGNMENT_IN_PROGRESS', '-', 'the partition is being reassigned'],
  [61, 'DELEGATION_TOKEN_AUTH_DISABLED', '-', 'the cluster does not use delegation tokens'],
  [62, 'DELEGATION_TOKEN_NOT_FOUND', '-', 'the delegation token does not exist'],
  [63, 'DELEGATION_TOKEN_OWNER_MISMATCH', '-', 'the principal neither owns nor may renew the delegation token'],
  [64, 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED', '-', 'delegation tokens cannot be managed over this kind of connection'],
  [65, 'DELEGATION_TOKEN_AUTHORIZATION_FAILED', '-', 'not authorized to use the delegation token'],
  [66, 'DELEGATION_TOKEN_EXPIRED', '-', 'the delegation token has expired'],
  [67, 'INVALID_PRINCIPAL_TYPE', '-', 'principals of this type are not supported'],
  [68, 'NON_EMPTY_GROUP', '-', 'the group still has members'],
  [69, 'GROUP_ID_NOT_FOUND', '-', 'the group does not exist'],
  [70, 'FETCH_SESSION_ID_NOT_FOUND', 'r', 'the broker no longer knows the fetch session'],
  [71, 'INVALID_FETCH_SESSION_EPOCH', 'r', 'the epoch of the fetch session is not the expected one'],
  [72, 'LISTENER_NOT_FOUND', 'm', 'the leader has no listener like the one that was asked'],
  [73, 'TOPIC_DELETION_DISABLED', '-', 'the cluster does not allow topics to be deleted'],
  [74, 'FENCED_LEADER_EPOCH', 'm', "the leader epoch of the request is older than the broker's"],
  [75, 'UNKNOWN_LEADER_EPOCH', 'r', "the leader epoch of the request is newer than the broker's"],
  [76, 'UNSUPPORTED_COMPRESSION_TYPE', '-', 'the compression of the data is not supported at this version of the request'],
  [77, 'STALE_BROKER_EPOCH', '-', 'the broker has been registered again since'],
  [78, 'OFFSET_NOT_AVAILABLE', 'r', 'the new leader does not know its high watermark yet'],
  [79, 'MEMBER_ID_REQUIRED', '-', 'the member must join again with the id it was given'],
  [80, 'PREFERRED_LEADER_NOT_AVAILABLE', '-', 'the preferred replica is not available'],
  [81, 'GROUP_MAX_SIZE_REACHED', '-', 'the group has no room for another member'],
  [82, 'FENCED_INSTANCE_ID', '-', 'another member has taken over this group instance id'],
  [83, 'ELIGIBLE_LEADERS_NOT_AVAILABLE', '-', 'no replica that may become leader is available'],
  [84, 'ELECTION_NOT_NEEDED', '-', 'the partition needs no election'],
  [85, 'NO_REASSIGNMENT_IN_PROGRESS', '-', 'the partition is not being reassigned'],
  [86, 'GROUP_SUBSCRIBED_TO_TOPIC', '-', 'members of the group are subscribed to the topic'],
  [87, 'INVALID_RECORD', '-', 'the broker rejected a record'],
  [88, 'UNSTABLE_OFFSET_COMMIT', 'r', 'a transaction that commits offsets of the group is still open'],
  [89, 'THROTTLING_QUOTA_EXCEEDED', 'r', 'the quota for changes to topics is used up'],
  [90, 'PRODUCER_FENCED', '-', 'a newer producer has taken over the transactional id'],
  [91, 'RESOURCE_NOT_FOUND', '-', 'the resource does not exist'],
  [92, 'DUPLICATE_RESOURCE', '-', 'the request names the same resource twice'],
  [93, 'UNACCEPTABLE_CREDENTIAL', '-', 'the credential does not meet the requirements'],
  [94, 'INCONSISTENT_VOTER_SET', '-', 'sender or receiver is not one of the expected voters'],
  [95, 'INVALID_UPDATE_VERSION', '-', 'the version to update to is not valid'],
  [96, 'FEATURE_UPDATE_FAILED', '-', 'the cluster could not update its features'],
  [97, 'PRINCIPAL_DESERIALIZATION_FAILURE', '-', 'a forwarded request carries a principal that cannot be read'],
  [98, 'SNAPSHOT_NOT_FOUND', '-', 'the snapshot does not exist'],
  [99, 'POSITION_OUT_OF_RANGE', '-', 'the position lies outside the snapshot'],
  [100, 'UNKNOWN_TOPIC_ID', 'm', 'the broker does not host a topic with this id'],
  [101, 'DUPLICATE_BROKER_REGISTRATION', '-', 'a live broker has this id already'],
  [102, 'BROKER_ID_NOT_REGISTERED', '-', 'no broker with this id is registered'],
  [103, 'INCONSISTENT_TOPIC_ID', 'm', 'the topic has another id than the request says; it may have been created anew'],
  [104, 'INCONSISTENT_CLUSTER_ID', '-', 'the request is meant for another cluster'],
  [105, 'TRANSACTIONAL_ID_NOT_FOUND', '-', 'the transactional id does not exist'],
  [106, 'FETCH_SESSION_TOPIC_ID_ERROR', 'r', 'the fetch session mixes topic ids and topic names'],
  [107, 'INELIGIBLE_REPLICA', '-', 'a replica is not eligible to be in sync'],
  [108, 'NEW_LEADER_ELECTED', '-', 'the change was made, and the partition has a new leader'],
  [109, 'OFFSET_MOVED_TO_TIERED_STORAGE', '-', 'the offset has moved to tiered storage'],
  [110, 'FENCED_MEMBER_EPOCH', '-', 'the group has given up on this member; it must rejoin'],
  [111, 'UNRELEASED_INSTANCE_ID', '-', 'another member still uses this group instance id'],
  [112, 'UNSUPPORTED_ASSIGNOR', '-', 'the group does not support this assignor'],
  [113, 'STALE_MEMBER_EPOCH', '-', 'the member epoch is out of date'],
  [114, 'MISMATCHED_ENDPOINT_TYPE', '-', 'the request was meant for a controller and reached a broker, or the reverse'],
  [115, 'UNSUPPORTED_ENDPOINT_TYPE', '-', 'endpoints of this type are not supported'],
  [116, 'UNKNOWN_CONTROLLER_ID', '-', 'no controller has this id'],
  [117, 'UNKNOWN_SUBSCRIPTION_ID', '-', 'the telemetry subscription is not known'],
  [118, 'TELEMETRY_TOO_LARGE', '-', 'the telemetry data is larger than the broker accepts'],
  [119, 'INVALID_REGISTRATION', '-', 'the controller rejected the registration of the broker'],
  [120, 'TRANSACTION_ABORTABLE', '-', 'the transaction failed and must be aborted'],
  [121, 'INVALID_RECORD_STATE', '-', 'the record is not in a state that can be acknowledged'],
  [122, 'SHARE_SESSION_NOT_FOUND', 'r', 'the broker no longer knows the share session'],
  [123, 'INVALID_SHARE_SESSION_EPOCH', 'r', 'the epoch of the share session is not the expected one'],
  [124, 'FENCED_STATE_EPOCH', '-', 'the state epoch of the share group is not the expected one'],
  [125, 'INVALID_VOTER_KEY', '-', 'the voter key is not that of the replica'],
  [126, 'DUPLICATE_VOTER', '-', 'the replica is a voter already'],
  [127, 'VOTER_NOT_FOUND', '-', 'the replica is not a voter'],
  [128, 'INVALID_REGULAR_EXPRESSION', '-', 'the regular expression is not valid'],
  [129, 'REBOOTSTRAP_REQUIRED', '-', 'the metadata is so old that the client must start again from its bootstrap servers'],
  [130, 'STREAMS_INVALID_TOPOLOGY', '-', 'the topology is not valid'],
  [131, 'STREAMS_INVALID_TOPOLOGY_EPOCH', '-', 'the topology epoch is not valid'],
  [132, 'STREAMS_TOPOLOGY_FENCED', '-', 'the topology epoch is out of date'],
  [133, 'SHARE_SESSION_LIMIT_REACHED', 'r', 'the broker has no room for another share session'],
] as const satisfies readonly (readonly [number, string, Kind, string])[];

/** Names of the codes this version of kafkit knows. */
export type KafkaErrorName = (typeof table)[number][1];

const refreshOf: Readonly<Record<Kind, Refresh | undefined>> = { r: undefined, m: 'metadata', c: 'coordinator', '-': undefined };

const byCode: ReadonlyMap<number, KafkaError> = new Map(
  table.map(([code, name, kind, message]) => [code, { code, name, retriable: kind !== '-', refresh: refreshOf[kind], message }]),
);

/** The number of every known code by name: `errorCode.NOT_CONTROLLER` is 41. */
export const errorCode = Object.fromEntries(table.map(([code, name]) => [name, code])) as Readonly<Record<KafkaErrorName, number>>; // made of the same table

/** Explains a code. One that is newer than the table is final, and named by its number. */
export function kafkaError(code: number): KafkaError {
  const unknown = { code, name: `UNKNOWN_CODE_${code}`, retriable: false, refresh: undefined, message: `error code ${code}` };
  return byCode.get(code) ?? unknown;
}
