// What comes over the line itself, byte by byte: requests that two readers could take for two things, addresses
// and hosts that are not what they seem. Each is answered once and plainly, and what follows it on
// the same line is nobody's request.

import { raw } from './client.mjs';
import { expect } from './court.mjs';

const host = 'Host: localhost\r\n', post = `POST /style HTTP/1.1\r\n${host}`, get = `GET /health HTTP/1.1\r\n${host}`;
const next = 'GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n', nothing = `0\r\n\r\n${next}`;

// The line is closed after each of these, with this answer and no other (the library says its own
// headers twice).
const shapes = {
	'a length beside chunks': [`${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${nothing}`, 400],
	'chunks beside a length': [`${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${nothing}`, 400],
	'two lengths': [`${post}Content-Length: 0\r\nContent-Length: 5\r\n\r\n${next}`, 400],
	'the same length twice': [`${post}Content-Length: 0\r\nContent-Length: 0\r\n\r\n${next}`, 400],
	'a list of lengths': [`${post}Content-Length: 0, 0\r\n\r\n${next}`, 400],
	'a length with a sign': [`${post}Content-Length: +0\r\n\r\n${next}`, 400],
	'a length below nothing': [`${post}Content-Length: -1\r\n\r\n${next}`, 400],
	'a hexadecimal length': [`${post}Content-Length: 0x0\r\n\r\n${next}`, 400],
	'a length with a blank': [`${post}Content-Length: 0 0\r\n\r\n${next}`, 400],
	'no length in its header': [`${post}Content-Length:\r\n\r\n${next}`, 400],
	'a length beyond all numbers': [`${post}Content-Length: 99999999999999999999999\r\n\r\n${next}`, 413],
	'the coding identity': [`${post}Transfer-Encoding: identity\r\n\r\n${next}`, 400],
	'an unknown coding': [`${post}Transfer-Encoding: xchunked\r\n\r\n${nothing}`, 400],
	'chunks, then another coding': [`${post}Transfer-Encoding: chunked, identity\r\n\r\n${nothing}`, 400],
	'another coding, then chunks': [`${post}Transfer-Encoding: gzip, chunked\r\n\r\n${nothing}`, 400],
	'two codings': [`${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n${nothing}`, 400],
	'a blank before the colon': [`${post}Transfer-Encoding : chunked\r\n\r\n${nothing}`, 400],
	'a folded coding': [`${post}Transfer-Encoding:\r\n chunked\r\n\r\n${nothing}`, 403],
	'chunks in HTTP/1.0': [`POST /style HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n${nothing}`, 400],
	'a bare CR in a value': [`${get}X: a\rTransfer-Encoding: chunked\r\n\r\n`, 400],
	'a NUL in a name': [`${get}X\0: a\r\n\r\n`, 400],
	'a blank in a name': [`${get}X y: a\r\n\r\n`, 400],
	'no colon': [`${get}Xabc\r\n\r\n`, 400],
	'a size of a chunk that is none': [`${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n${next}`, 400],
	'a size of a chunk below nothing': [`${post}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${next}`, 400],
	'a size of a chunk with 0x': [`${post}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${next}`, 400],
	'a size of a chunk beyond all numbers': [`${post}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n${next}`, 413],
	'a chunk that is longer than it says': [`${post}Transfer-Encoding: chunked\r\n\r\n1\r\naXX0\r\n\r\n${next}`, 400],
	'no host': ['GET /health HTTP/1.1\r\n\r\n', 400],
	'two hosts': [`${get}Host: evil.example\r\n\r\n`, 400],
	'another version': [`GET /health HTTP/9.9\r\n${host}\r\n`, 505],
	'an endless address': [`GET /${'a'.repeat(40000)} HTTP/1.1\r\n${host}\r\n`, 414],
	'endless headers': [`${get}${'X: y\r\n'.repeat(20000)}\r\n`, 431],
	'no HTTP at all': ['GET /health\r\n\r\n', 400],
};

export async function whatCanBeReadInTwoWaysIsRefused({ court }) {
	const wrong = [];
	for (const [what, [bytes, status]] of Object.entries(shapes)) {
		const { got, closed, statuses } = await raw(court.url, bytes);
		if (!closed || !statuses.length || statuses.some((s) => s !== status) || /smuggled/.test(got))
			wrong.push(`${what}: ${statuses.join() || 'nothing'}, ${closed ? 'closed' : 'left open'}`);
	}
	expect(!wrong.length, wrong.join('\n'));
}

// What is unusual and allowed is still served: two requests on one line are two.
export async function whatIsSoundIsServed({ court }) {
	const last = `GET /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
	for (const [what, bytes, ...expected] of [
		['one after the other', `${get}\r\n${last}`, 200, 200],
		['chunks', `${post}Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n${last}`, 422, 200],
		['chunks with an extension', `${post}Transfer-Encoding: chunked\r\n\r\n3;x=y\r\na=b\r\n0\r\n\r\n${last}`, 422, 200],
		['HTTP/1.0 without a host', 'GET /health HTTP/1.0\r\n\r\n', 200],
	]) {
		const { statuses } = await raw(court.url, bytes);
		expect(statuses.join() === expected.join(), `${what}: ${statuses.join()}`);
	}
}

// Paths are matched as they came: nothing leads out of the folder that there is not.
export async function pathsLeadNowhere({ court }) {
	const up = ['..', '%2e%2e', '%252e%252e', '.%2e', '%c0%ae%c0%ae', '%e0%80%ae%e0%80%ae', '..%00', '..;', '..\\', '%5c..'];
	const paths = up.flatMap((p) => [`/static/${p}/${p}/${p}/etc/passwd`, `/static/${p}%2f${p}%2f${p}%2fetc%2fpasswd`, `/${p}/microcourt.db`, `/static/${p}`]);
	paths.push('/static/court.css%00.html', '/static/court.css/', '/static/', '/static', '/static/court.css;x=y', '/static/COURT.CSS', '/static//court.css',
		'//evil.example/', '//evil.example/%2e%2e', '/\\evil.example', '/./health', '/health/', '/health;x', '/%68ealth', '/cases/132/%00', '/cases/132/..%2f..',
		'/cases/%ff%fe/1', `/cases/132/${'1'.repeat(3000)}`, `/${'a/'.repeat(1500)}`, '/problems/%2e%2e%2fcourt', '/lists/%3Cscript%3E', '/acts/%0d%0aX:%20y');
	const wrong = [];
	for (const path of paths) {
		const { got, statuses } = await raw(court.url, `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
		const location = got.match(/^Location: (.*?)\r$/m)?.[1] ?? '/';
		if (statuses.length !== 1 || ![303, 400, 404].includes(statuses[0]) || /root:|SQLite format|^X: y/m.test(got) || !/^\/(?![/\\])/.test(location))
			wrong.push(`${path}: ${statuses.join()} ${location}`);
	}
	expect(!wrong.length, wrong.join('\n'));
}

// No host that somebody names becomes the address of a link, a redirect or a cookie.
export async function hostsAreNotBelieved({ court }) {
	for (const [what, line, headers] of [
		['another host', '/', 'Host: evil.example\r\n'],
		['a host with a path', '/', 'Host: evil.example/x\r\n'],
		['a host with a quote', '/', 'Host: evil.example"><q9>\r\n'],
		['a host with a name before it', '/', 'Host: a@evil.example\r\n'],
		['a host that a front has had', '/', `${host}X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nX-Original-URL: /desk\r\nX-Rewrite-URL: /desk\r\n`],
		['an address with a host', 'http://evil.example/', host],
		['what asks for signing in', '/cases', 'Host: evil.example\r\n'],
		['what goes on to a language', '/sign-in?lang=en', 'Host: evil.example\r\n'],
	]) {
		const { got, statuses } = await raw(court.url, `GET ${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
		expect(statuses.length === 1 && statuses[0] < 500, `${what}: ${statuses}`);
		expect(!/evil\.example|<q9/.test(got), `${what} is said again: ${got.match(/.*(evil\.example|<q9).*/)?.[0]}`);
	}
}

// The library below answers by itself what it cannot read: with nothing of what was sent.
export async function theLibrarySaysNothingBack({ court }) {
	for (const bytes of ['<q9> HTTP\r\n\r\n', `GET /<q9>${'a'.repeat(40000)} HTTP/1.1\r\n${host}\r\n`, `GET /<q9> HTTP/9.9\r\n${host}\r\n`, `${get}<q9>\r\n\r\n`]) {
		const { got, closed } = await raw(court.url, bytes);
		expect(closed && !/<q9/.test(got) && !/libmicrohttpd|Server:/i.test(got), `said back: ${got.slice(0, 300)}`);
	}
}
