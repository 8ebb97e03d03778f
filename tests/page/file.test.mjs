// Filing a case: the whole way from an empty draft to the receipt.

import { axeClean, expect, noOverflow, noScript, shot, signIn } from './court.mjs';

const choose = (page, name, value) => page.check(`main input[name="${name}"][value="${value}"]`);
const press = (page, verb) => Promise.all([page.waitForEvent('load'), page.click(`main button[name=do][value="${verb}"]:not(.hide)`)]);
const next = (page) => press(page, 'next');

async function looked(page, name) {
	await axeClean(page);
	await noOverflow(page, 320);
	await shot(page, name);
}

const evidence = { name: '转账记录.txt', mimeType: 'text/plain', buffer: Buffer.from('2025-03-01 转账 50000.00') };

// Fills everything in; look(page, name) is called on every step.
async function fillIn(page, look = async () => {}) {
	await page.goto('/file');
	await look(page, 'file');
	await press(page, 'start');
	await choose(page, 'capacity', 'self');
	await look(page, 'file-1-capacity');
	await next(page);
	await page.fill('[name=court]', '北京互联网法院');
	await look(page, 'file-2-court');
	await next(page);
	await page.fill('[name=cause]', '借钱不还');
	await next(page);
	await look(page, 'file-3-cause');
	await page.check('main input[name=cause][type=radio] >> nth=0');
	await next(page);
	await look(page, 'file-4-plaintiffs');
	await next(page);
	await next(page);
	await look(page, 'file-5-defendants-wrong');
	await page.fill('[name="defendants.1.name"]', '李娜');
	await page.fill('[name="defendants.1.address"]', '北京市朝阳区示例路2号');
	await next(page);
	await page.fill('[name="claims.1.text"]', '判令被告偿还借款本金。');
	await page.fill('[name="claims.1.amount"]', '50,000');
	await press(page, 'add.claims');
	await page.fill('[name="claims.2.text"]', '判令被告承担诉讼费用。');
	await look(page, 'file-6-claims');
	await next(page);
	await page.fill('[name=facts]', '2025年3月1日，被告向原告借款五万元，约定一年内还清。到期后原告多次催要，被告至今没有归还。');
	await look(page, 'file-7-facts');
	await next(page);
	await press(page, 'add.items');
	await page.fill('[name="items.1.name"]', '转账记录');
	await page.fill('[name="items.1.purpose"]', '原告已经交付借款');
	await page.setInputFiles('[name="items.1.file"]', evidence);
	await look(page, 'file-8-evidence');
	await next(page);
	await page.fill('[name=address]', '北京市海淀区示例路1号');
	await choose(page, 'eservice', 'yes');
	await look(page, 'file-9-service');
	await next(page);
	await look(page, 'file-10-check');
}

export async function filesWithoutScript({ court }) {
	const page = await noScript(court);
	await signIn(page, 'zhangwei');
	await fillIn(page);
	const draft = page.url();
	expect(/50,000\.00/.test(await page.innerText('main')), 'the sum is read back');
	expect(/1,050\.00/.test(await page.innerText('main')), 'the fee of 50,000 yuan is 1,050');
	await press(page, 'submit');
	expect(await page.isVisible('.error-list'), 'nobody files without a signature');
	await page.check('[name=truth]');
	await press(page, 'submit');
	const receipt = page.url();
	expect(/\/cases\/132\/[^/]+\/receipt/.test(receipt), `a receipt: ${receipt}`);
	expect(/[0-9a-f]{64}/.test(await page.innerText('main')), 'it states the digest');
	await page.goto(draft);
	expect(page.url() === receipt, 'the signed draft leads to its receipt');
	await page.goto('/file');
	expect(await page.locator('button[value=drop]').count() === 0, 'no draft is left');
}

export async function filesOnAPhoneAndADesk({ court }) {
	for (const [lang, width] of [['zh', 1280], ['en', 390]]) {
		const page = await court.visit({ lang, width });
		await signIn(page, 'zhangwei');
		await fillIn(page, looked);
		await page.check('[name=truth]');
		await press(page, 'submit');
		await looked(page, 'file-receipt');
	}
}

export async function waitsForVerification({ court }) {
	const page = await court.visit();
	await signIn(page, 'wangqiang');
	await page.goto('/file');
	expect(await page.locator('button[value=start]').count() === 0, 'nobody unverified begins');
	await looked(page, 'file-unverified');
}

// Two people press "sign" in two windows: one case.
export async function filesOnce({ court }) {
	const page = await court.visit({ script: false });
	await signIn(page, 'zhangwei');
	await fillIn(page);
	const csrf = await page.getAttribute('main input[name=csrf]', 'value');
	const sign = () => page.request.post(page.url(), { form: { csrf, do: 'submit', truth: 'yes' }, maxRedirects: 0 });
	const [one, two] = await Promise.all([sign(), sign()]);
	expect(one.status() === 303 && two.status() === 303, `both: ${one.status()} ${two.status()}`);
	expect(one.headers().location === two.headers().location, 'one case');
	await page.goto('/file');
	expect(await page.locator('button[value=drop]').count() === 0, 'and no draft');
}

// A digest that somebody heard of opens nothing.
export async function takesNoFileByItsDigest({ court }) {
	const page = await court.visit({ script: false });
	await signIn(page, 'zhangwei');
	await page.goto('/file');
	await press(page, 'start');
	const csrf = await page.getAttribute('main input[name=csrf]', 'value');
	const url = page.url().replace(/step=1/, 'step=8'), value = `${'a'.repeat(64)} 5 text/plain x.txt`;
	for (const field of ['items.1.file', 'items.1.file.kept']) {
		const answer = await page.request.post(url, { form: { csrf, do: 'next', 'items.1.name': 'x', 'items.1.kind': 'physical',
			'items.1.purpose': 'y', [field]: value } });
		expect(answer.status() === 422, `${field}: ${answer.status()}`);
	}
}
