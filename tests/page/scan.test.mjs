// Two scanners that others have written try the court: wapiti (pages, forms, headers) and sqlmap (values that
// could become SQL). They find nothing, and the court has counted that they were really there.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.mjs';
import { expect, password } from './court.mjs';

// A scanner says with its words, not with its code, how it ended.
const run = (program, args, seconds, cwd) => new Promise((done) => {
	const child = execFile(program, args, { cwd, timeout: seconds * 1000, maxBuffer: 1 << 28, env: { ...process.env, http_proxy: '', LC_ALL: 'C.UTF-8', HOME: cwd, TERM: 'dumb' } },
		(error, out, err) => done({ error, out: `${out}${err}` }));
	child.stdin.end();      // sqlmap would wait for addresses from there
});

// How often each route has answered.
async function counted(court) {
	const text = await (await fetch(`${court.url}/metrics`)).text(), routes = new Map();
	for (const [, method, route, times] of text.matchAll(/^microcourt_http_requests_total\{method="(\w+)",route="([^"]*)",status="\w+"\} (\d+)/gm))
		routes.set(`${method} ${route}`, (routes.get(`${method} ${route}`) ?? 0) + Number(times));
	return routes;
}

// A token may all that its owner may, but sign out: a scanner would do that first.
async function tokenOf(court, name) {
	const client = new Client(court.url, name);
	await client.signIn();
	const scopes = Object.fromEntries(['read', 'act', 'file', 'account', 'staff'].map((scope) => [`scopes.is.${scope}`, 'yes']));
	const made = await client.ask('POST', '/account/tokens', { form: { csrf: client.token, name: 'scanner', password, ...scopes } });
	const token = made.body.match(/mct_[A-Za-z0-9_-]{43}/)?.[0];
	expect(token, `a token of ${name}: ${made.status}`);
	return token;
}

async function inFolder(work) {
	const folder = await mkdtemp(join(tmpdir(), 'microcourt-scan-'));
	try {
		await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function reached(court, before, wanted, what) {
	const after = await counted(court), missed = [];
	for (const [route, times] of Object.entries(wanted))
		if ((after.get(route) ?? 0) - (before.get(route) ?? 0) < times)
			missed.push(`${route}: ${(after.get(route) ?? 0) - (before.get(route) ?? 0)} of ${times}`);
	expect(!missed.length, `${what} was hardly here: ${missed.join(', ')}`);
}

async function wapiti(court, folder, name, modules, start, more, wanted) {
	const before = await counted(court), report = join(folder, `${name}.json`);
	const { out } = await run('wapiti', ['-u', `${court.url}/`, '-m', modules, '-d', '2', '--max-scan-time', '8', '--max-attack-time', '3', '--max-files-per-dir', '8', '--flush-session',
		'--store-session', join(folder, name), '--store-config', join(folder, 'config'), '--no-bugreport', '-f', 'json', '-o', report,
		...start.flatMap((path) => ['-s', `${court.url}${path}`]), ...more], 200, folder);
	const found = JSON.parse(await readFile(report, 'utf8').catch(() => { throw new Error(`wapiti wrote no report:\n${out.slice(-3000)}`); }));
	const all = [...Object.entries(found.vulnerabilities), ...Object.entries(found.anomalies)].flatMap(([kind, list]) => list.map((one) => `${kind}: ${one.method} ${one.path}: ${one.info}`));
	expect(!all.length, `wapiti, ${name}:\n${all.join('\n')}`);
	await reached(court, before, wanted, `wapiti, ${name},`);
}

export async function wapitiFindsNothing({ court }) {
	await inFolder(async (folder) => {
		// It would fetch its list of products from the network, which is not asked for here.
		await mkdir(join(folder, 'config'));
		await writeFile(join(folder, 'config', 'apps.json'), '{}');
		await Promise.all([
			wapiti(court, folder, 'stranger', 'exec,file,sql,xss,redirect,crlf,csrf,csp', ['/sign-in?next=/cases', '/calculators/fee', '/lists/causes?q=a'], [],
				{ 'GET /calculators/fee': 5, 'GET /sign-in': 1, 'GET /lists/:list': 5 }),
			wapiti(court, folder, 'clerk', 'exec,file,sql,xss,permanentxss,redirect,crlf', ['/account', '/docket', '/cases?q=a', '/account/edit'],
				['-H', `Authorization: Bearer ${await tokenOf(court, 'bj-clerk')}`], { 'GET /docket': 1, 'GET /account': 1, 'GET /cases': 5 }),
		]);
	});
}
wapitiFindsNothing.seconds = 240;

async function sqlmap(court, folder, name, args, token, wanted) {
	const before = await counted(court), report = join(folder, `${name}.csv`);
	const { out } = await run('sqlmap', [...args, '--batch', '--level', '1', '--risk', '1', '--technique', 'BEU', '--timeout', '5', '--retries', '0', '--threads', '2', '--disable-coloring',
		'--flush-session', '--output-dir', join(folder, `${name}.out`), '--results-file', report, '-H', `Authorization: Bearer ${token}`], 110, folder);
	const rows = (await readFile(report, 'utf8').catch(() => '')).trim().split('\n').filter((row) => row && !row.startsWith('Target URL'));
	expect(!rows.length && !/is vulnerable|identified the following injection|appears to be .*injectable/i.test(out), `sqlmap, ${name}:\n${rows.join('\n')}\n${out.slice(-3000)}`);
	expect(/do not appear to be injectable/.test(out), `sqlmap, ${name}, came to no end:\n${out.slice(-3000)}`);
	await reached(court, before, wanted, `sqlmap, ${name},`);
}

export async function sqlmapFindsNothing({ court }) {
	const token = await tokenOf(court, 'bj-filing');
	await inFolder(async (folder) => {
		const list = join(folder, 'addresses');
		await writeFile(list, ['/people?q=a', '/cases?q=a&after=1', '/desk?court=132&after=1', '/find/courts?q=a'].map((path) => `${court.url}${path}\n`).join(''));
		await Promise.all([
			sqlmap(court, folder, 'addresses', ['-m', list], token, { 'GET /people': 30, 'GET /cases': 60, 'GET /desk': 60, 'GET /find/courts': 30 }),
			sqlmap(court, folder, 'form', ['-u', `${court.url}/account/edit`, '--data', 'mobile=13800000000&email=a%40example.org&address=x'], token, { 'POST /account/edit': 90 }),
		]);
	});
}
sqlmapFindsNothing.seconds = 240;
