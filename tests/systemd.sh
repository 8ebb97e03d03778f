#!/bin/sh
# systemd.sh PROGRAM [ROOT]
# The Debian package under a systemd that runs: in a copy of this system (or of the Debian in the folder ROOT,
# for example one of "mmdebstrap --variant=apt"), with its own processes, network and control groups, nobody sees it and
# it is gone afterwards. Installs with apt, signs in, reloads, restarts, breaks, upgrades, removes and
# purges, while requests come in. Needs root, and cgroup2 anywhere.
set -u
cd "$(dirname "$0")/.."
. tests/check.sh
suite=systemd

# -- inside, as the first process: a file system over the other one, then systemd ---------------------------

if [ "$1" = inside ]; then
	lower=$2
	over=$3/over
	set -e
	mount -t tmpfs over "$over"
	mkdir "$over/upper" "$over/work" "$over/root"
	mount -t overlay over -o "lowerdir=$lower,upperdir=$over/upper,workdir=$over/work" "$over/root"
	cd "$over/root"
	mkdir -p packages old
	cp "$3"/*.deb packages
	# What this system mounts, starts, forbids to start, and does whenever a package is installed is not for the copy.
	: >etc/fstab
	rm -rf etc/systemd/system/*.wants etc/resolv.conf usr/sbin/policy-rc.d etc/apt/apt.conf.d/*
	ln -sf true usr/bin/mandb
	mount -t proc proc proc
	mount -t sysfs -o ro sys sys
	mount -t cgroup2 group sys/fs/cgroup
	mount -t tmpfs -o mode=755 run run
	mount -t tmpfs tmp tmp
	mount -t tmpfs -o mode=755 dev dev
	for device in null zero full random urandom tty; do
		: >"dev/$device"
		mount --bind "/dev/$device" "dev/$device"
	done
	mkdir dev/pts dev/shm
	mount -t devpts -o newinstance,ptmxmode=0666,mode=620 pts dev/pts
	mount -t tmpfs shm dev/shm
	ln -s pts/ptmx dev/ptmx
	ln -s /proc/self/fd dev/fd
	pivot_root . old
	exec chroot . /usr/bin/env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system \
		--show-status=no --unit=basic.target
fi

# -- outside -------------------------------------------------------------------------------------------------

work=$(mktemp -d)
inside=
group=
leave() {
	[ -z "$inside" ] || { kill -KILL "$inside" && wait "$inside"; } 2>/dev/null
	[ -z "$group" ] || within 5 sh -c "find $group -depth -type d -exec rmdir {} + 2>/dev/null; ! test -d $group"
	rm -rf "$work"
}
trap leave EXIT
trap 'exit 130' INT TERM
if [ "$(id -u)" != 0 ]; then
	echo "systemd: needs root, to start a copy of this system"
	failed=1
	finish
fi
export DEB_LEVEL=0
check "the package is made" packaging/deb.sh "$1" "$work/old.deb"
check "and the next version" packaging/deb.sh "$1" "$work/new.deb" "$(dpkg-deb -f "$work/old.deb" Version)+1"
mkdir "$work/over"
group=$(findmnt -n -t cgroup2 -o TARGET | head -n 1)/microcourt-test.$$
mkdir "$group" || group=
sh -c 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"' sh "$group" \
	unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child --propagation private \
	tests/systemd.sh inside "${2:-/}" "$work" >"$work/console" 2>&1 </dev/null &
inside=$!

first() { first=$(tr -d ' ' <"/proc/$inside/task/$inside/children") && [ -n "$first" ]; }
there() {
	nsenter -t "$first" -m -p -n -u -i -C -r -w env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C \
		DEBIAN_FRONTEND=noninteractive "$@"
}
up() { first && [ "$(cat "/proc/$first/comm")" = systemd ] && there systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; }
if ! within 60 up; then
	cat "$work/console"
	echo "systemd: it does not start here"
	failed=$((failed + 1))
	finish
fi
root=/proc/$first/root
conf=$root/etc/microcourt/microcourt.conf
court=http://127.0.0.1:8080
apt() { there apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "$@"; }
active() { [ "$(there systemctl is-active "$@" | sort -u)" = active ]; }
main() { there systemctl show -p MainPID --value microcourt; }
answers() { there curl -sf -m 10 -o /tmp/answer "$court$1"; }
unit() { there systemctl show -p "$1" --value microcourt.service; }
asks() { there curl -s -m 10 -b /tmp/cookies -c /tmp/cookies -D /tmp/head -o /tmp/answer -w '%{http_code}' -H 'Accept: application/json' "$@"; }
token() { sed -n 's/^X-CSRF-Token: \([^[:space:]]*\).*/\1/Ip' "$root/tmp/head"; }
# Restarted by systemd: another process, which answers.
anew() { [ "$(main)" != "$before" ] && answers /health; }

signs_in() {
	asks "$court/sign-in" && asks -H "X-CSRF-Token: $(token)" --json '{"name":"zhangwei","password":"microcourt-2026"}' "$court/sign-in" && knows
}
knows() { [ "$(asks "$court/account")" = 200 ] && grep -q 张伟 "$root/tmp/answer"; }

# Four ask all the time; each must be answered.
crowd() {
	rm -f "$root/tmp/enough"
	there sh -c 'for i in 1 2 3 4; do while [ ! -e /tmp/enough ]; do
		curl -s -m 20 -o /dev/null -w "%{http_code}\n" "$1/courts" || echo "curl $?"; done >"/tmp/crowd.$i" & done; wait' sh "$court" &
	crowd=$!
}
all_answered() {
	touch "$root/tmp/enough"
	wait "$crowd"
	sort "$root"/tmp/crowd.? | uniq -c
	[ "$(sort -u "$root"/tmp/crowd.?)" = 200 ]
}

reloads() {
	before=$(main)
	there systemctl reload microcourt && anew && not test -d "$root/proc/$before"
}
restarts() {
	for i in 1 2 3 4 5 6 7; do
		there systemctl restart microcourt || return 1
	done
}
status_line() { grep -qE "^$1:[[:space:]]*$2\$" "$root/proc/$(main)/status"; }
seen_by_unit() { there nsenter -t "$(main)" -m "$@"; }
# The program's own promises, under everything that the unit takes away besides.
confines() {
	sed -e 's/^Type=.*/Type=oneshot/' -e 's/^ExecStart=.*/ExecStart=\/usr\/bin\/microcourt confine/' \
		-e '/^ExecReload=/,/kill -0 \$\$!.$/d' -e '/^\(Requires\|NotifyAccess\|Restart\|RestartSec\|WatchdogSec\|Environment=WATCHDOG\)/d' \
		"$root/lib/systemd/system/microcourt.service" >"$root/etc/systemd/system/try.service"
	there systemctl daemon-reload && there systemctl start try
	code=$?
	there journalctl --no-pager -u try
	return $code
}
wrong_file_keeps_the_old() {
	before=$(main)
	echo 'workers = many' >>"$conf"
	not there systemctl reload microcourt && [ "$(main)" = "$before" ] && answers /health &&
		there journalctl --no-pager -u microcourt | grep -q 'microcourt.conf:.*many'
}
mended_file_starts() {
	there systemctl restart microcourt
	for i in 1 2 3 4 5 6; do
		there systemctl restart microcourt
	done
	sed -i '/^workers = many$/d' "$conf"
	within 20 answers /health && active microcourt.socket microcourt.service
}
killed() {
	before=$(main)
	there systemctl kill -s KILL --kill-who=main microcourt
	within 20 anew
}
# systemd hears from the one that has taken over, and notices one that is stuck.
watched() {
	mkdir -p "$root/etc/systemd/system/microcourt.service.d"
	printf '[Service]\nWatchdogSec=3\nEnvironment=WATCHDOG_USEC=3000000\n' >"$root/etc/systemd/system/microcourt.service.d/test.conf"
	there systemctl daemon-reload && there systemctl restart microcourt && reloads || return 1
	before=$(main)
	sleep 4
	[ "$(main)" = "$before" ] || return 1
	there systemctl kill -s STOP --kill-who=main microcourt
	within 20 anew && there journalctl --no-pager -u microcourt | grep -q 'Watchdog timeout'
	code=$?
	rm -r "$root/etc/systemd/system/microcourt.service.d"
	there systemctl daemon-reload
	return $code
}
backs_up() {
	there systemctl start microcourt-backup.service &&
		there runuser -u microcourt -- microcourt backup --config= --check /var/backups/microcourt
}
upgraded() { there microcourt version && there dpkg-query -W -f '${Version}' microcourt | grep -q '+1$'; }
nothing_runs() {
	not there curl -s -m 5 -o /tmp/answer "$court/health" && not grep -lx microcourt "$root"/proc/[0-9]*/comm
}
failed_units() { there systemctl --failed --no-legend --no-pager '*microcourt*' | tee "$work/failed"; [ ! -s "$work/failed" ]; }
left() {
	there find /etc /lib/systemd /usr/bin /usr/share/doc /usr/share/man /var/lib/systemd /run -name '*microcourt*' | tee "$work/left"
	[ ! -s "$work/left" ]
}

check "it installs with apt" apt install /packages/old.deb
check "socket and court run" active microcourt.socket microcourt.service
check "it is ready" answers /ready
check "it has confined itself" grep -q 'no_new_privs.*seccomp' "$root/tmp/answer"
check "no capability is left" status_line CapBnd 0000000000000000
check "no privilege can be gained" status_line NoNewPrivs 1
check "its system calls are filtered" status_line Seccomp 2
check "it is not root" not status_line Uid '0[[:space:]].*'
check "it sees a system that it cannot write to" not seen_by_unit touch /usr/new /etc/new
check "and no homes" not seen_by_unit test -e /root/.profile
check "what the program gives up is given up under the unit" confines
check "no unit has failed" failed_units

echo 'sample = on' >>"$conf"
crowd
check "it is reloaded, with a new configuration" reloads
check "somebody signs in" signs_in
check "it is restarted more often than systemd likes" restarts
check "they are still known" knows
check "a wrong configuration is not taken" wrong_file_keeps_the_old
check "all requests were answered" all_answered
check "it starts by itself when the configuration is right again" mended_file_starts
check "killed, it is there again" killed
check "stuck, it is replaced" watched
check "it is backed up" backs_up
check "every hour" there systemctl enable --now microcourt-backup.timer

crowd
check "it is upgraded" apt install /packages/new.deb
check "to the new version" upgraded
check "the configuration was kept" grep -q '^sample = on$' "$conf"
check "they are known to the new one" knows
check "all requests were answered meanwhile" all_answered
check "all that ran runs" active microcourt.socket microcourt.service microcourt-backup.timer

check "it is removed" apt remove microcourt
check "nothing runs" nothing_runs
check "the data are kept" test -f "$root/var/lib/microcourt/court.db"
check "it is installed again" apt install /packages/new.deb
check "all that ran runs again" active microcourt.socket microcourt.service microcourt-backup.timer
check "and knows them" knows
check "it is purged" apt purge microcourt
check "nothing runs any more" nothing_runs
check "nothing is left but the data" left
check "systemd knows of no failure" failed_units
check "the data are the court's own" sh -c "[ \$(stat -c %a $root/var/lib/microcourt) = 700 ] && [ -f $root/var/lib/microcourt/court.db ]"
finish
