// Signing in: the right word opens, the wrong one says so and says nothing more.

import { axeClean, bothLanguages, expect, noOverflow, noScript, shot, signIn } from './court.mjs';

export async function opensForWhoBelongsHere({ court }) {
	const page = await court.visit();
	await signIn(page, 'zhangwei');
	expect((await page.innerText('header')).includes('张伟'), 'the name stands above');
}

export async function opensWithoutScript({ court }) {
	await signIn(await noScript(court), 'zhangwei');
}

export async function isSoundAndRefuses({ court }) {
	await bothLanguages(court, '/sign-in', async (page) => {
		await axeClean(page);
		await noOverflow(page, 320);
		const wrong = await signIn(page, 'zhangwei', 'not the password').then(() => '', (error) => error.message);
		const unknown = await signIn(page, 'nobody at all', 'not the password').then(() => '', (error) => error.message);
		expect(wrong && wrong.slice(8) === unknown.slice('nobody at all'.length),
			`the same answer whether the account is there or not:\n${wrong}\n${unknown}`);
		expect(await page.isVisible('.error-list'), 'what is wrong stands above');
		await axeClean(page);
		await noOverflow(page, 320);
		await shot(page, 'signin-wrong');
	});
}
