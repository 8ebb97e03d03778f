#!/bin/sh
# lint.sh BUILD
# The rules of the house that a machine can check, one function each. What a compiler
# says was collected by the Makefile in BUILD/lint. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/.."
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# check NAME COMMAND...: it holds if the command succeeds and says nothing.
check() {
	name=$1
	shift
	if "$@" >"$work/said" 2>&1 && [ ! -s "$work/said" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "lint: $name"
		sed 's/^/  /' "$work/said"
	fi
}

# Every file passes clang (gcc compiled it before), and all of src as one unit passes
# both: no name twice, nothing defined and left behind for the next file.
each_file() {
	for file in src/*/*.c tests/*/*.c; do
		[ ! -s "$build/lint/${file%.c}.clang" ] || cat "$build/lint/${file%.c}.clang"
	done
}

as_one() {
	cat "$build/lint/unit.gcc" "$build/lint/unit.clang"
}

map() {
	ctags -x --languages=C --kinds-C=f --_xformat='%N %F %n' -R src >"$work/functions" &&
		awk -f tools/map.awk tools/steps.txt tools/arrows.txt "$work/functions" src/*/*.[ch]
}

# Comments and strings may say what they like.
banned() {
	for file in src/*/*.[ch]; do
		gcc -w -fpreprocessed -dD -E "$file" 2>/dev/null | sed -E 's/"([^"\\]|\\.)*"/""/g' | awk -v file="$file" '
			/^# [0-9]+ "/ { line = $2 - 1; next }
			{ line++; if (NF) print file ":" line ":" $0 }'
	done >"$work/code"
	grep -v '^#' tools/banned.txt | grep . >"$work/banned"
	while IFS='	' read -r word files advice; do
		grep -E "^[^:]*:[0-9]*:.*($word)" "$work/code" | while IFS= read -r hit; do
			case " $files " in *" ${hit%%:*} "*) continue ;; esac
			echo "$hit"
			echo "  instead: $advice"
		done
	done <"$work/banned"
}

# The keys of a .po file, sorted.
keys() {
	sed -n 's/^msgid "\(..*\)"$/\1/p' "$1" | sort
}

words_same() {
	keys lang/zh.po >"$work/zh"
	keys lang/en.po >"$work/en"
	comm -23 "$work/zh" "$work/en" | sed 's/$/ has no English words/'
	comm -13 "$work/zh" "$work/en" | sed 's/$/ has no Chinese words/'
}

# {1} {2} {3} are the same in both languages, and nothing is left empty.
words_filled() {
	for lang in zh en; do
		msgcat --no-wrap "lang/$lang.po" | awk '
			/^msgid "/ { key = $0; gsub(/^msgid "|"$/, "", key) }
			/^msgstr "/ {
				if (key != "" && $0 == "msgstr \"\"") print key, "EMPTY"
				places = ""
				for (i = 1; i <= 3; i++) if (index($0, "{" i "}")) places = places i
				if (key != "") print key, "{" places "}"
			}' | sort >"$work/$lang.places"
	done
	diff "$work/zh.places" "$work/en.places" | sed -n 's/^[<>] //p'
	grep -h EMPTY "$work/zh.places" "$work/en.places"
	true
}

words_format() {
	for lang in zh en; do
		msgfmt --check --check-header -o /dev/null "lang/$lang.po"
		msgattrib --only-fuzzy "lang/$lang.po"
	done
}

# Keys used in pages, and keys in the code: after .key =, as an argument of lang_, or any
# string "noun.what" whose noun has a block in the .po files.
words_used() {
	keys lang/zh.po >"$work/zh"
	{
		sed 's|$| views|' "$build/view/view_keys.txt"
		cut -d. -f1 "$work/zh" | sort -u >"$work/nouns"
		grep -noE '(\.key *= *|lang_(say|print) *\([^"]*)?"[a-z][a-z_0-9]*\.[a-z][a-z_0-9]*(\.[a-z_0-9]+)*"' src/*/*.c |
			grep -vE '"[^"]*\.(c|h|mo|po|db|css|js|mjs|svg|html|txt|json|sql|tbl|pdf|key|lock|new|tmp)"$' |
			awk -F: -v nouns="$work/nouns" '
				BEGIN { while ((getline noun < nouns) > 0) known[noun] = 1 }
				{
					sure = $3 ~ /key|lang_/
					key = $3; sub("^[^\"]*\"", "", key); sub("\"$", "", key)
					noun = key; sub("[.].*", "", noun)
					if (sure || noun in known) print key, $1 ":" $2
				}'
	} | while read -r key where; do
		grep -qxF "$key" "$work/zh" || echo "$where: no words for $key"
	done
}

# Every primary and foreign key begins with court; every table has a primary key and a
# comment above it.
sql_keys() {
	for file in sql/*.sql; do
		awk -v file="$file" '
			function bad(what) { print file ":" FNR ": " what }
			/^create (virtual )?table/ {
				if (before !~ /^--/) bad("a table without a comment above it")
				open = FNR; has = 0; split($0, word, /[ (]+/); table = word[3]
			}
			{ code = $0; sub(/--.*/, "", code) }
			code ~ /primary key/ {
				has = 1
				if (code !~ /primary key *\(court[,)]/ && code !~ /^[ \t]*court[ \t].*primary key/)
					bad("the primary key of " table " does not begin with court")
			}
			code ~ /references/ && code !~ /foreign key *\(court[,)].*references [a-z_]+ *\(court[,)]/ {
				bad("a foreign key of " table " does not begin with court")
			}
			code ~ /^\)/ { if (open && !has) bad(table " has no primary key"); open = 0 }
			NF { before = $0 }' "$file"
	done
}

# A list is read on from its last row: whoever leaves rows out must first find them.
sql_keyset() {
	grep -niE '"[^"]*\<offset +[$0-9][^"]*"' src/*/*.[ch]
	true
}

scripts() {
	for file in .ci/run packaging/*.sh packaging/p*inst packaging/*rm tools/*.sh tests/*.sh tests/*/*.sh; do
		sh -n "$file" || echo "$file"
		[ -x "$file" ] || echo "$file: may not be executed"
	done
}

# Paths of somebody's own machine have no place in what is published.
paths() {
	grep -rnE --exclude-dir=node_modules --exclude=lint.sh '"/(home|root|work|Users)/' Makefile src tools tests
	true
}

# docs/law names every act and every story, and nothing that does not exist.
law() {
	page=docs/law/README.md
	sed -n 's/^ACT(\([A-Z_]*\),.*/\1/p' src/law/act.tbl | while read -r act; do
		grep -qw "$act" $page || echo "$page: the act $act is not named"
	done
	for story in tests/story/*.story; do
		name=$(basename "$story" .story)
		grep -qw "$name" $page || echo "$page: the story $name is not named"
	done
	awk -F'|' 'NF > 6 { print $6 }' $page | tr ', ' '\n\n' | grep -E '^[a-z_]+$' | grep -vx story | sort -u | while read -r name; do
		[ -f "tests/story/$name.story" ] || echo "$page: there is no story $name"
	done
}

# What a route means to programs stands in src/web/api.tbl (the program looks too, but only when it starts).
routes() {
	sed -nE 's/^.*\{ *"(GET|POST|HEAD|PATCH|DELETE|OPTIONS|PUT)", *"([^"]*)", *PAGE_.*/\1 \2/p' src/web/page_*.c | sort >"$work/routes"
	sed -nE 's/^OPERATION\(([A-Z]+), "([^"]*)".*/\1 \2/p' src/web/api.tbl | sort >"$work/operations"
	comm -23 "$work/routes" "$work/operations" | sed 's/$/ has no row in src\/web\/api.tbl/'
}

check "clang, file by file" each_file
check "all of src as one unit" as_one
check "floors, steps, circles and names" map
check "banned words" banned
check "the same keys in both languages" words_same
check "the same places in both languages" words_filled
check "msgfmt is content" words_format
check "keys that are used have words" words_used
check "SQL keys begin with court" sql_keys
check "SQL leaves no rows out by counting" sql_keyset
check "shell scripts" scripts
check "no machine's own paths" paths
check "every route is declared for programs" routes
check "every act and story is named in docs/law" law

# Size is advice, not a rule.
wc -l src/*/*.c | awk '$2 != "total" && $1 > 450 { print "lint: note: " $2 " has " $1 " lines: two nouns?" }'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
