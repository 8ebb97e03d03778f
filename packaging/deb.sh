#!/bin/sh
# deb.sh PROGRAM OUT [VERSION]
# Puts PROGRAM and what belongs to it into the Debian package OUT. The same files give the same bytes: all
# times are SOURCE_DATE_EPOCH, else that of the last commit. DEB_LEVEL: how hard to press, 0 to 9.
set -eu
program=$(realpath "$1")
out=$(realpath -m "$2")
cd "$(dirname "$0")/.."
version=${3:-$(sed -n 's/^#define MC_VERSION "\(.*\)"$/\1/p' src/base/version.h)}
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1788000000)}"
export LC_ALL=C TZ=UTC
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/microcourt

# put MODE FILE PATH
put() {
	install -D -m "$1" "$2" "$root$3"
}

put 755 "$program" /usr/bin/microcourt
strip --remove-section=.comment --remove-section=.note "$root/usr/bin/microcourt"
put 644 docs/microcourt.1 /usr/share/man/man1/microcourt.1
gzip -9n "$root/usr/share/man/man1/microcourt.1"
put 644 docs/microcourt.conf /etc/microcourt/microcourt.conf
for unit in microcourt.service microcourt.socket microcourt-backup.service microcourt-backup.timer; do
	put 644 "packaging/$unit" "/lib/systemd/system/$unit"
done
for page in README.md README.en.md SECURITY.md docs/*.md; do
	put 644 "$page" "/usr/share/doc/microcourt/$(basename "$page")"
done
put 644 packaging/copyright /usr/share/doc/microcourt/copyright
cat >"$doc/changelog" <<END
microcourt ($version) stable; urgency=medium

  * This version; what has changed stands in the history of the source.

 -- microcourt maintainers <maintainers@microcourt.example>  $(date -Rud "@$SOURCE_DATE_EPOCH")
END
gzip -9n "$doc/changelog"

mkdir -p "$root/DEBIAN" "$work/debian"
for script in postinst prerm postrm; do
	install -m 755 "packaging/$script" "$root/DEBIAN/$script"
done
echo /etc/microcourt/microcourt.conf >"$root/DEBIAN/conffiles"
cp packaging/control "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/microcourt" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ]
sed -e '1,/^$/d' -e '/^Architecture:/d' -e "s/\${shlibs:Depends}/$depends/" packaging/control >"$work/fields"
{
	echo "Package: microcourt"
	echo "Version: $version"
	echo "Architecture: $(dpkg --print-architecture)"
	echo "Maintainer: $(sed -n 's/^Maintainer: //p' packaging/control)"
	echo "Installed-Size: $(find "$root" -path "$root/DEBIAN" -prune -o -type f -printf '%s\n' | awk '{ k += int(($1 + 1023) / 1024) } END { print k }')"
	sed '/^Package:/d' "$work/fields"
} >"$root/DEBIAN/control"
(cd "$root" && find etc lib usr -type f | sort | xargs md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root"/DEBIAN/control "$root"/DEBIAN/md5sums "$root"/DEBIAN/conffiles
find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$(dirname "$out")"
# Under its name there is a whole package or none.
dpkg-deb --root-owner-group "-z${DEB_LEVEL:-6}" --build "$root" "$work/package.deb" >/dev/null
mv "$work/package.deb" "$out"
echo "$out"
