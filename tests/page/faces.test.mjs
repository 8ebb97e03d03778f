// Every page that the way of a case does not lead over, empty and full, right and wrong: in both
// languages, on a phone and on a desk. Their looks only; what they do is proved elsewhere.

import { expect, signIn } from './court.mjs';
import { look } from './look.mjs';

const typed = ['判令被告偿还借款本金。', '民间借贷纠纷', '浙江省杭州市余杭区示例街8号', '北京市朝阳区示例街1号院2号楼301室', '广东省广州市天河区示例路16号', '中文', '示例数据'];
// Where a court stands, and the letter and number of its cases.
const places = /([\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2}市|(内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区)|最高法|(?<![\u4e00-\u9fff])[\u4e00-\u9fff](\d{2,4})?(?![\u4e00-\u9fff\d])/g;
const complaint = {
	capacity: 'self', court: '132', cause: '108.3', address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
	defendants: [{ kind: 'person', name: '李娜', number: '110000199203050021', address: '浙江省杭州市余杭区示例街8号' }],
	claims: [{ text: '判令被告偿还借款本金。', amount: 100000 }],
	facts: '2025年3月1日，被告向原告借款十万元，约定2026年3月1日归还。到期后经原告多次催要，被告至今没有归还。',
};

// Looks at pages one after the other; tells at the end what is wrong with any of them.
class Tour {
	constructor(court, lang) {
		Object.assign(this, { court, lang, faults: [] });
	}

	async as(name) {
		this.page = await this.court.visit({ lang: this.lang });
		if (name)
			await signIn(this.page, name);
		return this.page;
	}

	async see(name, path, status = 200) {
		if (path) {
			const answer = await this.page.goto(path);
			if (answer.status() !== status)
				this.faults.push(`${path}: ${answer.status()}, not ${status}`);
		}
		const words = name.startsWith('court') ? [...typed, '互联网', ...(await this.page.innerText('main')).match(places) ?? []] : typed;
		for (const width of [1280, 390]) {
			await this.page.setViewportSize({ width, height: 844 });
			await look(this.page, `face-${name}`, words).catch((wrong) => this.faults.push(`${name} at ${width}: ${wrong.message}`));
		}
	}

	async press(button, name) {
		await Promise.all([this.page.waitForEvent('load'), this.page.locator(button).first().click()]);
		await this.see(name);
	}
}

// Both languages at once: there are two cores.
async function everyFace(court, walk) {
	const tours = ['zh', 'en'].map((lang) => new Tour(court, lang));
	await Promise.all(tours.map(walk));
	const faults = tours.flatMap((tour) => tour.faults.map((words) => `${tour.lang}: ${words}`));
	expect(!faults.length, faults.join('\n'));
}

async function send(page, path, data) {
	const asked = await page.request.get('/file', { headers: { Accept: 'application/json' } });
	const headers = { Accept: 'application/json', 'X-CSRF-Token': asked.headers()['x-csrf-token'] };
	const answer = await page.request.post(path, { data, headers, maxRedirects: 0 });
	expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
	return answer.json();
}

export async function openToAll({ court }) {
	await everyFace(court, async (tour) => {
		await tour.as('');
		for (const [name, path] of [['home', '/'], ['sign-in', '/sign-in'], ['register', '/register'], ['register-citizen', '/register/citizen'],
			['register-organisation', '/register/organisation'], ['courts', '/courts'], ['court', '/courts/132'], ['courts-found', '/courts?q=互联网'],
			['acts', '/acts'], ['act', '/acts/pronounce'], ['about', '/about'],
			['calculators', '/calculators'], ['problem-about', '/problems/login.wrong']])
			await tour.see(name, path);
		await tour.see('no-page', '/nowhere', 404);
		await tour.see('no-court', '/courts/none', 404);
		await tour.page.goto('/register/citizen');
		await tour.press('form.form .buttons button', 'register-wrong');
		await tour.page.goto('/sign-in');
		await tour.press('form.form .buttons button', 'sign-in-wrong');
	});
}
openToAll.seconds = 240;

export async function calculators({ court }) {
	await everyFace(court, async (tour) => {
		await tour.as('');
		for (const [name, path, status] of [['fee', '/calculators/fee?kind=property&amount=105900', 200], ['fee-wrong', '/calculators/fee?kind=property&amount=x', 422],
			['limit', '/calculators/limit?period=15日&event=2026-09-16', 200], ['limit-wrong', '/calculators/limit?period=soon&event=never', 422]])
			await tour.see(name, path, status);
	});
}
calculators.seconds = 120;

export async function ofAPerson({ court }) {
	const plaintiff = await court.visit();
	await signIn(plaintiff, 'zhangwei');
	await everyFace(court, async (tour) => {
		await tour.as('wangqiang');
		for (const [name, path] of [['home-signed', '/'], ['cases-none', '/cases'], ['inbox-none', '/inbox'], ['file-unverified', '/file'],
			['account', '/account'], ['account-edit', '/account/edit'], ['password', '/account/password']])
			await tour.see(name, path);
		await tour.press('form.form .buttons button', 'password-wrong');
		await tour.see('denied', '/people', 403);
		await tour.see('no-case', '/cases/132/none', 404);
		await tour.page.goto('/account');
		await tour.page.evaluate(() => {
			const form = document.querySelector('main form');
			form.append(Object.assign(document.createElement('textarea'), { name: 'much', value: 'x'.repeat(3 << 20) }));
			form.method = 'post';
			form.action = '/account/edit';
		});
		await Promise.all([tour.page.waitForEvent('load'), tour.page.evaluate(() => document.querySelector('main form').submit())]);
		await tour.see('too-large');
		expect(/2 M/.test(await tour.page.innerText('main')), `too much was sent: ${await tour.page.innerText('main')}`);
	});
}
ofAPerson.seconds = 240;

export async function ofTheCourt({ court }) {
	const plaintiff = await court.visit(), clerk = await court.visit();
	await signIn(plaintiff, 'zhangwei');
	await signIn(clerk, 'bj-filing');
	await everyFace(court, async (tour) => {
		await tour.as('bj-filing');
		await tour.see('desk-empty', '/desk');
		await tour.see('today-empty', '/today');
	});
	await send(plaintiff, '/file', complaint);
	const first = (await send(plaintiff, '/file', complaint)).href;
	await send(clerk, `${first}/act/register`, { procedure: 'ordinary', do: 'submit' });
	await everyFace(court, async (tour) => {
		await tour.as('bj-filing');
		for (const [name, path] of [['home-staff', '/'], ['desk', '/desk'], ['today', '/today'], ['people', '/people'], ['people-found', `/people?q=${encodeURIComponent('张伟')}`]])
			await tour.see(name, path);
		await tour.page.click('main table a');
		await tour.see('person');
		await tour.see('wrong-stage', `${first}/act/register`, 409);
		await tour.as('bj-clerk');
		await tour.see('docket', '/docket');
		await tour.see('docket-none', '/docket?list=over');
		await tour.as('bj-president');
		await tour.see('bench', '/bench');
		await tour.as('bj-admin');
		await tour.see('offices', '/offices/132');
		await tour.as('zhangwei');
		for (const [name, path] of [['cases', '/cases'], ['inbox', '/inbox'], ['draw', `${first}/draw`], ['relief', `${first}/act/ask-relief`],
			['authority', `${first}/act/grant-authority`], ['withdrawal', `${first}/act/ask-withdrawal`]])
			await tour.see(name, path);
	});
}
ofTheCourt.seconds = 300;
