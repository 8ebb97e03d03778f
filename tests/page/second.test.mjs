// The second proof at sign-in: an app is set up with the picture or by hand, its code is asked
// for after the password, once each, and a recovery code helps whoever lost the telephone. All
// of it on a phone and on a desk, in both languages, and without script.

import { createHmac } from 'node:crypto';
import { axeClean, expect, noOverflow, ownSession, password, plantSession, shot, signIn } from './court.mjs';

// RFC 6238 over RFC 4226, as an app does it; the server's own arithmetic has its unit tests.
function code(secret, step) {
	let bits = '';
	for (const letter of secret)
		bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
	const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigInt64BE(BigInt(step));
	const sum = createHmac('sha1', key).update(counter).digest();
	return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

const send = (page) => Promise.all([page.waitForEvent('load'), page.click('main form.form .buttons button')]);
const at = (page) => new URL(page.url()).pathname;

async function look(page, name, looks) {
	if (!looks)
		return;
	await axeClean(page);
	await noOverflow(page, 320);
	await shot(page, name);
}

async function givePassword(page, name) {
	await page.context().clearCookies({ name: 'court' });
	await page.goto('/sign-in');
	await plantSession(page);
	await page.fill('main input[name=name]', name);
	await page.fill('main input[type=password]', password);
	await send(page);
	expect(at(page) === '/sign-in/second', `the second step is asked for: ${at(page)}`);
}

async function wholeWay(court, name, how) {
	const looks = how.script !== false;     // axe needs script
	const page = await court.visit(how);
	await signIn(page, name);
	await page.goto('/account/second');
	await look(page, 'second-off', looks);
	await send(page);
	expect(await page.isVisible('.error-list'), 'without the password nothing begins');
	await page.fill('input[name=password]', password);
	await send(page);
	const secret = await page.innerText('main .card code');
	expect(/^[A-Z2-7]{32}$/.test(secret), `a key: ${secret}`);
	expect((await page.getAttribute('main a.button.second', 'href')).includes(`secret=${secret}&issuer=`), 'the same as a link');
	const picture = await page.request.get('/account/second/qr');
	expect(picture.headers()['content-type'].startsWith('image/svg+xml') && (await picture.text()).includes('<path'), 'a picture');
	expect(await page.evaluate(() => document.querySelector('main img').naturalWidth) > 0, 'the picture is drawn');
	await look(page, 'second-offered', looks);
	await page.fill('input[name=code]', '000000');
	await send(page);
	expect(await page.isVisible('.error-list'), 'a wrong code does not set it up');
	const step = Math.floor(Date.now() / 30000);
	await page.fill('input[name=code]', code(secret, step));
	await send(page);
	const codes = await page.locator('#codes code').allInnerTexts();
	expect(codes.length === 10, `ten codes: ${codes}`);
	await look(page, 'second-codes', looks);
	expect((await page.request.get('/account/second/qr')).status() === 404, 'the key is not shown again');

	const phone = await court.visit(how);
	await phone.goto('/sign-in/second');
	expect(at(phone) === '/sign-in', 'nobody starts at the second step');
	await givePassword(phone, name);
	await look(phone, 'second-step', looks);
	await phone.goto('/account');
	expect(at(phone) === '/sign-in', 'the password alone is no session');
	await givePassword(phone, name);
	await phone.fill('input[name=code]', code(secret, step));
	await send(phone);
	expect(await phone.isVisible('.error-list'), 'a code is taken once');
	await phone.fill('input[name=code]', code(secret, step + 1));
	await send(phone);
	await phone.goto('/account');
	expect(at(phone) === '/account', 'inside');
	await ownSession(phone, 'by a code');

	await givePassword(phone, name);
	await phone.fill('input[name=code]', codes[7].toUpperCase());
	await send(phone);
	await phone.goto('/account/second');
	expect((await phone.innerText('main')).match(/\b9\b/), 'nine recovery codes are left');
	await look(phone, 'second-on', looks);
	await phone.check('[name=what][value=remove]');
	await phone.fill('input[name=password]', 'not my password');
	await send(phone);
	expect(await phone.isVisible('.error-list'), 'removed only by whom the password is known');
	await phone.check('[name=what][value=remove]');
	await phone.fill('input[name=password]', password);
	await send(phone);
	await signIn(await court.visit(how), name);
}

export async function onAPhoneInChinese({ court }) {
	await wholeWay(court, 'zhangwei', { lang: 'zh', width: 390 });
}

export async function onADeskInEnglish({ court }) {
	await wholeWay(court, 'bj-judge1', { lang: 'en', width: 1280 });
}

export async function withoutScript({ court }) {
	await wholeWay(court, 'lina', { lang: 'en', width: 390, script: false });
}
