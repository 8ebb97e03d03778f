// sql: every SQL text of src is prepared on a real PostgreSQL with the schema of sql/, so
// that a text which only SQLite takes is found before anybody runs it. Run it under
// tests/postgres.sh. What the preprocessor makes of each file is searched for db_ask(),
// db_do() and their like; texts that are put together at run time are left to the stories.

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const server = process.env.TEST_DATABASE;
const least = 150;      // fewer texts than there are: the search has gone blind
let passed = 0, failed = 0;

function fail(what) {
	failed++;
	console.log(what);
}

function psql(url, text) {
	return spawnSync('psql', ['-X', '-q', '-d', url, '-v', 'VERBOSITY=terse'], { input: text, encoding: 'utf8' });
}

// From an opening bracket: the arguments, split at their commas.
function argumentsOf(text, at) {
	const found = [];
	let depth = 0, begin = at + 1;
	for (let i = at; i < text.length; i++) {
		const c = text[i];
		if (c === '"' || c === '\'') {
			for (i++; text[i] !== c; i++)
				if (text[i] === '\\')
					i++;
		} else if ('([{'.includes(c)) {
			depth++;
		} else if (')]}'.includes(c)) {
			if (--depth === 0)
				return [...found, text.slice(begin, i)];
		} else if (c === ',' && depth === 1) {
			found.push(text.slice(begin, i));
			begin = i + 1;
		}
	}
	return found;
}

// The literals of an argument: one, or those between which ? : chooses. null: something else.
function literals(argument) {
	const parts = argument.split(/("(?:[^"\\]|\\.)*")/);
	const texts = [''];
	let joined = true;
	for (const part of parts) {
		if (part.startsWith('"')) {
			if (!joined)
				texts.push('');
			texts[texts.length - 1] += JSON.parse(part);
			joined = true;
		} else if (part.trim()) {
			if (/[?:]/.test(part) === false)
				return null;
			joined = texts.at(-1) === '';
		}
	}
	return texts.filter(Boolean);
}

function textsOf(file) {
	const flags = readFileSync(`${process.env.BUILD ?? 'build'}/compile.flags`, 'utf8').trim().split(/\s+/).filter(Boolean);
	const text = execFileSync('gcc', ['-E', '-P', '-w', '-std=c17', '-D_GNU_SOURCE=1', '-Isrc', `-I${process.env.BUILD ?? 'build'}/view`, ...flags, file],
		{ encoding: 'utf8', maxBuffer: 64 << 20 });
	const found = [];
	for (const call of text.matchAll(/\b(db_ask|db_do)\s*\(/g)) {
		const [, sql, kinds] = argumentsOf(text, call.index + call[0].length - 1);
		const texts = sql && kinds && literals(sql), kind = kinds && literals(kinds);
		if (texts && texts.length && kind && kind.length <= 1)
			found.push(...texts.map((sql) => ({ file, sql, kinds: kind[0] ?? '' })));
	}
	return found;
}

if (!server) {
	console.log('there is no TEST_DATABASE: run it under tests/postgres.sh\n0 passed, 1 failed');
	process.exit(1);
}
const url = `${server}${server.includes('?') ? '&' : '?'}options=-csearch_path%3Dsql_texts`;
const tables = readdirSync('sql').sort().map((name) => readFileSync(`sql/${name}`, 'utf8')).join('\n');
const made = psql(url, `\\set ON_ERROR_STOP on\nset client_min_messages = error; drop schema if exists sql_texts cascade; create schema sql_texts;
	create table schema_file (court text not null, name text not null, digest text not null, at bigint not null, primary key (court, name));\n${tables}`);
if (made.status !== 0)
	fail(`the schema: ${made.stderr}`);
else
	passed++;

const all = [];
for (const floor of ['court', 'jobs', 'store', 'web', 'cmd'])
	for (const name of readdirSync(`src/${floor}`).sort())
		if (name.endsWith('.c') && !['sqlite.c', 'postgres.c'].includes(name))
			all.push(...textsOf(`src/${floor}/${name}`));

// Each preparing says its number first, so that a complaint finds its text.
const script = all.map(({ sql, kinds }, i) => {
	const types = [...kinds].map((kind) => (kind === 'i' ? 'bigint' : 'text')).join(', ');
	return `\\warn #${i}\nprepare s${i} ${types ? `(${types})` : ''} as ${sql};`;
}).join('\n');
let at = -1;
const wrong = new Map();
for (const line of psql(url, script).stderr.split('\n'))
	if (line.startsWith('#'))
		at = Number(line.slice(1));
	else if (line.includes('ERROR') && !/relation "(pg_|sqlite_)/.test(line))
		wrong.set(at, line);
all.forEach(({ file, sql }, i) => (wrong.has(i) ? fail(`${file}: ${wrong.get(i)}\n  ${sql}`) : passed++));
if (at + 1 !== all.length || all.length < least)
	fail(`${all.length} texts were found, ${at + 1} were prepared`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
