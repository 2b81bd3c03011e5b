#!/bin/sh
':' //; i=; for s in HUP INT QUIT TERM; do r=$s; trap r= $s; kill -$s $$; trap - $s; i="$i $r"; done; KAFKIT_IGNORED_SIGNALS=$i exec node "$0" "$@"
// The line above is for the shell: which signals this program is to ignore, as under nohup, is lost once node has started.
require('../dist/kafkit.js');
