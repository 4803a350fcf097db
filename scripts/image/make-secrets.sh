#!/bin/sh
# Makes the secrets that are not there yet; one that is stays as it is. They are written whole under another name first.
set -eu
umask 0277
for name in database-password token; do
  if [ -s "/secrets/$name" ]; then continue; fi
  draft="/secrets/.$name-$$"
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > "$draft"
  chmod 0440 "$draft"
  mv "$draft" "/secrets/$name"
done
