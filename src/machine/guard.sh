# Cleans up after a run, however it ends. It is started first and reads lines from the run's main process:
#   process PID    a process group to kill        forget PID   it has ended
#   tracer PID     an strace to end with TERM     folder PATH  a folder to remove
# At end of file, which comes when the main process closes the pipe or dies, it ends strace first (an orphaned tracee's
# calls would fail if strace were killed), then the processes, then removes the folders. There is no other clean-up path.
# (`kill -s NAME -- -PID` is the form that every POSIX shell takes; dash refuses `kill -KILL -- -PID`.)
trap '' INT TERM HUP
processes=' ' tracers=' '
set --
while read -r kind value; do
  case $kind in
    process) processes="$processes$value " ;;
    tracer) tracers="$tracers$value " ;;
    forget)
      case $processes in *" $value "*) processes="${processes%% "$value" *} ${processes#* "$value" }" ;; esac
      case $tracers in *" $value "*) tracers="${tracers%% "$value" *} ${tracers#* "$value" }" ;; esac
      ;;
    folder) set -- "$@" "$value" ;;
  esac
done
for pid in $tracers; do kill -s TERM "$pid" 2>/dev/null; done
tries=0
for pid in $tracers; do
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 20 ]; do sleep 0.05; tries=$((tries + 1)); done
done
for pid in $processes; do kill -s KILL -- "-$pid" 2>/dev/null || kill -s KILL "$pid" 2>/dev/null; done
for folder do
  # Only ever a run's own folder.
  case ${folder##*/} in run-*) rm -rf -- "$folder" ;; esac
done
exit 0
