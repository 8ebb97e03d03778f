// The first page that a visitor sees.

import { axeClean, bothLanguages, expect, noOverflow, noScript, shot } from './court.mjs';

export async function opensInBothLanguages({ court }) {
	for (const width of [390, 1280])
		await bothLanguages(court, '/', async (page, lang) => {
			expect(await page.getAttribute('html', 'lang') === (lang === 'en' ? 'en' : 'zh-CN'), `not in ${lang}`);
			expect(await page.locator('h1').count() === 1, 'one h1');
			await axeClean(page);
			await noOverflow(page, 320);
			await shot(page, 'home');
		}, { width });
}

export async function opensWithoutScript({ court }) {
	const page = await noScript(court);
	await page.goto('/');
	expect((await page.title()).length > 0, 'a title');
	expect(await page.locator('main h1').isVisible(), 'its heading is seen');
}

export async function changesItsLanguage({ court }) {
	const page = await court.visit({ lang: 'zh' });
	await page.goto('/');
	await page.click('a[hreflang=en]');
	expect(await page.getAttribute('html', 'lang') === 'en', 'English after the link');
	await page.goto('/');
	expect(await page.getAttribute('html', 'lang') === 'en', 'and still English later');
}

export async function saysWhatABrowserMayDo({ court }) {
	const page = await court.visit();
	const headers = (await page.goto('/')).headers();
	const policy = headers['content-security-policy'] ?? '';
	expect(policy.includes("default-src 'none'"), `Content-Security-Policy: ${policy}`);
	expect(!policy.includes('unsafe-inline') && !policy.includes('unsafe-eval'), `nothing unsafe: ${policy}`);
	expect(policy.includes("frame-ancestors 'none'"), `nobody frames it: ${policy}`);
	expect(headers['x-content-type-options'] === 'nosniff', 'nosniff');
	expect(headers['referrer-policy'] === 'same-origin', 'same-origin referrer');
}
