#!/bin/sh
# package.sh PROGRAM
# Makes the Debian package of this program, twice, and does with it what an operator does, in a
# copy of this system that nobody else sees and that is gone afterwards: a file system laid over this one,
# with its own processes. Installs, serves, backs up, upgrades, removes, purges. Needs root.
set -u
cd "$(dirname "$0")/.."

. tests/check.sh
suite=package

# -- outside ---------------------------------------------------------------------

if [ "$1" != inside ]; then
	work=$(mktemp -d)
	inside=
	trap '[ -z "$inside" ] || kill -KILL "$inside"; rm -rf "$work"' EXIT
	trap 'exit 130' INT TERM
	export DEB_LEVEL=1
	if [ "$(id -u)" != 0 ]; then
		echo "package: needs root, to install the package in a copy of this system"
		failed=1
		finish
	fi
	for tool in lintian dpkg-deb dpkg-shlibdeps systemd-analyze unshare node; do
		check "$tool is installed (tools/provision.sh test)" command -v "$tool"
	done
	check "the package is made" packaging/deb.sh "$1" "$work/old.deb"
	check "and again" packaging/deb.sh "$1" "$work/same.deb"
	check "the same source makes the same bytes" cmp "$work/old.deb" "$work/same.deb"
	check "and the next version" packaging/deb.sh "$1" "$work/new.deb" "$(dpkg-deb -f "$work/old.deb" Version)+1"
	check "lintian finds no error" lintian --allow-root --fail-on error "$work/old.deb"
	mkdir "$work/over"
	unshare --mount --pid --fork --kill-child --propagation private tests/package.sh inside "$work" >"$work/inside" &
	# All that runs inside ends with it.
	inside=$!
	wait "$inside"
	inside=
	grep -v '^[0-9]* passed, [0-9]* failed$' "$work/inside"
	passed=$((passed + $(sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' "$work/inside" | grep . || echo 0)))
	failed=$((failed + $(sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' "$work/inside" | grep . || echo 1)))
	finish
fi

# -- inside: a file system over this one --------------------------------------------

work=$2
over=$work/over
mount -t tmpfs over "$over" && mkdir "$over/upper" "$over/work" "$over/root" &&
	mount -t overlay over -o "lowerdir=/,upperdir=$over/upper,workdir=$over/work" "$over/root" || exit 1
root=$over/root
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount -t tmpfs run "$root/run" &&
	mount -t tmpfs tmp "$root/tmp" && mkdir -p "$root/packages" && cp "$work"/*.deb "$root/packages" || exit 1
there() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }
as="setpriv --reuid=microcourt --regid=microcourt --clear-groups env MICROCOURT_DATA=/var/lib/microcourt"
court() { there $as "$@"; }
exec_court() { exec chroot "$root" env -i PATH=/usr/bin:/bin LC_ALL=C $as "$@"; }
install() { there dpkg --force-unsafe-io --no-triggers -i "$1"; }

# Serves in the background, as the unit does; waits until it answers, and says where in $url.
serve() {
	: >"$work/serving"
	# exec, and again in each of these: the process that is started is the server itself.
	exec_court microcourt serve --sample --listen 127.0.0.1:0 >"$work/serving" 2>"$work/log" &
	server=$!
	url=
	for try in $(seq 300); do
		url=$(sed -n 's|^http://localhost:\([0-9]*\).*|http://127.0.0.1:\1|p' "$work/serving" | head -n 1)
		[ -z "$url" ] || break
		sleep 0.1
	done
	[ -n "$url" ] && node -e 'fetch(process.argv[1] + "/health").then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))' "$url"
}

stop() {
	kill -TERM "$server" 2>/dev/null
	wait "$server"
}

mode() { [ "$(there stat -c '%U %a' "$1")" = "$2" ]; }
cases() { court microcourt verify | grep -q '^0 cases, 0 entries, 0 broken$'; }
people() { node -e 'fetch(process.argv[1] + "/courts", { headers: { Accept: "application/json" } }).then((a) => process.exit(a.ok ? 0 : 1))' "$url"; }
purge() { there dpkg --no-triggers -P microcourt >"$work/purged" 2>&1; }
secure() { there systemd-analyze security --offline=true --no-pager --threshold=20 "/lib/systemd/system/$1"; }

check "it installs" install /packages/old.deb
check "its version is there" there microcourt version
check "the manual page is there" test -f "$root/usr/share/man/man1/microcourt.1.gz"
check "the data directory is the court's alone" mode /var/lib/microcourt "microcourt 700"
check "so is that of the backups" mode /var/backups/microcourt "microcourt 700"
check "the configuration is not for everybody" mode /etc/microcourt/microcourt.conf "root 640"
check "the units hold" there systemd-analyze verify --man=no /lib/systemd/system/microcourt.service \
	/lib/systemd/system/microcourt.socket /lib/systemd/system/microcourt-backup.service /lib/systemd/system/microcourt-backup.timer
check "the court's unit is closed (exposure 2.0 at most)" secure microcourt.service
check "the backup's unit is closed" secure microcourt-backup.service
check "the units are enabled" there test -L /etc/systemd/system/sockets.target.wants/microcourt.socket

check "it serves" serve
check "it backs up while it serves" court microcourt backup /var/backups/microcourt
echo 'workers = 7' >>"$root/etc/microcourt/microcourt.conf"
check "it is upgraded while it serves" install /packages/new.deb
check "the old one goes on serving" people
check "it stops" stop
check "the new version is there" sh -c "chroot $root dpkg-query -W -f '\${Version}' microcourt | grep -q '+1$'"
check "the configuration was kept" grep -q '^workers = 7$' "$root/etc/microcourt/microcourt.conf"
check "and counts" sh -c "chroot $root microcourt settings | grep -q '^workers = 7$'"
check "the new one serves the same data" serve
check "with all courts" people
check "it stops again" stop
check "the chains are whole" cases
check "the backup is whole" court microcourt backup --check /var/backups/microcourt
check "it is restored" court microcourt restore --data /var/lib/microcourt/again /var/backups/microcourt

check "it is removed" there dpkg --no-triggers -r microcourt
check "the program is gone" not test -e "$root/usr/bin/microcourt"
check "the configuration is not" test -f "$root/etc/microcourt/microcourt.conf"
check "it is purged" purge
check "and says what it keeps" grep -q 'rm -r /var/lib/microcourt' "$work/purged"
check "the configuration is gone" not test -e "$root/etc/microcourt"
check "the data are kept" test -f "$root/var/lib/microcourt/court.db"
left() { [ -z "$(there find /etc /lib/systemd /usr/bin /usr/share/doc /usr/share/man -name '*microcourt*')" ]; }
check "nothing else is left" left
check "it can be installed again, on the same data" install /packages/new.deb
check "and serves" serve
check "and stops" stop
finish
