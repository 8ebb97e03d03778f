// look: what must hold for any page, whatever it shows. It is clean under WCAG 2.2 AA, nothing
// sticks out on the narrowest phone, no key of the word lists stands where its words should,
// and in English no Chinese stands outside what is Chinese by nature: people, courts,
// statutes, and whatever was written in the case.

import { axeClean, expect, noOverflow, shot } from './court.mjs';

// The statutes as they are cited: 民诉法第128条；在线诉讼规则第9条第1款第2项、第31条至第33条
const cited = /(第?[一二三四五六七八九十百零\d]+(条|款|项)(之[一二三])?|[、；，至和])/g;
const statutes = /《[^》]+》|中华人民共和国民法典|民诉法解释|民诉法|民事诉讼法|在线诉讼规则|登记立案规定|诉讼费用交纳办法|民事证据规定|民法典|人民法院组织法|法官法|律师法|国务院|放假安排/g;
const courts = /[\u4e00-\u9fff]{2,12}(人民|互联网|金融|知识产权)法院/g;
const numbers = /（\d{4}）[\u4e00-\u9fff]{1,2}\d+民[初终]\d+号/g;
const people = ['张伟', '李娜', '李静', '王强', '周敏', '陈宏达', '上海宏达商贸有限公司', '林小雨', '何静怡', '高子涵', '王建国',
	'刘慧敏', '陈志远', '赵明德', '孙和平', '周立新', '沈若兰', '方雨晴', '俞思远', '章正义', '楼晓燕', '金文博', '潘国平', '傅和顺', '叶建新'];

// The texts of a page that are neither Chinese by nature nor among the words given.
async function chinese(page, words) {
	const texts = await page.evaluate(() => {
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
		for (let node = walk.nextNode(); node; node = walk.nextNode()) {
			const held = node.parentElement;
			if (/[\u4e00-\u9fff]/.test(node.data) && !held.closest('script, [lang=zh-CN], textarea, .story, .digest, datalist'))
				found.push(node.data.trim());
		}
		return [document.title, ...found];
	});
	return texts.filter((text) => {
		let left = text.replace(numbers, '').replace(courts, '');
		for (const word of [...words, ...people].sort((a, b) => b.length - a.length))
			left = left.replaceAll(word, '');
		if (left.length === 1 && people.some((name) => name[0] === left))
			return false;           // the initial beside a name
		return /[\u4e00-\u9fff]/.test(left.replace(statutes, '').replace(cited, ''));
	});
}

// Words like "case.next_until": a key whose words are missing. Names of files are none.
async function keys(page) {
	const text = await page.evaluate(() => `${document.title}\n${document.body.innerText}`);
	return [...text.matchAll(/(?<![\w./@-])[a-z][a-z0-9]*(?:_[a-z0-9]+)*\.[a-z][a-z0-9]*(?:_[a-z0-9]+)*(?![\w./-])/g)].map((m) => m[0])
		.filter((key) => !/\.(pdf|txt|jpg|png|html|json|example|com|cn|org|c|h|md)$/.test(key));
}

// A page without script cannot run axe: the same bytes are looked at in a browser with script,
// which is not given the site's own.
async function axeSees(page) {
	if (!await page.evaluate(() => matchMedia('(scripting: none)').matches))
		return axeClean(page);
	const context = await page.context().browser().newContext({ viewport: page.viewportSize(), reducedMotion: 'reduce' });
	const twin = await context.newPage(), url = page.url(), body = await page.content();
	try {
		await twin.route('**/court.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
		await twin.route((at) => at.href === url.replace(/#.*/, ''), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
		await twin.goto(url.replace(/#.*/, ''));
		await axeClean(twin);
	} finally {
		await context.close();
	}
}

// Fails with everything that is wrong at once. words are what people of the test wrote.
export async function sound(page, words = []) {
	const lang = (await page.getAttribute('html', 'lang')) === 'en' ? 'en' : 'zh';
	const raw = await keys(page);
	expect(!raw.length, `${page.url()} shows keys: ${raw.join(' ')}`);
	const foreign = lang === 'en' ? await chinese(page, words) : [];
	expect(!foreign.length, `${page.url()} is not in English:\n  ${foreign.join('\n  ')}`);
	await axeSees(page);
	await noOverflow(page, 320);
}

// The same, and keeps a picture.
export async function look(page, name, words = []) {
	await shot(page, name);
	await sound(page, words);
}
