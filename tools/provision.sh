#!/bin/sh
# provision.sh run|test|bench
# Sees to the Debian packages that microcourt is built with (run), also proved with
# (test), or measured with (bench). Asks once which are missing, and touches the network only if some are.
set -eu
cd "$(dirname "$0")/.."

run="gcc libc6-dev make pkg-config gettext
	libmicrohttpd-dev libsqlite3-dev libpq-dev libsodium-dev libssl-dev libjansson-dev libcurl4-openssl-dev libseccomp-dev
	libqrencode-dev libfido2-dev"
# The server of Debian makes a cluster when it is installed; the tests make their own and need none.
# systemd judges the units, and starts them in a copy of the system: nothing outside is started by it.
test="curl jq openssl postgresql wapiti sqlmap sqlite3 clang clang-format python3-prometheus-client libclang-rt-dev universal-ctags chromium fonts-noto-cjk fonts-noto-core lintian dpkg-dev systemd"

bench="wrk nginx-light postgresql"

packages=$run
if [ "${1:-run}" = bench ]; then
	packages="$run $bench"
fi
if [ "${1:-run}" = test ]; then
	packages="$run $test"
	if ! command -v node >/dev/null; then packages="$packages nodejs"; fi
	if ! command -v npm >/dev/null; then packages="$packages npm"; fi
fi

if ! command -v dpkg-query >/dev/null; then
	echo "This is no Debian: please see to it yourself that you have what these packages hold:" >&2
	echo $packages >&2
	exit 0
fi

missing=
have=" $(dpkg-query -W -f '${Package}:${db:Status-Status} ' $packages 2>/dev/null || true) "
for package in $packages; do
	case $have in
	*" $package:installed "*) ;;
	*) missing="$missing $package" ;;
	esac
done

if [ -n "$missing" ]; then
	root=
	if [ "$(id -u)" != 0 ]; then
		if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 2 ]; }; then
			root=sudo
		else
			echo "These packages are missing:" >&2
			printf '  %s\n' $missing >&2
			echo "Install them and try again:" >&2
			echo "  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
			exit 1
		fi
	fi
	echo "Installing:$missing"
	$root apt-get update -q
	$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi

# The browser tests' two libraries, exactly as the lock file says.
if [ "${1:-run}" = test ]; then
	lock=tests/page/package-lock.json
	stamp=tests/page/node_modules/.stamp
	if ! cmp -s "$lock" "$stamp"; then
		(cd tests/page && npm ci --no-audit --no-fund --ignore-scripts)
		cp "$lock" "$stamp"
	fi
fi
