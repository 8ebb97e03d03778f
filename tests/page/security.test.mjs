// What somebody tries who means no good: with forms of other sites, sessions that were planted, ids that are
// not theirs, words that are script, files that are pages, and questions that should tell who is here.

import { execFileSync } from 'node:child_process';
import { Client, guarded } from './client.mjs';
import { expect, password, signIn, smallPdf } from './court.mjs';

const program = process.env.MICROCOURT ?? new URL('../../build/release/microcourt', import.meta.url).pathname;
const routes = () => execFileSync(program, ['routes'], { encoding: 'utf8' }).trim().split('\n').map((line) => JSON.parse(line));
const filled = (path, values = {}) => path.replace(/:(\w+)/g, (_, name) => values[name] ?? { court: '132', number: '1', act: 'answer', kind: 'citizen',
	list: 'causes', name: 'court.css', key: 'person.sign_in' }[name] ?? 'x');
const bare = (answer) => answer.body.replaceAll(answer.headers.get('x-request-id'), '').replaceAll(/name="(csrf|once)" value="[^"]*"/g, '');

async function entered(court, name) {
	const client = new Client(court.url, name);
	await client.signIn();
	return client;
}

const complaint = {
	capacity: 'self', court: '132', desk: '132', cause: '108.3', address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
	defendants: [{ kind: 'person', name: '李娜', number: '110000199203050021', address: '浙江省杭州市余杭区示例街8号' }],
	claims: [{ text: '判令被告偿还借款本金。', amount: 100000 }], items: [{ name: '借条', kind: 'documentary', purpose: '借款' }],
	facts: '2025年3月1日，被告向原告借款十万元，约定一年后归还，到期后至今没有归还。',
};

async function draftOf(client) {
	const answer = await client.ask('POST', '/file', { form: { do: 'start', csrf: client.token } });
	expect(answer.status === 303, `a draft: ${answer.status}`);
	return answer.headers.get('location').match(/\/file\/([^?]+)/)[1];
}

const file = async (client, form) => (await client.do(`/file/${await draftOf(client)}?step=check`, { ...complaint, ...form, do: 'submit' })).href;

async function attach(client, draft, name, bytes, type) {
	const form = new FormData();
	for (const [key, value] of Object.entries({ csrf: client.token, do: 'next', 'items.1.name': '材料', 'items.1.kind': 'documentary', 'items.1.purpose': '证明' }))
		form.set(key, value);
	form.set('items.1.file', new Blob([bytes], { type }), name);
	const answer = await fetch(`${client.url}/file/${draft}?step=8`, { method: 'POST', body: form, redirect: 'manual',
		headers: { Cookie: [...client.jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
	await answer.arrayBuffer();
	const page = await client.get(`/file/${draft}?step=8`);
	return page.body.match(/items\.1\.file\.kept" value="([0-9a-f]{64})/)?.[1] ?? '';
}

// -- what every answer carries ------------------------------------------------------------

export async function everyAnswerIsGuarded({ court }) {
	const zhangwei = await entered(court, 'zhangwei'), nobody = new Client(court.url, 'nobody');
	const draft = await draftOf(zhangwei), digest = await attach(zhangwei, draft, '借条.pdf', smallPdf(), 'application/pdf');
	const etag = (await nobody.get('/courts')).headers.get('etag');
	const seen = new Set();
	for (const [client, status, method, path, how] of [
		[nobody, 200, 'GET', '/'], [nobody, 200, 'GET', '/sign-in'], [nobody, 200, 'GET', '/static/court.css'], [nobody, 200, 'GET', '/health'],
		[nobody, 200, 'GET', '/openapi.json'], [nobody, 200, 'HEAD', '/courts'], [nobody, 304, 'GET', '/courts', { headers: { 'If-None-Match': etag } }],
		[nobody, 303, 'GET', '/cases'], [nobody, 401, 'GET', '/cases', { accept: 'application/json' }], [nobody, 303, 'GET', '/?lang=en'],
		[nobody, 404, 'GET', '/nowhere'], [nobody, 404, 'GET', '/nowhere', { accept: 'application/json' }], [nobody, 404, 'GET', '/static/none'],
		[nobody, 405, 'DELETE', '/cases'], [nobody, 405, 'PUT', '/'], [nobody, 403, 'POST', '/sign-in'], [nobody, 422, 'GET', '/calculators/fee?kind=x'],
		[zhangwei, 200, 'GET', '/cases'], [zhangwei, 200, 'GET', '/account', { accept: 'application/json' }], [zhangwei, 403, 'GET', '/people'],
		[zhangwei, 200, 'GET', `/file/${draft}/files/${digest}`], [zhangwei, 206, 'GET', `/file/${draft}/files/${digest}`, { headers: { Range: 'bytes=0-3' } }],
		[zhangwei, 422, 'POST', '/account/edit'], [zhangwei, 400, 'POST', '/account/edit', { headers: { 'Idempotency-Key': '"' } }],
	]) {
		const answer = await client.ask(method, path, how);
		expect(answer.status === status, `${method} ${path}: ${answer.status}, not ${status}`);
		guarded(answer, `${method} ${path} ${status}`);
		seen.add(status);
		const cache = answer.headers.get('cache-control');
		const json = how?.accept === 'application/json';
		if (client === zhangwei)
			expect(cache === (json ? 'private, no-cache' : 'no-store'), `${path} may be kept: ${cache}`);
		else
			expect(/^(private, no-cache|no-cache|public, max-age=\d+, immutable)$/.test(cache), `${path}: ${cache}`);
	}
	expect(seen.size === 10, `kinds of answers: ${[...seen]}`);
}

// -- other methods, every route -------------------------------------------------------------

export async function otherMethodsAreNone({ court }) {
	// Uploads have methods of their own (tus.test).
	const zhangwei = await entered(court, 'zhangwei'), all = routes().filter(({ path }) => !path.startsWith('/uploads'));
	for (const { path } of all) {
		const here = filled(path), methods = all.filter((r) => filled(r.path) === here || r.path === path).map((r) => r.method);
		const wants = methods.includes('GET') ? (methods.includes('POST') ? 'GET, HEAD, POST' : 'GET, HEAD') : 'POST';
		for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', ...(methods.includes('GET') ? [] : ['HEAD'])]) {
			const answer = await zhangwei.ask(method, here);
			expect(answer.status === 405 && answer.headers.get('allow') === wants, `${method} ${here}: ${answer.status} ${answer.headers.get('allow')}`);
		}
		if (!methods.includes('GET') || path === '/live')
			continue;
		const get = await zhangwei.get(here), head = await zhangwei.ask('HEAD', here);
		expect(get.status === head.status && head.body === '' && get.headers.get('content-type') === head.headers.get('content-type'), `HEAD ${here}: ${head.status}, GET: ${get.status}`);
		// Nothing that says so makes a GET of it that acts.
		for (const headers of [{ 'X-HTTP-Method-Override': 'POST' }, { 'X-Method-Override': 'DELETE' }])
			expect((await zhangwei.get(`${here}?_method=POST&do=submit`, { headers })).status === (await zhangwei.get(`${here}?_method=&do=submit`)).status, `${here} acts by ${Object.keys(headers)}`);
	}
}

// -- forms of other sites ----------------------------------------------------------------------

export async function formsOfOtherSitesAreRefused({ court }) {
	const zhangwei = await entered(court, 'zhangwei'), wrong = [];
	for (const { method, path, flags } of routes()) {
		if (['GET', 'HEAD', 'OPTIONS'].includes(method) || path.startsWith('/uploads') || flags.includes('open') || flags.includes('staff'))
			continue;
		const here = filled(path);
		const tries = [
			['another origin', { headers: { Origin: 'https://evil.example' } }], ['no origin that it would name', { headers: { Origin: 'null' } }],
			['an origin that begins alike', { headers: { Origin: `${court.url}.evil.example` } }],
			['an origin with us as its user', { headers: { Origin: `https://${new URL(court.url).host}@evil.example` } }],
			['another port', { headers: { Origin: 'http://127.0.0.1:1' } }],
			['across sites', { headers: { 'Sec-Fetch-Site': 'cross-site' } }], ['another host of the site', { headers: { 'Sec-Fetch-Site': 'same-site' } }],
			['JSON in a session, without the token', { json: {}, token: '' }],
			['text that looks like a form', { token: '', headers: { 'Content-Type': 'text/plain' } }],
			['the token in the address', { token: '', form: {}, query: `?csrf=${zhangwei.token}` }],
			['half the token', { token: zhangwei.token.slice(0, 20) }], ['the token and more', { token: `${zhangwei.token}0` }],
		];
		for (const [what, { query = '', ...how }] of tries) {
			let answer;
			if (how.headers?.['Content-Type'])
				answer = await fetch(court.url + here, { method, redirect: 'manual', body: `csrf=${zhangwei.token}`, headers: { ...how.headers, Cookie: [...zhangwei.jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
			else
				answer = await zhangwei.ask(method, here + query, how);
			if (answer.status !== 403 && !(how.headers?.['Content-Type'] && answer.status === 422))
				wrong.push(`${here}, ${what}: ${answer.status}`);
		}
	}
	expect(!wrong.length, wrong.join('\n'));
	expect((await zhangwei.get('/cases')).status === 200, 'and whoever was tried on is still signed in');
}

// -- sessions ------------------------------------------------------------------------------------

export async function aSessionIsNewAndEnds({ court }) {
	const planted = 'A'.repeat(43), client = new Client(court.url, 'lina');
	client.jar.set('court', planted);
	client.jar.set('visitor', planted);
	await client.fresh('/sign-in');
	const stranger = client.token;
	const answer = await client.ask('POST', '/sign-in', { form: { name: 'lina', password, csrf: client.token } });
	const first = client.jar.get('court');
	expect(answer.status === 303 && /^[A-Za-z0-9_-]{43}$/.test(first) && first !== planted, `a session of its own: ${first}`);
	guarded(answer, 'signing in');
	await client.fresh('/account');
	expect(client.token !== stranger, 'and a token of its own');
	expect((await client.ask('POST', '/account/edit', { token: stranger, form: {} })).status === 403, 'that of the visitor is worth nothing now');
	const second = await entered(court, 'lina');
	expect(second.jar.get('court') !== first && second.token !== client.token, 'each sign-in has its own');
	expect((await second.ask('POST', '/account/edit', { token: client.token, form: {} })).status === 403, 'nor does the token of one browser fit another');
	await client.ask('POST', '/sign-out', { form: { csrf: client.token } });
	client.jar.set('court', first);
	expect((await client.get('/cases')).status === 303, 'what was signed out stays out');
	expect((await second.get('/cases')).status === 200, 'and only that');
	// Nobody is signed in by a cookie that was planted, in the clear or under another name.
	for (const cookie of [`court=${planted}`, `court="${second.jar.get('court')}"`, `__Host-court=${second.jar.get('court')}`, `Court=${second.jar.get('court')}`, `court=${second.jar.get('court').toLowerCase()}`]) {
		const stolen = await fetch(`${court.url}/cases`, { redirect: 'manual', headers: { Cookie: cookie } });
		expect(stolen.status === 303, `${cookie}: ${stolen.status}`);
	}
}

// -- what is another's -----------------------------------------------------------------------------

export async function whatIsAnothersIsNotThere({ court }) {
	const zhangwei = await entered(court, 'zhangwei'), hongda = await entered(court, 'hongda'), clerk = await entered(court, 'hz-clerk');
	const draft = await draftOf(zhangwei), digest = await attach(zhangwei, draft, '借条.pdf', smallPdf('of zhangwei'), 'application/pdf');
	const href = await file(zhangwei), id = href.split('/').pop();
	const made = await zhangwei.ask('POST', '/account/tokens', { form: { csrf: zhangwei.token, name: 'mine', 'scopes.is.read': 'yes', password } });
	expect(made.status === 200, `a token: ${made.status}`);
	const token = (await zhangwei.get('/account/tokens')).body.match(/name="end" value="([^"]+)"|name=end value="([^"]+)"/);
	const session = (await zhangwei.get('/account')).body.match(/name="end" value="([^"]+)"/)?.[1];
	expect(digest && session, 'there is something to take');
	const swapped = id.split('').reverse().join('');
	const pairs = [
		['GET', href, href.replace(id, swapped)], ['GET', `${href}/docket`, `${href.replace(id, swapped)}/docket`], ['GET', `${href}/papers/1`, `${href.replace(id, swapped)}/papers/1`],
		['GET', `${href}/act/retract`, `${href.replace(id, swapped)}/act/retract`], ['POST', `${href}/act/retract`, `${href.replace(id, swapped)}/act/retract`],
		['GET', `${href}/files/${digest}`, `${href.replace(id, swapped)}/files/${digest}`], ['GET', `${href}/receipt`, `${href.replace(id, swapped)}/receipt`],
		['GET', `${href}/pay`, `${href.replace(id, swapped)}/pay`], ['POST', `${href}/pay`, `${href.replace(id, swapped)}/pay`], ['GET', `${href}/acts`, `${href.replace(id, swapped)}/acts`],
		['GET', `/file/${draft}`, `/file/${swapped}`], ['POST', `/file/${draft}`, `/file/${swapped}`], ['GET', `/file/${draft}/files/${digest}`, `/file/${swapped}/files/${digest}`],
	];
	for (const who of [hongda, clerk])
		for (const [method, there, never] of pairs)
			for (const accept of ['text/html', 'application/json']) {
				const is = await who.ask(method, there, { accept, form: { do: 'next' } }), isNot = await who.ask(method, never, { accept, form: { do: 'next' } });
				const same = bare(is).replaceAll(id, '').replaceAll(draft, '') === bare(isNot).replaceAll(swapped, '');
				expect([403, 404].includes(is.status) && is.status === isNot.status && same, `${who.name} ${method} ${there}: ${is.status}, and what never was: ${isNot.status}`);
			}
	// One's own draft with somebody else's file in it: only named, never sent.
	const own = await draftOf(hongda);
	await hongda.ask('POST', `/file/${own}?step=8`, { form: { csrf: hongda.token, do: 'next', 'items.1.name': '材料', 'items.1.kind': 'documentary', 'items.1.purpose': '证明',
		'items.1.file.kept': `${digest} 100 application/pdf x.pdf`, 'items.1.file': `${digest} 100 application/pdf x.pdf` } });
	expect((await hongda.get(`/file/${own}/files/${digest}`)).status === 404, 'a file is not got by its digest');
	for (const [path, values] of [['/account/sessions', { end: session }], ['/account/tokens/end', { end: token?.[1] ?? token?.[2] ?? session }],
		['/account/passkeys/remove', { which: session, password }]]) {
		const answer = await hongda.ask('POST', path, { form: { ...values, csrf: hongda.token } });
		expect([404, 422].includes(answer.status), `hongda ${path}: ${answer.status}`);
	}
	expect((await zhangwei.get('/cases')).status === 200, 'nobody else signs one out');
	// Somebody else's session as one's own form's person: whom an act is by is never read from the form.
	const forged = await hongda.ask('POST', `${href}/act/retract`, { form: { csrf: hongda.token, do: 'submit', person: 'zhangwei', as: 'zhangwei', party: '1' } });
	expect(forged.status === 404, `retracted by another: ${forged.status}`);
}

// -- who is here ------------------------------------------------------------------------------------

async function reckoned(court) {
	const text = await (await fetch(`${court.url}/metrics`)).text();
	return Number(text.match(/^microcourt_passwords_reckoned_total (\d+)/m)[1]);
}

// The same words and the same work, whether there is an account or not. (Work is counted, not timed.)
export async function accountsCannotBeCounted({ court }) {
	const answers = [];
	for (const name of ['bj-clerk', 'there-is-nobody', '13800009999', '110000199203050021', 'nobody@example.org']) {
		const client = new Client(court.url, name);
		await client.fresh('/sign-in');
		const before = await reckoned(court), answer = await client.ask('POST', '/sign-in', { form: { name, password: 'not the password', csrf: client.token } });
		answers.push({ name, status: answer.status, work: await reckoned(court) - before, words: bare(answer).replaceAll(name, '') });
	}
	for (const answer of answers)
		expect(answer.status === 422 && answer.work === 1 && answer.words === answers[0].words, `${answer.name}: ${answer.status}, ${answer.work} hashes, ${answer.words === answers[0].words}`);
	// Passkeys: a challenge says nothing of whom it is for.
	const challenge = async (name) => JSON.stringify(Object.keys(JSON.parse((await new Client(court.url, '').ask('POST', '/sign-in/passkey/challenge', { json: { name }, accept: 'application/json' })).body)).sort());
	expect(await challenge('zhangwei') === await challenge('there-is-nobody'), 'a challenge is for anybody');
	// People are found by those who must, and in their own court's name.
	for (const name of ['zhangwei', 'bj-judge1', 'bj-mediator'])
		expect((await (await entered(court, name)).get('/people?q=%E5%BC%A0')).status === 403, `${name} looks for people`);
}

// -- where one is sent ------------------------------------------------------------------------------

export async function nextLeadsNowhereElse({ court }) {
	for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example', '\\\\evil.example', '/%09/evil.example', '/\t/evil.example', 'javascript:alert(1)',
		'data:text/html,x', '/\r\nX-Split: 1', '/%0d%0aX-Split:%201', '%2f%2fevil.example', '/..//evil.example', ' //evil.example', '/.//evil.example', '///evil.example']) {
		const client = new Client(court.url, 'lina');
		await client.fresh('/sign-in');
		for (const [path, form] of [[`/sign-in?next=${encodeURIComponent(next)}`, {}], ['/sign-in', { next }]]) {
			const answer = await client.ask('POST', path, { form: { name: 'lina', password, csrf: client.token, ...form } });
			const to = answer.headers.get('location') ?? '/', place = new URL(to.replaceAll('\t', ''), 'https://court.example/');
			expect(answer.status === 303 && place.host === 'court.example' && place.protocol === 'https:' && !answer.headers.has('x-split'), `${JSON.stringify(next)} leads to ${to}`);
			client.jar.delete('court');
			await client.fresh('/sign-in');
		}
	}
}

// -- what is typed, and what is sent -------------------------------------------------------------------

const poison = '<script>window.ran=1</script><img src=x onerror="window.ran=1"><q9>{{title}}{{{title}}}"\' onmouseover="window.ran=1" <style>body{display:none}</style> javascript:window.ran=1';

export async function whatIsTypedStaysText({ court }) {
	const zhangwei = await entered(court, 'zhangwei');
	const href = await file(zhangwei, { facts: `${complaint.facts}${poison}`, claims: [{ text: `判令被告偿还。${poison}`, amount: 1 }], address: `示例街1号${poison}`,
		items: [{ name: poison.slice(0, 60), kind: 'documentary', purpose: poison.slice(0, 90) }] });
	const hidden = encodeURIComponent(poison);
	let shown = 0;
	for (const [name, paths] of [
		['zhangwei', [href, `${href}/docket`, `${href}/docket/1`, `${href}/papers/1`, `${href}/receipt`, '/inbox', '/cases', `/cases?q=${hidden}`, `/find/courts?q=${hidden}`, `/find/causes?q=${hidden}`]],
		['bj-filing', [href, `${href}/docket/1`, `${href}/papers/1`, '/desk', `/people?q=${hidden}`, '/today', `${href}/act/register`]],
		['', [`/sign-in?next=${hidden}`, `/calculators/fee?kind=${hidden}&amount=${hidden}`, `/calculators/limit?period=${hidden}&event=${hidden}`, `/lists/causes?q=${hidden}`, `/courts?q=${hidden}`, `/${hidden}`, `/problems/${hidden}`]],
	])
		for (const lang of ['zh', 'en']) {
			const page = await court.visit({ lang });
			if (name)
				await signIn(page, name);
			for (const path of paths) {
				const answer = await page.goto(path);
				if (!answer.headers()['content-type']?.startsWith('text/html'))
					continue;
				const found = await page.evaluate(() => ({ ran: window.ran, q9: document.querySelectorAll('q9, main script, main style, [onerror], [onmouseover], a[href^="javascript:" i]').length,
					hidden: getComputedStyle(document.body).display === 'none', text: document.body.innerText.includes('<q9>') }));
				expect(!found.ran && !found.q9 && !found.hidden, `${name} ${path} ${lang}: ${JSON.stringify(found)}`);
				shown += found.text;
			}
		}
	expect(shown >= 6, `it was shown as text on ${shown} pages`);
	// And were there a hole, the policy would hold: the browser itself refuses both.
	const page = await court.visit();
	await page.goto('/');
	const before = court.trouble.length;
	const held = await page.evaluate(() => {
		const script = document.createElement('script'), style = document.createElement('style');
		script.textContent = 'window.ran = 1';
		style.textContent = 'body { display: none }';
		document.body.append(script, style);
		return !window.ran && getComputedStyle(document.body).display !== 'none';
	});
	court.trouble.length = before;
	expect(held, 'a script in a page does not run, a style in it does not count');
}

export async function filesAreSavedNotRun({ court }) {
	const lina = await entered(court, 'lina');
	const html = '<!DOCTYPE html><script>alert(document.domain)</script>', svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';
	let taken = 0;
	for (const [name, bytes, type] of [['a.html', html, 'text/html'], ['a.svg', svg, 'image/svg+xml'], ['a.xhtml', html, 'application/xhtml+xml'], ['a.pdf', html, 'application/pdf'], ['a.png', svg, 'image/png'],
		['a.txt', html, 'text/html'], ['a.txt', html, 'text/plain'], ['a.pdf', Buffer.concat([smallPdf(html)]), 'text/html'], ['a.js', 'alert(1)', 'text/javascript'], ['a.xml', svg, 'text/xml'],
		['a.pdf\r\nX-Split: 1', smallPdf(), 'application/pdf'], ['"; filename=a.html; x="', smallPdf(), 'application/pdf'], ['../../../etc/a.pdf', smallPdf(), 'application/pdf']]) {
		const draft = await draftOf(lina), digest = await attach(lina, draft, name, bytes, type);
		if (!digest)
			continue;
		taken++;
		for (const path of [`/file/${draft}/files/${digest}`, `/file/${draft}/files/${digest}?save=1`]) {
			const answer = await lina.get(path), shows = answer.headers.get('content-type'), how = answer.headers.get('content-disposition') ?? '';
			expect(answer.status === 200 && answer.headers.get('x-content-type-options') === 'nosniff' && !answer.headers.has('x-split'), `${name}: ${answer.status}`);
			expect(/^(text\/plain; charset=utf-8|application\/pdf|image\/(png|jpeg)|application\/octet-stream)$/.test(shows), `${name} comes as ${shows}`);
			expect(shows !== 'application/octet-stream' || /^attachment; filename="[^"\\/]*"; filename\*=UTF-8''[\w.~%-]*$/.test(how), `${name} is not for saving: ${how}`);
			expect(/sandbox|default-src 'none'/.test(answer.headers.get('content-security-policy')), `${name} without a policy`);
		}
	}
	expect(taken >= 3, `${taken} were taken`);
}

// -- what is written down --------------------------------------------------------------------------------

export async function whoReadsIsNotedAndTheLogIsSilent({ court }) {
	const zhangwei = await entered(court, 'zhangwei'), desk = await entered(court, 'bj-filing');
	const draft = await draftOf(zhangwei), digest = await attach(zhangwei, draft, '借条.pdf', smallPdf('read'), 'application/pdf'), href = await file(zhangwei);
	const shown = [`/file/${draft}/files/${digest}`, `${href}`, `${href}/papers/1`, `${href}/docket/1`, '/cases?q=read', '/account', '/inbox'];
	for (const path of shown)
		for (const how of [{}, { accept: 'application/json' }, { method: 'HEAD' }])
			expect((await zhangwei.ask(how.method ?? 'GET', path, how)).status === 200, path);
	const found = '/people?q=%E5%BC%A0%E4%BC%9F';
	expect((await desk.get(found)).status === 200, 'the desk looks for somebody');
	const made = await zhangwei.ask('POST', '/account/tokens', { form: { csrf: zhangwei.token, name: 'reader', 'scopes.is.read': 'yes', password } });
	const token = made.body.match(/mct_[A-Za-z0-9_-]{43}/)?.[0];
	expect(token && (await fetch(`${court.url}/cases?by=token`, { headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' } })).status === 200, 'a program reads');
	const stop = new AbortController();
	await fetch(`${court.url}/live`, { signal: stop.signal, headers: { Cookie: `court=${zhangwei.jar.get('court')}` } });
	stop.abort();
	const strange = await new Client(court.url, '').get('/cases?q=stranger-looks');
	expect(strange.status === 303, 'a stranger is shown nothing');
	const lines = execFileSync(program, ['reads', '--data', court.data], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim().split('\n').map((line) => line.split('\t'));
	const noted = (uri, method = 'GET') => lines.filter((line) => line[4] === method && line[6] === uri).length;
	for (const path of shown)
		expect(noted(path) >= 2 && noted(path, 'HEAD') >= 1, `${path} is noted ${noted(path)} times, and ${noted(path, 'HEAD')} for its head`);
	for (const path of [found, '/cases?by=token', '/live'])
		expect(noted(path) >= 1, `${path} is noted`);
	expect(!noted('/cases?q=stranger-looks'), 'what was not shown is not noted');

	// The program's own log: one object a line whatever was sent, and nothing about anybody in it.
	const split = new Client(court.url, 'x');
	await split.fresh('/sign-in');
	await split.ask('POST', '/sign-in', { form: { name: 'x\n{"event":"forged"}', password: 'secret-word-7', csrf: split.token }, headers: { 'User-Agent': 'a"}{"event":"forged"}' } });
	await split.get('/no%0a%7B%22event%22:%22forged%22%7D');
	const log = court.complained().split('\n').filter((line) => line.trim().startsWith('{')).slice(1);
	expect(log.some((line) => line.includes('"event":"request"')) && log.length > 50, `${log.length} lines of the log`);
	for (const line of log)
		expect(typeof JSON.parse(line) === 'object' && JSON.parse(line).event !== 'forged', `a line of the log: ${line}`);
	for (const secret of [password, 'secret-word-7', '张伟', '李娜', '110000199203050021', zhangwei.jar.get('court'), zhangwei.token, token, '%E5%BC%A0', '示例街'])
		expect(!court.complained().includes(secret) && !court.said().split('\n').slice(40).join('\n').includes(secret), `the log says ${secret}`);
}
