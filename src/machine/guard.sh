# Cleans up after a run, however it ends. It is started first and reads lines from the run's main process:
#   process PID    a process group to kill        forget PID   it has ended
#   tracer PID     an strace to end with TERM     folder PATH  a folder to remove
#   probes PID     a process that makes kprobe events    group PATH   a control group to remove
# At end of file, which comes when the main process closes the pipe or dies, it ends strace first (an orphaned tracee's
# calls would fail if strace were killed), then the processes and a strace that did not end, then removes the folders and the kprobe events that one of
# the processes made (their group is zc_PID). There is no other clean-up path.
# (`kill -s NAME -- -PID` is the form that every POSIX shell takes; dash refuses `kill -KILL -- -PID`.)
trap '' INT TERM HUP
processes=' ' tracers=' ' started=' '
set --
while read -r kind value; do
  case $kind in
    process) processes="$processes$value " started="$started$value " ;;
    probes) started="$started$value " ;;
    tracer) tracers="$tracers$value " ;;
    forget)
      case $processes in *" $value "*) processes="${processes%% "$value" *} ${processes#* "$value" }" ;; esac
      case $tracers in *" $value "*) tracers="${tracers%% "$value" *} ${tracers#* "$value" }" ;; esac
      ;;
    folder) set -- "$@" "$value" ;;
    group) set -- "$@" "group:$value" ;;
  esac
done
for pid in $tracers; do kill -s TERM "$pid" 2>/dev/null; done
tries=0
for pid in $tracers; do
  while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 20 ]; do sleep 0.05; tries=$((tries + 1)); done
done
# Of a tracer that is still there, what it traces of ours has ended now, and no other program is traced so that it would suffer:
# it may wait for a reader of its output that died.
for pid in $processes $tracers; do kill -s KILL -- "-$pid" 2>/dev/null || kill -s KILL "$pid" 2>/dev/null; done

# Names of this run's kprobe events in the file $1.
kprobe_events() {
  while read -r event _; do
    name=${event#*:} group=${event#*:zc_}
    case $started in *" ${group%%/*} "*) printf '%s\n' "$name" ;; esac
  done <"$1"
}

for events in /sys/kernel/tracing/kprobe_events /sys/kernel/debug/tracing/kprobe_events; do
  [ -w "$events" ] || continue
  tries=0
  # An event is busy until the kernel has closed what the killed process had open.
  while left=$(kprobe_events "$events") && [ -n "$left" ] && [ "$tries" -lt 20 ]; do
    for name in $left; do printf -- '-:%s\n' "$name" 2>/dev/null >>"$events"; done
    sleep 0.05
    tries=$((tries + 1))
  done
  break
done
for folder do
  # Only ever a run's own.
  case ${folder##*/} in run-*) ;; *) continue ;; esac
  case $folder in group:*) ;; *) rm -rf -- "$folder" && continue ;; esac
  tries=0
  # A group is busy until the last of the killed processes is gone.
  while [ -d "${folder#group:}" ] && ! rmdir -- "${folder#group:}" 2>/dev/null && [ "$tries" -lt 40 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
done
exit 0
