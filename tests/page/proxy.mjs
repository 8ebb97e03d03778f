// proxy: leads what the tests ask past the judge of the contract (contract.mjs), when one stands
// there: CONTRACT_PROXY names it. Nothing else changes.

import { request } from 'node:http';

const judge = process.env.CONTRACT_PROXY;

// So many of the same operation, status and kind are judged; the rest pass.
const SAME = 4;
const times = new Map();

// Is it one more of the same? Which path it is, without its numbers and ids, is enough to tell.
export function seenBefore(method, path, headers, status, given) {
	const kind = path.split('?')[0].replace(/\/(?=[^/]*\d)[^/]+/g, '/_');
	const key = [method, kind, status, (given['content-type'] ?? '').split(';')[0], (headers['content-type'] ?? '').split(';')[0]].join(' ');
	const before = times.get(key) ?? 0;
	times.set(key, before + 1);
	return before >= SAME;
}

// For Chromium, which does not send what goes to the machine itself through a proxy unless told to.
export const browserProxy = judge ? { proxy: { server: judge, bypass: '<-loopback>' } } : {};

// fetch of Node knows no proxy; its dispatcher lets one write the whole address into the request,
// which is all that a proxy of plain HTTP asks for (RFC 9112 section 3.2.2).
export async function fetchThroughProxy() {
	const place = Symbol.for('undici.globalDispatcher.1');
	await fetch('data:,');
	const inner = globalThis[place];
	if (!judge || inner.through)
		return;
	globalThis[place] = {
		through: judge,
		dispatch: (asked, handler) => inner.dispatch({ ...asked, origin: judge, path: `${asked.origin}${asked.path}`,
			headers: withHost(asked.headers, new URL(asked.origin).host) }, handler),
	};
}

const withHost = (headers, host) => (Array.isArray(headers) ? [...headers, 'host', host] : { ...headers, host });

// -- what was asked on a line of one's own -------------------------------------------------

const waiting = [];
let sending = false;

// Shows the judge an exchange that did not go past it; what it would only pass on it is spared.
export function handOver(method, path, headers, body, answer) {
	if (!judge || !answer.head['x-request-id'])
		return;
	const asked = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
	if (seenBefore(method, path, asked, answer.status, answer.head))
		return;
	waiting.push([method, path, asked, body.toString('base64'), answer.status, answer.head, answer.bytes.toString('base64')]);
	void send();
}

// What has gathered meanwhile goes together. The program does not end before it is there.
async function send() {
	if (sending)
		return;
	sending = true;
	while (waiting.length)
		await new Promise((done, refuse) => {
			const way = request(judge, { method: 'POST' }, (answer) => answer.resume().on('end', done));
			way.on('error', refuse);
			way.end(JSON.stringify(waiting.splice(0)));
		});
	sending = false;
}
