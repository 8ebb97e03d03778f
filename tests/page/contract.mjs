// contract: holds everything that a court answers against the document that it publishes.
//
//	node tests/page/contract.mjs COVERAGE COMMAND...
//	node tests/page/contract.mjs --seen COVERAGE
//
// The first stands between the tests and their courts: an HTTP proxy on a free port (http_proxy of the
// command's environment) that passes every byte on untouched, also streams and large files,
// and shows a copy of each request and answer to Prism (npm's @stoplight/prism-http: the part
// of "prism proxy" that judges). An answer that the document does not allow fails, and so does
// a request that the document forbids and the court takes all the same: then the document is
// too strict. What others than a court answer (they give no X-Request-Id) is nobody's business here.
// What was seen (operation and status, one a line) is added to the file COVERAGE.
// The second reads it after all suites: an operation of the document that nobody has asked for
// has failed, and what was never answered is told.

import { spawn, execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { seenBefore } from './proxy.mjs';

const require = createRequire(import.meta.url);
const { createInstance, getHttpOperationsFromSpec } = require('@stoplight/prism-http');

const program = process.env.MICROCOURT ?? fileURLToPath(new URL('../../build/release/microcourt', import.meta.url));
const LARGE = 1 << 20;          // bytes of a body that is judged; a larger one is only passed on

export const readDocument = () => JSON.parse(execFileSync(program, ['openapi'], { maxBuffer: 1 << 26 }));

// -- the judge ------------------------------------------------------------------------------

// What Prism says of one exchange: { name, input, output }, name "" if the document has no such operation.
export async function openJudge(document) {
	const operations = await getHttpOperationsFromSpec(document);
	const quiet = { child: () => quiet };
	for (const level of ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal'])
		quiet[level] = () => {};
	let seen;
	const prism = createInstance({
		isProxy: true, upstream: new URL('http://localhost'), checkSecurity: true, validateRequest: true,
		validateResponse: true, errors: false, mock: { dynamic: false },
	}, {
		logger: quiet,
		// Instead of going to the court, Prism is handed what the court has answered already.
		forward: (_, __, ___, operation) => () => async () => {
			seen.name = operation?.iid ?? '';
			return { _tag: 'Right', right: seen.answer };
		},
	});
	// Prism holds a path against every operation that it is given: only those that can fit are.
	const shape = (method, path) => `${method} ${path.split('/').length}`, alike = new Map();
	for (const operation of operations) {
		const key = shape(operation.method, operation.path);
		alike.set(key, [...alike.get(key) ?? [], operation]);
	}
	return async (asked, answer) => {
		seen = { name: '', answer };
		const mine = seen;
		const result = await prism.request(asked, alike.get(shape(asked.method, asked.url.path)) ?? [])();
		if (result._tag === 'Left')
			return { name: mine.name, input: [], output: [{ message: String(result.left.message) }] };
		const { input, output } = result.right.validations;
		return { name: mine.name, input, output };
	};
}

const parsed = (headers, body) => {
	const type = headers['content-type'] ?? '';
	if (!/[/+]json\b/.test(type))
		return body.length ? body.toString() : undefined;
	try {
		return JSON.parse(body);
	} catch {
		return body.toString();
	}
};

// The court took it: done, or sent on to the result and not to the door.
const taken = (status, headers) => status < 300 || (status === 303 && !/^\/sign-in\b/.test(headers.location ?? ''));

export function asked(method, path, headers, body) {
	const { pathname, searchParams } = new URL(path, 'http://localhost');
	const query = {};
	for (const [name, value] of searchParams)
		query[name] = value;
	return { method: method.toLowerCase(), url: { path: pathname, query }, headers, body: parsed(headers, body) };
}

// Every complaint about one exchange, in words.
export async function complaints(judge, method, path, headers, body, status, given, answered) {
	const found = await judge(asked(method, path, headers, body),
		{ statusCode: status, headers: given, body: parsed(given, answered) });
	const wrong = [];
	if (!found.name && method !== 'HEAD' && status !== 404 && status !== 405 && !(status === 401 || status === 403 || status === 303))
		wrong.push('the document has no such operation');
	if (found.name)
		wrong.push(...found.output.filter((o) => method !== 'HEAD' || o.path?.[0] !== 'body')       // it has none
			.map((o) => `answer: ${o.path?.join('.') ?? ''} ${o.message.slice(0, 200)}`));
	if (method === 'POST' && status === 303 && /json/.test(headers.accept ?? '') && !/html/.test(headers.accept))
		wrong.push('a program is led on without a word');
	if (found.name && method === 'POST' && taken(status, given))
		wrong.push(...found.input.map((i) => `taken all the same: ${i.path?.join('.') ?? ''} ${i.message}`));
	return { name: found.name, wrong };
}

// -- the proxy ------------------------------------------------------------------------------

async function main([coverage, ...command]) {
	const judge = await openJudge(await readDocument());
	const waiting = [], told = new Map();
	// A connection each: a court that was stopped meanwhile never meets an old one.
	const agent = new Agent({ maxSockets: 256 });
	let judged = 0, passedOn = 0, working = false;

	// One at a time, when the tests leave a moment.
	async function work() {
		if (working)
			return;
		working = true;
		for (let next; (next = waiting.shift());) {
			const { name, wrong } = await complaints(judge, ...next);
			const [method, path, , , status, given] = next;
			judged++;
			if (name)
				appendFileSync(coverage, `${name} ${status}\n`);
			if (!wrong.length)
				continue;
			const line = `${name || method} ${status} ${(given['content-type'] ?? '').split(';')[0]}: ${wrong.slice(0, 5).join('; ')}`;
			told.set(line, [...told.get(line) ?? [], `${method} ${path}`]);
			await new Promise(setImmediate);
		}
		working = false;
	}

	function look(method, path, headers, body, status, given, answered) {
		if (seenBefore(method, path, headers, status, given)) {
			passedOn++;
			return;
		}
		waiting.push([method, path, headers, body, status, given, answered]);
		void work();
	}

	// Exchanges that went another way, and are only shown (proxy.mjs).
	async function shown(from, to) {
		const bytes = [];
		for await (const more of from)
			bytes.push(more);
		for (const [method, path, headers, body, status, given, answered] of JSON.parse(Buffer.concat(bytes)))
			look(method, path, headers, Buffer.from(body, 'base64'), status, given, Buffer.from(answered, 'base64'));
		to.end();
	}

	const server = createServer((from, to) => {
		if (from.url === '/')
			return void shown(from, to);
		const url = new URL(from.url, `http://${from.headers.host}`);
		const sent = [], answered = [];
		let size = 0;
		const keep = (list) => (bytes) => {
			size += bytes.length;
			if (size <= LARGE)
				list.push(bytes);
		};
		// A court refuses what is too large before it reads it, and closes: so it is asked before more is sent.
		const large = Number(from.headers['content-length']) > LARGE || 'expect' in from.headers;
		const headers = from.rawHeaders.filter((_, i, all) => !/^(proxy-connection|expect)$/i.test(all[i - i % 2]));
		const way = request({ host: url.hostname, port: url.port, path: url.pathname + url.search, method: from.method,
			headers: large ? [...headers, 'Expect', '100-continue'] : headers, agent, setHost: false }, (answer) => {
			to.writeHead(answer.statusCode, answer.statusMessage, answer.rawHeaders.filter((_, i, all) => !/^(connection|keep-alive)$/i.test(all[i - i % 2])));
			to.flushHeaders();
			answer.on('data', keep(answered));
			answer.pipe(to);
			const stream = /^text\/event-stream/.test(answer.headers['content-type'] ?? '');
			const end = () => {
				if (size <= LARGE && answer.headers['x-request-id'])
					look(from.method, url.pathname + url.search, from.headers, Buffer.concat(sent), answer.statusCode, answer.headers,
						stream ? Buffer.alloc(0) : Buffer.concat(answered));
			};
			if (stream)
				end();
			else
				answer.on('end', end);
			answer.on('end', () => from.unpipe(way).resume());
			answer.on('error', () => to.destroy());
			to.on('close', () => answer.destroy());
		});
		// What has been answered still goes its way when the rest of the request finds no reader.
		way.on('error', () => to.headersSent || to.writeHead(502).end());
		to.on('error', () => way.destroy());
		from.on('error', () => way.destroy());
		const send = () => from.on('data', keep(sent)).pipe(way);
		if (large)
			way.once('continue', send).flushHeaders();
		else
			send();
	});
	// Who asks for a tunnel means plain HTTP too: what comes out of it is read like the rest.
	server.on('connect', (_, socket, head) => {
		socket.write('HTTP/1.1 200 OK\r\n\r\n');
		socket.unshift(head);
		server.emit('connection', socket);
	});
	server.keepAliveTimeout = 60000;
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	const proxy = `http://127.0.0.1:${server.address().port}`;
	const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, http_proxy: proxy, CONTRACT_PROXY: proxy } });
	let said = '';
	child.stdout.on('data', (bytes) => { said += bytes; });
	const code = await new Promise((done) => child.on('exit', (status, signal) => done(status ?? signal)));
	await work();
	while (working || waiting.length)
		await new Promise((later) => setTimeout(later, 20));
	server.close();
	server.closeAllConnections();
	agent.destroy();

	// What the suites in the command counted, and one more test: that nobody complained.
	const counts = [...said.matchAll(/^(\d+) passed, (\d+) failed\n/gm)];
	const sum = (at) => counts.reduce((all, count) => all + Number(count[at]), 0);
	process.stdout.write(said.replace(/^\d+ passed, \d+ failed\n/gm, ''));
	for (const [line, where] of told)
		console.log(`contract: ${line}\n  ${where.length} times, such as ${where[0]}`);
	console.log(`contract: ${judged} exchanges judged, ${passedOn} like them passed on`);
	if (!judged)
		told.set('nothing was judged', []);
	if (!counts.length)
		told.set('the command counts nothing', []);
	console.log(`${sum(1) + (told.size ? 0 : 1)} passed, ${sum(2) + told.size} failed`);
	process.exitCode = code || told.size ? 1 : 0;
}

// -- what was seen ----------------------------------------------------------------------------

// Every operation of the document and the statuses it may answer with.
const listed = (document) => Object.values(document.paths).flatMap((methods) => Object.values(methods))
	.map((operation) => ({ name: operation.operationId, statuses: Object.keys(operation.responses) }));

function account(coverage) {
	const seen = new Set(readFileSync(coverage, 'utf8').split('\n')), all = listed(readDocument());
	const unseen = (operation) => operation.statuses.filter((status) => !seen.has(`${operation.name} ${status}`));
	const never = all.filter((operation) => unseen(operation).length === operation.statuses.length);
	const statuses = new Map();
	for (const operation of all.filter((o) => !never.includes(o)))
		for (const status of unseen(operation))
			statuses.set(status, [...statuses.get(status) ?? [], operation.name]);
	for (const [status, names] of [...statuses].sort())
		console.log(`contract: ${status} was never seen of ${names.length}: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' ...' : ''}`);
	for (const { name } of never)
		console.log(`contract: ${name} was never asked for`);
	console.log(`${all.length - never.length} passed, ${never.length} failed`);
	process.exitCode = never.length ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === '--seen')
	account(process.argv[3]);
else if (process.argv[1] === fileURLToPath(import.meta.url))
	await main(process.argv.slice(2));
