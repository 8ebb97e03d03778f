#!/bin/sh
# tests/view/run.sh
# Tries the view compiler on every NAME.view here and in broken/. A .view file holds the files of a
# small views/ folder and what must come of them, each part under a line
# "=== part": model and mustache files by name; then either "error" (what viewc says),
# or "fill" (the model, as a C initializer) with any of "html zh", "html en", "json",
# "schema has" (lines that the schema contains). Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

hold() { # NAME WANTED GOT
	if cmp -s "$2" "$3"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$1:"
		diff -u "$2" "$3" | sed -n '3,40p'
	fi
}

yes() { # WHAT COMMAND...: the command succeeds
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$what: failed: $*"
	fi
}

flags="-std=c17 -D_GNU_SOURCE=1 -g -O0 -Isrc -fsanitize=address,undefined -fno-sanitize-recover=all
	-Wall -Wextra -Werror -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2"
cc=${CC:-gcc}

# The compiler of views, the floor that its output stands on, and words of our own.
mkdir "$work/base"
$cc $flags -o "$work/viewc" tools/viewc*.c || exit 1
for lang in zh en; do
	msgfmt -o "$work/$lang.mo" "tests/view/$lang.po" || exit 1
done
tools/embed.sh "$work/base/embed.c" lang_embed "$work/zh.mo" "$work/en.mo" || exit 1
for file in src/base/draw.c src/base/text.c src/base/arena.c src/base/lang.c src/base/day.c src/base/money.c \
		"$work/base/embed.c"; do
	$cc $flags -c -o "$work/base/$(basename "$file" .c).o" "$file" || exit 1
done

for file in tests/view/*.view tests/view/broken/*.view; do
	name=$(basename "$file" .view)
	mkdir -p "$work/$name/views" "$work/$name/out" "$work/$name/want"
	awk -v to="$work/$name" '
		/^=== / { part = substr($0, 5); gsub(/ /, "_", part)
			  part = to (part ~ /\.(model|mustache)$/ ? "/views/" : "/want/") part; printf "" >part; next }
		{ print >part }' "$file"
	want=$work/$name/want
	got=$work/$name/got
	mkdir "$got"
	(cd "$work/$name" && ../viewc views out) 2>"$got/error"
	status=$?
	if [ -e "$want/error" ]; then
		hold "$name" "$want/error" "$got/error"
		yes "$name" [ $status = 1 ]
		yes "$name: nothing is written" [ -z "$(ls "$work/$name/out")" ]
		continue
	fi
	if [ $status != 0 ]; then
		failed=$((failed + 1))
		echo "$name: $(cat "$got/error")"
		continue
	fi
	cat >"$work/$name/show.c" <<-END
		#include "base/arena.h"
		#include "base/text.h"
		#include "view.h"
		#include <stdio.h>
		#include <string.h>
		#define LIST(type, ...) (struct view_##type[]){ __VA_ARGS__ }
		#define TEXTS(...) (const char *[]){ __VA_ARGS__ }
		int main(int argc, char **argv)
		{
			struct view_$name model = {
		#include "want/fill"
			};
			struct arena *mem = arena_begin();
			struct text out = text_begin(mem);
			if (argc == 2 && !strcmp(argv[1], "json"))
				view_$name.json(&out, &model);
			else if (argc == 2 && !strcmp(argv[1], "schema"))
				text_add(&out, view_$name.schema);
			else
				view_$name.html(&out, argc == 2 && !strcmp(argv[1], "en") ? LANG_EN : LANG_ZH, &model);
			fputs(text_end(&out), stdout);
			arena_end(mem);
			return 0;
		}
	END
	if ! $cc $flags -I"$work/$name/out" -o "$work/$name/show" "$work/$name/show.c" "$work/$name/out"/*.c \
			"$work/base"/*.o 2>"$got/compiler"; then
		failed=$((failed + 1))
		echo "$name: what viewc wrote does not compile"
		cat "$got/compiler"
		continue
	fi
	for lang in zh en; do
		[ -e "$want/html_$lang" ] || continue
		"$work/$name/show" $lang >"$got/html"
		hold "$name, html in $lang" "$want/html_$lang" "$got/html"
	done
	if [ -e "$want/json" ]; then
		{ "$work/$name/show" json; echo; } >"$got/json"
		hold "$name, json" "$want/json" "$got/json"
	fi
	if [ -e "$want/schema_has" ]; then
		"$work/$name/show" schema >"$got/schema"
		while IFS= read -r line; do
			yes "$name, schema" grep -qF -- "$line" "$got/schema"
		done <"$want/schema_has"
	fi
	[ ! -e "$want/keys" ] || hold "$name, keys" "$want/keys" "$work/$name/out/view_keys.txt"
done

# The same views give the same bytes; what has not changed keeps its time; what has
# gone from views/ goes from OUT; an error leaves OUT as it was.
cd "$work/every"
mkdir again
../viewc views again
yes "deterministic" diff -r out again
touch -d 2020-01-01 out/*
touch out/view_gone.c
../viewc views out
yes "unchanged files keep their time" [ -z "$(find out -type f -newermt 2021-01-01)" ]
yes "a view that is gone" [ ! -e out/view_gone.c ]
echo '{{nothing}}' >>views/every.mustache
../viewc views out 2>/dev/null
yes "an error leaves the output" diff -r out again

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
