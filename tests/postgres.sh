#!/bin/sh
# tests/postgres.sh COMMAND...
# Starts a PostgreSQL of its own, in a new folder and on a socket in it, names it to the
# command in TEST_DATABASE, and stops it afterwards. It keeps what is committed
# (fsync, synchronous_commit) as in production. PostgreSQL refuses to run as root: root
# lends it the system user postgres, or nobody. TEST_POSTGRES_RESTART is a command that
# ends the server as a crash would and starts it again. TEST_POSTGRES_ON is a folder for it other than /tmp.
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
	echo "tests/postgres.sh: PostgreSQL is not installed (tools/provision.sh test)"
	echo "0 passed, 1 failed"
	exit 1
fi

place=$(mktemp -d "${TEST_POSTGRES_ON:-/tmp}/microcourt-postgres.XXXXXX")
chmod 755 "$place"
as=
if [ "$(id -u)" = 0 ]; then
	user=postgres
	id "$user" >/dev/null 2>&1 || user=nobody
	chown "$user" "$place"
	as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
fi

server=
finish() {
	# Who started the last one does not matter: its own file names it.
	last=$(head -n 1 "$place/data/postmaster.pid" 2>/dev/null || true)
	if [ -n "$server" ] && [ -n "$last" ]; then
		# Fast shutdown: PostgreSQL ends its own connections.
		kill -INT "$last" 2>/dev/null || true
		while kill -0 "$last" 2>/dev/null && [ "$(cut -d ' ' -f 3 "/proc/$last/stat" 2>/dev/null || echo Z)" != Z ]; do
			sleep 0.1
		done
	fi
	rm -rf "$place"
}
trap finish EXIT
trap 'exit 130' INT TERM

cd "$place"
$as env LC_ALL=C "$bin/initdb" -D "$place/data" -U court -A trust -E UTF8 --locale=C --no-instructions >"$place/initdb.log" 2>&1 || {
	cat "$place/initdb.log"
	echo "0 passed, 1 failed"
	exit 1
}
cd "$OLDPWD"
cat >"$place/begin" <<END
#!/bin/sh
exec $as "$bin/postgres" -D "$place/data" -k "$place" -c listen_addresses= -c max_connections=200 -c shared_buffers=64MB \
	-c log_min_messages=fatal -c max_wal_size=2GB >>"$place/server.log" 2>&1 </dev/null
END
cat >"$place/restart" <<END
#!/bin/sh
# SIGQUIT is the immediate shutdown: what is not in the log on disk is lost.
last=\$(head -n 1 "$place/data/postmaster.pid")
kill -QUIT "\$last"
while [ -e "$place/data/postmaster.pid" ] && kill -0 "\$last" 2>/dev/null && ! grep -q ') Z' "/proc/\$last/stat" 2>/dev/null; do sleep 0.02; done
rm -f "$place/data/postmaster.pid"
setsid "$place/begin" &
until "$bin/pg_isready" -q -h "$place" -U court; do sleep 0.05; done
END
chmod 755 "$place/begin" "$place/restart"
# exec in there: the process that is started is the server itself, so its id stops it.
"$place/begin" &
server=$!
export TEST_POSTGRES_RESTART="$place/restart"
export TEST_DATABASE="postgres://court@/postgres?host=$place"
export TEST_POSTGRES="$server"
tries=0
until "$bin/pg_isready" -q -h "$place" -U court; do
	tries=$((tries + 1))
	if [ $tries -gt 200 ]; then
		cat "$place/server.log"
		echo "0 passed, 1 failed"
		exit 1
	fi
	sleep 0.1
done
code=0
"$@" || code=$?
exit $code
