#!/usr/bin/env bash
# Starts a PostgreSQL of our own on a free port in a temporary folder, prints its address and folder,
# and leaves it running: `tests/postgres.sh start`, then `tests/postgres.sh stop FOLDER`.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || :)
[ -n "$bin" ] || bin=$(dirname "$(command -v pg_ctl || echo /none/pg_ctl)")
[ -x "$bin/pg_ctl" ] || { echo "PostgreSQL is not installed" >&2; exit 3; }

# The server refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

case "${1:-}" in
start)
  folder=$(mktemp -d); [ "$(id -u)" = 0 ] && chown postgres "$folder"
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  (
    cd "$folder"
    as_owner "$bin/initdb" --pgdata="$folder/data" --auth=trust --username=backrelief --encoding=UTF8 >/dev/null
    as_owner "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait start \
      -o "-p $port -h 127.0.0.1 -k $folder -c fsync=off -c full_page_writes=off" >/dev/null
  )
  echo "postgres://backrelief@127.0.0.1:$port/postgres $folder"
  ;;
stop)
  cd "$2" && as_owner "$bin/pg_ctl" --pgdata="$2/data" --mode=immediate stop >/dev/null
  cd / && rm -rf "$2"
  ;;
*) echo "usage: tests/postgres.sh start | stop FOLDER" >&2; exit 2 ;;
esac
