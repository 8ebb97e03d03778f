// walk: a case that the sample network takes from its complaint to its close, and everybody who asks for
// something on the way.

import { Client } from './client.mjs';
import { expect } from './court.mjs';
import { acts, cast } from './roles.mjs';

// -- the case -----------------------------------------------------------------------------

export const secret = '蓝色账本';
const complaint = {
	capacity: 'self', court: '132', desk: 'B1W', cause: '108.3', address: '北京市朝阳区示例街1号院2号楼301室', eservice: 'yes', truth: 'yes',
	defendants: [{ kind: 'person', name: '李娜', number: '110000199203050021', address: '浙江省杭州市余杭区示例街8号' }],
	claims: [{ text: '判令被告偿还借款本金。', amount: 100000 }],
	facts: `2025年3月1日，被告向原告借款十万元，记入${secret}，到期后至今没有归还。`,
};

export class Walk {
	constructor(court) {
		Object.assign(this, { court, clients: {}, faults: [], asked: 0, shown: new Map() });
	}

	// Signs in all of the cast, or those who are named.
	async open(names = [...Object.keys(cast), 'bj-judge1', 'bj-judge2', 'bj-judge3']) {
		for (const name of names)
			this.clients[name] = new Client(this.court.url, name);
		const plain = Object.entries(this.clients).filter(([name]) => !/^(nobody|judge|other judge)$/.test(name)).map(([, client]) => client);
		await Promise.all(plain.map((client) => client.signIn()));
		await this.clients.nobody?.fresh('/sign-in');
		this.clients.judge = this.clients['bj-judge1'];
		this.clients['other judge'] = this.clients['bj-judge2'];
		this.everyone = plain;
	}

	// A draft with a file in it, which then comes with the complaint, and another that stays.
	async file() {
		const { zhangwei } = this.clients;
		const draft = async () => {
			const answer = await zhangwei.ask('POST', '/file', { form: { do: 'start', csrf: zhangwei.token } });
			return answer.headers.get('location').match(/\/file\/([^?]+)/)[1];
		};
		const attach = async (id) => {
			const form = new FormData();
			for (const [key, value] of Object.entries({ csrf: zhangwei.token, do: 'next', 'items.1.name': '借条', 'items.1.kind': 'documentary', 'items.1.purpose': '借款' }))
				form.set(key, value);
			form.set('items.1.file', new Blob(['借到十万元'], { type: 'text/plain' }), '借条.txt');
			const answer = await fetch(`${this.court.url}/file/${id}?step=8`, { method: 'POST', body: form, redirect: 'manual',
				headers: { Cookie: [...zhangwei.jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
			expect(answer.status === 303, `a file into a draft: ${answer.status} ${await answer.text()}`);
		};
		this.draft = await draft();
		await attach(this.draft);
		const sent = await draft();
		await attach(sent);
		const page = await zhangwei.get(`/file/${sent}?step=8`);
		this.digest = page.body.match(/items\.1\.file\.kept" value="([0-9a-f]{64})/)?.[1];
		expect(this.digest, 'the digest of the file');
		const kept = page.body.match(/items\.1\.file\.kept" value="([^"]*)"/)[1];
		const done = await zhangwei.do(`/file/${sent}?step=check`, { ...complaint, do: 'submit',
			items: [{ name: '借条', kind: 'documentary', purpose: '借款', 'file.kept': kept }] });
		this.case = done.href;
		const upload = await zhangwei.ask('POST', '/uploads', { headers: { 'Upload-Length': '5' } });
		this.upload = upload.headers.get('location').split('/').pop();
		this.person = (await this.clients['bj-filing'].json(`/people?q=${encodeURIComponent('王强')}`)).rows[0].href.split('/').pop();
	}

	act(who, code, form = {}) {
		return this.clients[who].do(`${this.case}/act/${code}`, { ...form, do: 'submit' });
	}

	async papers() {
		const list = [];
		for (let n = 1; ; n++) {
			const answer = await this.clients['bj-clerk'].get(`${this.case}/papers/${n}`, { accept: 'application/json' });
			if (answer.status !== 200)
				return list;
			list.push(JSON.parse(answer.body));
		}
	}

	// The values of ":name" pieces, one set for each thing that there is.
	places(path, list) {
		const [, court, id] = this.case.match(/\/cases\/([^/]+)\/(.+)/);
		let all = [{ court, id, name: 'court.css', key: 'person.sign_in', kind: 'citizen', person: this.person, draft: this.draft, list: 'causes',
			digest: this.digest, number: '1', provider: 'none', upload: this.upload }];
		if (path === '/acts/:act')
			all = [{ act: 'answer' }];
		else if (path.endsWith('/:act'))
			all = acts.map((act) => ({ ...all[0], act: act.path, row: act }));
		else if (path.includes('/papers/'))
			all = [...list, null].map((paper, i) => ({ ...all[0], number: `${i + 1}`, paper }));
		return all.map((place) => ({ ...place, path: path.replace(/:(\w+)/g, (_, name) => place[name]) }));
	}

	fault(words) {
		this.faults.push(words);
	}

	async pay() {
		const { zhangwei } = this.clients;
		const go = await zhangwei.ask('POST', `${this.case}/pay`, { form: { csrf: zhangwei.token } });
		expect(go.status === 303, `to the payment service: ${go.status} ${go.body}`);
		const to = new URL(go.headers.get('location'), this.court.url);
		const paid = await zhangwei.ask('POST', to.pathname, { form: { csrf: zhangwei.token, do: 'pay', ...Object.fromEntries(to.searchParams) } });
		expect(paid.status === 303, `paid: ${paid.status} ${paid.body}`);
		// An order is good once, and only as it was signed.
		const forged = await this.clients.hongda.ask('POST', to.pathname, { form: { do: 'pay', ...Object.fromEntries(to.searchParams), fen: '1' } });
		if (forged.status !== 404)
			this.fault(`an order with another sum: ${forged.status}`);
	}

	async receive() {
		const { form } = await this.clients.lina.json(`${this.case}/act/receive`);
		const choice = form.sections.flatMap((section) => section.fields).find((field) => field.name === 'papers').options;
		await this.act('lina', 'receive', { papers: choice.map((option) => option.value), eservice: 'yes' });
	}

	async hear() {
		await this.act('lina', 'answer', { stance: 'deny', reasons: '借款早已全部归还，有银行转账记录为证，不应当再支付。', truth: 'yes' });
		const at = new Date(Date.now() + 120e3 + 8 * 3600e3).toISOString().slice(0, 16);
		await this.act('judge', 'schedule', { at, place: '第三法庭', open: 'public' });
		await this.court.later({ seconds: 180 });
		await this.act('judge', 'open', { present: ['1', '2'], rights: 'yes', recusal: 'none' });
		await this.act('bj-clerk', 'record', { lines: [{ speaker: '审判员', words: '现在开庭。' }] });
	}

	async decide() {
		await this.act('judge', 'pronounce', { facts: '2025年3月1日，被告向原告借款十万元，至今没有归还。', reasons: '借贷关系合法有效，被告应当归还借款本金，并支付逾期利息。',
			articles: [{ statute: '中华人民共和国民法典', article: '第六百七十五条' }], orders: [{ text: '被告李娜于本判决生效之日起十日内偿还原告张伟借款十万元。' }],
			costs: '案件受理费由被告负担。', manner: 'fixed' });
	}

	async close() {
		await this.court.later({ days: 40 });
		await Promise.all(this.everyone.map((client) => client.signIn()));
		await this.act('bj-clerk', 'take-effect');
		await this.act('bj-clerk', 'close', { manner: 'judgment' });
	}
}
