#!/bin/sh
# `seed` and `seed-run` in the image. Root, as whom a container may be started, is only for finding out who to be: the owner
# of SEED_AS_OWNER_OF, or else the user seedbed, in the group of the engine's socket and that of the secrets.
set -eu
program="/app/$(basename "$0").js"
if [ "$(id -u)" != 0 ]; then exec node "$program" "$@"; fi

user=10001 group=10001 groups=10001
socket="${DOCKER_HOST:-unix:///var/run/docker.sock}"
socket="${socket#unix://}"
if [ -S "$socket" ]; then groups="$groups,$(stat -L -c %g "$socket")"; fi
if [ -n "${SEED_AS_OWNER_OF:-}" ]; then
  user="$(stat -c %u "$SEED_AS_OWNER_OF")" group="$(stat -c %g "$SEED_AS_OWNER_OF")"
fi
exec setpriv --reuid="$user" --regid="$group" --groups="$groups" --no-new-privs --inh-caps=-all \
  node "$program" "$@"
