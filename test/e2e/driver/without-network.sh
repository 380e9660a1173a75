#!/bin/sh
# Starts the program BROWSER in a network namespace of its own. DOORWAY, where it is set, names a socket in the file system
# that is joined to DOORWAY_PORT of that namespace's loopback interface: the way in for a driver. There is no way out.
if [ -z "$DOORWAY" ]; then
  exec unshare --net -- "$BROWSER" "$@"
fi
exec unshare --net -- sh -c 'ip link set lo up && exec "$@"' sh "$NODE" "$DOORWAY_SCRIPT" "$BROWSER" "$@"
