# Completes kafkit in bash. Written by `npm run completions` from the definitions of the commands.
_kafkit() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}" path='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$path ${COMP_WORDS[index]}" in
      ' topics' | \
        ' topics list' | \
        ' topics describe' | \
        ' topics create' | \
        ' topics alter' | \
        ' topics delete' | \
        ' console' | \
        ' console produce' | \
        ' console consume' | \
        ' groups' | \
        ' groups list' | \
        ' groups describe' | \
        ' groups members' | \
        ' groups reset-offsets' | \
        ' groups export' | \
        ' groups import' | \
        ' groups delete' | \
        ' groups delete-offsets' | \
        ' lag' | \
        ' lag describe' | \
        ' lag list' | \
        ' offsets' | \
        ' offsets get' | \
        ' offsets diff' | \
        ' offsets show' | \
        ' records' | \
        ' records delete' | \
        ' sandbox' | \
        ' sandbox up' | \
        ' sandbox down' | \
        ' sandbox status' | \
        ' sandbox logs' | \
        ' sandbox run' | \
        ' install-drop-ins' | \
        ' completion' | \
        ' completion bash' | \
        ' completion zsh' | \
        ' completion fish')
        path="$path ${COMP_WORDS[index]}" ;;
    esac
  done
  COMPREPLY=()
  case "$path:$previous" in
    ':-b' | ':--bootstrap-server') return ;;
    ':--context') return ;;
    ':--command-config') compopt -o default; return ;;
    ':-o' | ':--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ':--timeout') return ;;
    ' topics:-b' | ' topics:--bootstrap-server') return ;;
    ' topics:--context') return ;;
    ' topics:--command-config') compopt -o default; return ;;
    ' topics:-o' | ' topics:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' topics:--timeout') return ;;
    ' topics list:--topic') return ;;
    ' topics list:-b' | ' topics list:--bootstrap-server') return ;;
    ' topics list:--context') return ;;
    ' topics list:--command-config') compopt -o default; return ;;
    ' topics list:-o' | ' topics list:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' topics list:--timeout') return ;;
    ' topics describe:--topic') return ;;
    ' topics describe:-b' | ' topics describe:--bootstrap-server') return ;;
    ' topics describe:--context') return ;;
    ' topics describe:--command-config') compopt -o default; return ;;
    ' topics describe:-o' | ' topics describe:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' topics describe:--timeout') return ;;
    ' topics create:--topic') return ;;
    ' topics create:--partitions') return ;;
    ' topics create:--replication-factor') return ;;
    ' topics create:--replica-assignment') return ;;
    ' topics create:--config') return ;;
    ' topics create:-b' | ' topics create:--bootstrap-server') return ;;
    ' topics create:--context') return ;;
    ' topics create:--command-config') compopt -o default; return ;;
    ' topics create:-o' | ' topics create:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' topics create:--timeout') return ;;
    ' topics alter:--topic') return ;;
    ' topics alter:--partitions') return ;;
    ' topics alter:--replica-assignment') return ;;
    ' topics alter:--config') return ;;
    ' topics alter:--delete-config') return ;;
    ' topics alter:-b' | ' topics alter:--bootstrap-server') return ;;
    ' topics alter:--context') return ;;
    ' topics alter:--command-config') compopt -o default; return ;;
    ' topics alter:-o' | ' topics alter:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' topics alter:--timeout') return ;;
    ' topics delete:--topic') return ;;
    ' topics delete:-b' | ' topics delete:--bootstrap-server') return ;;
    ' topics delete:--context') return ;;
    ' topics delete:--command-config') compopt -o default; return ;;
    ' topics delete:-o' | ' topics delete:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' topics delete:--timeout') return ;;
    ' console:-b' | ' console:--bootstrap-server') return ;;
    ' console:--context') return ;;
    ' console:--command-config') compopt -o default; return ;;
    ' console:-o' | ' console:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' console:--timeout') return ;;
    ' console produce:--topic') return ;;
    ' console produce:--file') compopt -o default; return ;;
    ' console produce:--input') mapfile -t COMPREPLY < <(compgen -W 'lines jsonl' -- "$current"); return ;;
    ' console produce:--delimiter') return ;;
    ' console produce:--key-separator') return ;;
    ' console produce:--headers-delimiter') return ;;
    ' console produce:--headers-separator') return ;;
    ' console produce:--headers-key-separator') return ;;
    ' console produce:--null-marker') return ;;
    ' console produce:-H' | ' console produce:--header') return ;;
    ' console produce:--partition') return ;;
    ' console produce:--timestamp') return ;;
    ' console produce:--partitioner') mapfile -t COMPREPLY < <(compgen -W 'murmur2 murmur2-random consistent consistent-random random round-robin sticky' -- "$current"); return ;;
    ' console produce:--acks') mapfile -t COMPREPLY < <(compgen -W 'all 1 0 -1' -- "$current"); return ;;
    ' console produce:--compression') mapfile -t COMPREPLY < <(compgen -W 'none gzip snappy lz4 zstd' -- "$current"); return ;;
    ' console produce:--batch-size') return ;;
    ' console produce:--linger') return ;;
    ' console produce:--delivery-timeout') return ;;
    ' console produce:--max-request-size') return ;;
    ' console produce:--max-message-bytes') return ;;
    ' console produce:--transactional-id') return ;;
    ' console produce:-b' | ' console produce:--bootstrap-server') return ;;
    ' console produce:--context') return ;;
    ' console produce:--command-config') compopt -o default; return ;;
    ' console produce:-o' | ' console produce:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' console produce:--timeout') return ;;
    ' console consume:--topic') return ;;
    ' console consume:--partition') return ;;
    ' console consume:--offset') return ;;
    ' console consume:--from-time') return ;;
    ' console consume:--from-timestamp') return ;;
    ' console consume:--tail') return ;;
    ' console consume:--from-offsets') compopt -o default; return ;;
    ' console consume:--until-offset') return ;;
    ' console consume:--until-time') return ;;
    ' console consume:--to-offsets') compopt -o default; return ;;
    ' console consume:--max-messages') return ;;
    ' console consume:--idle-timeout') return ;;
    ' console consume:--print') return ;;
    ' console consume:--separator') return ;;
    ' console consume:--delimiter') return ;;
    ' console consume:--headers-separator') return ;;
    ' console consume:--headers-key-separator') return ;;
    ' console consume:--null-text') return ;;
    ' console consume:-f' | ' console consume:--format') return ;;
    ' console consume:--isolation-level') mapfile -t COMPREPLY < <(compgen -W 'read_uncommitted read_committed' -- "$current"); return ;;
    ' console consume:--group') return ;;
    ' console consume:--group-protocol') mapfile -t COMPREPLY < <(compgen -W 'classic consumer' -- "$current"); return ;;
    ' console consume:--assignor') return ;;
    ' console consume:--group-instance-id') return ;;
    ' console consume:--session-timeout') return ;;
    ' console consume:--commit') mapfile -t COMPREPLY < <(compgen -W 'batch interval none' -- "$current"); return ;;
    ' console consume:--commit-interval') return ;;
    ' console consume:-b' | ' console consume:--bootstrap-server') return ;;
    ' console consume:--context') return ;;
    ' console consume:--command-config') compopt -o default; return ;;
    ' console consume:-o' | ' console consume:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' console consume:--timeout') return ;;
    ' groups:-b' | ' groups:--bootstrap-server') return ;;
    ' groups:--context') return ;;
    ' groups:--command-config') compopt -o default; return ;;
    ' groups:-o' | ' groups:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups:--timeout') return ;;
    ' groups list:--state') return ;;
    ' groups list:--type') return ;;
    ' groups list:-b' | ' groups list:--bootstrap-server') return ;;
    ' groups list:--context') return ;;
    ' groups list:--command-config') compopt -o default; return ;;
    ' groups list:-o' | ' groups list:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups list:--timeout') return ;;
    ' groups describe:--group') return ;;
    ' groups describe:-b' | ' groups describe:--bootstrap-server') return ;;
    ' groups describe:--context') return ;;
    ' groups describe:--command-config') compopt -o default; return ;;
    ' groups describe:-o' | ' groups describe:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups describe:--timeout') return ;;
    ' groups members:--group') return ;;
    ' groups members:-b' | ' groups members:--bootstrap-server') return ;;
    ' groups members:--context') return ;;
    ' groups members:--command-config') compopt -o default; return ;;
    ' groups members:-o' | ' groups members:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups members:--timeout') return ;;
    ' groups reset-offsets:--group') return ;;
    ' groups reset-offsets:--to-offset') return ;;
    ' groups reset-offsets:--shift-by') return ;;
    ' groups reset-offsets:--by-duration') return ;;
    ' groups reset-offsets:--to-datetime') return ;;
    ' groups reset-offsets:--from-file') compopt -o default; return ;;
    ' groups reset-offsets:--from-group') return ;;
    ' groups reset-offsets:--topic') return ;;
    ' groups reset-offsets:--save-before') compopt -o default; return ;;
    ' groups reset-offsets:-b' | ' groups reset-offsets:--bootstrap-server') return ;;
    ' groups reset-offsets:--context') return ;;
    ' groups reset-offsets:--command-config') compopt -o default; return ;;
    ' groups reset-offsets:-o' | ' groups reset-offsets:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups reset-offsets:--timeout') return ;;
    ' groups export:--group') return ;;
    ' groups export:-b' | ' groups export:--bootstrap-server') return ;;
    ' groups export:--context') return ;;
    ' groups export:--command-config') compopt -o default; return ;;
    ' groups export:-o' | ' groups export:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups export:--timeout') return ;;
    ' groups import:--group') return ;;
    ' groups import:--topic') return ;;
    ' groups import:--map-topic') return ;;
    ' groups import:--save-before') compopt -o default; return ;;
    ' groups import:-b' | ' groups import:--bootstrap-server') return ;;
    ' groups import:--context') return ;;
    ' groups import:--command-config') compopt -o default; return ;;
    ' groups import:-o' | ' groups import:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups import:--timeout') return ;;
    ' groups delete:--group') return ;;
    ' groups delete:-b' | ' groups delete:--bootstrap-server') return ;;
    ' groups delete:--context') return ;;
    ' groups delete:--command-config') compopt -o default; return ;;
    ' groups delete:-o' | ' groups delete:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups delete:--timeout') return ;;
    ' groups delete-offsets:--group') return ;;
    ' groups delete-offsets:--topic') return ;;
    ' groups delete-offsets:-b' | ' groups delete-offsets:--bootstrap-server') return ;;
    ' groups delete-offsets:--context') return ;;
    ' groups delete-offsets:--command-config') compopt -o default; return ;;
    ' groups delete-offsets:-o' | ' groups delete-offsets:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' groups delete-offsets:--timeout') return ;;
    ' lag:-b' | ' lag:--bootstrap-server') return ;;
    ' lag:--context') return ;;
    ' lag:--command-config') compopt -o default; return ;;
    ' lag:-o' | ' lag:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' lag:--timeout') return ;;
    ' lag describe:--group') return ;;
    ' lag describe:--isolation-level') mapfile -t COMPREPLY < <(compgen -W 'read_uncommitted read_committed' -- "$current"); return ;;
    ' lag describe:-b' | ' lag describe:--bootstrap-server') return ;;
    ' lag describe:--context') return ;;
    ' lag describe:--command-config') compopt -o default; return ;;
    ' lag describe:-o' | ' lag describe:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' lag describe:--timeout') return ;;
    ' lag list:--isolation-level') mapfile -t COMPREPLY < <(compgen -W 'read_uncommitted read_committed' -- "$current"); return ;;
    ' lag list:-b' | ' lag list:--bootstrap-server') return ;;
    ' lag list:--context') return ;;
    ' lag list:--command-config') compopt -o default; return ;;
    ' lag list:-o' | ' lag list:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' lag list:--timeout') return ;;
    ' offsets:-b' | ' offsets:--bootstrap-server') return ;;
    ' offsets:--context') return ;;
    ' offsets:--command-config') compopt -o default; return ;;
    ' offsets:-o' | ' offsets:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' offsets:--timeout') return ;;
    ' offsets get:--topic') return ;;
    ' offsets get:--partition') return ;;
    ' offsets get:--time') return ;;
    ' offsets get:--isolation-level') mapfile -t COMPREPLY < <(compgen -W 'read_uncommitted read_committed' -- "$current"); return ;;
    ' offsets get:-b' | ' offsets get:--bootstrap-server') return ;;
    ' offsets get:--context') return ;;
    ' offsets get:--command-config') compopt -o default; return ;;
    ' offsets get:-o' | ' offsets get:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' offsets get:--timeout') return ;;
    ' offsets diff:--to') return ;;
    ' offsets diff:--isolation-level') mapfile -t COMPREPLY < <(compgen -W 'read_uncommitted read_committed' -- "$current"); return ;;
    ' offsets diff:-b' | ' offsets diff:--bootstrap-server') return ;;
    ' offsets diff:--context') return ;;
    ' offsets diff:--command-config') compopt -o default; return ;;
    ' offsets diff:-o' | ' offsets diff:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' offsets diff:--timeout') return ;;
    ' offsets show:--isolation-level') mapfile -t COMPREPLY < <(compgen -W 'read_uncommitted read_committed' -- "$current"); return ;;
    ' offsets show:-b' | ' offsets show:--bootstrap-server') return ;;
    ' offsets show:--context') return ;;
    ' offsets show:--command-config') compopt -o default; return ;;
    ' offsets show:-o' | ' offsets show:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' offsets show:--timeout') return ;;
    ' records:-b' | ' records:--bootstrap-server') return ;;
    ' records:--context') return ;;
    ' records:--command-config') compopt -o default; return ;;
    ' records:-o' | ' records:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' records:--timeout') return ;;
    ' records delete:--offset-json-file') compopt -o default; return ;;
    ' records delete:--before') return ;;
    ' records delete:--keep-last') return ;;
    ' records delete:--topic') return ;;
    ' records delete:--partition') return ;;
    ' records delete:-b' | ' records delete:--bootstrap-server') return ;;
    ' records delete:--context') return ;;
    ' records delete:--command-config') compopt -o default; return ;;
    ' records delete:-o' | ' records delete:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' records delete:--timeout') return ;;
    ' sandbox:-b' | ' sandbox:--bootstrap-server') return ;;
    ' sandbox:--context') return ;;
    ' sandbox:--command-config') compopt -o default; return ;;
    ' sandbox:-o' | ' sandbox:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' sandbox:--timeout') return ;;
    ' sandbox up:--port') return ;;
    ' sandbox up:--brokers') mapfile -t COMPREPLY < <(compgen -W '1 3' -- "$current"); return ;;
    ' sandbox up:--kafka-version') return ;;
    ' sandbox up:--config') return ;;
    ' sandbox up:--name') return ;;
    ' sandbox up:-b' | ' sandbox up:--bootstrap-server') return ;;
    ' sandbox up:--context') return ;;
    ' sandbox up:--command-config') compopt -o default; return ;;
    ' sandbox up:-o' | ' sandbox up:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' sandbox up:--timeout') return ;;
    ' sandbox down:--name') return ;;
    ' sandbox down:-b' | ' sandbox down:--bootstrap-server') return ;;
    ' sandbox down:--context') return ;;
    ' sandbox down:--command-config') compopt -o default; return ;;
    ' sandbox down:-o' | ' sandbox down:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' sandbox down:--timeout') return ;;
    ' sandbox status:--name') return ;;
    ' sandbox status:-b' | ' sandbox status:--bootstrap-server') return ;;
    ' sandbox status:--context') return ;;
    ' sandbox status:--command-config') compopt -o default; return ;;
    ' sandbox status:-o' | ' sandbox status:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' sandbox status:--timeout') return ;;
    ' sandbox logs:--broker') return ;;
    ' sandbox logs:--name') return ;;
    ' sandbox logs:-b' | ' sandbox logs:--bootstrap-server') return ;;
    ' sandbox logs:--context') return ;;
    ' sandbox logs:--command-config') compopt -o default; return ;;
    ' sandbox logs:-o' | ' sandbox logs:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' sandbox logs:--timeout') return ;;
    ' sandbox run:--brokers') mapfile -t COMPREPLY < <(compgen -W '1 3' -- "$current"); return ;;
    ' sandbox run:--kafka-version') return ;;
    ' sandbox run:--config') return ;;
    ' sandbox run:--name') return ;;
    ' sandbox run:-b' | ' sandbox run:--bootstrap-server') return ;;
    ' sandbox run:--context') return ;;
    ' sandbox run:--command-config') compopt -o default; return ;;
    ' sandbox run:-o' | ' sandbox run:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' sandbox run:--timeout') return ;;
    ' install-drop-ins:-b' | ' install-drop-ins:--bootstrap-server') return ;;
    ' install-drop-ins:--context') return ;;
    ' install-drop-ins:--command-config') compopt -o default; return ;;
    ' install-drop-ins:-o' | ' install-drop-ins:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' install-drop-ins:--timeout') return ;;
    ' completion:-b' | ' completion:--bootstrap-server') return ;;
    ' completion:--context') return ;;
    ' completion:--command-config') compopt -o default; return ;;
    ' completion:-o' | ' completion:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' completion:--timeout') return ;;
    ' completion bash:-b' | ' completion bash:--bootstrap-server') return ;;
    ' completion bash:--context') return ;;
    ' completion bash:--command-config') compopt -o default; return ;;
    ' completion bash:-o' | ' completion bash:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' completion bash:--timeout') return ;;
    ' completion zsh:-b' | ' completion zsh:--bootstrap-server') return ;;
    ' completion zsh:--context') return ;;
    ' completion zsh:--command-config') compopt -o default; return ;;
    ' completion zsh:-o' | ' completion zsh:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' completion zsh:--timeout') return ;;
    ' completion fish:-b' | ' completion fish:--bootstrap-server') return ;;
    ' completion fish:--context') return ;;
    ' completion fish:--command-config') compopt -o default; return ;;
    ' completion fish:-o' | ' completion fish:--output') mapfile -t COMPREPLY < <(compgen -W 'table wide json jsonl csv names' -- "$current"); return ;;
    ' completion fish:--timeout') return ;;
  esac
  local words=''
  case "$path" in
    '') words='topics console groups lag offsets records sandbox install-drop-ins completion --version --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' topics') words='list describe create alter delete --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' topics list') words='--topic --literal --internal --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' topics describe') words='--topic --literal --internal --all-configs --under-replicated --unavailable --under-min-isr --at-min-isr --with-overrides --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' topics create') words='--topic --partitions --replication-factor --replica-assignment --config --if-not-exists --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' topics alter') words='--topic --literal --partitions --replica-assignment --config --delete-config --internal --yes --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' topics delete') words='--topic --literal --if-exists --internal --yes --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' console') words='produce consume --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' console produce') words='--topic --file --input --delimiter --parse-key --key-separator --parse-headers --headers-delimiter --headers-separator --headers-key-separator --null-marker --ignore-errors --use-partitions --header --partition --timestamp --partitioner --acks --idempotence --no-idempotence --compression --sync --batch-size --linger --delivery-timeout --max-request-size --max-message-bytes --transactional-id --create-topic --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' console consume') words='--topic --literal --partition --from-beginning --offset --from-time --from-timestamp --tail --from-offsets --force --exit-at-end --until-offset --until-time --to-offsets --max-messages --idle-timeout --print --separator --delimiter --headers-separator --headers-key-separator --null-text --format --raw --isolation-level --group --group-protocol --assignor --group-instance-id --session-timeout --commit --commit-interval --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups') words='list describe members reset-offsets export import delete delete-offsets --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups list') words='--literal --state --type --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups describe') words='--group --literal --all-groups --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups members') words='--group --literal --all-groups --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups reset-offsets') words='--group --literal --to-earliest --to-latest --to-current --to-offset --shift-by --by-duration --to-datetime --from-file --from-group --topic --all-topics --force --save-before --yes --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups export') words='--group --literal --all-groups --with-timestamps --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups import') words='--group --literal --topic --map-topic --translate-by-time --force --save-before --yes --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups delete') words='--group --literal --if-exists --yes --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' groups delete-offsets') words='--group --literal --topic --yes --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' lag') words='describe list --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' lag describe') words='--group --literal --all-groups --time --isolation-level --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' lag list') words='--literal --isolation-level --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' offsets') words='get diff show --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' offsets get') words='--topic --partition --literal --internal --time --isolation-level --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' offsets diff') words='--to --force --isolation-level --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' offsets show') words='--isolation-level --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' records') words='delete --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' records delete') words='--offset-json-file --before --keep-last --to-end --topic --partition --force --literal --internal --yes --dry-run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' sandbox') words='up down status logs run --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' sandbox up') words='--port --brokers --secure --kafka-version --config --name --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' sandbox down') words='--keep-data --name --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' sandbox status') words='--name --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' sandbox logs') words='--follow --broker --name --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' sandbox run') words='--brokers --secure --kafka-version --config --name --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' install-drop-ins') words='--dry-run --yes --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' completion') words='bash zsh fish --bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' completion bash') words='--bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' completion zsh') words='--bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
    ' completion fish') words='--bootstrap-server --context --command-config --output --timeout --no-color --quiet --verbose --debug --help' ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _kafkit kafkit
