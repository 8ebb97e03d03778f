// The document that programs go by: valid by an outside validator, complete, and able to tell a
// wrong answer from a right one.

import { execFileSync } from 'node:child_process';
import { Validator } from '@seriousme/openapi-schema-validator';
import { complaints, openJudge, readDocument } from './contract.mjs';
import { axeClean, bothLanguages, expect, noOverflow } from './court.mjs';

const program = process.env.MICROCOURT ?? new URL('../../build/release/microcourt', import.meta.url).pathname;
const operations = (document) => Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));

export async function valid() {
	const found = await new Validator().validate(readDocument());
	expect(found.valid, JSON.stringify(found.errors));
}

export async function complete() {
	const document = readDocument(), all = operations(document);
	const names = all.map((o) => o.operationId);
	expect(new Set(names).size === names.length, 'an operationId stands twice');
	const routes = execFileSync(program, ['routes']).toString().trim().split('\n').map((line) => JSON.parse(line));
	for (const { method, path } of routes) {
		const want = new RegExp(`^${path.replace(/:act$/, path.startsWith('/cases') ? '[a-z-]+' : '{act}').replace(/:(\w+)/g, '{$1}')}$`);
		expect(all.some((o) => o.method === method.toLowerCase() && want.test(o.path)), `${method} ${path} is not in the document`);
	}
	for (const o of all)
		expect(/ · /.test(o.summary) && o.tags.length === 1 && o.responses, `${o.operationId} says too little`);
	const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
	for (const [, shelf, name] of refs)
		expect(document.components[shelf]?.[name], `${shelf}/${name} is nowhere`);
}

export async function served({ court }) {
	const first = await fetch(`${court.url}/openapi.json`), etag = first.headers.get('etag');
	expect(JSON.stringify(await first.json()) === JSON.stringify(readDocument()), 'the server and the command do not say the same');
	const again = await fetch(`${court.url}/openapi.json`, { headers: { 'If-None-Match': etag } });
	expect(again.status === 304, `with its ETag: ${again.status}`);
}

const named = { 'x-request-id': 'r' };
const json = { ...named, 'content-type': 'application/json' }, problem = { ...named, 'content-type': 'application/problem+json' };
const made = { ...json, location: '/cases/132/x', 'ratelimit': '"act";r=59;t=0' };
const session = { cookie: 'court=x', 'x-csrf-token': 'y' };
const done = { entry: 3, digest: 'd', at: '2026-09-16T09:30:05+08:00', stage: 'ANSWERING', number: '', href: '/cases/132/x', fee: 0 };
const wrong = { type: '/problems/page.unknown', title: 't', status: 404, detail: 'd', law: '', remedy: '', request: 'r', errors: [] };
const relief = { kind: 'defer', reasons: 'There is no money before the harvest.' };
const way = '/cases/132/x/act/ask-relief';

// What must be let pass, and what must not; each differs from a right one in one thing.
const table = [
	[true, 'an act', 'POST', way, relief, 201, made, done],
	[true, 'a form that leads on', 'POST', '/account/sessions', { end: 'others' }, 200, { ...json, ratelimit: '"act";r=59;t=0' }, { done: 'session_ended', says: 'Done.', href: '/account' }],
	[false, 'one that leads on without a word', 'POST', '/account/sessions', { end: 'others' }, 303, { ...named, location: '/account' }, ''],
	[false, 'a number as text', 'POST', way, relief, 201, made, { ...done, entry: '3' }],
	[false, 'a field too few', 'POST', way, relief, 201, made, { ...done, digest: undefined }],
	[false, 'a field too many', 'POST', way, relief, 201, made, { ...done, secret: 1 }],
	[false, 'no time', 'POST', way, relief, 201, made, { ...done, at: 'yesterday' }],
	[false, 'null where none may be', 'POST', way, relief, 201, made, { ...done, number: null }],
	[false, 'another status', 'POST', way, relief, 202, made, done],
	[false, 'another kind of answer', 'POST', way, relief, 201, { ...made, 'content-type': 'text/plain' }, 'done'],
	[false, 'an act that lacks what it needs', 'POST', way, { kind: 'defer' }, 201, made, done],
	[false, 'a choice that there is not', 'POST', way, { ...relief, kind: 'never' }, 201, made, done],
	[true, 'the same, refused', 'POST', way, { ...relief, kind: 'never' }, 422, problem, { ...wrong, type: '/problems/form.choice' }],
	[true, 'a problem', 'GET', '/cases/132/x', null, 404, problem, wrong],
	[false, 'a problem that nobody knows', 'GET', '/cases/132/x', null, 404, problem, { ...wrong, type: '/problems/no.such' }],
	[false, 'a status that is not foreseen', 'GET', '/cases', null, 500, problem, wrong],
	[false, 'an address that is not foreseen', 'GET', '/nowhere', null, 200, json, {}],
	[true, 'a piece of a file', 'PATCH', '/uploads/x', 'hello', 204, { ...named, 'upload-offset': '5' }, ''],
	[true, 'a piece whose checksum is another', 'PATCH', '/uploads/x', 'hello', 460, problem, { ...wrong, type: '/problems/upload.checksum' }],
	[false, 'a piece with a status that is not foreseen', 'PATCH', '/uploads/x', 'hello', 202, named, ''],
	[true, 'an upload thrown away', 'DELETE', '/uploads/x', null, 204, named, ''],
	[false, 'nowhere to go', 'POST', way, relief, 201, json, done],
	[false, 'an answer without its number', 'GET', '/cases/132/x', null, 404, { 'content-type': problem['content-type'] }, wrong],
	[false, 'pace in another way', 'POST', way, relief, 201, { ...made, 'ratelimit': '59' }, done],
	[true, 'too often', 'GET', '/cases', null, 429, { ...problem, 'retry-after': '7' }, { ...wrong, status: 429 }],
	[false, 'too often, and not until when', 'GET', '/cases', null, 429, problem, { ...wrong, status: 429 }],
	[false, 'who are you, and not how to say', 'GET', '/cases', null, 401, problem, { ...wrong, status: 401 }],
	[true, 'unchanged', 'GET', '/cases', null, 304, { ...named, etag: '"x"' }, ''],
	[true, 'a page', 'GET', '/about', null, 200, { ...named, 'content-type': 'text/html; charset=utf-8' }, '<!doctype html>'],
	[true, 'a day that is null', 'GET', '/cases/132/x/docket', null, 404, problem, wrong],
];

export async function judges() {
	const judge = await openJudge(readDocument());
	for (const [good, what, method, path, body, status, given, answer] of table) {
		const sent = body ? JSON.stringify(body) : '';
		const headers = { ...session, accept: 'application/json', ...(body ? { 'content-type': 'application/json', 'content-length': String(sent.length) } : {}) };
		const { wrong: found } = await complaints(judge, method, path, headers, Buffer.from(sent), status, given,
			Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)));
		expect(good === !found.length, `${what}: ${found.join('; ') || 'nobody complains'}`);
	}
}

export async function people({ court }) {
	await bothLanguages(court, '/api', async (page) => {
		const count = operations(readDocument()).length;
		expect(await page.locator('main tbody tr').count() === count, 'the page and the document do not list the same');
		await axeClean(page);
		await noOverflow(page);
	}, { script: true });
}
