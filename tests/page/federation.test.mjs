// Signing in by another service: linked, used and unlinked on a phone in both languages, with
// npm's oidc-provider; and everything a service, or somebody between, may say that is not so.

import { axeClean, expect, noOverflow, ownSession, password, plantSession, shot, signIn } from './court.mjs';
import { honest, options, rogue } from './provider.mjs';

let city, liar;

export async function arrange() {
	[city, liar] = [await honest(), await rogue()];
	return [...options('city', city.issuer, '市民通行证', 'City Pass'), ...options('liar', liar.issuer, '假证', 'Liar'),
		...options('closed', 'http://127.0.0.1:1', '停业', 'Closed')];
}

const press = (page, button) => Promise.all([page.waitForEvent('load'), page.locator(button).first().click()]);
const path = (page) => new URL(page.url()).pathname;
const look = (page) => axeClean(page).then(() => noOverflow(page, 320));

async function link(page, name) {
	await page.goto('/account/providers');
	await page.check(`[name=provider][value=${name}]`);
	await page.fill('form[action="/account/providers"] [name=password]', password);
	await press(page, 'form[action="/account/providers"] .buttons button');
}

// oidc-provider's own pages: who one is, and whether one agrees.
async function agree(page, who) {
	if (await page.locator('[name=login]').count()) {
		await page.fill('[name=login]', who);
		await page.fill('[name=password]', 'x');
		await press(page, 'button[type=submit]');
	}
	if (new URL(page.url()).origin === city.issuer)
		await press(page, 'button[type=submit]');
}

async function leave(page) {
	await page.goto('/account');
	await press(page, 'form[action="/sign-out"] button');
}

export async function isLinkedUsedAndUnlinked({ court }) {
	city.open(court.url);
	for (const [lang, who, script] of [['zh', 'zhangwei', true], ['en', 'lina', false]]) {
		const label = lang === 'zh' ? '市民通行证' : 'City Pass', page = await court.visit({ lang, script });
		await signIn(page, who);
		await page.goto('/account');
		await press(page, 'a[href="/account/providers"]');
		if (script)
			await look(page);
		await page.fill('[name=password]', 'not the password');
		await press(page, 'form[action="/account/providers"] .buttons button');
		expect(await page.isVisible('.error-list'), 'a wrong password links nothing');
		if (script)
			await look(page);
		await link(page, 'city');
		if (script)
			await look(page);
		await press(page, '.banner a.button');
		await agree(page, `${who} in the city`);
		expect(path(page) === '/account/providers' && (await page.innerText('.list')).includes(label), `linked: ${page.url()} ${await page.innerText('body')}`);
		if (script)
			await look(page);
		await shot(page, 'providers');
		await leave(page);

		// In again, and to the page that was wanted.
		await page.goto('/sign-in?next=/inbox');
		if (script)
			await look(page);
		await shot(page, 'signin-providers');
		await plantSession(page);
		await press(page, 'a[href^="/sign-in/with/city"]');
		await agree(page, `${who} in the city`);
		expect(path(page) === '/inbox', `signed in: ${page.url()}`);
		await ownSession(page, 'by a service');
		await page.goto('/account');
		expect((await page.innerText('main')).includes(lang === 'zh' ? `用“${label}”登录` : `By “${label}”`), 'the way is kept');

		// Unlinked it opens nothing, until the password is given.
		await page.goto('/account/providers');
		await press(page, 'form[action="/account/providers/end"] button');
		await leave(page);
		await page.goto('/sign-in');
		await press(page, 'a[href^="/sign-in/with/city"]');
		await agree(page, `${who} in the city`);
		expect(path(page) === '/sign-in/with/city/join', `nobody is linked: ${page.url()}`);
		if (script)
			await look(page);
		await shot(page, 'provider-join');
		await page.fill('[name=name]', who);
		await page.fill('[name=password]', 'not the password');
		await press(page, 'form.form .buttons button');
		expect(await page.isVisible('.error-list'), 'a wrong password is said');
		await page.fill('[name=name]', who);
		await page.fill('[name=password]', password);
		await press(page, 'form.form .buttons button');
		await page.goto('/account/providers');
		expect((await page.innerText('.list')).includes(label), 'linked again');
	}
}

export async function saysThatItWasNotAgreedTo({ court }) {
	city.open(court.url);
	for (const [lang, words] of [['zh', '没有同意登录'], ['en', 'was not agreed to']]) {
		const page = await court.visit({ lang });
		await page.goto('/sign-in');
		await press(page, 'a[href^="/sign-in/with/city"]');
		await press(page, 'a[href*="abort"]');
		expect((await page.innerText('main')).includes(words), await page.innerText('main'));
		await look(page);
		await shot(page, 'provider-denied');
		expect(await page.locator('main a[href="/sign-in"]').count(), 'the way back is there');
	}
}

// Signs in by the liar and says what came of it: the problem's type, or "" if it went through.
async function attempt(court, { lang = 'en', page } = {}) {
	page ??= await court.visit({ lang });
	await page.goto('/sign-in');
	await press(page, 'a[href^="/sign-in/with/liar"]');
	return { page, words: path(page).endsWith('/back') ? await page.innerText('main') : '' };
}

export async function believesNothingElse({ court }) {
	const now = () => Math.floor(Date.now() / 1000), owner = await court.visit();
	liar.subject = 'hongda at the liar';
	await signIn(owner, 'hongda');
	await link(owner, 'liar');
	await press(owner, '.banner a.button');
	expect(path(owner) === '/account/providers', `linked: ${await owner.innerText('main')}`);

	const lies = [
		['another nonce', { claims: { nonce: 'another' } }, 'another sign-in', '另一次登录'],
		['no nonce', { claims: { nonce: undefined } }, 'another sign-in', '另一次登录'],
		['another audience', { claims: { aud: 'somebody' } }, 'not meant for this court', '不是给本院的'],
		['two audiences and no party', { claims: { aud: ['court', 'somebody'] } }, 'not meant for this court', '不是给本院的'],
		['another party', { claims: { azp: 'somebody' } }, 'not meant for this court', '不是给本院的'],
		['another issuer', { claims: { iss: 'https://elsewhere.example' } }, 'was not made by', '不是“假证”出具的'],
		['run out', { claims: { exp: now() - 120 } }, 'has run out', '已经过期'],
		['no end', { claims: { exp: undefined } }, 'not whole', '不完整'],
		['a fast clock', { claims: { iat: now() + 600 } }, 'is more than a minute ahead', '快一分钟以上'],
		['another access token', { claims: { at_hash: 'AAAA' } }, 'does not fit', '不符'],
		['nobody', { claims: { sub: '' } }, 'not whole', '不完整'],
		['a strange key', { strange: true }, 'is not signed by', '不是它签名的'],
		['no signature', { header: { alg: 'none' }, unsigned: true }, 'not safe', '不安全'],
		['the shared secret', { header: { alg: 'HS256' }, secret: true }, 'not safe', '不安全'],
		['no statement', { body: { access_token: 'opaque' } }, 'not whole', '不完整'],
		['no JSON', { body: '<html>' }, 'not whole', '不完整'],
		['a used code', { back: { code: 'bad' } }, 'does not accept the code', '不接受这次登录的凭据'],
		['another issuer in the return', { back: { code: 'good', iss: 'https://elsewhere.example' } }, 'did not begin in this browser', '不是在这个浏览器里开始的'],
		['an error', { back: { error: 'server_error', error_description: '<script>' } }, 'did not complete', '没有完成登录'],
	];
	const english = await court.visit({ lang: 'en' }), chinese = await court.visit();
	for (const [name, say, en, zh] of lies) {
		liar.say = say;
		for (const [page, words] of [[english, en], [chinese, zh]]) {
			const said = (await attempt(court, { page })).words;
			expect(said.includes(words), `${name}: "${said}" at ${page.url()}`);
			await page.goto('/account');
			expect(path(page) === '/sign-in', `${name}: nobody is signed in`);
		}
	}
	await look(english);
	liar.say = {};

	// Honest again, in every way of signing that counts; new keys are fetched once.
	for (const alg of ['RS256', 'EdDSA', 'ES256']) {
		liar.rotate(alg);
		await court.later({ seconds: 15 });
		const before = liar.fetched, page = await court.visit({ lang: 'en' });
		await attempt(court, { page });
		await page.goto('/account');
		expect(path(page) === '/account', `${alg} after rotation: ${page.url()}`);
		expect(liar.fetched === before + 1, `${alg}: the keys are fetched once, not ${liar.fetched - before} times`);
	}
	// The name and address that it tells open nobody's account.
	liar.subject = 'a stranger';
	const { page } = await attempt(court);
	expect(path(page) === '/sign-in/with/liar/join', `an address links nobody: ${page.url()}`);
}
believesNothingElse.seconds = 240;

export async function isForOneBrowserOnceAndForOneAccount({ court }) {
	liar.subject = 'one and only';
	const page = await court.visit({ lang: 'en' }), other = await court.visit({ lang: 'en' });
	// The return is kept back, and tried elsewhere: a state is good where it began.
	liar.say = { hold: true };
	await attempt(court, { page });
	const held = await page.innerText('body'), exchanges = liar.exchanges;
	liar.say = {};
	await other.goto('/sign-in');
	await other.goto(held);
	expect((await other.innerText('main')).includes('did not begin in this browser') && liar.exchanges === exchanges, 'not in another browser');
	await page.goto(held);
	expect(path(page) === '/sign-in/with/liar/join', `where it began it is good: ${page.url()}`);
	await page.goto(held);
	expect((await page.innerText('main')).includes('used already'), 'once');

	// Nobody is sent on the way by another site, nor from it to another.
	const forced = await fetch(`${court.url}/sign-in/with/liar`, { redirect: 'manual', headers: { 'Sec-Fetch-Site': 'cross-site' } });
	expect(forced.status === 403, `from another site: ${forced.status}`);
	await signIn(page, 'hongda');
	await link(page, 'liar');
	await press(page, '.banner a.button');
	await leave(page);
	for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
		await page.goto(`/sign-in/with/liar?next=${encodeURIComponent(next)}`);
		expect(page.url() === `${court.url}/`, `${next} leads to ${page.url()}`);
		await leave(page);
	}
	// One identity, one account.
	await signIn(other, 'lijing');
	await link(other, 'liar');
	await press(other, '.banner a.button');
	expect((await other.innerText('main')).includes('is linked to another account'), await other.innerText('main'));
	await look(other);
}

export async function saysThatTheServiceIsDown({ court }) {
	for (const [lang, words] of [['zh', '现在没有应答'], ['en', 'does not answer now']]) {
		const page = await court.visit({ lang });
		await page.goto('/sign-in');
		await press(page, 'a[href^="/sign-in/with/closed"]');
		expect((await page.innerText('main')).includes(words), await page.innerText('main'));
		await look(page);
		await shot(page, 'provider-down');
	}
	liar.say = { down: true };
	await court.later({ hours: 2 });
	expect((await attempt(court)).page.url().includes('/sign-in/with/liar'), 'what was kept for an hour is asked for again');
}
