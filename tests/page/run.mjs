// run: every test of every *.test.mjs beside this file, each file with a court of its own.
// Tests do not lean on each other: one file more than there are cores runs at once, the longest
// first, and the tests of a file one after the other.
// A file that exports arrange() has it called before its court starts; it gives the court's options.
// A test that takes long says so: name.seconds = 300.
// With arguments only the files whose names begin so: node tests/page/run.mjs home

import { readdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openBrowser, openCourt, within } from './court.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = (await readdir(here)).filter((name) => name.endsWith('.test.mjs')
	&& (!wanted.length || wanted.some((begin) => name.startsWith(begin))));
const length = Object.fromEntries(await Promise.all(files.map(async (name) => [name, (await stat(join(here, name))).size])));
files.sort((a, b) => length[b] - length[a]);
let passed = 0, failed = 0;
const took = [];                // seconds and name of every test

function fail(where, wrong) {
	failed++;
	console.log(`${where}: ${wrong?.stack ?? wrong}`);
}

async function runTest(file, name, test, court) {
	const begun = Date.now();
	try {
		await within(test.seconds ?? 120, name, test({ court }));
		if (court.trouble.length)
			throw new Error(court.trouble.join('\n'));
		passed++;
	} catch (wrong) {
		fail(`${file} ${name}`, wrong);
	}
	court.trouble.length = 0;
	await court.leave();
	took.push([Math.round((Date.now() - begun) / 1000), `${file} ${name}`]);
}

// One for all, once somebody looks.
let browser;
const look = () => (browser ??= openBrowser());

async function runFile(file) {
	let court;
	try {
		const { arrange, ...named } = await import(pathToFileURL(join(here, file)));
		const tests = Object.entries(named);
		court = await openCourt(look, arrange ? await arrange() : []);
		for (const [name, test] of tests)
			if (typeof test === 'function')
				await runTest(file, name, test, court);
	} catch (wrong) {
		fail(file, wrong);
	}
	if (!court)
		return;
	const { code, signal } = await court.stop();
	if (code !== 0)
		fail(file, `the server ended with ${code ?? signal}\n${court.complained()}`);
}

await Promise.all(Array.from({ length: Math.min(availableParallelism() + 1, files.length) }, async () => {
	while (files.length)
		await runFile(files.shift());
}));
await browser?.then((open) => open.close(), () => {});
took.sort(([a], [b]) => b - a);
console.log(`longest:${took.slice(0, 5).map(([seconds, name]) => ` ${seconds} s ${name}`).join(',')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
