// Long lists of an account, read part by part: by buttons without a script, and by Link for a program;
// and what an answer is called, so that it need not be sent again.

import { axeClean, expect, noOverflow, password, signIn } from './court.mjs';
import { Client } from './client.mjs';
import { readDocument } from './contract.mjs';
import { sql } from './store.mjs';

const json = 'application/json';

// Goes on from part to part, and back again; gives what each showed.
async function walkThrough(client, path, see) {
	const parts = [];
	let next = path, prev = '';
	while (next) {
		const answer = await client.get(next, { accept: json }), page = JSON.parse(answer.body);
		expect(answer.status === 200, `${next}: ${answer.status}`);
		const link = answer.headers.get('link') ?? '';
		expect((link.match(/<([^>]+)>; rel="next"/)?.[1] ?? '') === page.pager.next && (link.match(/<([^>]+)>; rel="prev"/)?.[1] ?? '') === page.pager.prev,
			`${next}: Link says ${link}, the body ${JSON.stringify(page.pager)}`);
		parts.push(see(page));
		[next, prev] = [page.pager.next, page.pager.prev];
	}
	if (parts.length > 1) {
		const before = see(JSON.parse((await client.get(prev, { accept: json })).body));
		expect(JSON.stringify(before) === JSON.stringify(parts.at(-2)), `${path}: back from the end`);
	}
	return parts;
}

export async function longListsAreReadInParts({ court }) {
	const client = new Client(court.url, 'zhangwei');
	await client.signIn();
	const [person] = sql(court, "select person from account where name = 'ZHANGWEI'");
	for (let i = 1; i <= 23; i++)
		sql(court, `insert into token (court, digest, person, name, scopes, since, ends, seen, address, ended)
			values ('0', 'digest ${i}', '${person}', 't${i}', 1, ${i}, ${i + 9}, 0, '', ${i + 5})`);
	for (let i = 1; i <= 22; i++)
		sql(court, `insert into session (court, digest, person, csrf, device, address, since, seen, ends, ended, way)
			values ('0', 'digest ${i}', '${person}', '', 'x', '', ${i}, ${i}, ${i + 9}, ${i + 5}, 'password')`);
	await client.do('/account/tokens', { name: 'living', scopes: ['read'], days: 7, password });
	const ended = await walkThrough(client, '/account/tokens', (page) => page.tokens.filter((token) => token.ended).map((token) => token.name));
	expect(ended.map((part) => part.length).join() === '20,3' && new Set(ended.flat()).size === 23, JSON.stringify(ended));

	const sessions = await walkThrough(client, '/account', (page) => page.sessions.map((session) => session.session));
	expect(sessions[0].length === 20 && sessions.flat().length === 23 && new Set(sessions.flat()).size === 23, `${sessions.map((part) => part.length)}`);

	const page = await court.visit({ script: false, width: 320 });
	await signIn(page, 'zhangwei');
	await page.goto('/account/tokens');
	await page.click('nav.pager a[rel=next]');
	await page.waitForLoadState();
	expect(await page.locator('li:has-text("t1")').count() > 0 && await page.locator('li:has-text("living")').count() === 1, 'the rest, and what lasts');
	const scripted = await court.visit({ width: 320 });
	await signIn(scripted, 'zhangwei');
	await scripted.goto(page.url());
	await axeClean(scripted);
	await noOverflow(scripted, 320);
	await page.click('nav.pager a[rel=prev]');
	await page.waitForLoadState();
	expect(await page.locator('li:has-text("t23")').count() === 1, 'and back');

	const wrong = await client.get('/account/tokens?from=nonsense', { accept: json });
	expect(wrong.status === 422 && JSON.parse(wrong.body).type === '/problems/cursor.unknown', `a cursor made by hand: ${wrong.status}`);
}
longListsAreReadInParts.seconds = 240;

// Everything that is read, is not live, and needs no value of ours: named by what it says, and 304 while
// it says the same. A page about somebody stays in no browser, and has no name.
export async function answersAreNamed({ court }) {
	const client = new Client(court.url, 'bj-filing');
	await client.signIn();
	const known = { court: '132', act: 'answer', kind: 'citizen', key: 'form.required', list: 'causes', name: 'court.css' };
	const open = Object.entries(readDocument().paths).filter(([path, methods]) => methods.get?.responses['304'] && !/\/(docket|draw|qr)$/.test(path))
		.map(([path]) => path.replace(/\{(\w+)\}/g, (_, piece) => known[piece] ?? '')).filter((path) => !path.includes('//') && !path.endsWith('/') || path === '/');
	let named = 0;
	for (const path of open) {
		const first = await client.get(path, { accept: json }), etag = first.headers.get('etag');
		if (first.status !== 200)
			continue;
		expect(etag, `${path} is not named`);
		const again = await client.get(path, { accept: json, headers: { 'If-None-Match': etag } });
		// What tells the hour, or gives a fresh key of a form, may say otherwise the second time.
		expect(again.status === 304 ? !again.body : again.headers.get('etag') !== etag, `${path}: ${again.status}`);
		named += again.status === 304;
	}
	expect(named >= 20, `${named} of ${open.length} were unchanged`);
	const page = await client.get('/account');
	expect(!page.headers.get('etag') && page.headers.get('cache-control') === 'no-store', 'a page about somebody');
}
