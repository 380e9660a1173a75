#!/bin/sh
# Starts the Chromium at CHROMIUM_PATH where there is no network interface but a loopback that is down.
exec unshare --net -- "$CHROMIUM_PATH" "$@"
