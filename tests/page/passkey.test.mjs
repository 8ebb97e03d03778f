// Passkeys, with the browser's own virtual authenticator: made, used instead of a password and after
// it, removed; and what somebody else's site, a repeated answer or a copied key gets. WebAuthn knows
// names, not addresses: the court is asked for as localhost.

import { axeClean, expect, noOverflow, ownSession, password, plantSession, shot } from './court.mjs';

const at = (page) => new URL(page.url()).pathname;
const local = (court, path) => court.url.replace('127.0.0.1', 'localhost') + path;

async function device(page, { verified = true } = {}) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('WebAuthn.enable');
	const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal',
		hasResidentKey: true, hasUserVerification: true, isUserVerified: verified, automaticPresenceSimulation: true } });
	return { cdp, authenticatorId };
}

async function givePassword(court, page, name) {
	await page.context().clearCookies({ name: 'court' });
	await page.goto(local(court, '/sign-in'));
	await page.fill('main input[name=name]', name);
	await page.fill('main input[type=password]', password);
	await Promise.all([page.waitForEvent('load'), page.press('main input[type=password]', 'Enter')]);
}

const press = (page, action) => Promise.all([page.waitForEvent('load'), page.click(`form[action="${action}"] .buttons button`)]);

async function makeKey(court, page, name) {
	await page.goto(local(court, '/account/passkeys'));
	await page.fill('form[action="/account/passkeys"] input[name=name]', name);
	await page.fill('form[action="/account/passkeys"] input[name=password]', password);
	await press(page, '/account/passkeys');
	expect((await page.innerText('main .list')).includes(name), 'the key is listed');
}

async function useKey(court, page) {
	await page.context().clearCookies({ name: 'court' });
	await page.goto(local(court, '/sign-in?next=/inbox'));
	await plantSession(page);
	await press(page, '/sign-in/passkey');
}

// What the page's script would send, so that it can be changed on its way.
async function answer(page, userVerification = 'preferred') {
	return page.evaluate(async (userVerification) => {
		const csrf = document.querySelector('form[action="/sign-in/passkey"] [name=csrf]').value;
		const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
		const coded = (b) => btoa(String.fromCharCode(...new Uint8Array(b))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
		const asked = await (await fetch('/sign-in/passkey/challenge', { method: 'POST', body: new URLSearchParams({ csrf }) })).json();
		const key = await navigator.credentials.get({ publicKey: { challenge: bytes(asked.challenge), rpId: asked.rp, userVerification } });
		const said = key.response;
		return { csrf, credential: key.id, client_data: coded(said.clientDataJSON), authenticator_data: coded(said.authenticatorData),
			signature: coded(said.signature), user: coded(said.userHandle) };
	}, userVerification);
}

async function refused(court, page, form, why) {
	const reply = await page.request.post(local(court, '/sign-in/passkey'), { form, headers: { Accept: 'application/json' }, maxRedirects: 0 });
	const said = await reply.text();
	expect(reply.status() === 422 && said.includes(`passkey.${why}`), `refused as ${why}: ${reply.status()} ${said}`);
}

const forged = (text, change) => Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(text, 'base64url')), ...change })).toString('base64url');

// Sent twice with one key: done once, with one answer.
async function onceAgain(court, page, path, values) {
	const ask = async () => {
		const reply = await page.request.post(local(court, path), { data: values, maxRedirects: 0, headers: { Accept: 'application/json',
			'Idempotency-Key': `"${path}"`, 'X-CSRF-Token': await page.getAttribute('[name=csrf] >> nth=0', 'value') } });
		return { status: reply.status(), text: await reply.text(), replayed: reply.headers()['idempotency-replayed'] };
	};
	const first = await ask(), second = await ask();
	expect(first.status === 200 && !first.replayed && second.status === 200 && second.replayed === 'true' && first.text === second.text,
		`${path}: ${JSON.stringify(first)}, then ${JSON.stringify(second)}`);
}

async function wholeWay(court, name, how) {
	const page = await court.visit(how);
	await device(page);
	await givePassword(court, page, name);
	await page.goto(local(court, '/account/passkeys'));
	await axeClean(page);
	await page.fill('form[action="/account/passkeys"] input[name=name]', 'x');
	await page.fill('form[action="/account/passkeys"] input[name=password]', 'not my password');
	await page.click('form[action="/account/passkeys"] .buttons button');
	await page.waitForSelector('[data-made=passkey]:not([hidden])');
	await makeKey(court, page, '我的手机');
	await axeClean(page);
	await noOverflow(page, 320);
	await shot(page, 'passkeys');

	await useKey(court, page);
	await ownSession(page, 'by a passkey');
	expect(at(page) === '/inbox', `inside, where one wanted to be: ${page.url()} ${await page.innerText('main')}`);

	await page.goto(local(court, '/account/second'));
	await page.check('[name=with][value=passkey]');
	await page.fill('input[name=password]', password);
	await press(page, '/account/second');
	expect(await page.locator('#codes code').count() === 10, 'codes for the loss');
	await givePassword(court, page, name);
	expect(at(page) === '/sign-in/second', 'the password is not enough any more');
	await axeClean(page);
	await noOverflow(page, 320);
	await shot(page, 'second-step-passkey');
	await press(page, '/sign-in/passkey');
	await page.goto(local(court, '/account/passkeys'));
	expect(at(page) === '/account/passkeys', 'inside');

	// Another name, and the request once more with its key: done once.
	const renaming = 'form[action="/account/passkeys/rename"]';
	await page.selectOption(`${renaming} [name=which]`, { label: '我的手机' });
	await page.fill(`${renaming} [name=name]`, ' ');
	await press(page, '/account/passkeys/rename');
	expect(await page.locator('.error-list li').count() === 1, 'a name is needed');
	await axeClean(page);
	await page.selectOption(`${renaming} [name=which]`, { label: '我的手机' });
	await page.fill(`${renaming} [name=name]`, '工作手机');
	await press(page, '/account/passkeys/rename');
	expect((await page.innerText('main .list')).includes('工作手机'), 'renamed');
	await onceAgain(court, page, '/account/passkeys/rename', { which: await page.getAttribute(`${renaming} [name=which] option >> nth=-1`, 'value'), name: '旧手机' });
	await page.goto(local(court, '/account/passkeys'));

	await page.selectOption('form[action="/account/passkeys/remove"] [name=which]', { label: '旧手机' });
	await page.fill('form[action="/account/passkeys/remove"] input[name=password]', password);
	await press(page, '/account/passkeys/remove');
	expect(await page.locator('main .list li').count() === 0, 'removed');
	await page.context().clearCookies({ name: 'court' });
	await page.goto(local(court, '/sign-in'));
	await refused(court, page, await answer(page), 'unknown');
	await givePassword(court, page, name);
	expect(at(page) !== '/sign-in/second', 'with the last key the second proof ends');
}

export async function onAPhoneInChinese({ court }) {
	await wholeWay(court, 'zhangwei', { lang: 'zh', width: 390 });
}

export async function onADeskInEnglish({ court }) {
	await wholeWay(court, 'bj-clerk', { lang: 'en', width: 1280 });
}

export async function takesNothingElse({ court }) {
	const page = await court.visit();
	const { cdp, authenticatorId } = await device(page);
	await givePassword(court, page, 'lina');
	await makeKey(court, page, 'key');
	await useKey(court, page);
	await page.context().clearCookies({ name: 'court' });
	await page.goto(local(court, '/sign-in'));
	const good = await answer(page);
	await refused(court, page, { ...good, client_data: forged(good.client_data, { origin: 'https://court.example' }) }, 'origin');
	await refused(court, page, good, 'challenge');          // used up by the forged one
	let next = await answer(page);
	await refused(court, page, { ...next, client_data: forged(next.client_data, { type: 'webauthn.create' }) }, 'broken');
	next = await answer(page);
	await refused(court, page, { ...next, client_data: forged(next.client_data, { more: 'x' }) }, 'signature');
	next = await answer(page);
	await refused(court, page, { ...next, client_data: 'e30' }, 'broken');
	next = await answer(page);
	await refused(court, page, { ...next, user: 'c29tZWJvZHk' }, 'unknown');
	const other = await court.visit();
	await other.goto(local(court, '/sign-in'));
	next = await answer(page);
	const csrf = await other.getAttribute('form[action="/sign-in/passkey"] [name=csrf]', 'value');
	await refused(court, other, { ...next, csrf }, 'challenge');    // given to another browser
	await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
	await refused(court, page, await answer(page, 'discouraged'), 'unverified');
	await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });

	// A copy of the key that has counted less.
	const { credentials: [credential] } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
	await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId });
	await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } });
	await refused(court, page, await answer(page), 'copied');
	await givePassword(court, page, 'lina');
	await page.goto(local(court, '/account/passkeys'));
	expect(await page.isVisible('main .list .error'), 'its owner is told');

	// An answer that is used twice, with the key as it was.
	await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId });
	await cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
	await page.context().clearCookies({ name: 'court' });
	await page.goto(local(court, '/sign-in'));
	const used = await answer(page);
	const reply = await page.request.post(local(court, '/sign-in/passkey'), { form: used, maxRedirects: 0 });
	expect(reply.status() === 303, `taken once: ${reply.status()}`);
	await page.context().clearCookies({ name: 'court' });
	await refused(court, page, used, 'challenge');
}

export async function saysWithoutScript({ court }) {
	const page = await court.visit({ script: false });
	await page.goto(local(court, '/sign-in'));
	expect(await page.isVisible('noscript p'), 'says that script is needed');
	await press(page, '/sign-in/passkey');
	expect(/JavaScript/.test(await page.innerText('main')), 'and that the password does as well');
}
