// People and courts: registering, being verified by a clerk, signing in, one's own account,
// offices, and the courts. As a person meets them, on a phone and on a desk.

import { axeClean, expect, noOverflow, noScript, shot, signIn } from './court.mjs';

// A made-up citizen: 110000, born 1 March 1995, with the right check character.
function citizen(order) {
	const body = `11000019950301${String(order).padStart(3, '0')}`;
	const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
	const sum = [...body].reduce((total, digit, i) => total + Number(digit) * weights[i], 0);
	return body + '10X98765432'[sum % 11];
}

// Presses a button and waits for the page that follows, all of it.
const press = (page, button) => Promise.all([page.waitForEvent('load'), page.locator(button).last().click()]);
const submit = (page) => press(page, 'form.form .buttons button >> nth=0');

async function register(page, order, name) {
	await page.goto('/register');
	await press(page, 'a[href="/register/citizen"]');
	await page.fill('[name=name]', name);
	await page.fill('[name=number]', citizen(order));
	await submit(page);
	await page.fill('[name=mobile]', `1370000${String(order).padStart(4, '0')}`);
	await page.fill('[name=address]', '示例路1号院2号楼');
	await submit(page);
	await page.fill('[name=password]', 'a long enough one');
	await page.fill('[name=again]', 'a long enough one');
	await page.check('[name=true]');
	await submit(page);
}

async function look(page, name) {
	await axeClean(page);
	await noOverflow(page, 320);
	await shot(page, name);
}

export async function registersStepByStep({ court }) {
	const page = await court.visit();
	await page.goto('/register/citizen');
	await submit(page);
	expect((await page.locator('.error-list li').count()) === 2, 'name and number are missed, nothing else');
	await look(page, 'register-wrong');
	await register(page, 11, '钱测试');
	expect(new URL(page.url()).pathname === '/account', `the account is shown, not ${page.url()}`);
	expect((await page.innerText('main')).includes('法院正在核验您的身份'), 'what happens next is said');
	await look(page, 'account-new');
}

export async function registersWithoutScript({ court }) {
	const page = await noScript(court, { lang: 'en' });
	await register(page, 12, '孙测试');
	expect(new URL(page.url()).pathname === '/account', 'the account is shown');
	await page.goto('/register/citizen');
	await page.goto('/sign-in');
	expect(new URL(page.url()).pathname === '/', 'who is signed in need not sign in');
}

export async function goesBackAndKeepsAnswers({ court }) {
	const page = await court.visit();
	await page.goto('/register/organisation');
	await page.fill('[name=name]', '示例有限公司');
	await page.fill('[name=number]', '91000000MA000000X0');
	await submit(page);
	expect(await page.inputValue('[name=name]') === '示例有限公司', 'a wrong code: the same step, with the answers');
	await page.goto('/register/citizen');
	await page.fill('[name=name]', '李测试');
	await page.fill('[name=number]', citizen(13));
	await submit(page);
	await press(page, 'button[value=back]');
	expect(await page.inputValue('[name=number]') === citizen(13), 'the answer is still there');
}

export async function tellsNoStrangerWhoHasAnAccount({ court }) {
	const page = await court.visit();
	await register(page, 14, '周测试');
	const other = await court.visit();
	await register(other, 14, '周测试');
	const said = await other.innerText('.error-list:has(li)');
	expect(said.includes('不能用这些信息注册新账号'), said);
	await other.goto('/sign-in');
	await other.fill('[name=name]', citizen(14));
	await other.fill('[type=password]', 'not the password');
	await submit(other);
	const wrong = await other.innerText('.error-list:has(li)');
	await other.fill('[name=name]', citizen(15));
	await other.fill('[type=password]', 'not the password');
	await submit(other);
	expect(await other.innerText('.error-list:has(li)') === wrong, 'the same words with and without an account');
	await look(other, 'sign-in-wrong');
}

export async function clerkVerifies({ court }) {
	const person = await court.visit();
	await register(person, 16, '吴测试');
	const clerk = await court.visit({ width: 1280 });
	await signIn(clerk, 'bj-filing');
	await clerk.goto('/people');
	await look(clerk, 'people');
	await press(clerk, 'text=吴测试');
	await look(clerk, 'person');
	await press(clerk, 'button[value=refuse]');
	const owed = await clerk.innerText('.error-list:has(li)');
	expect(owed.includes('理由'), `a reason is owed: ${owed}`);
	await clerk.fill('[name=reason]', '照片不清楚，请重新核对号码');
	await press(clerk, 'button[value=refuse]');
	await person.goto('/account');
	expect((await person.innerText('main')).includes('照片不清楚'), 'the person reads the reason');
	await look(person, 'account-refused');
	await person.goto('/account/edit');
	await look(person, 'account-edit');
	await submit(person);
	await clerk.reload();
	await clerk.check('[name=source] >> nth=0');
	await press(clerk, 'button[value=grant]');
	await look(clerk, 'person-verified');
	await person.goto('/account');
	expect((await person.innerText('main')).includes('已核验'), 'verified');
	await look(person, 'account');

	await clerk.check('[name=source] >> nth=0');
	await press(clerk, 'button[value=renew]');
	const fresh = await clerk.innerText('code.amount');
	await look(clerk, 'person-renewed');
	await person.goto('/account');
	expect(new URL(person.url()).pathname === '/sign-in', 'all devices are signed out');
	await person.fill('[name=name]', citizen(16));
	await person.fill('[type=password]', fresh);
	await submit(person);
	expect(new URL(person.url()).pathname === '/account/password', 'the given password is changed first');
	await look(person, 'password');
	await person.fill('[name=old]', fresh);
	await person.fill('[name=fresh]', 'my own long password');
	await person.fill('[name=again]', 'my own long password');
	await submit(person);
	expect(new URL(person.url()).pathname === '/account', 'and then the account');

	const stranger = await court.visit();
	await signIn(stranger, 'bj-judge1');
	expect((await stranger.goto('/people')).status() === 403, 'a judge does not verify');
}

export async function endsOtherSessions({ court }) {
	const one = await court.visit(), two = await court.visit({ lang: 'en', width: 1280 });
	await signIn(one, 'lina');
	await signIn(two, 'lina');
	await two.goto('/account');
	await look(two, 'account-sessions');
	await press(two, 'button[value=others]');
	await one.goto('/account');
	expect(new URL(one.url()).pathname === '/sign-in', 'the other device is signed out');
	await two.goto('/account');
	await press(two, 'form[action="/sign-out"] button');
	await two.goto('/account');
	expect(new URL(two.url()).pathname === '/sign-in', 'and so is this one');
}

export async function administratorAppoints({ court }) {
	const page = await court.visit({ width: 1280 });
	await signIn(page, 'bj-admin');
	await page.goto('/offices');
	await look(page, 'offices');
	const phone = await court.visit({ lang: 'en' });
	await signIn(phone, 'bj-admin');
	await phone.goto('/offices/132');
	await look(phone, 'offices');
	await page.fill('[name=number]', 'lijing');
	await page.selectOption('select[name=office]', 'mediator');
	await submit(page);
	expect((await page.innerText('table')).includes('李静'), 'appointed');
	await press(page, 'tr:has-text("李静") button');
	expect((await page.goto('/offices/B1W')).status() === 403, 'only in the own court');
}

export async function slowsDownWhoGuesses({ court }) {
	const page = await court.visit();
	for (let i = 0; i < 6; i++) {
		await page.goto('/sign-in');
		await page.fill('[name=name]', 'wangqiang');
		await page.fill('[type=password]', 'guess');
		await submit(page);
	}
	expect((await page.innerText('.error-list:has(li)')).includes('15分钟'), 'how long to wait is said');
	await court.later({ seconds: 16 * 60 });
	await signIn(page, 'wangqiang');
}
