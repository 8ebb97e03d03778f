// The page of the day when there is more to do than it shows.

import { expect, signIn } from './court.mjs';
import { look } from './look.mjs';

const complaint = {
	capacity: 'self', court: '132', cause: '108.3', 'defendants.1.kind': 'person', 'defendants.1.name': '李娜',
	'defendants.1.number': '110000199203050021', 'defendants.1.address': '浙江省杭州市余杭区示例街8号',
	'claims.1.text': '判令被告偿还借款本金。', 'claims.1.amount': '100000',
	facts: '2025年3月1日，被告向原告借款十万元，约定2026年3月1日归还。到期后经原告多次催要，被告至今没有归还。',
	address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
};
const words = ['民间借贷纠纷'];

async function somebody(court, name, how = {}) {
	const page = await court.visit(how);
	await signIn(page, name);
	return page;
}

// Twenty-seven filings that end within three days: what does not fit on the page is counted and read on.
export async function aFullDayIsReadOn({ court }) {
	const party = await somebody(court, 'zhangwei');
	await party.goto('/account');
	const filed = await party.evaluate(async (form) => {
		const csrf = document.querySelector('input[name=csrf]').value;
		let made = 0;
		for (let i = 0; i < 27; i++)
			made += (await fetch('/file', { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ csrf, do: 'submit', ...form }) })).status === 201;
		return made;
	}, complaint);
	expect(filed === 27, `filed: ${filed}`);
	await court.later({ days: 5 });
	for (const [lang, width] of [['zh', 320], ['en', 1280]]) {
		const desk = await somebody(court, 'bj-filing', { lang, width });
		const rows = () => desk.locator('main .list li a.number').evaluateAll((all) => all.map((a) => a.href.slice(-20)));
		await desk.goto('/today');
		const first = await rows();
		expect(first.length === 25 && (await desk.innerText('main h2 .badge')) === '27', `25 of 27: ${first.length}`);
		await look(desk, 'today-full', words);
		await desk.click('a[rel=next]');
		const next = await rows();
		expect(next.length === 2 && new Set([...first, ...next]).size === 27, `the others: ${next}`);
		await desk.click('a[rel=prev]');
		expect(JSON.stringify(await rows()) === JSON.stringify(first), 'and back');
		await desk.click('main a[href="/today"]');
		expect((await rows()).length === 25, 'all kinds again');
	}
	const desk = await somebody(court, 'bj-filing');
	const answer = await desk.request.get('/today?kind=limit', { headers: { Accept: 'application/json' } });
	expect(/rel="next"/.test(answer.headers().link) && (await answer.json()).groups[0].count === '27', answer.headers().link);
	const torn = await desk.request.get('/today?kind=limit&from=torn', { headers: { Accept: 'application/json' } });
	expect(torn.status() === 422, `a place that was cut off: ${torn.status()}`);
}
