#!/bin/sh
# Runs a program until it ends, or until the standard input does: whoever holds the other end of that pipe has closed it or is
# no more, even where it was given no time for a farewell.
exec 4<&0
"$@" </dev/null 4<&- &
program=$!
{ cat <&4 >/dev/null && kill "$program"; } &
watcher=$!
wait "$program"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
