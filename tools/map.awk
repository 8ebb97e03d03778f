# map.awk: proves the plan of the house (see ARCHITECTURE.md, "Floors").
#
#   ctags -x --languages=C --kinds-C=f --_xformat='%N %F %n' -R src >FUNCTIONS
#   awk -f tools/map.awk tools/steps.txt tools/arrows.txt FUNCTIONS src/*/*.[ch]
#
# Prints one line a breach, "file:line: what", and ends with 1 if there was one. Proved
# are: a file includes its own floor or a lower one; store and law, web and jobs do not
# know each other; inside court a file includes its own step or a lower one, and no
# feature another save for the arrows written down; nothing includes itself in a circle;
# no two files have one name; no two functions have one name, and each begins with the
# name of its file.

BEGIN {
	split("base 0 store 1 law 1 court 2 http 3 web 4 jobs 4 cmd 5", pair)
	for (i = 1; i in pair; i += 2)
		floor[pair[i]] = pair[i + 1]
	split("ground 0 spine 1 feature 2 roll 3", pair)
	for (i = 1; i in pair; i += 2)
		rank[pair[i]] = pair[i + 1]
}

function breach(where, what) { print where ": " what; breaches++ }
function folder(path) { sub("^src/", "", path); sub("/.*", "", path); return path }
function stem(path) { sub(".*/", "", path); sub("[.][a-z]*$", "", path); return path }
function step(name) { return name in step_of ? step_of[name] : "feature" }

# src/court/../base/text.h -> src/base/text.h
function plain(path) {
	while (sub("[^/.]+/[.][.]/", "", path));
	return path
}

FILENAME ~ /steps[.]txt$/ || FILENAME ~ /arrows[.]txt$/ {
	sub("#.*", "")
	if (!NF)
		next
	if (FILENAME ~ /steps/) {
		if (!($2 in rank))
			breach(FILENAME ":" FNR, "no such step: " $2)
		step_of[$1] = $2
		step_line[$1] = FILENAME ":" FNR
	} else {
		if (NF < 3)
			breach(FILENAME ":" FNR, "an arrow needs its reason")
		arrow[$1, $2] = FILENAME ":" FNR
	}
	next
}

FILENAME !~ /^src\// {          # name file line, from ctags
	if ($1 in function_at)
		breach($2 ":" $3, "the function " $1 " is there already: " function_at[$1])
	function_at[$1] = $2 ":" $3
	name = stem($2)
	if ($1 != name && index($1, name "_") != 1 && $2 != "src/cmd/main.c")
		breach($2 ":" $3, "the function " $1 " should begin with " name "_")
	next
}

FNR == 1 {
	where = folder(FILENAME)
	if (!(where in floor))
		breach(FILENAME, "no such floor: " where)
	name = stem(FILENAME)
	if (name in home && home[name] != where)
		breach(FILENAME, "the name " name " is taken in src/" home[name])
	home[name] = where
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	path = quoted[2]
	if (path ~ /^view[.]h$/)
		target = "src/web/view.h"
	else
		target = plain(FILENAME ~ /\// ? substr(FILENAME, 1, match(FILENAME, "/[^/]*$")) path : path)
	to = folder(target)
	at = FILENAME ":" FNR
	if (!(to in floor))
		breach(at, "includes no file of the house: " path)
	else if (to != where && floor[to] == floor[where])
		breach(at, where " and " to " stand side by side and do not know each other")
	else if (floor[to] > floor[where])
		breach(at, where " is below " to)
	else if (to == "court" && where == "court" && stem(target) != name) {
		from_step = step(name)
		to_step = step(stem(target))
		if (rank[to_step] > rank[from_step])
			breach(at, from_step " is below " to_step " (tools/steps.txt)")
		else if (from_step == "feature" && to_step == "feature") {
			if ((name, stem(target)) in arrow)
				used[name, stem(target)] = 1
			else
				breach(at, "a feature includes another; if it must, give the reason in tools/arrows.txt")
		}
	}
	edge[FILENAME, ++edges[FILENAME]] = target
}

# Depth first: a file met again while it is still open closes a circle.
function visit(file, trail,    i) {
	state[file] = 1
	for (i = 1; i <= edges[file]; i++)
		if (state[edge[file, i]] == 1)
			breach(file, "include circle: " trail " -> " edge[file, i])
		else if (!state[edge[file, i]])
			visit(edge[file, i], trail " -> " edge[file, i])
	state[file] = 2
}

END {
	for (file in edges)
		if (!state[file])
			visit(file, file)
	for (i in arrow)
		if (!(i in used))
			breach(arrow[i], "nobody uses this arrow any more")
	for (i in step_of)
		if (home[i] != "court")
			breach(step_line[i], "src/court has no " i)
	exit breaches > 0
}
