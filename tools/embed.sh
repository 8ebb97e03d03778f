#!/bin/sh
# embed.sh OUT.c SYMBOL FILE...
# Writes a C file with the table SYMBOL (struct embed of src/base/embed.h), one row
# a FILE, ending with a row whose name is NULL. The assembler takes in the bytes
# when OUT.c is compiled, so FILE is named as the compiler's working directory sees
# it, and OUT.c must be made again when a FILE changes. Compile it with -Isrc.
set -eu

if [ $# -lt 2 ]; then
	echo "usage: embed.sh OUT.c SYMBOL FILE..." >&2
	exit 2
fi
out=$1
symbol=$2
shift 2

for file; do
	case $file in *[\"\\]*)
		echo "embed.sh: $file: a quote or backslash in the name" >&2
		exit 1
	esac
	if [ ! -f "$file" ]; then
		echo "embed.sh: $file: no such file" >&2
		exit 1
	fi
done

{
	echo "/* Written by tools/embed.sh. */"
	echo "#include \"base/embed.h\""
	echo
	n=0
	for file; do
		label=${symbol}_$n
		echo "extern const unsigned char $label[];"
		cat <<-END
		__asm__(".pushsection .rodata, \"a\"\n"
		        ".balign 16\n.globl $label\n.hidden $label\n"
		        "$label: .incbin \"$file\"\n"
		        ".byte 0\n.popsection\n");
		END
		n=$((n + 1))
	done
	echo
	echo "extern const struct embed $symbol[];"
	echo "const struct embed $symbol[] = {"
	n=0
	for file; do
		echo "	{ \"${file##*/}\", ${symbol}_$n, $(wc -c <"$file" | tr -d ' ') },"
		n=$((n + 1))
	done
	echo "	{ (const char *)0, (const unsigned char *)0, 0 },"
	echo "};"
} >"$out.new"
mv "$out.new" "$out"
